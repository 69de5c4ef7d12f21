import { isObject, isUnassigned, type JsonObject, sameValue } from '@scimkit/core/internal'
import type { Attribute, ResourceDefinition } from '@scimkit/core/schema'
import { listUsedSchemas } from '../compatibility/read-schemas.js'
import type { StoredResource } from '../store/resource-store.js'

/** A PUT's resource in the two forms that tell "left out" from "unassigned". */
export interface GivenAttributes {
  /** As the client wrote it, `null` and `[]` included. */
  readonly checked: JsonObject
  /** Without unassigned attributes. */
  readonly attributes: JsonObject
}

/**
 * Joins what a PUT gives with what it cannot take away: readOnly attributes, immutable ones that have a value, and
 * writeOnly ones, since a client that read the resource never had them.
 *
 * @param definition Definition whose schemas say what may be written.
 * @param current Resource as stored.
 * @param given Attributes of the request.
 * @param omitted What happens to readWrite attributes that the request leaves out.
 * @returns The attributes afterwards, with `schemas` listing what is used; `meta` is not part of it.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.1
 */
export function carryOver(
  definition: ResourceDefinition,
  current: StoredResource,
  given: GivenAttributes,
  omitted: 'clear' | 'keep',
): JsonObject & { readonly schemas: readonly string[] } {
  const base = join(current, given.attributes, given.checked, omitted)
  const next: Record<string, unknown> = { ...base, ...kept(definition.schema.attributes, current, base) }
  for (const { extension } of definition.extensions) {
    const before = current[extension.urn]
    if (!isObject(before)) continue
    const after = objectAt(given.attributes, extension.urn)
    const nulled = Object.hasOwn(given.checked, extension.urn) && !isObject(given.checked[extension.urn])
    const inside = join(before, after, objectAt(given.checked, extension.urn), nulled ? 'clear' : omitted)
    const isLeftOut = !Object.hasOwn(given.checked, extension.urn)
    const joined =
      isLeftOut && holdsImmutable(extension.schema.attributes, before)
        ? before
        : { ...inside, ...kept(extension.schema.attributes, before, inside) }
    if (Object.keys(joined).length > 0) next[extension.urn] = joined
    else delete next[extension.urn]
  }
  if (staysInactive(definition, current, next)) next.active = false
  return { ...next, schemas: listUsedSchemas(definition, next) }
}

/** To leave out `active`, or to send `null`, must not enable what is disabled; false is the default then (RFC 7644 §3.5.1). */
function staysInactive({ index }: ResourceDefinition, current: JsonObject, next: JsonObject): boolean {
  return current.active === false && next.active === undefined && index.get('active')?.attribute?.type === 'boolean'
}

/** What the client names it decides, also by `null`; the rest is cleared or kept. */
function join(current: JsonObject, given: JsonObject, named: JsonObject, omitted: 'clear' | 'keep'): JsonObject {
  if (omitted === 'clear') return given
  const left = Object.entries(current).filter(([name]) => !Object.hasOwn(named, name))
  return { ...Object.fromEntries(left), ...given }
}

function objectAt(members: JsonObject, name: string): JsonObject {
  const value = members[name]
  return isObject(value) ? value : {}
}

function kept(attributes: readonly Attribute[], current: JsonObject, given: JsonObject): JsonObject {
  const result: Record<string, unknown> = {}
  for (const { name, mutability, multiValued, subAttributes } of attributes) {
    const before = current[name]
    const after = given[name]
    if (before === undefined) continue
    if (mutability !== 'readWrite') {
      if (after === undefined) result[name] = before
    } else if (subAttributes && multiValued && Array.isArray(before) && Array.isArray(after)) {
      result[name] = after.map((element) => keepInElement(subAttributes, before, element))
    } else if (subAttributes && !multiValued && isObject(before)) {
      const isWhole = after === undefined && holdsImmutable(subAttributes, before)
      const inside = isWhole ? before : kept(subAttributes, before, isObject(after) ? after : {})
      if (Object.keys(inside).length > 0) result[name] = { ...(isObject(after) && after), ...inside }
    }
  }
  return result
}

/** An element is known by its `value`; what a client may not alter in place keeps what it has. */
function keepInElement(subAttributes: readonly Attribute[], current: readonly unknown[], given: unknown): unknown {
  const value = subAttributes.find(({ name }) => name === 'value')
  if (!value || !isObject(given) || subAttributes.every(({ mutability }) => mutability === 'readWrite')) return given
  const known = current.find((element) => isObject(element) && sameValue(value, element.value, given.value))
  if (!isObject(known)) return given
  const fixed = subAttributes.filter(({ name, mutability }) => {
    return known[name] !== undefined && (mutability === 'immutable' || (mutability !== 'readWrite' && !(name in given)))
  })
  return { ...given, ...Object.fromEntries(fixed.map(({ name }) => [name, known[name]])) }
}

/** Such a value cannot go, so to leave it out leaves it whole: half of it could lack what is required. */
function holdsImmutable(attributes: readonly Attribute[], value: JsonObject): boolean {
  return attributes.some(({ name, mutability, multiValued, subAttributes }) => {
    const part = value[name]
    if (isUnassigned(part)) return false
    return mutability === 'immutable' || (!multiValued && isObject(part) && holdsImmutable(subAttributes ?? [], part))
  })
}
