import { subAttributeIndex } from '@scimkit/core/internal'
import type { Attribute } from '@scimkit/core/schema'
import { badRequest } from '../bad-request.js'
import { allows, type Reading } from './reading.js'

type Members = Readonly<Record<string, unknown>>

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
 * Reads a value that names a resource. An empty `value` names none: rule `emptyStringUnassigns` reads that as no value
 * where the attribute is singular; in a list it is a fault. Rule `memberFromRef`: where `$ref` alone is given, and it
 * is the URL of a resource of this service provider, the id is taken from it.
 *
 * @param attribute Complex attribute.
 * @param given Value in schema spelling.
 * @param path Path of the attribute, for errors and notes.
 * @param reading Rules and the receiver of notes.
 * @returns The value; `undefined` for none, the same reference where there was nothing to read.
 * @throws {ScimError} 400 `invalidValue` for an empty `value` that the rules do not allow.
 */
export function readReference(attribute: Attribute, given: Members, path: string, reading: Reading): unknown {
  if (!isReference(attribute)) return given
  const { value, $ref } = given
  if (value === '') {
    refuseEmptyId(attribute, path, reading)
    return undefined
  }
  if ((value !== undefined && value !== null) || typeof $ref !== 'string') return given
  const id = readOwnReference(attribute, $ref, path, reading)
  return id === undefined ? given : { ...given, value: id }
}

/**
 * Reads an empty id as no value where rule `emptyStringUnassigns` allows it.
 *
 * @param attribute Complex attribute whose `value` is empty.
 * @param path Path of the attribute, for the error and the note.
 * @param reading Rules and the receiver of notes.
 * @throws {ScimError} 400 `invalidValue` where the rule is off, and for an element of a list.
 */
export function refuseEmptyId({ multiValued }: Attribute, path: string, reading: Reading): void {
  if (multiValued) throw badRequest('invalidValue', `${path}: each element needs the id as its value`)
  if (allows(reading, 'emptyStringUnassigns', path, 'an empty id was read as no value')) return
  throw badRequest('invalidValue', `${path} needs an id as its value; to remove it, use null`)
}

/**
 * Rule `memberFromRef`: finds the id in the URL of a resource of this service provider.
 *
 * @param attribute Complex attribute, whose `$ref` says of what types the resource may be.
 * @param reference URL, absolute or relative to the service root.
 * @param path Path of the attribute, for the note.
 * @param reading Rules, the service root and the receiver of notes.
 * @returns The id; `undefined` for other URLs, or where the rule is off.
 */
export function readOwnReference(
  attribute: Attribute,
  reference: string,
  path: string,
  reading: Reading,
): string | undefined {
  if (!reading.rules.memberFromRef) return undefined
  const id = reading.findId?.(reference, subAttributeIndex(attribute).get('$ref')?.referenceTypes)
  if (!id) return undefined
  reading.onNote({ rule: 'memberFromRef', path, detail: 'the id was taken from $ref' })
  return id
}
