import { ScimError } from '@scimkit/core/schema'
import { loadOnUse } from '../load-on-use.js'
import { isConditional } from '../request/check-precondition.js'
import type { ResourceContext } from '../service/request-context.js'
import type { MembershipPort, ResourceStore } from '../store/resource-store.js'
import type { HookedWrite, Preparation } from './hooked-write.js'
import type { KeptWrite } from './keep-changes.js'

/** How a write is carried out. */
export interface WriteOptions {
  /** Id of the resource that the request names; absent where it names none yet. */
  readonly id?: string | undefined
  /** Whether all of it must happen or none; with hooks it always does, where the store can. */
  readonly atomic: boolean
  /** Whether the write follows from one that is done, so that no before-hook may refuse it. */
  readonly isDecided?: boolean | undefined
}

/** One attempt at a write. */
export interface WriteAttempt {
  readonly context: ResourceContext
  /** Store of the attempt; within a transaction the transaction's. */
  readonly store: ResourceStore
  /** Membership port of the attempt. */
  readonly members: MembershipPort | undefined
  /** What hooks are told; absent where there are none. */
  readonly hooks: HookedWrite | undefined
  /** Whether everything is taken back when the attempt does not end with a result. */
  readonly canRollBack: boolean
}

/** A write that is done, and what the application has still to be told about it. */
export interface Written<R> {
  readonly result: R
  readonly kept?: KeptWrite | undefined
  readonly hooks?: HookedWrite | undefined
}

/** How an attempt ends: with its result, or before something that the application has to do while no lock is held. */
export type Attempted<R> = Pick<Written<R>, 'result'> | Preparation

/** Attempts at one write, whatever made them fail. */
const maxAttempts = 10

const loadHookedWrite = /* @__PURE__ */ loadOnUse(
  () => import('./hooked-write.js'),
  ({ HookedWrite }) => HookedWrite,
)

/**
 * Carries out a write. It is attempted again when another write came between, unless the client named a version and so
 * resolves the race itself, and when the application has to be asked first.
 *
 * @param context Request that writes.
 * @param options Whether it must happen as a whole, and whether it may be refused.
 * @param work The reading and the writing; it runs once for each attempt.
 * @returns What the last attempt came to.
 * @throws {ScimError} 412 with a conditional header, 503 after ten attempts, and whatever else the work or a before-hook
 * threw.
 */
export async function attemptWrite<R>(
  context: ResourceContext,
  options: WriteOptions,
  work: (attempt: WriteAttempt) => Promise<Attempted<R>>,
): Promise<Written<R>> {
  const hooks = context.service.hooks && new (await loadHookedWrite())(context, options)
  let lost: unknown
  for (let attempts = 0; attempts < maxAttempts; attempts++) {
    // A write that lost a race is made in a transaction, where a store that runs them in turn lets no other come between.
    const isWhole = options.atomic || hooks !== undefined || attempts > 0
    const attempted = await (isWhole ? attemptWhole(context, hooks, work) : attemptInPlace(context, hooks, work)).catch(
      (error: unknown) => {
        if (!ScimError.is(error) || error.status !== 412 || isConditional(context.incoming)) throw error
        lost = error
      },
    )
    if (attempted && 'prepare' in attempted) await attempted.prepare()
    else if (attempted) return { ...attempted, hooks }
  }
  throw new ScimError(503, 'The resource is being changed by too many others; try again', { cause: lost })
}

async function attemptInPlace<R>(
  context: ResourceContext,
  hooks: HookedWrite | undefined,
  work: (attempt: WriteAttempt) => Promise<Attempted<R>>,
): Promise<Attempted<R>> {
  const { store } = context.served
  hooks?.begin()
  return work({ context, store, members: store.members, hooks, canRollBack: false })
}

/** In a transaction, where the store has them. What it keeps for after-hooks is there exactly if the write is. */
async function attemptWhole<R>(
  context: ResourceContext,
  hooks: HookedWrite | undefined,
  work: (attempt: WriteAttempt) => Promise<Attempted<R>>,
): Promise<Written<R> | Preparation> {
  const { store } = context.served
  if (!store.transaction) return attemptInPlace(context, hooks, work)
  hooks?.begin()
  let missing: Preparation | undefined
  const rollBack = (preparation: Preparation): never => {
    missing = preparation
    throw new Error('The application has to be asked first')
  }
  try {
    return await store.transaction(context.storeContext, async (inside) => {
      const members = hooks && inside.members ? hooks.recordMembers(inside.members) : inside.members
      const attempted = await work({ context, store: inside, members, hooks, canRollBack: true })
      if ('prepare' in attempted) return rollBack(attempted)
      const preparation = hooks?.findUnapproved()
      if (preparation) return rollBack(preparation)
      return { ...attempted, kept: await hooks?.keep(inside) }
    })
  } catch (error) {
    if (missing) return missing
    throw error
  }
}
