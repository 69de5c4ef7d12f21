import { isObject, isUnassigned, type JsonObject, sameValue, subAttributeIndex } from '@scimkit/core/internal'
import { type Attribute, foldCase } from '@scimkit/core/schema'
import type { LocatedAttribute } from '../compatibility/reading.js'
import { sameJson, valueAt, withValueAt } from '../json.js'
import { keepsImmutable, refuseUnassigned } from './check-mutability.js'

/**
 * Sets the given sub-attributes of a complex value and leaves the others as they are.
 *
 * @param located Complex attribute with its path; for a multi-valued one, the value is one element.
 * @param current Value so far; `undefined` when there is none.
 * @param given Coerced value; `null` unassigns a sub-attribute.
 * @returns The merged value; the same reference when nothing changed, `undefined` when nothing is left.
 * @throws {ScimError} 400 `mutability` when an immutable sub-attribute would change or a required one would go.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2.3
 */
export function mergeComplex({ attribute, path }: LocatedAttribute, current: unknown, given: JsonObject): unknown {
  const before = isObject(current) ? current : {}
  const known = namesKnownElement(attribute, before, given)
  let merged: JsonObject = before
  for (const sub of subAttributeIndex(attribute).values()) {
    const value = valueAt(given, sub.name)
    if (value === undefined || (known && sub.mutability === 'immutable')) continue
    const next = value === null ? undefined : value
    const now = valueAt(before, sub.name)
    if (sameJson(now, next)) continue
    const located = { attribute: sub, path: `${path}.${sub.name}` }
    if (keepsImmutable(located, now, next)) continue
    if (next === undefined) refuseUnassigned(located)
    merged = withValueAt(merged, sub.name, next)
  }
  return isUnassigned(merged) ? undefined : merged
}

/** What else stays of a complex value that is replaced. */
export interface ReplaceOptions {
  /** Folded names of further sub-attributes that stay where the new value leaves them out. */
  readonly keeps?: readonly string[] | undefined
}

/**
 * Puts the given value in the place of a complex one. What a client cannot write stays: readOnly sub-attributes, and
 * immutable ones that are left out.
 *
 * @param located Complex attribute with its path; for a multi-valued one, the value is one element.
 * @param current Value so far; `undefined` when there is none.
 * @param given Coerced value.
 * @param options What else stays.
 * @returns The new value; the same reference when nothing changed, `undefined` when nothing is left.
 * @throws {ScimError} 400 `mutability` when an immutable sub-attribute would change or a required one would go.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2.3
 */
export function replaceComplex(
  located: LocatedAttribute,
  current: unknown,
  given: JsonObject,
  { keeps }: ReplaceOptions = {},
): unknown {
  const complete: Record<string, unknown> = {}
  for (const { name, mutability } of subAttributeIndex(located.attribute).values()) {
    const stays = mutability === 'readOnly' || mutability === 'immutable' || keeps?.includes(foldCase(name))
    complete[name] = valueAt(given, name) ?? (stays && !Object.hasOwn(given, name) ? undefined : null)
  }
  return mergeComplex(located, current, complete)
}

/** Beside a known immutable `value`, as that of a member, other immutable sub-attributes say nothing new. */
function namesKnownElement(attribute: Attribute, before: JsonObject, given: JsonObject): boolean {
  const value = subAttributeIndex(attribute).get('value')
  const known = valueAt(before, 'value')
  if (value?.mutability !== 'immutable' || isUnassigned(known)) return false
  return sameValue(value, known, valueAt(given, 'value'))
}
