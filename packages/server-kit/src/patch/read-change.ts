import { isObject, isUnassigned } from '@scimkit/core/internal'
import { type Attribute, type PatchOperation, ScimError } from '@scimkit/core/schema'
import { isReference } from '../compatibility/read-reference.js'
import type { Reading } from '../compatibility/reading.js'
import { valueAt } from '../json.js'
import { coerceList, coerceSingular } from './coerce-value.js'

/**
 * What shall happen to a value, wherever it stands; what is given is in the types and names of the schema.
 *
 * `removeElements` takes single elements out of a list, `remove` unassigns the whole.
 */
export type Change =
  | { readonly kind: 'add' | 'replace'; readonly value: unknown }
  | { readonly kind: 'removeElements'; readonly value: readonly unknown[] }
  | { readonly kind: 'remove'; readonly value?: undefined }

/** The value that an operation addresses. */
export interface ChangedValue {
  /** Attribute or sub-attribute of the value. */
  readonly attribute: Attribute
  /** Whether the value is one element of a multi-valued attribute. */
  readonly isElement: boolean
  /** Path as it was written, for errors and notes. */
  readonly path: string
}

/**
 * Reads what an operation does to the value that it addresses. "No value" in any form unassigns where it replaces,
 * and does nothing where it is added.
 *
 * @param operation Operation with its value as it came.
 * @param changed What the operation addresses.
 * @param reading Rules and the receiver of notes.
 * @returns The change; `undefined` when there is nothing to do.
 * @throws {ScimError} 400 `invalidValue` when the value has the wrong type.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function readChange({ op, value }: PatchOperation, changed: ChangedValue, reading: Reading): Change | undefined {
  const { attribute, isElement, path } = changed
  const isList = attribute.multiValued && !isElement
  if (op === 'remove') return isList ? readRemoval(attribute, value, path, reading) : { kind: 'remove' }
  const read = isList
    ? coerceList(attribute, value, path, reading, op)
    : coerceSingular(attribute, value, path, reading)
  // An object without members is no value of an attribute that is about its `value`; others are merged, which changes nothing.
  const isNothing = isList || isEmptyOf(attribute, value) ? isUnassigned(read) : read === undefined
  if (!isNothing) return { kind: op, value: read }
  return op === 'add' ? undefined : { kind: 'remove' }
}

/** What was given counts: an object may be empty only because a client cannot write what is in it. */
function isEmptyOf({ multiValued, subAttributes }: Attribute, value: unknown): boolean {
  const given: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value
  if (multiValued || !isObject(given) || Object.keys(given).length > 0) return false
  return subAttributes?.some(({ name }) => name === 'value') ?? false
}

/**
 * Rule `removeByValue`: `remove` with a value on a whole list removes the elements that it names, and nothing where it
 * names none. By the RFC's letter the value has no meaning, and everything would go. `""` and `null` count as no value;
 * not so where elements name resources, since nobody empties a group by a value that was meant to be an id.
 */
function readRemoval(attribute: Attribute, value: unknown, path: string, reading: Reading): Change {
  const isAbsent = value === undefined || (!isReference(attribute) && (value === null || value === ''))
  if (isAbsent || !reading.rules.removeByValue) return { kind: 'remove' }
  const elements = readNamed(attribute, value, path, reading)
  const detail = elements.length > 0 ? 'removing these elements alone' : 'removing nothing, since it names no element'
  reading.onNote({ rule: 'removeByValue', path, detail: `remove with a value was read as ${detail}` })
  return { kind: 'removeElements', value: elements }
}

/** What is no element of the attribute names none, and neither does an element that should name a resource and has no id. */
function readNamed(attribute: Attribute, value: unknown, path: string, reading: Reading): readonly unknown[] {
  const named = (Array.isArray(value) ? value : [value]).flatMap((element) => {
    try {
      return coerceList(attribute, [element], path, reading)
    } catch (error) {
      if (ScimError.is(error)) return []
      throw error
    }
  })
  return isReference(attribute) ? named.filter((element) => valueAt(element, 'value') !== undefined) : named
}
