import { isPartOf } from '../documents/attribute-rules.js'
import type { Attribute } from '../schema/attribute.js'

type Members = Readonly<Record<string, unknown>>

/** What an answer is cleaned by: the known members of one level. */
export type AnswerPlan = ReadonlyMap<string, MemberPlan>

interface MemberPlan {
  /** Never returned: dropped where a server sends it all the same. */
  readonly dropped: boolean
  readonly multiValued: boolean
  /** Members of a complex value; absent for a simple one. */
  readonly inside?: AnswerPlan | undefined
}

/**
 * Plans the cleaning of answers.
 *
 * @param attributes Attributes of a level.
 * @returns The plan by attribute name.
 */
export function planAnswer(attributes: readonly Attribute[]): AnswerPlan {
  return new Map(
    attributes.map((attribute) => [
      attribute.name,
      {
        dropped: !isPartOf(attribute, 'output'),
        multiValued: attribute.multiValued,
        ...(attribute.type === 'complex' && { inside: planAnswer(attribute.subAttributes ?? []) }),
      },
    ]),
  )
}

/**
 * Plans the cleaning of an extension's container, which counts as a complex value.
 *
 * @param attributes Attributes of the extension.
 * @returns The plan of the container.
 */
export function planContainer(attributes: readonly Attribute[]): MemberPlan {
  return { dropped: false, multiValued: false, inside: planAnswer(attributes) }
}

/**
 * Removes from an answer what counts as unassigned (`null`, `[]` of a multi-valued attribute, `{}` of a complex one)
 * and what is never returned. What no schema knows stays as it is, `__proto__` alone excepted.
 *
 * @param answer Object of one level, names in schema spelling.
 * @param plan Plan of the level.
 * @returns The cleaned object; the same reference when there is nothing to remove.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.5
 */
export function cleanAnswer(answer: Members, plan: AnswerPlan): Members {
  let cleaned: Record<string, unknown> | undefined
  for (const name of Object.keys(answer)) {
    const before = answer[name]
    const member = plan.get(name)
    const after = member ? cleanMember(before, member) : name === '__proto__' ? undefined : before
    if (after === before) continue
    cleaned ??= copyOf(answer)
    if (after === undefined) delete cleaned[name]
    else cleaned[name] = after
  }
  return cleaned ?? answer
}

/** Spreading would define an own `__proto__` again only as data, but the member goes anyway. */
function copyOf(members: Members): Record<string, unknown> {
  return { ...members }
}

function cleanMember(value: unknown, { dropped, multiValued, inside }: MemberPlan): unknown {
  if (dropped || value === null) return undefined
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) return multiValued ? cleanElements(value, inside) : value
  return inside ? cleanComplex(value as Members, inside) : value
}

function cleanElements(elements: readonly unknown[], inside: AnswerPlan | undefined): readonly unknown[] | undefined {
  if (elements.length === 0) return undefined
  if (!inside) return elements
  let cleaned: unknown[] | undefined
  for (const [position, element] of elements.entries()) {
    const after = isMembers(element) ? cleanComplex(element, inside) : element
    if (after !== element) cleaned ??= elements.slice(0, position)
    if (after !== undefined) cleaned?.push(after)
  }
  return cleaned ? (cleaned.length === 0 ? undefined : cleaned) : elements
}

function cleanComplex(value: Members, inside: AnswerPlan): Members | undefined {
  const cleaned = cleanAnswer(value, inside)
  for (const _name in cleaned) return cleaned
  return undefined
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
