import { type JsonObject, subAttributeIndex } from '@scimkit/core/internal'
import type { Attribute } from '@scimkit/core/schema'
import { badRequest } from '../bad-request.js'
import { type LocatedAttribute, type Reading, tolerate } from './reading.js'

/**
 * Tells whether the values of a complex attribute name resources, as those of `manager` and `members` do.
 *
 * @param attribute Any attribute.
 * @returns Whether it has `value` and `$ref`.
 */
export function isReference(attribute: Attribute): boolean {
  if (!attribute.subAttributes) return false
  const index = subAttributeIndex(attribute)
  return index.has('value') && index.has('$ref')
}

/**
 * Tells whether values of an attribute can name resources that are served here: a URL of type `reference`, or an id
 * beside such a `$ref`. `members` name them even where their schema has no `$ref`.
 *
 * @param attribute Any attribute.
 * @returns Whether a bulkId in its value stands for a resource.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-7
 */
export function namesResource({ name, type, referenceTypes = [], subAttributes }: Attribute): boolean {
  if (type === 'reference') {
    return referenceTypes.length === 0 || referenceTypes.some((one) => one !== 'external' && one !== 'uri')
  }
  const names = subAttributes?.map((sub) => sub.name) ?? []
  if (!names.includes('value')) return false
  return name === 'members' || (subAttributes?.some((sub) => sub.name === '$ref' && namesResource(sub)) ?? false)
}

/**
 * Reads a value that names a resource. An empty `value` names none: rule `emptyStringUnassigns` reads that as
 * unassigned where the attribute is singular; in a list it is a fault. Rule `memberFromRef`: where `$ref` alone is
 * given, and it is the URL of a resource of this service provider, the id is taken from it.
 *
 * @param located Complex attribute with its path.
 * @param given Value in schema spelling.
 * @param reading Rules and the receiver of notes.
 * @returns The value; `undefined` when it is unassigned, the same reference where there was nothing to read.
 * @throws {ScimError} 400 `invalidValue` for an empty `value` that the rules do not allow.
 */
export function readReference(located: LocatedAttribute, given: JsonObject, reading: Reading): unknown {
  if (!isReference(located.attribute)) return given
  const { value, $ref } = given
  if (value === '') {
    acceptEmptyId(located, reading)
    return undefined
  }
  if ((value !== undefined && value !== null) || typeof $ref !== 'string') return given
  const id = readOwnReference(located, $ref, reading)
  return id === undefined ? given : { ...given, value: id }
}

/**
 * Accepts an empty id, which unassigns the attribute where rule `emptyStringUnassigns` allows it.
 *
 * @param located Complex attribute whose `value` is empty, with its path.
 * @param reading Rules and the receiver of notes.
 * @throws {ScimError} 400 `invalidValue` where the rule is off, and for an element of a list.
 */
export function acceptEmptyId({ attribute, path }: LocatedAttribute, reading: Reading): void {
  if (attribute.multiValued) throw badRequest('invalidValue', `${path}: each element needs the id as its value`)
  if (readEmptyAsUnassigned(path, 'an empty id', reading)) return
  throw badRequest('invalidValue', `${path} needs an id as its value; to remove it, use null`)
}

/**
 * Rule `emptyStringUnassigns`: reads an empty string, an empty list or an empty id as an unassigned attribute.
 *
 * @param path Path of a complex attribute.
 * @param given What came in its place, for the note.
 * @param reading Rules and the receiver of notes.
 * @returns Whether the rule is on.
 */
export function readEmptyAsUnassigned(path: string, given: string, reading: Reading): boolean {
  return tolerate(reading, { rule: 'emptyStringUnassigns', path, detail: `${given} was read as no value` })
}

/**
 * Rule `memberFromRef`: finds the id in the URL of a resource of this service provider.
 *
 * @param located Complex attribute, whose `$ref` names the types that the resource may have, with its path.
 * @param reference URL, absolute or relative to the service root.
 * @param reading Rules, the service root and the receiver of notes.
 * @returns The id; `undefined` for other URLs, or where the rule is off.
 */
export function readOwnReference(
  { attribute, path }: LocatedAttribute,
  reference: string,
  reading: Reading,
): string | undefined {
  const id = reading.findId?.(reference, subAttributeIndex(attribute).get('$ref')?.referenceTypes)
  if (!id) return undefined
  return tolerate(reading, { rule: 'memberFromRef', path, detail: 'the id was taken from $ref' }) ? id : undefined
}
