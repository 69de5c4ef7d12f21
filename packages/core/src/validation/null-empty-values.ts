import { isObject } from '../json.js'
import type { Attribute } from '../schema/attribute.js'
import { isPartOf, isRequiredIn } from '../schema/attribute-rules.js'
import { isUnassigned } from '../schema/is-unassigned.js'

/** Members whose emptiness matters to a request, each with those one level below. */
export type EmptyValuePlan = ReadonlyMap<string, EmptyValuePlan>

/**
 * Plans which complex values of a request count as `null` when they are empty: those that are required, since an empty
 * value is none, and those that demand sub-attributes, since only a given value has to have them.
 *
 * @param attributes Attributes of a level.
 * @returns The plan; empty for most schemas, which then need no look at the request.
 */
export function planEmptyValues(attributes: readonly Attribute[]): EmptyValuePlan {
  return new Map(
    attributes
      .filter((attribute) => attribute.type === 'complex' && !attribute.multiValued && isPartOf(attribute, 'input'))
      .filter(({ required, subAttributes }) => required || demandsValues(subAttributes ?? []))
      .map(({ name, subAttributes }) => [name, planEmptyValues(subAttributes ?? [])]),
  )
}

/**
 * Tells whether a value has to have some of its members.
 *
 * @param attributes Attributes of an extension, or sub-attributes.
 * @returns Whether a request must give one of them.
 */
export function demandsValues(attributes: readonly Attribute[]): boolean {
  return attributes.some((attribute) => isPartOf(attribute, 'input') && isRequiredIn(attribute, 'input'))
}

/**
 * Puts `null` in the place of the empty complex values that the plan names, which says the same.
 *
 * @param given Body of a request, of any type.
 * @param plan Plan of the resource.
 * @returns The body with `null` for them; the same reference when there are none.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.5
 */
export function nullEmptyValues(given: unknown, plan: EmptyValuePlan): unknown {
  if (!isObject(given)) return given
  let kept: Record<string, unknown> | undefined
  for (const [name, inside] of plan) {
    if (!Object.hasOwn(given, name)) continue
    const before = given[name]
    const after = isObject(before) && isUnassigned(before) ? null : nullEmptyValues(before, inside)
    if (after === before) continue
    kept ??= { ...given }
    kept[name] = after
  }
  return kept ?? given
}
