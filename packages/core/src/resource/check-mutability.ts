import { isObject, type JsonObject } from '../json.js'
import type { Attribute } from '../schema/attribute.js'
import { isUnassigned } from '../schema/is-unassigned.js'
import { sameValue } from '../schema/same-value.js'
import { ScimError } from '../scim-error.js'
import type { ResourceDefinition } from './resource-definition.js'

/**
 * Checks that a replacement leaves immutable attributes that have a value as they are. Those left out are not a
 * fault: they keep their value; to unassign a complex value that holds one is. Sub-attributes of list elements are not
 * looked at, since elements come and go.
 *
 * @param definition Definition whose schemas say what is immutable.
 * @param current Resource as stored.
 * @param next Resource as the client wants it, in schema spelling.
 * @throws {ScimError} 400 `mutability` that names the attribute.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.1
 */
export function checkMutability(definition: ResourceDefinition, current: object, next: object): void {
  const before = current as JsonObject
  const after = next as JsonObject
  checkLevel(definition.schema.attributes, before, after, '')
  for (const { extension } of definition.extensions) {
    checkParts(extension.schema.attributes, before[extension.urn], after[extension.urn], `${extension.urn}:`)
  }
}

function checkParts(attributes: readonly Attribute[], current: unknown, next: unknown, prefix: string): void {
  if (!isObject(current) || next === undefined) return
  if (isUnassigned(next)) checkLevel(attributes, current, null, prefix)
  else if (isObject(next)) checkLevel(attributes, current, next, prefix)
}

/** Where `next` is `null`, all of its members are. */
function checkLevel(
  attributes: readonly Attribute[],
  current: JsonObject,
  next: JsonObject | null,
  prefix: string,
): void {
  for (const attribute of attributes) {
    const before = current[attribute.name]
    const after = next ? next[attribute.name] : null
    if (isUnassigned(before) || after === undefined) continue
    const path = `${prefix}${attribute.name}`
    if (attribute.mutability === 'immutable' && !sameValue(attribute, before, after)) {
      throw new ScimError(400, `${path} is immutable and has a value; leave it as it is`, { scimType: 'mutability' })
    }
    if (attribute.subAttributes && !attribute.multiValued) {
      checkParts(attribute.subAttributes, before, after, `${path}.`)
    }
  }
}
