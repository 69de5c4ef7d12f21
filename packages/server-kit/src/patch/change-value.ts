import { isObject, isUnassigned } from '@scimkit/core/internal'
import type { Attribute } from '@scimkit/core/schema'
import type { CompatibilityRules } from '../compatibility/resolve-compatibility.js'
import { sameJson, valueAt, withValueAt } from '../json.js'
import { changeList } from './change-list.js'
import { mergeMembers, replaceMembers } from './merge-complex.js'
import { keepsImmutable, refuseUnassigned } from './mutability.js'
import type { Change } from './read-change.js'

/**
 * Changes the whole value of an attribute or sub-attribute.
 *
 * @param attribute Attribute of the value.
 * @param current Value so far; `undefined` when there is none.
 * @param change What shall happen.
 * @param path Path of the value, for errors.
 * @param rules Rules that hold.
 * @returns The new value; the same reference when nothing changed, `undefined` when it is unassigned.
 * @throws {ScimError} 400 `mutability` when it is immutable and has another value, or required and would lose it.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function changeValue(
  attribute: Attribute,
  current: unknown,
  change: Change,
  path: string,
  rules: CompatibilityRules,
): unknown {
  const next = attribute.multiValued
    ? changeList(attribute, current, change, path)
    : changeSingular(attribute, current, change, path, rules)
  return settleValue(attribute, current, next, path)
}

/**
 * Changes a sub-attribute of a complex value.
 *
 * @param sub The sub-attribute.
 * @param holder Complex value; `undefined` when there is none.
 * @param change What shall happen.
 * @param path Path of the sub-attribute, for errors.
 * @param rules Rules that hold.
 * @returns The changed copy; the same reference when nothing changed, `undefined` when nothing is left.
 * @throws {ScimError} As `changeValue`.
 */
export function changeMember(
  sub: Attribute,
  holder: unknown,
  change: Change,
  path: string,
  rules: CompatibilityRules,
): unknown {
  const before = valueAt(holder, sub.name)
  const after = changeValue(sub, before, change, path, rules)
  if (after === before) return holder
  const changed = withValueAt(isObject(holder) ? holder : {}, sub.name, after)
  return after === undefined && isUnassigned(changed) ? undefined : changed
}

/**
 * Checks that an attribute may change from one value to another.
 *
 * @param attribute Attribute of the values.
 * @param current Value so far.
 * @param next Value as it shall be; `undefined` unassigns.
 * @param path Path of the value, for errors.
 * @returns The value that the attribute has from now on.
 * @throws {ScimError} 400 `mutability` when it is immutable and has another value, or required and would lose it.
 */
export function settleValue(attribute: Attribute, current: unknown, next: unknown, path: string): unknown {
  if (sameJson(next, current) || keepsImmutable(attribute, current, next, path)) return current
  if (next === undefined) refuseUnassigned(attribute, path)
  return next
}

function changeSingular(
  attribute: Attribute,
  current: unknown,
  change: Change,
  path: string,
  rules: CompatibilityRules,
): unknown {
  const { value } = change
  if (!isObject(value)) return value // no value unassigns
  if (change.kind === 'add' || rules.mergeOnReplace) return mergeMembers(attribute, current, value, path)
  return replaceMembers(attribute, current, value, path)
}
