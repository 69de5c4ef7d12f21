import { subAttributeIndex } from '@scimkit/core/internal'
import { isReference, readEmptyAsUnassigned } from './read-reference.js'
import { type LocatedAttribute, type Reading, tolerate } from './reading.js'

/**
 * Reads the value of a singular attribute in the shape that the schema asks for, as far as the rules allow it. Bodies
 * of POST and PUT and values of PATCH all pass through the functions of this file, so that a rule means the same
 * wherever a value comes from. What is inside a complex value, and what still has a wrong type, is left to the caller.
 *
 * @param located Attribute with its path; a multi-valued one is read as one element of it.
 * @param value Value as it came.
 * @param reading Rules and the receiver of notes.
 * @returns The value; `undefined` where a rule reads it as unassigned.
 */
export function readSingularValue(located: LocatedAttribute, value: unknown, reading: Reading): unknown {
  const { type, multiValued } = located.attribute
  if (type === 'any') return value
  const unwrapped = unwrapSingleElement(located, value, reading)
  if (type === 'complex' && !multiValued && isUnassignedComplex(located, unwrapped, reading)) return undefined
  return readElement(located, unwrapped, reading)
}

/**
 * Reads one element, or one value alone, in the shape that the schema asks for.
 *
 * @param located Attribute of the element with its path.
 * @param value Element as it came.
 * @param reading Rules and the receiver of notes.
 * @returns The element; the same one where no rule reads it otherwise.
 */
export function readElement(located: LocatedAttribute, value: unknown, reading: Reading): unknown {
  if (typeof value !== 'string') return value
  switch (located.attribute.type) {
    case 'complex':
      return wrapStringAsComplex(located, value, reading)
    case 'boolean':
      return readStringBoolean(located, value, reading)
    case 'integer':
    case 'decimal':
      return readStringNumber(located, value, reading)
    default:
      return value
  }
}

/**
 * Reads the value of a multi-valued attribute as a list, as far as the rules allow it.
 *
 * @param located Multi-valued attribute with its path.
 * @param value Value as it came.
 * @param reading Rules and the receiver of notes.
 * @returns The list, its elements as they came; `null` and what the rules do not allow stay as they are.
 */
export function readList(located: LocatedAttribute, value: unknown, reading: Reading): unknown {
  if (Array.isArray(value) || value === undefined || value === null) return value
  const { attribute } = located
  // Where elements name resources, an empty string for a list is a fault: as an empty list, it would remove all.
  if (attribute.type === 'complex' && !isReference(attribute) && isUnassignedComplex(located, value, reading)) return []
  return wrapObjectAsList(located, value, reading)
}

/** Rule `unwrapSingleElement`: takes the element out of a list of one that is given for a singular attribute. */
function unwrapSingleElement({ path }: LocatedAttribute, value: unknown, reading: Reading): unknown {
  if (!Array.isArray(value) || value.length !== 1) return value
  const detail = 'a list of one element was read as that element'
  return tolerate(reading, { rule: 'unwrapSingleElement', path, detail }) ? value[0] : value
}

/** Rule `objectAsList`: reads one element that is given for a multi-valued attribute as a list of one. */
function wrapObjectAsList({ path }: LocatedAttribute, value: unknown, reading: Reading): unknown {
  const detail = 'one element was read as a list of one'
  return tolerate(reading, { rule: 'objectAsList', path, detail }) ? [value] : value
}

/** Rule `complexFromString`: reads a string as the `value` of a complex attribute that has one, such as `manager`. */
function wrapStringAsComplex({ attribute, path }: LocatedAttribute, value: string, reading: Reading): unknown {
  if (value === '' || !subAttributeIndex(attribute).has('value')) return value
  const detail = 'a string was read as the sub-attribute value'
  return tolerate(reading, { rule: 'complexFromString', path, detail }) ? { value } : value
}

/** Rule `emptyStringUnassigns`: an empty string or an empty list unassigns a complex attribute. */
function isUnassignedComplex({ path }: LocatedAttribute, value: unknown, reading: Reading): boolean {
  if (value !== '' && !(Array.isArray(value) && value.length === 0)) return false
  return readEmptyAsUnassigned(path, value === '' ? 'an empty string' : 'an empty list', reading)
}

/** Rule `stringBooleans`: reads `"True"` and `"false"`, in any case, as the boolean they name. */
function readStringBoolean({ path }: LocatedAttribute, value: string, reading: Reading): unknown {
  const folded = value.toLowerCase()
  if (folded !== 'true' && folded !== 'false') return value
  const detail = `the string "${value}" was read as the boolean ${folded}`
  return tolerate(reading, { rule: 'stringBooleans', path, detail }) ? folded === 'true' : value
}

/** More digits than any number keeps, in UTF-16 units. */
const maxNumberLength = 40

/** Rule `stringNumbers`: reads a string that is a number, as JSON writes it, as that number. */
function readStringNumber({ attribute: { type }, path }: LocatedAttribute, value: string, reading: Reading): unknown {
  if (value.length > maxNumberLength) return value
  const pattern = type === 'integer' ? /^-?\d+$/ : /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/
  if (!pattern.test(value)) return value
  const number = Number(value)
  const fits = type === 'integer' ? Number.isSafeInteger(number) : Number.isFinite(number)
  const detail = `a string was read as the ${type} that it spells`
  return fits && tolerate(reading, { rule: 'stringNumbers', path, detail }) ? number : value
}
