import { createProjection } from '@scimkit/core/internal'
import { findAttribute, type ProjectionRequest, type ResourceDefinition, ScimError } from '@scimkit/core/schema'
import { hintColon, readAttributePath } from '../compatibility/read-path.js'
import type { ResourceContext } from '../service/request-context.js'

/** Which attributes a response carries. */
export interface Projection {
  /** Whether it is that of a request without parameters. */
  readonly isDefault: boolean
  /** Leaves its argument untouched. */
  readonly project: <T extends object>(resource: T) => T
  /** Sub-attributes of `members` that the response carries; `undefined` without members, which are not read then. */
  readonly members: ReadonlySet<string> | undefined
  /** Sub-attributes of `groups` that the response carries; `undefined` without groups. */
  readonly groups: ReadonlySet<string> | undefined
}

/** The parameters of a projection in the client's words. */
export interface GivenProjection {
  readonly attributes?: unknown
  readonly excludedAttributes?: unknown
}

/**
 * Reads which attributes the response has to carry.
 *
 * @param context Request with the rules of reading.
 * @param given `attributes` or `excludedAttributes` as the client wrote them.
 * @param written Paths that the request's body wrote.
 * @returns The projection.
 * @throws {ScimError} 400 `invalidValue`.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.9
 */
export function readProjection(
  context: ResourceContext,
  given: GivenProjection,
  written?: readonly string[],
): Projection {
  const { served } = context
  const { definition } = served
  const readPath = (path: string) => readAttributePath(definition, path, context.reading)
  const attributes = readPaths(given.attributes, 'attributes')?.map(readPath)
  const excludedAttributes = readPaths(given.excludedAttributes, 'excludedAttributes')?.map(readPath)
  if (!attributes && !excludedAttributes && !written) return findProjection(definition)
  checkProjection(definition, { attributes, excludedAttributes }, context.refuseUnknown)
  return findProjection(definition, { attributes, excludedAttributes, written })
}

/** Comma-separated text of a URL, or the list of a SearchRequest; an empty one counts as none. */
function readPaths(value: unknown, parameter: string): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined
  const parts = typeof value === 'string' ? value.split(',') : value
  if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string')) {
    throw new ScimError(400, `${parameter} must be a list of attribute paths`, { scimType: 'invalidValue' })
  }
  const paths = parts.map((part) => part.trim()).filter((part) => part !== '')
  return paths.length === 0 ? undefined : paths
}

/** @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.5 */
function checkProjection(definition: ResourceDefinition, request: ProjectionRequest, refuseUnknown: boolean): void {
  if (request.attributes && request.excludedAttributes) {
    throw new ScimError(400, 'attributes and excludedAttributes cannot be combined; give one of them', {
      scimType: 'invalidValue',
    })
  }
  if (!refuseUnknown) return
  const paths = [...(request.attributes ?? []), ...(request.excludedAttributes ?? [])]
  const unknown = paths.find((path) => !findAttribute(definition, path))
  if (unknown === undefined) return
  const detail = `A path of attributes or excludedAttributes is not an attribute of ${definition.name}`
  throw new ScimError(400, detail + hintColon(definition, unknown), { scimType: 'invalidValue' })
}

/** Clients use a handful of parameter lists; one that sends ever new ones must not fill the memory. */
const largestCache = 64

const projections = new WeakMap<ResourceDefinition, Map<string, Projection>>()

/**
 * Finds the projection of a request; those of the usual parameters are made once for each definition.
 *
 * @param definition Definition whose schemas say when an attribute is returned.
 * @param request Parameters of the request; none for what is returned by default.
 * @returns The projection.
 */
export function findProjection(definition: ResourceDefinition, request: ProjectionRequest = {}): Projection {
  const { attributes, excludedAttributes, written } = request
  const known = projections.get(definition) ?? new Map<string, Projection>()
  projections.set(definition, known)
  const isDefault = !attributes && !excludedAttributes && !written
  const key = isDefault ? '' : JSON.stringify([attributes, excludedAttributes, written])
  const found = known.get(key)
  if (found) return found
  if (known.size >= largestCache) known.clear()
  const projection = { ...build(definition, request), isDefault }
  known.set(key, projection)
  return projection
}

/** A probe tells what a projection keeps better than a second reading of the rules would. */
function build(definition: ResourceDefinition, request: ProjectionRequest): Omit<Projection, 'isDefault'> {
  const project = createProjection(definition, request)
  const probe = { members: probeOf(definition, 'members'), groups: probeOf(definition, 'groups') }
  const kept: Partial<typeof probe> = project(probe) ?? {}
  const partsOf = (elements: readonly object[] | undefined) => elements && new Set(Object.keys(elements[0] ?? {}))
  return { project, members: partsOf(kept.members), groups: partsOf(kept.groups) }
}

/** An element with what the schema has of the parts that the server writes: no response carries anything else. */
function probeOf(definition: ResourceDefinition, name: 'members' | 'groups'): readonly object[] {
  const declared = definition.index.get(name)?.attribute?.subAttributes ?? []
  const written = ['value', '$ref', 'display', 'type'].filter((part) => declared.some((sub) => sub.name === part))
  return [Object.fromEntries(written.map((part) => [part, '']))]
}
