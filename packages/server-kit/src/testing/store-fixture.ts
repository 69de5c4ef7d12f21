import {
  defineExtension,
  defineSchema,
  enterpriseUser,
  groupResource,
  type ResourceDefinition,
  type Schema,
  urns,
  userResource,
} from '@scimkit/core/schema'
import type {
  MembershipPort,
  ResourceStore,
  StoreContext,
  StoredResource,
  StorePage,
  StoreQuery,
  TenantId,
} from '../resource-store.js'

/** Extension of the contract: names that mean something to JavaScript or SQL, and a unique attribute. */
export const contractUrn = 'urn:example:contract:1.0:User'

const contractSchema = defineSchema({
  id: contractUrn,
  name: 'Contract',
  attributes: [
    { name: 'badge', caseExact: true, uniqueness: 'server' },
    { name: 'constructor' },
    { name: 'toString' },
    { name: 'select' },
    { name: 'order-by' },
    { name: 'level', type: 'integer' },
    { name: 'score', type: 'decimal' },
    { name: 'since', type: 'dateTime' },
    { name: 'tags', multiValued: true },
  ],
})

/** Definition of the users that the contract stores. */
export const contractUser: ResourceDefinition = userResource.extend(enterpriseUser).extend(
  defineExtension<typeof contractUrn, unknown, unknown, unknown>({
    schema: contractSchema,
    describe: () => Promise.resolve({ schemas: [urns.schema], id: contractUrn, attributes: [] } as unknown as Schema), // never asked for
  }),
)

/** Definition of the groups that the contract stores. */
export const contractGroup: ResourceDefinition = groupResource

/** A time within the contract; nothing depends on the clock. */
export const earlier = '2026-01-02T03:04:05.678Z'

/** A later time. */
export const later = '2026-01-02T03:04:06.789Z'

/** A store under test with the contexts to ask it in. */
export class StoreFixture {
  readonly store: ResourceStore
  readonly users: StoreContext
  readonly groups: StoreContext
  readonly close: () => void | Promise<void>

  /**
   * @param store Empty store.
   * @param tenant Id of the tenant.
   * @param close Called when the test is done.
   */
  constructor(store: ResourceStore, tenant = 'default', close: () => void | Promise<void> = () => undefined) {
    this.store = store
    this.users = contextOf(tenant, 'User')
    this.groups = contextOf(tenant, 'Group')
    this.close = close
  }

  /** @returns The same store as another tenant sees it. */
  as(tenant: string): StoreFixture {
    return new StoreFixture(this.store, tenant)
  }

  /** @returns The membership port, which the store must have. */
  get members(): MembershipPort {
    if (!this.store.members) throw new Error('the store has no members')
    return this.store.members
  }

  createUser(id: string, attributes: object = {}): Promise<StoredResource> {
    return this.store.create(this.users, user(id, attributes))
  }

  createGroup(id: string, displayName: string = id): Promise<StoredResource> {
    return this.store.create(this.groups, group(id, displayName))
  }

  /** @returns Ids of the users that a query finds. */
  async findUsers(query: Partial<StoreQuery> = {}): Promise<readonly string[]> {
    return idsOf(await this.store.query(this.users, { page: { startIndex: 1, count: 1_000 }, ...query }))
  }

  async requireUser(id: string): Promise<StoredResource> {
    const found = await this.store.get(this.users, id)
    if (!found) throw new Error(`user ${id} is not there`)
    return found
  }

  async requireGroup(id: string): Promise<StoredResource> {
    const found = await this.store.get(this.groups, id)
    if (!found) throw new Error(`group ${id} is not there`)
    return found
  }
}

/**
 * @param page A page.
 * @returns Ids of its resources in order.
 */
export function idsOf(page: StorePage<StoredResource>): readonly string[] {
  return page.resources.map(({ id }) => id)
}

/**
 * @param id Id of the user, also its userName unless another is given.
 * @param attributes Further attributes.
 * @returns A user as the handler would hand it to a store.
 */
export function user(id: string, attributes: object = {}): StoredResource {
  return { schemas: [urns.user], id, userName: id, ...attributes, meta: meta('User', '1') }
}

/**
 * @param resource A stored resource.
 * @param attributes Attributes that change.
 * @returns The resource as the handler would hand it to `replace`.
 */
export function changed(resource: StoredResource, attributes: object): StoredResource {
  const version = String(Number(resource.meta.version) + 1)
  return { ...resource, ...attributes, meta: { ...resource.meta, lastModified: later, version } }
}

function group(id: string, displayName: string): StoredResource {
  return { schemas: [urns.group], id, displayName, meta: meta('Group', '1') }
}

function meta(resourceType: string, version: string): StoredResource['meta'] {
  return { resourceType, created: earlier, lastModified: earlier, version }
}

function contextOf(tenant: string, resourceType: string): StoreContext {
  return {
    tenantId: tenant as TenantId, // a test's tenant
    resourceType,
    principal: { subject: 'contract', tenantId: tenant },
    requestId: 'contract',
    signal: new AbortController().signal,
  }
}
