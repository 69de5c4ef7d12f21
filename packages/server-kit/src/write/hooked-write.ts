import type { ResourceContext } from '../service/request-context.js'
import type { ScimChange } from '../service/scim-change.js'
import type { MembershipPort, ResourceStore, StoredResource } from '../store/resource-store.js'
import type { Principal, StoreContext } from '../store/store-context.js'
import { describeMembers, describeReplace, recordMembers, type ToldChange } from './describe-change.js'
import { type KeptWrite, keepChanges } from './keep-changes.js'
import { runWithin } from './run-within.js'
import { tellWritten } from './tell-written.js'

/**
 * What the application has to do before a write can be made. It is asked while no lock is held: everything is taken back
 * before, and the attempt is made again afterwards.
 */
export interface Preparation {
  /** @throws What the application throws, when it refuses the write. */
  readonly prepare: () => Promise<void>
}

/** What the application is told about the write of one request, over all attempts at it. */
export class HookedWrite {
  readonly #context: ResourceContext
  readonly #id: string | undefined
  readonly #isDecided: boolean
  readonly #hashes = new Map<string, string>()
  #approved: string | undefined
  /** Changes of the present attempt. */
  #changes: ScimChange[] = []

  /**
   * @param context Request that writes.
   * @param options Id of the resource that the request names, and whether the write can no longer be refused.
   */
  constructor(
    context: ResourceContext,
    { id, isDecided = false }: { readonly id?: string | undefined; readonly isDecided?: boolean | undefined },
  ) {
    this.#context = context
    this.#id = id
    this.#isDecided = isDecided
  }

  /** Begins an attempt. */
  begin(): void {
    this.#changes = []
  }

  /**
   * Gives what takes the place of a password.
   *
   * @param password Password in clear text.
   * @returns Its hash, the password itself where the application hashes none, or what has to be done first.
   */
  hash(password: string): string | Preparation {
    const { service, storeContext } = this.#context
    const hash = service.hooks?.hashPassword
    const known = hash ? this.#hashes.get(password) : password
    if (!hash || known !== undefined) return known ?? password
    return {
      prepare: async () => {
        const { hookTimeout } = service.limits
        const made = await runWithin(hookTimeout, 'hooks.hashPassword', () => hash(password, storeContext))
        this.#hashes.set(password, made)
      },
    }
  }

  /**
   * Notes what the present attempt makes of the resource.
   *
   * @param current Resource before; `undefined` for a new one.
   * @param next Resource afterwards; `undefined` for one that is deleted.
   * @param hasPassword Whether a password is set or removed, which neither of them shows.
   */
  describe(current: StoredResource | undefined, next: StoredResource | undefined, hasPassword: boolean): void {
    const { storeContext, served } = this.#context
    const note = (id: string, change: ToldChange): void => this.#note(storeContext, id, change)
    if (!next) {
      if (current) note(current.id, { kind: 'deprovision', before: current })
    } else if (!current) {
      note(next.id, { kind: 'provision', after: next })
      for (const change of describeMembers(undefined, next)) note(next.id, change)
    } else {
      for (const change of describeReplace(served.definition, { before: current, after: next, hasPassword })) {
        note(next.id, change)
      }
    }
  }

  /**
   * @param port Membership port that the present attempt writes to.
   * @returns The port, which notes what joins and leaves.
   */
  recordMembers(port: MembershipPort): MembershipPort {
    return recordMembers(port, (context, id, change) => this.#note(context, id, change))
  }

  /** @returns What has to be done before the changes of the present attempt are approved by the before-hooks. */
  findUnapproved(): Preparation | undefined {
    const before = this.#isDecided ? {} : (this.#context.service.hooks?.before ?? {})
    const asked = this.#changes.filter(({ kind }) => before[kind])
    if (asked.length === 0) return undefined
    // Groups come in any order, which taking an attempt back may change.
    const signature = asked
      .map((change) => JSON.stringify(change))
      .sort()
      .join()
    if (signature === this.#approved) return undefined
    const prepare = async (): Promise<void> => {
      for (const change of asked) {
        const { hookTimeout } = this.#context.service.limits
        const hook = before[change.kind]
        await runWithin(hookTimeout, `hooks.before.${change.kind}`, (context) => hook?.(change as never, context)) // a hook has the type of its kind
      }
      this.#approved = signature
    }
    return { prepare }
  }

  /**
   * Keeps the changes of the present attempt for the after-hooks.
   *
   * @param inside Store of the transaction.
   * @returns What was kept; `undefined` when no hook wants any of it.
   */
  keep(inside: ResourceStore): Promise<KeptWrite | undefined> {
    return keepChanges(this.#context, this.#changes, inside)
  }

  /**
   * Tells the after-hooks about the write, once it is committed.
   *
   * @param kept What was kept.
   * @throws {NotTold} When a change that `hooks.required` names could not be told.
   */
  tell(kept: KeptWrite | undefined): Promise<void> {
    return tellWritten({ context: this.#context, id: this.#id, kept, isDecided: this.#isDecided })
  }

  #note(context: StoreContext, id: string, told: ToldChange): void {
    const { tenantId, resourceType, requestId } = context
    const { now, incoming } = this.#context
    const principal = toPrincipal(context.principal)
    const facts = { tenantId, resourceType, id, at: now, principal, requestId, method: incoming.method }
    this.#changes.push({ ...facts, ...told } as ScimChange) // the told part of a kind and the facts of all make a change
  }
}

/** Whatever else `authenticate` put there, such as a token, is not kept. */
function toPrincipal({ subject, tenantId, scopes, roles, userId }: Principal): Principal {
  return {
    subject,
    ...(tenantId !== undefined && { tenantId }),
    ...(scopes && { scopes }),
    ...(roles && { roles }),
    ...(userId !== undefined && { userId }),
  }
}
