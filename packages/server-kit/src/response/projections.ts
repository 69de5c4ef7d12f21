import { createProjection, type ProjectionRequest, type ResourceDefinition } from '@scimkit/core/schema'

/** Which attributes an answer carries. */
export interface Projection {
  /** Leaves its argument untouched. */
  readonly project: <T extends object>(resource: T) => T
  /** Sub-attributes of `members` that the answer carries; `undefined` without members, which are not read then. */
  readonly members: ReadonlySet<string> | undefined
  /** Sub-attributes of `groups` that the answer carries; `undefined` without groups. */
  readonly groups: ReadonlySet<string> | undefined
}

/** The projections of a definition. */
export interface Projections {
  /** Projection of a request without parameters. */
  readonly plain: Projection
  /**
   * @param request Parameters of a request.
   * @returns The projection; those of the usual parameters are made once.
   */
  find(request: ProjectionRequest): Projection
}

/** Clients use a handful of parameter lists; a stranger sending ever new ones must not fill the memory. */
const largestCache = 64

/**
 * Makes the source of a definition's projections.
 *
 * @param definition Definition whose schemas say when an attribute is returned.
 * @returns The projections.
 */
export function createProjections(definition: ResourceDefinition): Projections {
  const plain = build(definition, {})
  const known = new Map<string, Projection>()
  return {
    plain,
    find(request) {
      if (!request.attributes && !request.excludedAttributes && !request.written) return plain
      const key = JSON.stringify([request.attributes, request.excludedAttributes, request.written])
      const found = known.get(key)
      if (found) return found
      if (known.size >= largestCache) known.clear()
      const made = build(definition, request)
      known.set(key, made)
      return made
    },
  }
}

/** A probe tells what a projection keeps better than a second reading of the rules would. */
function build(definition: ResourceDefinition, request: ProjectionRequest): Projection {
  const project = createProjection(definition, request)
  const probe = { members: probeOf(definition, 'members'), groups: probeOf(definition, 'groups') }
  const kept: Partial<typeof probe> = project(probe) ?? {}
  const partsOf = (elements: readonly object[] | undefined) => elements && new Set(Object.keys(elements[0] ?? {}))
  return { project, members: partsOf(kept.members), groups: partsOf(kept.groups) }
}

/** An element with what the schema has of the parts that the server writes: no answer carries anything else. */
function probeOf(definition: ResourceDefinition, name: 'members' | 'groups'): readonly object[] {
  const declared = definition.index.get(name)?.attribute?.subAttributes ?? []
  const written = ['value', '$ref', 'display', 'type'].filter((part) => declared.some((sub) => sub.name === part))
  return [Object.fromEntries(written.map((part) => [part, '']))]
}
