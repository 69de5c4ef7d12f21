import {
  isBase64,
  isDateTime,
  isObject,
  isUriReference,
  type JsonObject,
  subAttributeIndex,
} from '@scimkit/core/internal'
import { type AttributeType, foldCase } from '@scimkit/core/schema'
import { badRequest } from '../bad-request.js'
import { ignoreUnknownAttribute } from '../compatibility/read-path.js'
import { readReference } from '../compatibility/read-reference.js'
import { readElement, readList, readSingularValue } from '../compatibility/read-value.js'
import type { LocatedAttribute, Reading } from '../compatibility/reading.js'
import { listReadOnlyAlone } from './check-mutability.js'

/**
 * Brings the value of an operation into the types and names of a singular attribute, or of one element.
 *
 * @param located Attribute with its path; a multi-valued one is read as one element of it.
 * @param value Value as it came.
 * @param reading Rules and the receiver of notes.
 * @returns The value, or `undefined` for none. A complex value is in schema spelling without readOnly sub-attributes,
 * and `null` stands for those to unassign.
 * @throws {ScimError} 400 `invalidValue` when the type is wrong.
 */
export function coerceSingular(located: LocatedAttribute, value: unknown, reading: Reading): unknown {
  return coerceElement(located, readSingularValue(located, value, reading), reading)
}

/**
 * Brings the value of an operation into the elements of a multi-valued attribute.
 *
 * @param located Multi-valued attribute with its path.
 * @param value A list, or one element where a rule allows it.
 * @param reading Rules and the receiver of notes.
 * @returns The elements, those without a value left out.
 * @throws {ScimError} 400 `invalidValue` when the value is not a list or an element has the wrong type.
 */
export function coerceList(located: LocatedAttribute, value: unknown, reading: Reading): readonly unknown[] {
  if (value === null) return []
  const list = readList(located, value, reading)
  if (!Array.isArray(list)) throw badRequest('invalidValue', `${located.path} must be a list`)
  return list
    .map((element) => readElement(located, element, reading))
    .map((element) => withoutNulls(coerceElement(located, element, reading)))
    .filter((element) => element !== undefined)
}

/**
 * Drops the sub-attributes that a complex value unassigns, for a place where there is nothing to unassign.
 *
 * @param value A coerced value.
 * @returns The value without `null`; `undefined` when nothing is left.
 */
export function withoutNulls(value: unknown): unknown {
  if (!isObject(value)) return value
  const given = Object.keys(value).filter((name) => value[name] !== null)
  if (given.length === 0) return undefined
  return given.length === Object.keys(value).length
    ? value
    : Object.fromEntries(given.map((name) => [name, value[name]]))
}

function coerceElement(located: LocatedAttribute, value: unknown, reading: Reading): unknown {
  if (value === undefined || value === null) return undefined
  checkType(located, value)
  if (located.attribute.type !== 'complex') return value
  return readReference(located, coerceComplex(located, value as JsonObject, reading), reading) // checked to be an object
}

function coerceComplex({ attribute, path }: LocatedAttribute, given: JsonObject, reading: Reading): JsonObject {
  const [readOnly] = listReadOnlyAlone(attribute, given)
  if (readOnly) throw badRequest('mutability', `${path}.${readOnly[0].name} is readOnly; leave it out`)
  const coerced: Record<string, unknown> = {}
  const index = subAttributeIndex(attribute)
  for (const key of Object.keys(given)) {
    const sub = index.get(key) ?? index.get(foldCase(key)) // most keys are folded as they are
    if (!sub) {
      ignoreUnknownAttribute(`${path}.${key}`, reading)
      continue
    }
    const located = { attribute: sub, path: `${path}.${sub.name}` }
    if (Object.hasOwn(coerced, sub.name)) throw badRequest('invalidSyntax', `${located.path} is given twice`)
    if (sub.mutability !== 'readOnly') coerced[sub.name] = coerceSubAttribute(located, given[key], reading)
  }
  return coerced
}

function coerceSubAttribute(located: LocatedAttribute, value: unknown, reading: Reading): unknown {
  if (!located.attribute.multiValued) return coerceSingular(located, value, reading) ?? null
  const list = coerceList(located, value, reading)
  return list.length === 0 ? null : list
}

const typeRules: Readonly<Record<AttributeType, { readonly name: string; fits(value: unknown): boolean }>> = {
  string: { name: 'a string', fits: isString },
  reference: { name: 'a URI', fits: (value) => isString(value) && isUriReference(value) },
  boolean: { name: 'true or false', fits: (value) => typeof value === 'boolean' },
  integer: { name: 'a whole number', fits: Number.isSafeInteger },
  decimal: { name: 'a number', fits: Number.isFinite },
  dateTime: {
    name: 'a date and time such as 2026-01-31T08:00:00Z',
    fits: (value) => isString(value) && isDateTime(value),
  },
  binary: { name: 'a base64 string', fits: (value) => isString(value) && isBase64(value) },
  complex: { name: 'an object', fits: isObject },
  any: { name: 'a value', fits: (value) => value !== undefined && value !== null },
}

/** @see https://www.rfc-editor.org/rfc/rfc7643#section-2.3 */
function checkType({ attribute, path }: LocatedAttribute, value: unknown): void {
  const rule = typeRules[attribute.type]
  if (!rule.fits(value)) throw badRequest('invalidValue', `${path} must be ${rule.name}`)
  if (value === '' && attribute.required) throw badRequest('invalidValue', `${path} is required and cannot be empty`)
}

function isString(value: unknown): value is string {
  return typeof value === 'string'
}
