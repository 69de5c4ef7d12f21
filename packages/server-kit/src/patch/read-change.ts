import { isObject, isUnassigned } from '@scimkit/core/internal'
import { type Attribute, type PatchOperation, ScimError } from '@scimkit/core/schema'
import { isReference } from '../compatibility/read-reference.js'
import type { LocatedAttribute, Reading } from '../compatibility/reading.js'
import { listOf, valueAt } from '../json.js'
import { coerceList, coerceSingular } from './coerce-value.js'

/**
 * What happens to a value, wherever it is; what is given is in the types and names of the schema.
 *
 * `removeElements` takes single elements out of a list, `remove` unassigns the whole.
 */
export type Change =
  | { readonly kind: 'add'; readonly value: unknown }
  | {
      readonly kind: 'replace'
      readonly value: unknown
      /** Whether sub-attributes that a singular complex value leaves out stay. */
      readonly merges: boolean
    }
  | { readonly kind: 'removeElements'; readonly value: readonly unknown[] }
  | { readonly kind: 'remove'; readonly value?: undefined }

/** The value that an operation addresses: an attribute or a sub-attribute. */
export interface ChangedValue extends LocatedAttribute {
  /** Whether the value is one element of a multi-valued attribute. */
  readonly isElement: boolean
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
  const { attribute, isElement } = changed
  const isList = attribute.multiValued && !isElement
  if (op === 'remove') return isList ? readRemoval(changed, value, reading) : { kind: 'remove' }
  const read = isList
    ? coerceList(changed, op === 'add' ? wrapAdded(attribute, value, reading) : value, reading)
    : coerceSingular(changed, value, reading)
  // `{}` unassigns an attribute that is about its `value`; other complex values are merged, so it changes nothing.
  const isNothing = isList || isEmptyOf(attribute, value) ? isUnassigned(read) : read === undefined
  if (isNothing) return op === 'add' ? undefined : { kind: 'remove' }
  return op === 'add' ? { kind: op, value: read } : { kind: op, value: read, merges: reading.rules.mergeOnReplace }
}

/** Rule `addSingleElement`: reads one element that is added to a list as a list of one, as the RFC allows it. */
function wrapAdded({ type }: Attribute, value: unknown, { rules }: Reading): unknown {
  if (Array.isArray(value) || value === null || (value === '' && type === 'complex')) return value
  return rules.addSingleElement ? [value] : value
}

/** What was given counts: an object may be empty only because a client cannot write what is in it. */
function isEmptyOf({ multiValued, subAttributes }: Attribute, value: unknown): boolean {
  const given: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value
  if (multiValued || !isObject(given) || Object.keys(given).length > 0) return false
  return subAttributes?.some(({ name }) => name === 'value') ?? false
}

/**
 * Rule `removeByValue`: `remove` with a value on a whole list removes the elements that it names, and nothing where it
 * names none. By the RFC's letter the value has no meaning, and everything would go. `""` and `null` count as no value,
 * except where elements name resources: a value that was meant to be an id must not empty a group.
 */
function readRemoval(located: LocatedAttribute, value: unknown, reading: Reading): Change {
  const isAbsent = value === undefined || (!isReference(located.attribute) && (value === null || value === ''))
  if (isAbsent || !reading.rules.removeByValue) return { kind: 'remove' }
  const elements = readNamed(located, value, reading)
  const detail = elements.length > 0 ? 'removing these elements alone' : 'removing nothing, since it names no element'
  reading.onNote({ rule: 'removeByValue', path: located.path, detail: `remove with a value was read as ${detail}` })
  return { kind: 'removeElements', value: elements }
}

/** A value of the wrong type names no element; an element without the id of its resource names none either. */
function readNamed(located: LocatedAttribute, value: unknown, reading: Reading): readonly unknown[] {
  const named = listOf(value).flatMap((element) => {
    try {
      return coerceList(located, [element], reading)
    } catch (error) {
      if (ScimError.is(error)) return []
      throw error
    }
  })
  return isReference(located.attribute) ? named.filter((element) => valueAt(element, 'value') !== undefined) : named
}
