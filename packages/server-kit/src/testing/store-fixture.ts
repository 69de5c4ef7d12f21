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
import type { MembershipPort, ResourceStore, StoredResource, StorePage, StoreQuery } from '../store/resource-store.js'
import type { StoreContext, TenantId } from '../store/store-context.js'
import { cut } from './known-attributes.js'
import { nameMembers } from './name-members.js'
import type { StoreContract } from './store-contract.js'

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
  readonly contract: StoreContract
  readonly users: StoreContext
  readonly groups: StoreContext
  readonly close: () => void | Promise<void>
  readonly #known = new Set<string>()

  /**
   * @param store Empty store.
   * @param contract What it keeps.
   * @param options Tenant, the first of the contract unless it is given; `close` is called when the test is done.
   */
  constructor(
    store: ResourceStore,
    contract: StoreContract,
    options: { readonly tenant?: string; readonly close?: () => void | Promise<void> } = {},
  ) {
    const { tenant = contract.tenants[0] ?? 'default', close = () => undefined } = options
    this.store = store
    this.contract = contract
    this.users = contextOf(tenant, contract.user.name)
    this.groups = contextOf(tenant, contract.group.name)
    this.close = close
  }

  /** @returns The same store as another tenant sees it. */
  asOther(): StoreFixture {
    return new StoreFixture(this.store, this.contract, { tenant: this.contract.tenants[1] ?? 'other' })
  }

  /** @returns A user as the handler would hand it to a store, with those of the attributes that its definition has. */
  user(id: string, attributes: object = {}): StoredResource {
    return user(this.contract.user, id, attributes)
  }

  /** @returns What a test calls `u1` to `u9`: itself, or the id in its place that the contract names. */
  memberId(name: string): string {
    return /^u[1-9]$/.test(name) ? (this.contract.memberIds?.[Number(name[1]) - 1] ?? name) : name
  }

  /**
   * Makes users that may become members.
   *
   * @param count How many are wanted; there are fewer where the contract names fewer.
   * @returns What tests call them, in the order of their ids.
   */
  async manyMembers(count: number): Promise<readonly string[]> {
    const own = Array.from({ length: count }, (_, n) => `u${String(n).padStart(4, '0')}`)
    const ids = this.contract.memberIds?.slice(0, count) ?? own
    await this.makeMembers(ids)
    return ids.map((id) => this.#nameOf(id))
  }

  /** Creates the users among the given that are not there yet, at once where the store can. */
  async makeMembers(ids: readonly string[]): Promise<void> {
    const missing = this.contract.memberIds ? [] : [...new Set(ids)].filter((id) => !this.#known.has(id))
    if (missing.length === 0) return
    for (const id of missing) this.#known.add(id)
    const make = async (store: ResourceStore) => {
      for (const id of missing) await store.create(this.users, this.user(id))
    }
    await (this.store.transaction ? this.store.transaction(this.users, make) : make(this.store))
  }

  /** @returns The membership port, which the store must have, as {@link membersOf} returns it. */
  get members(): MembershipPort {
    if (!this.store.members) throw new Error('the store has no members')
    return this.membersOf(this.store.members)
  }

  /**
   * @param port Membership port, that of a transaction for example.
   * @returns The same, for which users exist before they become members, by the names that tests call them.
   */
  membersOf(port: MembershipPort): MembershipPort {
    return nameMembers(port, {
      make: (ids) => this.makeMembers(ids),
      toId: (name) => this.memberId(name),
      toName: (id) => this.#nameOf(id),
    })
  }

  #nameOf(id: string): string {
    const at = this.contract.memberIds?.indexOf(id) ?? -1
    return at >= 0 && at < 9 ? `u${at + 1}` : id
  }

  createUser(id: string, attributes: object = {}): Promise<StoredResource> {
    this.#known.add(id)
    return this.store.create(this.users, this.user(id, attributes))
  }

  createGroup(id: string, displayName: string = id): Promise<StoredResource> {
    return this.store.create(this.groups, group(this.contract.group, id, displayName))
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
 * @param definition Definition of the user.
 * @param id Id of the user, also its userName unless another is given.
 * @param attributes Further attributes; those that the definition does not have are left out.
 * @returns A user as the handler would hand it to a store.
 */
export function user(definition: ResourceDefinition, id: string, attributes: object = {}): StoredResource {
  const { schema, name } = definition
  return { schemas: [schema.id], id, ...cut(definition, { userName: id, ...attributes }), meta: meta(name, '1') }
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

function group({ schema, name }: ResourceDefinition, id: string, displayName: string): StoredResource {
  return { schemas: [schema.id], id, displayName, meta: meta(name, '1') }
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

/** Registers a test of the contract, on a store of its own; a reason leaves it out. */
export type StoreTest = (name: string, body: (fixture: StoreFixture) => Promise<void>, leftOut?: string) => void
