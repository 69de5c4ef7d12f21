import type { ChangeOutbox } from '../change-outbox.js'
import type { TenantId } from '../store-context.js'
import type { RunInTenant } from './memory-members.js'
import type { MemoryTenant } from './memory-tenant.js'

/**
 * Makes the outbox of a memory store.
 *
 * @param run Runs a step on a tenant.
 * @param tenants All tenants by their ids.
 * @returns The outbox; what a transaction keeps goes when it is taken back.
 */
export function memoryOutboxPort(run: RunInTenant, tenants: ReadonlyMap<string, MemoryTenant>): ChangeOutbox {
  return {
    keep: (context, changes, lease) =>
      run(context, (tenant) => {
        const kept = tenant.outbox.keep(changes, lease)
        tenant.undoable(() => {
          for (const { id } of changes) tenant.outbox.drop(id)
        })
        return kept
      }),
    claim: (tenantId, selection, lease) => run({ tenantId }, ({ outbox }) => outbox.claim(selection, lease)),
    settle: (tenantId, outcome) => run({ tenantId }, ({ outbox }) => outbox.settle(outcome)),
    list: (tenantId, selection) => run({ tenantId }, ({ outbox }) => outbox.list(selection)),
    drop: (tenantId, id) => run({ tenantId }, ({ outbox }) => outbox.drop(id)),
    async waiting() {
      const kept = Array.from(tenants, ([id, { outbox }]) => [id as TenantId, outbox.size] as const) // the ids of contexts
      return new Map(kept.filter(([, count]) => count > 0))
    },
  }
}
