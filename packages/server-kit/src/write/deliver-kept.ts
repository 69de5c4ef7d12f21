import { reportFailure } from '../service/report-failure.js'
import { toOutboxKey } from '../service/scim-change.js'
import type { Service } from '../service/service.js'
import { createLease, deliverChanges, type HeldChange, readKept } from './deliver-changes.js'
import type { KeptWrite } from './keep-changes.js'

/** Changes that are claimed at once, at most. */
const batchSize = 100

/** What became of a write's changes, and of those that waited for the same resources and memberships. */
export interface ToldWrite {
  readonly told: ReadonlySet<string>
  /** Those whose hook failed. */
  readonly failed: readonly HeldChange[]
  /** Whether more of them may be kept. */
  readonly more: boolean
}

/**
 * Tells after-hooks about a committed write, and about what waited for the same resources and memberships. The write is
 * done: whatever fails here is reported and stays kept.
 *
 * @param service Service provider.
 * @param kept Changes of the write.
 * @returns What became of them; it never rejects.
 */
export async function deliverKept(service: Service, kept: KeptWrite): Promise<ToldWrite> {
  const { outbox, tenantId } = kept
  const keys = kept.changes.map(({ change }) => toOutboxKey(change))
  const told = new Set<string>()
  try {
    let { lease } = kept
    let held: readonly HeldChange[] = kept.changes.filter(({ change }) => kept.given.has(change.changeId))
    let more = held.length < kept.changes.length
    for (;;) {
      if (held.length > 0) {
        const outcome = await deliverChanges(service, { outbox, tenantId, lease }, held)
        more ||= outcome.more
        for (const id of outcome.delivered) told.add(id)
        const failedIds = new Set([...outcome.failed, ...outcome.parked])
        const failed = held.filter(({ change }) => failedIds.has(change.changeId))
        if (failed.length > 0) return { told, failed, more: true }
        more ||= outcome.released.length > 0
      }
      if (!more) return { told, failed: [], more }
      lease = createLease(service)
      held = (await outbox.claim(tenantId, { keys, limit: batchSize }, lease)).changes.map(readKept)
      if (held.length === 0) return { told, failed: [], more }
      more = false
    }
  } catch (error) {
    const { requestId = '', method = '', principal } = kept.changes[0]?.change ?? {}
    reportFailure(service, error, { requestId, method, principal })
    return { told, failed: [], more: true }
  }
}
