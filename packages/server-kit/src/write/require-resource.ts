import { ScimError } from '@scimkit/core/schema'
import type { ResourceContext } from '../service/request-context.js'
import type { ResourceStore, StoredResource } from '../store/resource-store.js'

/**
 * Reads a resource that must exist. A resource of another tenant does not exist: the answer is the same to the byte.
 *
 * @param context Request with its tenant.
 * @param id Id as the path names it.
 * @param store Store to read from; inside a transaction the transaction's.
 * @returns The resource as stored.
 * @throws {ScimError} 404.
 */
export async function requireResource(
  context: ResourceContext,
  id: string,
  store: ResourceStore = context.served.store,
): Promise<StoredResource> {
  const found = await store.get(context.storeContext, id)
  if (found) return found
  throw new ScimError(404, `There is no ${context.served.definition.name} with this id`)
}
