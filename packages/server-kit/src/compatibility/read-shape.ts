import type { Attribute } from '@scimkit/core/schema'
import { isReference } from './read-reference.js'
import { readStringBoolean } from './read-string-boolean.js'
import { readStringNumber } from './read-string-number.js'
import { allows, type Reading } from './reading.js'
import { readEmptyComplex, wrapStringAsComplex } from './wrap-string-as-complex.js'

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
