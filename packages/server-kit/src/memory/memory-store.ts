import { type ResourceDefinition, ScimError } from '@scimkit/core/schema'
import { checkNames } from '../check-names.js'
import { loadOnUse } from '../load-on-use.js'
import type { ResourceStore, StoredResource } from '../store.js'
import type { StoreContext } from '../store-context.js'
import { findOrMake } from './find-or-make.js'
import { allMembers, memoryMembers, type RunInTenant, removeAll } from './memory-members.js'
import { memoryOutboxPort } from './memory-outbox-port.js'
import { MemoryTable } from './memory-table.js'
import { MemoryTenant } from './memory-tenant.js'
import { pageIds } from './page-table.js'

const loadSearch = /* @__PURE__ */ loadOnUse(
  () => import('./search-table.js'),
  ({ searchTable }) => searchTable,
)

/** Options of {@link memoryStore}. */
export interface MemoryStoreOptions {
  /** Number of newest changes that the feed of each tenant keeps. Default 10,000. */
  readonly keptChanges?: number | undefined
}

/**
 * A store that keeps everything in the memory of the process: for tests, mocks and small services that may forget.
 *
 * It serves any number of resource types and tenants, with membership, transactions and the change feed. What it gives
 * is what it keeps: resources are read only.
 *
 * @param options Length of the change feed.
 * @returns The store.
 * @throws {TypeError} When `keptChanges` is not a positive integer, or another option is given.
 * @example
 * const store = memoryStore()
 * createScimHandler({ resources: [mount(userResource, store), mount(groupResource, store)], … })
 */
export function memoryStore(options: MemoryStoreOptions = {}): ResourceStore {
  checkNames('memoryStore: ', options, ['keptChanges'])
  const { keptChanges = 10_000 } = options
  if (!Number.isSafeInteger(keptChanges) || keptChanges < 1) {
    throw new TypeError('memoryStore: keptChanges must be a positive integer')
  }
  const definitions = new Map<string, ResourceDefinition>()
  const tenants = new Map<string, MemoryTenant>()
  const tenantOf = (tenantId: string): MemoryTenant =>
    findOrMake(tenants, tenantId, () => new MemoryTenant(keptChanges))
  const tableOf = (tenant: MemoryTenant, resourceType: string): MemoryTable =>
    findOrMake(tenant.tables, resourceType, () => new MemoryTable(definitions.get(resourceType)))
  const runInside: RunInTenant = async ({ tenantId }, work) => work(tenantOf(tenantId))
  const runAlone: RunInTenant = ({ tenantId }, work) => tenantOf(tenantId).run(work)
  const inside = { ...storeWithin(runInside, tableOf), outbox: memoryOutboxPort(runInside, tenants) }
  return {
    ...storeWithin(runAlone, tableOf),
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
        record(tenant, stored, 'delete', new Date().toISOString())
      }),
    async query(context, query) {
      if (!query.filter && !query.sortBy) {
        return onTable(context, (_, table) => pageIds(table, table.ids.list(), query.page))
      }
      const search = await loadSearch() // before the step, which nothing may interrupt
      return onTable(context, (tenant, table) => search(tenant, table, query))
    },
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
