import { ScimError } from '@scimkit/core/schema'
import { sameJson } from '../json.js'
import type { ResourceContext } from '../request-context.js'
import type { CheckedReference } from '../service/served-resource.js'
import type { ResourceStore, StoredResource } from '../store.js'

/**
 * Makes a store that takes a resource only when everything exists that it newly refers to, in the caller's tenant.
 *
 * @param context Request that writes.
 * @param references Attributes that are checked.
 * @param store Store that is written to.
 * @returns A store for the attempt; its writes throw `ScimError` 400 `invalidValue` with the path at fault.
 */
export function checkReferences(
  context: ResourceContext,
  references: readonly CheckedReference[],
  store: ResourceStore,
): ResourceStore {
  const { served } = context
  const check = async (current: StoredResource | undefined, next: StoredResource): Promise<void> => {
    for (const reference of references) {
      const before = listElements(current, reference)
      for (const element of listElements(next, reference)) {
        // What was there before may have lost its resource since, and is no matter of this request.
        if (!before.some((known) => sameJson(known, element))) await requireReferred(reference, element)
      }
    }
  }
  const requireReferred = async ({ extension, name, types }: CheckedReference, element: Element): Promise<void> => {
    const { value } = element
    if (typeof value !== 'string' || value === '') return
    for (const type of types) {
      const source = type.store === served.store ? store : type.store
      if (await source.get(context.for(type).storeContext, value)) return
    }
    const path = extension === undefined ? name : `${extension}:${name}`
    throw new ScimError(400, `${path}.value names no resource of this service provider`, { scimType: 'invalidValue' })
  }
  return {
    get: (storeContext, id) => store.get(storeContext, id),
    query: (storeContext, query) => store.query(storeContext, query),
    async create(storeContext, resource) {
      await check(undefined, resource)
      return store.create(storeContext, resource)
    },
    async replace(storeContext, current, next) {
      await check(current, next)
      return store.replace(storeContext, current, next)
    },
    delete: (storeContext, current) => store.delete(storeContext, current),
    members: store.members,
  }
}

type Element = Readonly<Record<string, unknown>>

function listElements(resource: StoredResource | undefined, reference: CheckedReference): readonly Element[] {
  const holder = reference.extension === undefined ? resource : resource?.[reference.extension]
  const value = isObject(holder) ? holder[reference.name] : undefined
  const elements: readonly unknown[] = Array.isArray(value) ? value : [value]
  return elements.filter(isObject)
}

function isObject(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
