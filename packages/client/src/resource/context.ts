import { isObject, isUnassigned, type JsonObject } from '@scimkit/core/internal'
import type { ResourceDefinition } from '@scimkit/core/schema'
import type { CallResponse } from '../transport/call.js'
import type { Connection } from '../transport/connection.js'
import type { ScimPagingError } from '../transport/errors.js'
import type { ReceivedResource } from './read-resource.js'
import { resourcePath } from './resource-path.js'

/** Checks a resource that was received; throws where validation is strict. */
export type Inspect = (
  definition: ResourceDefinition,
  resource: ReceivedResource,
  response: CallResponse,
) => Promise<void>

/** What the methods of one resource type share. */
export interface ResourceContext {
  readonly connection: Connection
  readonly definition: ResourceDefinition
  readonly onPagingFault: ((error: ScimPagingError) => void) | undefined
  /** Absent where nothing is validated. */
  readonly inspect: Inspect | undefined
  /** Present where all ids stand for the authenticated subject, whose own id is known once it has been read. */
  readonly me?: { id: string | undefined } | undefined
}

/** Where a resource is read and written. */
export interface ResourceAddress {
  /** Encoded, without a query. */
  readonly path: string
  /** Key of versions and of waiting writes: the same for a resource, however it is reached. */
  readonly key: string
  /** Id that responses must have; `undefined` where it is not known. */
  readonly id: string | undefined
}

/**
 * Finds where a resource is.
 *
 * @param context Context of the resource type.
 * @param id Id of the resource; ignored for `/Me`.
 * @returns The address.
 * @throws {TypeError} When the id cannot be a segment of a URL.
 */
export function addressOf({ definition, me }: ResourceContext, id: string): ResourceAddress {
  const path = me ? '/Me' : resourcePath(definition.endpoint, id)
  if (!me) return { path, key: path, id }
  return { path, key: me.id === undefined ? path : resourcePath(definition.endpoint, me.id), id: undefined }
}

/**
 * Names the schemas that a resource uses.
 *
 * @param context Context of the resource type.
 * @param input Resource as it is written.
 * @returns Its own `schemas`, or those of the definition that it has attributes of.
 */
export function schemasOf({ definition }: ResourceContext, input: JsonObject): unknown {
  const used = definition.extensions.filter(({ extension }) => isObject(input[extension.urn]))
  if (!isUnassigned(input.schemas)) return input.schemas
  return [definition.schema.id, ...used.map(({ extension }) => extension.urn)]
}
