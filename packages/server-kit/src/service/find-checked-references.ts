import { allAttributes, type CheckedReference, type ServedResource } from './served-resource.js'

/**
 * Finds the attributes of a type whose elements name resources: complex ones with a `value` and a `$ref` that leads to
 * types which are served here, and to no others. Members that live in a membership port are checked with them anyway.
 *
 * @param all All served types.
 * @returns The attributes.
 */
export function findCheckedReferences(
  served: ServedResource,
  all: readonly ServedResource[],
): readonly CheckedReference[] {
  return allAttributes(served.definition).flatMap(({ extension, attribute }) => {
    const { name, mutability, subAttributes = [] } = attribute
    if (mutability === 'readOnly' || (name === 'members' && served.members)) return []
    if (!subAttributes.some((inner) => inner.name === 'value')) return []
    const wanted = subAttributes.find((inner) => inner.name === '$ref')?.referenceTypes ?? []
    const types = all.filter(({ definition }) => wanted.includes(definition.name))
    return types.length > 0 && types.length === wanted.length ? [{ extension, name, types }] : []
  })
}
