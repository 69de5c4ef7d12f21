import { isObject, isUnassigned } from '@scimkit/core/internal'
import type { LocatedAttribute } from '../compatibility/reading.js'
import { sameJson, valueAt, withValueAt } from '../json.js'
import { changeList } from './change-list.js'
import { keepsImmutable, refuseUnassigned } from './check-mutability.js'
import { mergeComplex, replaceComplex } from './merge-complex.js'
import type { Change } from './read-change.js'

/**
 * Changes the whole value of an attribute or sub-attribute.
 *
 * @param located Attribute of the value with its path.
 * @param current Value so far; `undefined` when there is none.
 * @param change What happens to it.
 * @returns The new value; the same reference when nothing changed, `undefined` when it is unassigned.
 * @throws {ScimError} 400 `mutability` when it is immutable and has another value, or required and would lose it.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function changeValue(located: LocatedAttribute, current: unknown, change: Change): unknown {
  const next = located.attribute.multiValued
    ? changeList(located, current, change)
    : changeSingular(located, current, change)
  return settleValue(located, current, next)
}

/**
 * Changes a sub-attribute of a complex value.
 *
 * @param located The sub-attribute with its path.
 * @param holder Complex value; `undefined` when there is none.
 * @param change What happens to the sub-attribute.
 * @returns The changed copy; the same reference when nothing changed, `undefined` when nothing is left.
 * @throws {ScimError} As `changeValue`.
 */
export function changeSubAttribute(located: LocatedAttribute, holder: unknown, change: Change): unknown {
  const { name } = located.attribute
  const before = valueAt(holder, name)
  const after = changeValue(located, before, change)
  if (after === before) return holder
  const changed = withValueAt(isObject(holder) ? holder : {}, name, after)
  return after === undefined && isUnassigned(changed) ? undefined : changed
}

/**
 * Checks that an attribute may change from one value to another.
 *
 * @param located Attribute of the values with its path.
 * @param current Value so far.
 * @param next Value as it would be; `undefined` unassigns.
 * @returns The value that the attribute has from now on.
 * @throws {ScimError} 400 `mutability` when it is immutable and has another value, or required and would lose it.
 */
export function settleValue(located: LocatedAttribute, current: unknown, next: unknown): unknown {
  if (sameJson(next, current) || keepsImmutable(located, current, next)) return current
  if (next === undefined) refuseUnassigned(located)
  return next
}

function changeSingular(located: LocatedAttribute, current: unknown, change: Change): unknown {
  if (!isObject(change.value)) return change.value // no value unassigns
  const merges = change.kind === 'add' || (change.kind === 'replace' && change.merges)
  return merges ? mergeComplex(located, current, change.value) : replaceComplex(located, current, change.value)
}
