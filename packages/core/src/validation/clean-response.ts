import { isObject, type JsonObject } from '../json.js'
import type { Attribute } from '../schema/attribute.js'
import { isPartOf } from '../schema/attribute-rules.js'

/** What a response is cleaned by, for one level of it. */
export interface ResponsePlan {
  /** The known members by name. */
  readonly members: ReadonlyMap<string, MemberPlan>
  /** Names of those that are never returned. */
  readonly dropped: readonly string[]
}

interface MemberPlan {
  readonly multiValued: boolean
  /** Members of a complex value; absent for a simple one. */
  readonly inside?: ResponsePlan | undefined
}

/**
 * Plans the cleaning of responses.
 *
 * @param attributes Attributes of the resource, of an extension or of a complex value.
 * @param containers Attributes of the extensions by URN.
 * @returns The plan of this level and those below.
 */
export function planResponse(
  attributes: readonly Attribute[],
  containers: Readonly<Record<string, readonly Attribute[]>> = {},
): ResponsePlan {
  const members = new Map<string, MemberPlan>()
  for (const attribute of attributes) members.set(attribute.name, planMember(attribute))
  for (const [urn, inside] of Object.entries(containers)) {
    members.set(urn, { multiValued: false, inside: planResponse(inside) })
  }
  const dropped = attributes.filter((attribute) => !isPartOf(attribute, 'output')).map(({ name }) => name)
  return { members, dropped }
}

function planMember(attribute: Attribute): MemberPlan {
  return {
    multiValued: attribute.multiValued,
    ...(attribute.type === 'complex' && { inside: planResponse(attribute.subAttributes ?? []) }),
  }
}

/**
 * Removes from a response what counts as unassigned (`null`, `[]` of a multi-valued attribute, `{}` of a complex one)
 * and what is never returned. What no schema knows stays as it is, `__proto__` alone excepted.
 *
 * @param response Object of one level, names in schema spelling.
 * @param plan Plan of the level.
 * @returns The cleaned object; the same reference when there is nothing to remove.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.5
 */
export function cleanResponse(response: JsonObject, plan: ResponsePlan): JsonObject {
  let cleaned: Record<string, unknown> | undefined
  // Not Object.keys: its list costs as much as all the rest.
  for (const name in response) {
    const before = response[name]
    if (isPlain(before) && name !== '__proto__') continue
    const after = name === '__proto__' ? undefined : cleanMember(before, plan.members.get(name))
    if (after === before) continue
    cleaned ??= { ...response }
    if (after === undefined) delete cleaned[name]
    else cleaned[name] = after
  }
  for (const name of plan.dropped) {
    if (!Object.hasOwn(response, name)) continue
    cleaned ??= { ...response }
    delete cleaned[name]
  }
  return cleaned ?? response
}

/** Most members are plain values, of which there is nothing to clean. */
function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number'
}

function cleanMember(value: unknown, member: MemberPlan | undefined): unknown {
  if (!member) return value
  if (value === null) return undefined
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) return member.multiValued ? cleanElements(value, member.inside) : value
  return member.inside ? cleanComplex(value as JsonObject, member.inside) : value
}

function cleanElements(elements: readonly unknown[], inside: ResponsePlan | undefined): readonly unknown[] | undefined {
  if (elements.length === 0) return undefined
  if (!inside) return elements
  let cleaned: unknown[] | undefined
  for (let position = 0; position < elements.length; position++) {
    const element = elements[position]
    const after = isObject(element) ? cleanComplex(element, inside) : element
    if (after !== element) cleaned ??= elements.slice(0, position)
    if (after !== undefined) cleaned?.push(after)
  }
  return cleaned ? (cleaned.length === 0 ? undefined : cleaned) : elements
}

function cleanComplex(value: JsonObject, inside: ResponsePlan): JsonObject | undefined {
  const cleaned = cleanResponse(value, inside)
  for (const _name in cleaned) return cleaned
  return undefined
}
