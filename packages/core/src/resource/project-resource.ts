import type { ResourceDefinition } from './resource-definition.js'
import { type ProjectionRequest, type Selection, type Selections, selectAttributes } from './select-attributes.js'

/**
 * Makes the projection of a request: which attributes of a resource its response carries.
 *
 * @param definition Definition whose schemas say when an attribute is returned.
 * @param request Parameters of the request; unknown paths are ignored.
 * @returns A function that leaves its argument untouched and returns the same reference when nothing is left out.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.9
 */
export function createProjection(
  definition: ResourceDefinition,
  request: ProjectionRequest = {},
): <T extends object>(resource: T) => T {
  const selection = selectAttributes(definition, request)
  return <T extends object>(resource: T) => selectFrom(resource, selection) as T // a reduction keeps the shape's optional parts
}

/**
 * Reduces a resource to the attributes that a response carries.
 *
 * @param definition Definition whose schemas say when an attribute is returned.
 * @param resource Complete resource; it is left untouched.
 * @param request Parameters of the request.
 * @returns The reduced resource; the same reference when nothing is left out.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.9
 */
export function projectResource<T extends object>(
  definition: ResourceDefinition,
  resource: T,
  request: ProjectionRequest = {},
): T {
  return createProjection(definition, request)(resource)
}

/** Copies only from the first difference on: most responses carry a resource as it is. */
function selectFrom(value: unknown, selection: Selection): unknown {
  if (selection === 'all' || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return selectElements(value, selection)
  const members = value as Readonly<Record<string, unknown>>
  for (const name in members) {
    if (selectMember(members, name, selection) !== members[name]) return selectMembers(members, selection)
  }
  return value
}

function selectMember(members: Readonly<Record<string, unknown>>, name: string, selection: Selections): unknown {
  const inside = selection.get(name)
  return inside === undefined ? undefined : selectFrom(members[name], inside)
}

function selectMembers(members: Readonly<Record<string, unknown>>, selection: Selections): object | undefined {
  const kept: Record<string, unknown> = {}
  let any = false
  for (const name of Object.keys(members)) {
    const after = selectMember(members, name, selection)
    if (after === undefined) continue
    kept[name] = after
    any = true
  }
  return any ? kept : undefined
}

function selectElements(elements: readonly unknown[], selection: Selections): readonly unknown[] | undefined {
  if (elements.every((element) => selectFrom(element, selection) === element)) return elements
  const kept = elements.map((element) => selectFrom(element, selection)).filter((element) => element !== undefined)
  return kept.length === 0 ? undefined : kept
}
