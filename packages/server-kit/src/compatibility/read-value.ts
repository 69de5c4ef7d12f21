import { subAttributeIndex } from '@scimkit/core/internal'
import type { Attribute } from '@scimkit/core/schema'
import { isReference } from './read-reference.js'
import { allows, type Reading } from './reading.js'

/**
 * Reads the value of a singular attribute in the shape that the schema asks for, as far as the rules allow it. Bodies
 * of POST and PUT and values of PATCH are all read by the functions of this file, so that a rule means the same
 * wherever a value comes from. What is inside a complex value, and what is still of a wrong type, is left to the caller.
 *
 * @param attribute Attribute; a multi-valued one is read as one element of it.
 * @param value Value as it came.
 * @param path Path of the attribute, for notes.
 * @param reading Rules and the receiver of notes.
 * @returns The value; `undefined` where a rule reads it as none.
 */
export function readSingularShape(attribute: Attribute, value: unknown, path: string, reading: Reading): unknown {
  if (attribute.type === 'any') return value
  const unwrapped = unwrapSingleElement(value, path, reading)
  const isSingular = attribute.type === 'complex' && !attribute.multiValued
  if (isSingular && readEmptyComplex(unwrapped, path, reading)) return undefined
  return readElementShape(attribute, unwrapped, path, reading)
}

/**
 * Reads one element, or one value that stands alone, in the shape that the schema asks for.
 *
 * @param attribute Attribute of the element.
 * @param value Element as it came.
 * @param path Path of the attribute, for notes.
 * @param reading Rules and the receiver of notes.
 * @returns The element; the same one where no rule reads it otherwise.
 */
export function readElementShape(attribute: Attribute, value: unknown, path: string, reading: Reading): unknown {
  if (typeof value !== 'string') return value
  switch (attribute.type) {
    case 'complex':
      return wrapStringAsComplex(attribute, value, path, reading)
    case 'boolean':
      return readStringBoolean(value, path, reading)
    case 'integer':
    case 'decimal':
      return readStringNumber(attribute.type, value, path, reading)
    default:
      return value
  }
}

/**
 * Reads the value of a multi-valued attribute as a list, as far as the rules allow it.
 *
 * @param attribute Multi-valued attribute.
 * @param value Value as it came.
 * @param path Path of the attribute, for notes.
 * @param reading Rules and the receiver of notes.
 * @returns The list, its elements as they came; `null` and what the rules do not allow stay as they are.
 */
export function readListShape(attribute: Attribute, value: unknown, path: string, reading: Reading): unknown {
  if (Array.isArray(value) || value === undefined || value === null) return value
  // Where elements name resources, no value in the place of a list is a fault: read as an empty list, it would remove all.
  if (attribute.type === 'complex' && !isReference(attribute) && readEmptyComplex(value, path, reading)) return []
  return wrapObjectAsList(value, path, reading)
}

/** Rule `unwrapSingleElement`: takes the element out of a list of one that is given for a singular attribute. */
function unwrapSingleElement(value: unknown, path: string, reading: Reading): unknown {
  if (!Array.isArray(value) || value.length !== 1) return value
  const detail = 'a list of one element was read as that element'
  return allows(reading, 'unwrapSingleElement', path, detail) ? value[0] : value
}

/** Rule `objectAsList`: reads one element that is given for a multi-valued attribute as a list of one. */
function wrapObjectAsList(value: unknown, path: string, reading: Reading): unknown {
  const detail = 'one element was read as a list of one'
  return allows(reading, 'objectAsList', path, detail) ? [value] : value
}

/**
 * Rule `complexFromString`: reads a text that is given for a complex value as the `value` of an attribute that has one,
 * such as `manager` and `emails`.
 *
 * @param attribute Complex attribute.
 * @param value What was given for it, or for one element of it.
 * @param path Path of the attribute, for the note.
 * @param reading Rules and the receiver of notes.
 * @returns An object with `value`, or what came where the rule does not allow it.
 */
export function wrapStringAsComplex(attribute: Attribute, value: unknown, path: string, reading: Reading): unknown {
  if (typeof value !== 'string' || value === '' || !subAttributeIndex(attribute).has('value')) return value
  return allows(reading, 'complexFromString', path, 'a text was read as the sub-attribute value') ? { value } : value
}

/**
 * Rule `emptyStringUnassigns`: reads the empty text as no value of a complex attribute, and so the empty list, which
 * is no value of a singular one in another form.
 *
 * @param value What was given for a complex attribute.
 * @param path Path of the attribute, for the note.
 * @param reading Rules and the receiver of notes.
 * @returns Whether it counts as no value.
 */
export function readEmptyComplex(value: unknown, path: string, reading: Reading): boolean {
  if (value !== '' && !(Array.isArray(value) && value.length === 0)) return false
  const form = value === '' ? 'an empty text' : 'an empty list'
  return allows(reading, 'emptyStringUnassigns', path, `${form} was read as no value`)
}

/**
 * Rule `stringBooleans`: reads `"True"` and `"false"`, in any case, as the boolean they name.
 *
 * @param value Value for a boolean attribute.
 * @param path Path of the attribute, for the note.
 * @param reading Rules and the receiver of notes.
 * @returns The boolean where the rule allows it, else what came.
 */
export function readStringBoolean(value: unknown, path: string, reading: Reading): unknown {
  if (typeof value !== 'string') return value
  const folded = value.toLowerCase()
  if (folded !== 'true' && folded !== 'false') return value
  const detail = `text "${value}" was read as the boolean ${folded}`
  return allows(reading, 'stringBooleans', path, detail) ? folded === 'true' : value
}

/**
 * Rule `stringNumbers`: reads a text that is a number, as JSON writes it, as that number.
 *
 * @param type Type that the schema says.
 * @param value Value for an attribute of this type.
 * @param path Path of the attribute, for the note.
 * @param reading Rules and the receiver of notes.
 * @returns The number where the rule allows it, else what came.
 */
export function readStringNumber(type: 'integer' | 'decimal', value: unknown, path: string, reading: Reading): unknown {
  if (typeof value !== 'string' || value.length > longest) return value
  const pattern = type === 'integer' ? /^-?\d+$/ : /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/
  if (!pattern.test(value)) return value
  const number = Number(value)
  const fits = type === 'integer' ? Number.isSafeInteger(number) : Number.isFinite(number)
  return fits && allows(reading, 'stringNumbers', path, `a text was read as the ${type} that it writes`)
    ? number
    : value
}

/** More digits than any number keeps, in UTF-16 units. */
const longest = 40
