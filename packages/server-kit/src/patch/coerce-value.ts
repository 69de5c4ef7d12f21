import {
  isBase64,
  isDateTime,
  isObject,
  isUriReference,
  type JsonObject,
  subAttributeIndex,
} from '@scimkit/core/internal'
import { type Attribute, type AttributeType, foldCase } from '@scimkit/core/schema'
import { badRequest } from '../bad-request.js'
import { ignoreUnknownAttribute } from '../compatibility/read-path.js'
import { readReference } from '../compatibility/read-reference.js'
import { readElementShape, readListShape, readSingularShape } from '../compatibility/read-value.js'
import type { Reading } from '../compatibility/reading.js'
import { listReadOnlyAlone } from './mutability.js'

/**
 * Brings the value of an operation into the types and names of a singular attribute, or of one element.
 *
 * @param attribute Attribute; a multi-valued one is read as one element of it.
 * @param value Value as it came.
 * @param path Path of the attribute, for errors and notes.
 * @param reading Rules and the receiver of notes.
 * @returns The value, or `undefined` for none. JsonObject of a complex value are in schema spelling without readOnly
 * ones, and `null` where the value says that there shall be none.
 * @throws {ScimError} 400 `invalidValue` when the type is wrong.
 */
export function coerceSingular(attribute: Attribute, value: unknown, path: string, reading: Reading): unknown {
  return coerceElement(attribute, readSingularShape(attribute, value, path, reading), path, reading)
}

/**
 * Brings the value of an operation into the elements of a multi-valued attribute.
 *
 * @param attribute Multi-valued attribute.
 * @param value A list; one element where `op` is `add` or a rule allows it.
 * @param path Path of the attribute, for errors and notes.
 * @param reading Rules and the receiver of notes.
 * @param op Operation that gives the value.
 * @returns The elements, those without any value left out.
 * @throws {ScimError} 400 `invalidValue` when the value is no list or an element has the wrong type.
 */
export function coerceList(
  attribute: Attribute,
  value: unknown,
  path: string,
  reading: Reading,
  op?: string,
): readonly unknown[] {
  if (value === null) return []
  const single = !Array.isArray(value) && op === 'add' && reading.rules.addSingleElement
  const isNothing = value === '' && attribute.type === 'complex'
  const list = single && !isNothing ? [value] : readListShape(attribute, value, path, reading)
  if (!Array.isArray(list)) throw badRequest('invalidValue', `${path} must be a list`)
  return list
    .map((element) => readElementShape(attribute, element, path, reading))
    .map((element) => withoutNulls(coerceElement(attribute, element, path, reading)))
    .filter((element) => element !== undefined)
}

/**
 * Drops the members that a complex value unassigns, for a place where there is nothing to unassign.
 *
 * @param value A coerced value.
 * @returns The value without `null` members; `undefined` when nothing is left.
 */
export function withoutNulls(value: unknown): unknown {
  if (!isObject(value)) return value
  const given = Object.keys(value).filter((name) => value[name] !== null)
  if (given.length === 0) return undefined
  return given.length === Object.keys(value).length
    ? value
    : Object.fromEntries(given.map((name) => [name, value[name]]))
}

function coerceElement(attribute: Attribute, value: unknown, path: string, reading: Reading): unknown {
  if (value === undefined || value === null) return undefined
  if (attribute.type === 'complex') {
    return readReference(attribute, coerceMembers(attribute, value, path, reading), path, reading)
  }
  checkSimpleValue(attribute, value, path)
  return value
}

function coerceMembers(attribute: Attribute, value: unknown, path: string, reading: Reading): JsonObject {
  checkSimpleValue(attribute, value, path)
  const given = value as JsonObject // checked to be an object
  const [readOnly] = listReadOnlyAlone(attribute, given)
  if (readOnly) throw badRequest('mutability', `${path}.${readOnly[0].name} is readOnly; leave it out`)
  const coerced: Record<string, unknown> = {}
  const index = subAttributeIndex(attribute)
  for (const key of Object.keys(given)) {
    const sub = index.get(key) ?? index.get(foldCase(key)) // most keys are folded as they are
    if (!sub) ignoreUnknownAttribute(`${path}.${key}`, reading)
    else if (Object.hasOwn(coerced, sub.name)) throw badRequest('invalidSyntax', `${path}.${sub.name} is given twice`)
    else if (sub.mutability !== 'readOnly') coerced[sub.name] = coerceSubAttribute(sub, given[key], path, reading)
  }
  return coerced
}

function coerceSubAttribute(sub: Attribute, value: unknown, parent: string, reading: Reading): unknown {
  const path = `${parent}.${sub.name}`
  if (!sub.multiValued) return coerceSingular(sub, value, path, reading) ?? null
  const list = coerceList(sub, value, path, reading)
  return list.length === 0 ? null : list
}

const typeRules: Readonly<Record<AttributeType, { readonly name: string; fits(value: unknown): boolean }>> = {
  string: { name: 'a text', fits: isText },
  reference: { name: 'a text with a URI', fits: (value) => isText(value) && isUriReference(value) },
  boolean: { name: 'true or false', fits: (value) => typeof value === 'boolean' },
  integer: { name: 'a whole number', fits: Number.isSafeInteger },
  decimal: { name: 'a number', fits: Number.isFinite },
  dateTime: {
    name: 'a date and time such as 2026-01-31T08:00:00Z',
    fits: (value) => isText(value) && isDateTime(value),
  },
  binary: { name: 'a base64 text', fits: (value) => isText(value) && isBase64(value) },
  complex: { name: 'an object', fits: isObject },
  any: { name: 'a value', fits: (value) => value !== undefined && value !== null },
}

/**
 * Checks that a value has the type of its attribute.
 *
 * @param attribute Any attribute; of a multi-valued one, `value` is one element.
 * @param value Value as it came.
 * @param path Path of the attribute, for the error.
 * @throws {ScimError} 400 `invalidValue` that names the path and the type.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.3
 */
export function checkSimpleValue(attribute: Attribute, value: unknown, path: string): void {
  const rule = typeRules[attribute.type]
  if (!rule.fits(value)) throw badRequest('invalidValue', `${path} must be ${rule.name}`)
  if (value === '' && attribute.required) throw badRequest('invalidValue', `${path} is required and cannot be empty`)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
