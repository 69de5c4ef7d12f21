import {
  createProjection,
  findAttribute,
  type ProjectionRequest,
  type ResourceDefinition,
  ScimError,
} from '@scimkit/core/schema'

/** Which attributes an answer carries. */
export interface Projection {
  /** Leaves its argument untouched. */
  readonly project: <T extends object>(resource: T) => T
  /** Whether `members` are part of the answer, so that they must be read. */
  readonly members: boolean
  /** Whether `groups` are part of the answer. */
  readonly groups: boolean
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

/**
 * Reads the list of a projection parameter.
 *
 * @param value Comma-separated text of a URL, or what a SearchRequest holds.
 * @param parameter Name of the parameter, for errors.
 * @returns The paths; `undefined` when the parameter is absent or empty.
 * @throws {ScimError} 400 `invalidValue` when it is no list of texts.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.9
 */
export function readPaths(value: unknown, parameter: string): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined
  const parts = typeof value === 'string' ? value.split(',') : value
  if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string')) {
    throw new ScimError(400, `${parameter} must be a list of attribute paths`, { scimType: 'invalidValue' })
  }
  const paths = parts.map((part) => part.trim()).filter((part) => part !== '')
  return paths.length === 0 ? undefined : paths
}

/**
 * Checks the projection parameters of a request.
 *
 * @param definition Definition whose schemas name the attributes.
 * @param request Parameters of the request.
 * @param refuseUnknown Whether unknown paths are refused, not ignored.
 * @throws {ScimError} 400 `invalidValue`.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.5
 */
export function checkProjection(
  definition: ResourceDefinition,
  request: ProjectionRequest,
  refuseUnknown: boolean,
): void {
  if (request.attributes && request.excludedAttributes) {
    throw new ScimError(400, 'attributes and excludedAttributes exclude each other; give one of them', {
      scimType: 'invalidValue',
    })
  }
  if (!refuseUnknown) return
  const paths = [...(request.attributes ?? []), ...(request.excludedAttributes ?? [])]
  if (paths.some((path) => !findAttribute(definition, path))) {
    throw new ScimError(400, `A path of attributes or excludedAttributes is no attribute of ${definition.name}`, {
      scimType: 'invalidValue',
    })
  }
}

/** A probe tells what a projection keeps better than a second reading of the rules would. */
function build(definition: ResourceDefinition, request: ProjectionRequest): Projection {
  const project = createProjection(definition, request)
  const element = [{ value: '', $ref: '', display: '', type: '' }]
  const kept: object = project({ members: element, groups: element }) ?? {}
  return { project, members: 'members' in kept, groups: 'groups' in kept }
}
