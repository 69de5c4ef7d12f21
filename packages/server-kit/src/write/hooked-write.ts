import type { RequestContext, ResourceContext } from '../request-context.js'
import type { BeforeHooks, ScimChange } from '../service/scim-change.js'
import type { Principal, StoreContext } from '../store-context.js'
import { runWithin } from './run-within.js'

type Told<C> = C extends unknown ? Omit<C, keyof Facts> : never

const writes = new WeakMap<ResourceContext, HookedWrite>()

/**
 * @param context Request that writes.
 * @returns What hooks are told about its write; `undefined` where there are no hooks.
 */
export function findWrite(context: ResourceContext): HookedWrite | undefined {
  return writes.get(context)
}

/**
 * @param context Request that writes, with hooks.
 * @returns What hooks are told about its write, over all attempts.
 */
export function requireWrite(context: ResourceContext): HookedWrite {
  const write = writes.get(context) ?? new HookedWrite(context)
  writes.set(context, write)
  return write
}

/** What a change is, without who made it and when. */
export type ToldChange = Told<ScimChange>

type Facts = ReturnType<HookedWrite['facts']>

/**
 * Ends an attempt that cannot go on before the application was asked. Everything is taken back, the application is
 * asked while no lock is held, and the attempt is made again.
 */
export class Unprepared extends Error {
  readonly prepare: () => Promise<void>

  /** @param prepare Asks the application; throws when it refuses. */
  constructor(prepare: () => Promise<void>) {
    super('The write has to be prepared first')
    this.prepare = prepare
  }
}

/** What the application is told about the write of one request, over all attempts at it. */
export class HookedWrite {
  /** Changes of the present attempt. */
  changes: ScimChange[] = []
  /** Whether the present attempt sets or removes a password. */
  hasPassword = false
  readonly #context: RequestContext
  readonly #hashes = new Map<string, string>()
  #allowed: string | undefined

  /** @param context Request that writes. */
  constructor(context: RequestContext) {
    this.#context = context
  }

  /** Begins an attempt. */
  begin(): void {
    this.changes = []
    this.hasPassword = false
  }

  /** Notes a change of the present attempt. */
  note(context: StoreContext, id: string, told: ToldChange): void {
    this.changes.push({ ...this.facts(context, id), ...told } as ScimChange) // the told part of a kind and the facts of all make a change
  }

  /** @returns What every change tells: where it was made, when, and by whom. */
  facts(
    context: StoreContext,
    id: string,
  ): Pick<ScimChange, 'tenantId' | 'resourceType' | 'id' | 'at' | 'principal' | 'requestId' | 'method'> {
    const { tenantId, resourceType, requestId } = context
    const { now, incoming } = this.#context
    const principal = toPrincipal(context.principal)
    return { tenantId, resourceType, id, at: now, principal, requestId, method: incoming.method }
  }

  /**
   * Sees to it that before-hooks have allowed the changes of the present attempt.
   *
   * @param before The hooks.
   * @throws {Unprepared} When they were not asked, or about other changes.
   */
  requireLeave(before: BeforeHooks): void {
    const asked = this.changes.filter(({ kind }) => before[kind])
    if (asked.length === 0) return
    // Groups come in any order, which taking an attempt back may change.
    const signature = asked
      .map((change) => JSON.stringify(change))
      .sort()
      .join()
    if (signature === this.#allowed) return
    throw new Unprepared(async () => {
      for (const change of asked) await this.#ask(before, change)
      this.#allowed = signature
    })
  }

  async #ask(before: BeforeHooks, change: ScimChange): Promise<void> {
    const { hookTimeout } = this.#context.service.limits
    const hook = before[change.kind]
    await runWithin(hookTimeout, `hooks.before.${change.kind}`, (context) => hook?.(change as never, context)) // a hook has the type of its kind
  }

  /**
   * Gives what takes the place of a password.
   *
   * @param password Password in clear text.
   * @param hash Makes it.
   * @returns The hash.
   * @throws {Unprepared} When it has not been made yet.
   */
  requireHash(password: string, hash: (password: string) => string | Promise<string>): string {
    const known = this.#hashes.get(password)
    if (known !== undefined) return known
    throw new Unprepared(async () => {
      this.#hashes.set(password, await hash(password))
    })
  }
}

/** Whatever else `authenticate` put there, such as a token, is no part of what is kept. */
function toPrincipal({ subject, tenantId, scopes, roles, userId }: Principal): Principal {
  return {
    subject,
    ...(tenantId !== undefined && { tenantId }),
    ...(scopes && { scopes }),
    ...(roles && { roles }),
    ...(userId !== undefined && { userId }),
  }
}
