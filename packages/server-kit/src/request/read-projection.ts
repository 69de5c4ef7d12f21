import { findAttribute, type ProjectionRequest, type ResourceDefinition, ScimError } from '@scimkit/core/schema'
import { hintColon, readAttributePath } from '../compatibility/read-path.js'
import type { ResourceContext } from '../request-context.js'
import type { Projection } from '../response/projections.js'

/** The parameters of a projection in the client's words. */
export interface GivenProjection {
  readonly attributes?: unknown
  readonly excludedAttributes?: unknown
}

/**
 * Reads which attributes the answer shall carry.
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
  if (!attributes && !excludedAttributes && !written) return served.projections.plain
  checkProjection(definition, { attributes, excludedAttributes }, context.refuseUnknown)
  return served.projections.find({ attributes, excludedAttributes, written })
}

/** Comma-separated text of a URL, or the list of a SearchRequest; an empty one is as good as none. */
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
    throw new ScimError(400, 'attributes and excludedAttributes exclude each other; give one of them', {
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
