import { isObject, type JsonObject } from '@scimkit/core/internal'
import { badRequest } from '../bad-request.js'
import { sameJson } from '../json.js'
import type { CheckedReference } from '../service/served-resource.js'
import type { StoredResource } from '../store/resource-store.js'
import type { WriteAttempt } from './attempt-write.js'

/**
 * Checks that everything exists which a resource newly refers to, in the caller's tenant. What it referred to before may
 * have been deleted since, and is not this request's to judge.
 *
 * @param attempt Attempt at the write.
 * @param current Resource before; `undefined` for a new one.
 * @param next Resource afterwards.
 * @throws {ScimError} 400 `invalidValue` with the path at fault.
 */
export async function checkReferences(
  attempt: WriteAttempt,
  current: StoredResource | undefined,
  next: StoredResource,
): Promise<void> {
  const { service, served } = attempt.context
  for (const reference of service.references?.get(served) ?? []) {
    const before = listElements(current, reference)
    for (const element of listElements(next, reference)) {
      if (!before.some((known) => sameJson(known, element))) await requireReferred(attempt, reference, element)
    }
  }
}

function listElements(resource: StoredResource | undefined, reference: CheckedReference): readonly JsonObject[] {
  const holder = reference.extension === undefined ? resource : resource?.[reference.extension]
  const value = isObject(holder) ? holder[reference.name] : undefined
  const elements: readonly unknown[] = Array.isArray(value) ? value : [value]
  return elements.filter(isObject)
}

async function requireReferred(
  { context, store }: WriteAttempt,
  { extension, name, types }: CheckedReference,
  { value }: JsonObject,
): Promise<void> {
  if (typeof value !== 'string' || value === '') return
  for (const type of types) {
    const source = type.store === context.served.store ? store : type.store
    if (await source.get(context.for(type).storeContext, value)) return
  }
  const path = extension === undefined ? name : `${extension}:${name}`
  throw badRequest('invalidValue', `${path}.value must name a resource of this service provider`)
}
