import type { Service } from '../service.js'
import { deliverChanges } from './deliver-changes.js'
import { type KeptChanges, leaseTime } from './keep-changes.js'
import { type MadeChange, resourcesOf } from './scim-change.js'

/** Most changes that are taken at once. */
const batchSize = 100

/**
 * Tells after-hooks about a committed write, and about what waited for the same resources. The write is done: whatever
 * fails here is reported, stays kept, and is no matter of the client.
 *
 * @param service Service provider.
 * @param kept Changes of the write.
 */
export async function deliverKept(service: Service, kept: KeptChanges): Promise<void> {
  const { outbox, tenantId, until } = kept
  const resources = [...new Set(kept.changes.flatMap(resourcesOf))]
  try {
    let lease = { now: Date.now(), until }
    let changes = kept.changes.filter(({ changeId }) => kept.given.has(changeId))
    let more = changes.length === 0
    for (;;) {
      if (changes.length > 0) {
        const outcome = await deliverChanges(service, changes, lease.until)
        more = await outbox.settle(tenantId, outcome)
        if (outcome.released.length > 0) return
      }
      if (!more) return
      lease = { now: Date.now(), until: Date.now() + leaseTime }
      const claimed = await outbox.claim(tenantId, { resources, limit: batchSize, ...lease })
      changes = claimed.changes.map(({ payload }) => JSON.parse(payload) as MadeChange) // what `keepChanges` wrote
      if (changes.length === 0) return
    }
  } catch (error) {
    const { requestId = '', method = '', principal } = kept.changes[0] ?? {}
    try {
      service.onError(error, { requestId, method, principal })
    } catch {
      // A reporter that fails must not take the answer with it.
    }
  }
}
