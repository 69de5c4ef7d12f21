import { type ResourceDefinition, ScimError } from '@scimkit/core/schema'
import { checkNames } from '../check-names.js'
import type { ChangeOutbox } from '../store/change-outbox.js'
import type { ResourceStore, StoredResource } from '../store/resource-store.js'
import type { StoreContext, TenantId } from '../store/store-context.js'
import { findOrMake } from './find-or-make.js'
import { allMembers, memoryMembers, removeAll } from './memory-members.js'
import { MemoryTable } from './memory-table.js'
import { MemoryTenant, type RunInTenant } from './memory-tenant.js'
import { queryTable } from './query-table.js'

/** Options of {@link memoryStore}. */
export interface MemoryStoreOptions {
  /** Number of newest changes that the feed of each tenant keeps. Default 10,000. */
  readonly keptChanges?: number | undefined
  /** Clock behind the time of a deletion in the feed; give it the one of `createScimHandler`. Default: the system's. */
  readonly now?: (() => Date) | undefined
}

/**
 * A store that keeps everything in the memory of the process: for tests, mocks and small services that may forget.
 *
 * It serves any number of resource types and tenants, with membership, transactions and the change feed. What it gives
 * is what it keeps: resources are read only.
 *
 * @param options Length of the change feed, and its clock.
 * @returns The store.
 * @throws {TypeError} When an option is not what it must be, or there is no such option.
 * @example
 * const store = memoryStore()
 * createScimHandler({ resources: [mount(userResource, store), mount(groupResource, store)], … })
 */
export function memoryStore(options: MemoryStoreOptions = {}): ResourceStore {
  checkNames('memoryStore: ', options, ['keptChanges', 'now'])
  const { keptChanges = 10_000, now = () => new Date() } = options
  if (!Number.isSafeInteger(keptChanges) || keptChanges < 1) {
    throw new TypeError('memoryStore: keptChanges must be a positive integer')
  }
  if (typeof now !== 'function') throw new TypeError('memoryStore: now must be a function that returns a Date')
  const definitions = new Map<string, ResourceDefinition>()
  const tenants = new Map<string, MemoryTenant>()
  const tenantOf = (tenantId: string): MemoryTenant =>
    findOrMake(tenants, tenantId, () => new MemoryTenant(keptChanges))
  const tableOf = (tenant: MemoryTenant, resourceType: string): MemoryTable =>
    findOrMake(tenant.tables, resourceType, () => new MemoryTable(definitions.get(resourceType)))
  const runInside: RunInTenant = async ({ tenantId }, work) => work(tenantOf(tenantId))
  const runAlone: RunInTenant = ({ tenantId }, work) => tenantOf(tenantId).run(work)
  const inside = { ...storeWithin(runInside, tableOf, now), outbox: memoryOutboxPort(runInside, tenants) }
  return {
    ...storeWithin(runAlone, tableOf, now),
    outbox: memoryOutboxPort(runAlone, tenants),
    immutable: true,
    resolvesMembership: true,
    serve(definition) {
      definitions.set(definition.name, definition)
      for (const { tables } of tenants.values()) {
        const table = tables.get(definition.name)
        if (table) tables.set(definition.name, new MemoryTable(definition, table.byId.values()))
      }
    },
    transaction(context, work) {
      return tenantOf(context.tenantId).transact(() => work(inside))
    },
    async changes(tenantId, after, limit) {
      const { changes } = tenantOf(tenantId)
      const start = changes.findIndex(({ sequence }) => sequence > after)
      return start < 0 ? [] : changes.slice(start, start + limit)
    },
  }
}

/** Every method is one synchronous step, so that nothing comes between its reading and its writing. */
function storeWithin(
  run: RunInTenant,
  tableOf: (tenant: MemoryTenant, resourceType: string) => MemoryTable,
  now: () => Date,
): ResourceStore {
  const onTable = <R>(context: StoreContext, work: (tenant: MemoryTenant, table: MemoryTable) => R): Promise<R> =>
    run(context, (tenant) => work(tenant, tableOf(tenant, context.resourceType)))
  return {
    get: (context, id) => onTable(context, (_, table) => table.byId.get(id)),
    create: (context, resource) =>
      onTable(context, (tenant, table) => {
        table.insert(resource)
        tenant.undoable(() => table.remove(resource))
        record(tenant, resource, 'create', resource.meta.created)
        return resource
      }),
    replace: (context, current, next) =>
      onTable(context, (tenant, table) => {
        const stored = requireVersion(table, current)
        table.update(stored, next)
        tenant.undoable(() => table.update(next, stored))
        record(tenant, next, 'replace', next.meta.lastModified)
        return next
      }),
    delete: (context, current) =>
      onTable(context, (tenant, table) => {
        const stored = requireVersion(table, current)
        const members = allMembers(tenant, stored.id).map(({ value }) => value)
        removeAll(tenant, stored.id, members)
        table.remove(stored)
        tenant.undoable(() => table.insert(stored))
        record(tenant, stored, 'delete', now().toISOString())
      }),
    query: (context, query) => onTable(context, (tenant, table) => queryTable(tenant, table, query)),
    members: memoryMembers(run, tableOf),
  }
}

function requireVersion(table: MemoryTable, current: StoredResource): StoredResource {
  const stored = table.byId.get(current.id)
  if (stored && stored.meta.version === current.meta.version) return stored
  throw new ScimError(412, 'The resource was changed or deleted meanwhile')
}

function record(
  tenant: MemoryTenant,
  { id, meta }: StoredResource,
  kind: 'create' | 'replace' | 'delete',
  at: string,
): void {
  tenant.record({ resourceType: meta.resourceType, id, kind, version: meta.version, at })
}

/** What a transaction keeps goes when it is rolled back. */
function memoryOutboxPort(run: RunInTenant, tenants: ReadonlyMap<string, MemoryTenant>): ChangeOutbox {
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
