import { ScimError } from '@scimkit/core/schema'
import { loadOnUse } from '../load-on-use.js'
import type { ResourceContext } from '../request-context.js'
import type { ResourceStore } from '../store.js'

/** How a write is run. */
export interface WriteOptions {
  /** Whether the work must happen as a whole; with hooks it always does, where the store can. */
  readonly atomic: boolean
  /** Whether the work follows from what is written already, so that no before-hook may refuse it. */
  readonly decided?: boolean | undefined
  /** Id of the resource that the request names; absent where it names none yet. */
  readonly id?: string | undefined
}

/** A write that is done, though the application could not be told about it as `hooks.required` demands. */
export class NotTold extends ScimError {
  constructor() {
    super(503, 'The change is written, but the application has not taken it in yet; send the request again')
  }
}

const loadGuarded = /* @__PURE__ */ loadOnUse(
  () => import('./run-guarded-write.js'),
  ({ runGuardedWrite }) => runGuardedWrite,
)

/**
 * Runs the work of a write on its store. Where the application has hooks, it is asked before and told afterwards; what
 * only they need, and what only `/Me` and checked references need, is loaded on first use.
 *
 * @param context Request that writes.
 * @param work The reading and the writing; it may run several times, each time with everything taken back before.
 * @param options Whether it must happen as a whole, and whether it may be refused.
 * @returns What the work returned.
 * @throws {ScimError} What the work or a before-hook threw; 503 when other writes came between ten times.
 * @throws {NotTold} When the write is done and a required after-hook failed.
 */
export async function runWrite<R>(
  context: ResourceContext,
  work: (store: ResourceStore) => Promise<R>,
  options: WriteOptions,
): Promise<R> {
  const { served } = context
  const { hooks, references } = context.service
  if (hooks || references || context.purpose.isMe) {
    const runGuardedWrite = await loadGuarded()
    return runGuardedWrite(context, work, options)
  }
  const { store } = served
  return options.atomic && store.transaction ? store.transaction(context.storeContext, work) : work(store)
}
