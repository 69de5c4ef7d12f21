import { type Attribute, isUnassigned, type PatchOperation } from '@scimkit/core/schema'
import { allows, type Reading } from '../compatibility/reading.js'
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
  // An object without members is left to merging, which changes nothing.
  const isNothing = isList ? isUnassigned(read) : read === undefined
  if (!isNothing) return { kind: op, value: read }
  return op === 'add' ? undefined : { kind: 'remove' }
}

/**
 * Rule `removeByValue`: `remove` with a value on a whole list removes the given elements alone. By the RFC's letter
 * the value has no meaning, and everything would go.
 */
function readRemoval(attribute: Attribute, value: unknown, path: string, reading: Reading): Change {
  const detail = 'remove with a value was read as removing these elements alone'
  if (value === undefined || value === null || !allows(reading, 'removeByValue', path, detail)) {
    return { kind: 'remove' }
  }
  return { kind: 'removeElements', value: coerceList(attribute, value, path, reading) }
}
