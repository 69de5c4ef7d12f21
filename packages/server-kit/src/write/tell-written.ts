import type { ResourceContext } from '../service/request-context.js'
import type { ChangeOutbox, KeptChange } from '../store/change-outbox.js'
import { createLease, deliverChanges, type HeldChange, readKept } from './deliver-changes.js'
import { deliverKept } from './deliver-kept.js'
import type { KeptWrite } from './keep-changes.js'
import { NotTold } from './not-told.js'

/** A write that was committed. */
interface CommittedWrite {
  readonly context: ResourceContext
  /** Id of the resource that the request names; absent where it names none. */
  readonly id: string | undefined
  /** Its changes; absent where there are none, as when a client repeats a request. */
  readonly kept: KeptWrite | undefined
  /** Whether it follows from a write that is done, so that it can no longer fail. */
  readonly isDecided?: boolean | undefined
}

/** Milliseconds between two looks at a change that another delivery holds. */
const pause = 25
/** Changes that are read at once, at most. */
const pageSize = 100

/**
 * Tells after-hooks about a committed write, and waits for them as long as the client's answer may. What takes access
 * away has to be told before the client may take it for done, also when an earlier request wrote it.
 *
 * @param written The write.
 * @throws {NotTold} When a change that `hooks.required` names could not be told.
 */
export async function tellWritten(written: CommittedWrite): Promise<void> {
  const { service } = written.context
  const end = performance.now() + service.limits.afterHookWait
  const { kept } = written
  const delivered = kept && (await waitAtMost(deliverKept(service, kept), service.limits.afterHookWait))
  const required = service.hooks?.required
  if (!required || required.size === 0 || written.isDecided) return
  if (delivered?.failed.some(({ change }) => required.has(change.kind))) throw new NotTold()
  const own = new Set(
    (kept?.changes ?? []).flatMap(({ change }) => (required.has(change.kind) ? [change.changeId] : [])),
  )
  if (delivered && !delivered.more && [...own].every((changeId) => delivered.told.has(changeId))) return
  await tellRequired(
    written,
    (change) => {
      const isOwn = own.has(change.changeId)
      return required.has(change.kind) && (isOwn || change.kind !== 'leave' || !kept)
    },
    end,
  )
}

/**
 * Tells about the deletion of a resource whose hook has failed, when a client asks for it again.
 *
 * @param context Request.
 * @param id Id of the deleted resource.
 * @returns Whether a deletion waited, and has been told.
 * @throws {NotTold} When its hook failed again.
 */
export async function tellDeleted(context: ResourceContext, id: string): Promise<boolean> {
  const { served } = context
  const { service } = context
  if (!service.hooks?.required.has('deprovision')) return false
  const end = performance.now() + service.limits.afterHookWait
  const isDeletion = ({ kind, resourceType }: HeldChange['change']): boolean =>
    kind === 'deprovision' && resourceType === served.definition.name
  return tellRequired({ context, id, kept: undefined }, isDeletion, end)
}

/** @returns Whether there was anything to tell. */
async function tellRequired(
  { context, id, kept }: CommittedWrite,
  isWanted: (change: HeldChange['change']) => boolean,
  end: number,
): Promise<boolean> {
  const { service, served } = context
  const { outbox } = served.store
  if (!outbox) return false
  const { tenantId } = context.storeContext
  const own = kept?.changes.map(({ change }) => change.changeId) ?? []
  for (let looks = 0; ; looks++) {
    const found = await listAbout(outbox, { tenantId, id, own })
    const ids = found.filter((one) => isWanted(readKept(one).change)).map((one) => one.id)
    if (ids.length === 0) return looks > 0
    const lease = createLease(service)
    const { changes } = await outbox.claim(tenantId, { ids, limit: ids.length }, lease)
    if (changes.length > 0) {
      const delivery = deliverChanges(service, { outbox, tenantId, lease }, changes.map(readKept))
      const outcome = await waitAtMost(delivery, end - performance.now())
      if (!outcome || outcome.delivered.length < changes.length) throw new NotTold()
    } else {
      // Another delivery has them, or an earlier change of the same resource; it will end.
      if (performance.now() >= end) throw new NotTold()
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
}

async function listAbout(
  outbox: ChangeOutbox,
  {
    tenantId,
    id,
    own,
  }: { readonly tenantId: KeptWrite['tenantId']; readonly id: string | undefined; readonly own: readonly string[] },
): Promise<readonly KeptChange[]> {
  const ofWrite = own.length > 0 ? await outbox.list(tenantId, { ids: own, limit: own.length }) : []
  const ofResource = id === undefined ? [] : await listOfResource(outbox, tenantId, id)
  return [...new Map([...ofWrite, ...ofResource].map((one) => [one.id, one])).values()]
}

/** All of them: what takes access away may stand behind thousands that failed. */
async function listOfResource(
  outbox: ChangeOutbox,
  tenantId: KeptWrite['tenantId'],
  resource: string,
): Promise<readonly KeptChange[]> {
  const found: KeptChange[] = []
  for (;;) {
    const page = await outbox.list(tenantId, { resource, after: found.at(-1)?.sequence, limit: pageSize })
    for (const change of page) found.push(change)
    if (page.length < pageSize) return found
  }
}

/** A hook that hangs must not hold up the answer. @returns `undefined` when the time was over first. */
async function waitAtMost<R>(work: Promise<R>, milliseconds: number): Promise<R | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), Math.max(0, milliseconds))
  })
  try {
    return await Promise.race([work, patience])
  } finally {
    clearTimeout(timer)
  }
}
