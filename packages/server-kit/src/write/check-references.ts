import { isObject, type JsonObject } from '@scimkit/core/internal'
import type { ScimError } from '@scimkit/core/schema'
import { badRequest } from '../bad-request.js'
import { sameJson } from '../json.js'
import type { CheckedReference, ServedResource } from '../service/served-resource.js'
import type { StoredResource } from '../store/resource-store.js'
import type { ResourceAttempt } from './find-members.js'
import type { Preparation } from './hooked-write.js'

/**
 * Checks that everything exists which a resource newly refers to, in the caller's tenant. What it referred to before may
 * have been deleted since, and is not this request's to judge.
 *
 * @param attempt Attempt at the write.
 * @param current Resource before; `undefined` for a new one.
 * @param next Resource afterwards.
 * @returns The look into other stores that has to be done before this can be told.
 * @throws {ScimError} 400 `invalidValue` with the path at fault.
 */
export async function checkReferences(
  attempt: ResourceAttempt,
  current: StoredResource | undefined,
  next: StoredResource,
): Promise<Preparation | undefined> {
  const { service, served } = attempt.context
  const unknown: (() => Promise<void>)[] = []
  for (const reference of service.references?.get(served) ?? []) {
    const before = listElements(current, reference)
    for (const element of listElements(next, reference)) {
      const { value } = element
      if (typeof value !== 'string' || value === '' || before.some((known) => sameJson(known, element))) continue
      const exists = await isReferred(attempt, reference.types, value)
      if (exists === false) throw refuse(reference)
      if (exists === undefined) unknown.push(() => attempt.elsewhere.look(reference.types, value))
    }
  }
  if (unknown.length === 0) return undefined
  return {
    prepare: async () => {
      for (const look of unknown) await look()
    },
  }
}

function listElements(resource: StoredResource | undefined, reference: CheckedReference): readonly JsonObject[] {
  const holder = reference.extension === undefined ? resource : resource?.[reference.extension]
  const value = isObject(holder) ? holder[reference.name] : undefined
  const elements: readonly unknown[] = Array.isArray(value) ? value : [value]
  return elements.filter(isObject)
}

/** @returns Whether one of the types has the resource; `undefined` while another store has to be asked for it. */
async function isReferred(
  { context, store, elsewhere }: ResourceAttempt,
  types: readonly ServedResource[],
  id: string,
): Promise<boolean | undefined> {
  const others = types.filter((type) => elsewhere.holds(type))
  for (const type of types) {
    if (!others.includes(type) && (await store.get(context.for(type).storeContext, id))) return true
  }
  const answers = others.map((type) => elsewhere.has(type, id))
  if (answers.includes(true)) return true
  return answers.includes(undefined) ? undefined : false
}

function refuse({ extension, name }: CheckedReference): ScimError {
  const path = extension === undefined ? name : `${extension}:${name}`
  return badRequest('invalidValue', `${path}.value must name a resource of this service provider`)
}
