import { requireValidators } from '@scimkit/core/internal'
import { foldCase, type InferResource, type ResourceDefinition } from '@scimkit/core/schema'
import type { ResourceStore, StoredResource } from '../store/resource-store.js'

/** A definition's resources as a store keeps them. */
export type Stored<D extends ResourceDefinition> = InferResource<D> & StoredResource

/** A resource type and the store that holds its resources. */
export interface Mount {
  readonly definition: ResourceDefinition
  readonly store: ResourceStore
}

/**
 * Puts a resource type on a store. One store may serve many mounts; users and groups that share one can be filtered by
 * membership.
 *
 * @param definition Definition with validators, as `@scimkit/core` exports it.
 * @param store Store of these resources.
 * @returns The mount, for `createScimHandler`.
 * @throws {TypeError} When the definition has no validators, its endpoint is not a single path segment, the store is not a store, or
 * it has the membership port without transactions.
 */
export function mount<D extends ResourceDefinition>(
  definition: D,
  store: ResourceStore<Stored<D>> | ResourceStore,
): Mount {
  if (typeof definition?.endpoint !== 'string') {
    throw new TypeError('mount: the definition is missing; give a ResourceDefinition such as userResource')
  }
  requireValidators(definition)
  if (!/^\/[A-Za-z0-9_.~-]+$/.test(definition.endpoint)) {
    throw new TypeError(`mount: the endpoint of ${definition.name} must be one path segment such as /Users`)
  }
  if (reserved.has(foldCase(definition.endpoint))) {
    throw new TypeError(`mount: ${definition.endpoint} is an endpoint of the protocol itself; choose another`)
  }
  if (typeof store?.get !== 'function') {
    throw new TypeError(`mount: the store of ${definition.name} is not a ResourceStore such as memoryStore()`)
  }
  if (store.members && !store.transaction) {
    throw new TypeError(`mount: the store of ${definition.name} has members, so it needs transaction as well`)
  }
  store.serve?.(definition)
  return Object.freeze({ definition, store: store as ResourceStore }) // the handler reads and writes only resources that were checked
}

const reserved: ReadonlySet<string> = new Set([
  '/me',
  '/bulk',
  '/.search',
  '/schemas',
  '/resourcetypes',
  '/serviceproviderconfig',
])
