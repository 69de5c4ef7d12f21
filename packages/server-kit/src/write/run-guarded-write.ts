import { ScimError } from '@scimkit/core/schema'
import type { ResourceContext } from '../request-context.js'
import type { ResourceStore } from '../store.js'
import { checkReferences } from './check-references.js'
import { requireWrite, Unprepared } from './hooked-write.js'
import { type KeptWrite, keepChanges } from './keep-changes.js'
import { keepPrivileges } from './keep-privileges.js'
import { recordChanges } from './record-changes.js'
import type { WriteOptions } from './run-write.js'
import { tellWritten } from './tell-written.js'

const mostTries = 10

/**
 * Runs the work of a write between the checks that are asked for and the application's hooks.
 *
 * @param context Request that writes.
 * @param work The reading and the writing; it may run several times, each time with everything taken back before.
 * @param options Whether it must happen as a whole, and whether it may be refused.
 * @returns What the work returned.
 * @throws {ScimError} What the work, a check or a before-hook threw; 503 when other writes came between ten times.
 */
export async function runGuardedWrite<R>(
  context: ResourceContext,
  work: (store: ResourceStore) => Promise<R>,
  options: WriteOptions,
): Promise<R> {
  const { served } = context
  const references = context.service.references?.get(served)
  let guarded = work
  if (references) guarded = (store) => work(checkReferences(context, references, store))
  if (context.purpose.isMe) {
    const inner = guarded
    guarded = (store) => inner(keepPrivileges(context, store))
  }
  return runAttempts(context, guarded, options)
}

async function runAttempts<R>(
  context: ResourceContext,
  work: (store: ResourceStore) => Promise<R>,
  options: WriteOptions,
): Promise<R> {
  const { served } = context
  const { store } = served
  if (!context.service.hooks) {
    return options.atomic && store.transaction ? store.transaction(context.storeContext, work) : work(store)
  }
  const { result, kept } = await writePrepared(context, work, options)
  await tellWritten({ context, kept, id: options.id, isDecided: options.decided ?? false })
  return result
}

async function writePrepared<R>(
  context: ResourceContext,
  work: (store: ResourceStore) => Promise<R>,
  options: WriteOptions,
): Promise<Written<R>> {
  for (let tries = 0; tries < mostTries; tries++) {
    try {
      return await writeOnce(context, work, options)
    } catch (error) {
      if (!(error instanceof Unprepared)) throw error
      await error.prepare()
    }
  }
  throw new ScimError(503, 'The resource is being changed by too many others; try again')
}

interface Written<R> {
  readonly result: R
  readonly kept: KeptWrite | undefined
}

async function writeOnce<R>(
  context: ResourceContext,
  work: (store: ResourceStore) => Promise<R>,
  { decided }: WriteOptions,
): Promise<Written<R>> {
  const { served } = context
  const { store } = served
  const { service } = context
  const write = requireWrite(context)
  const before = decided ? {} : (service.hooks?.before ?? {})
  const definitionOf = (type: string) => service.byName.get(type)?.definition
  write.begin()
  if (!store.transaction) {
    // Nothing can be taken back here, so the application is asked when the change is known and nothing is written yet.
    const recording = { write, definitionOf, onNoted: () => write.requireLeave(before) }
    return { result: await work(recordChanges(store, recording)), kept: undefined }
  }
  return store.transaction(context.storeContext, async (inside) => {
    const result = await work(recordChanges(inside, { write, definitionOf, onNoted: () => undefined }))
    write.requireLeave(before)
    return { result, kept: await keepChanges(context, write.changes, inside) }
  })
}
