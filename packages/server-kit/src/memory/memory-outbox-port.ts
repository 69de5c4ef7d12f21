import type { ChangeOutbox } from '../change-outbox.js'
import type { TenantId } from '../resource-store.js'
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
        const given = tenant.outbox.keep(changes, lease)
        tenant.undoable(() => {
          for (const { id } of changes) tenant.outbox.drop(id)
        })
        return given
      }),
    claim: (tenantId, claim) => run({ tenantId }, ({ outbox }) => outbox.claim(claim)),
    settle: (tenantId, outcome) => run({ tenantId }, ({ outbox }) => outbox.settle(outcome)),
    async waiting() {
      const kept = Array.from(tenants, ([id, { outbox }]) => [id as TenantId, outbox.size] as const) // the ids of contexts
      return new Map(kept.filter(([, count]) => count > 0))
    },
  }
}
