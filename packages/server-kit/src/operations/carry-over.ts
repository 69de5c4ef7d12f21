import type { Attribute, ResourceDefinition } from '@scimkit/core/schema'
import { listUsedSchemas } from '../request/list-used-schemas.js'
import type { StoredResource } from '../resource-store.js'

type Members = Readonly<Record<string, unknown>>

/**
 * Joins what a PUT gives with what it cannot take away: readOnly attributes, immutable ones that have a value, and
 * writeOnly ones, since a client that read the resource never had them.
 *
 * @param definition Definition whose schemas say what may be written.
 * @param current Resource as stored.
 * @param given Attributes of the request, without unassigned ones.
 * @param omitted What happens to readWrite attributes that the request leaves out.
 * @returns The attributes afterwards, with `schemas` listing what is used; `meta` is not part of it.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.1
 */
export function carryOver(
  definition: ResourceDefinition,
  current: StoredResource,
  given: Members,
  omitted: 'clear' | 'keep',
): Members & { readonly schemas: readonly string[] } {
  const base = omitted === 'keep' ? { ...current, ...given } : given
  const next: Record<string, unknown> = { ...base, ...kept(definition.schema.attributes, current, base) }
  for (const { extension } of definition.extensions) {
    const before = current[extension.urn]
    if (!isObject(before)) continue
    const after = isObject(given[extension.urn]) ? (given[extension.urn] as Members) : {} // narrowed just before
    const inside = omitted === 'keep' ? { ...before, ...after } : after
    const joined = { ...inside, ...kept(extension.schema.attributes, before, inside) }
    if (Object.keys(joined).length > 0) next[extension.urn] = joined
  }
  return { ...next, schemas: listUsedSchemas(definition, next) }
}

function kept(attributes: readonly Attribute[], current: Members, given: Members): Members {
  const result: Record<string, unknown> = {}
  for (const { name, mutability, multiValued, subAttributes } of attributes) {
    const before = current[name]
    const after = given[name]
    if (before === undefined) continue
    if (mutability !== 'readWrite') {
      if (after === undefined) result[name] = before
    } else if (subAttributes && !multiValued && isObject(before)) {
      const inside = kept(subAttributes, before, isObject(after) ? after : {})
      if (Object.keys(inside).length > 0) result[name] = { ...(isObject(after) && after), ...inside }
    }
  }
  return result
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
