import { isObject, type JsonObject } from '@scimkit/core/internal'
import { type ResourceDefinition, urns } from '@scimkit/core/schema'
import type { CallResponse } from '../transport/call.js'
import { type Connection, takeNote } from '../transport/connection.js'
import { hasSchema, isErrorBody } from '../transport/error-body.js'
import { pathOf } from '../transport/sent-request.js'
import { readValues } from './read-values.js'

/** A resource as it came: an object with an id, and perhaps anything else. */
export type ReceivedResource = Record<string, unknown> & { id: string }

/**
 * Tells whether a body is one resource.
 *
 * @param body Parsed body of a response with status 2xx.
 * @param id Id that the resource must have, when it is known.
 * @returns The fault, as the end of a sentence about the response; `undefined` when there is none.
 */
export function findResourceFault(body: unknown, id?: string): string | undefined {
  if (!isObject(body)) return 'is not a resource'
  if (isErrorBody(body)) return 'is an error with the status of success'
  if (hasSchema(body, urns.listResponse) || Array.isArray(body.Resources)) return 'is a list in place of a resource'
  const own = readId(body)
  if (own === undefined) return 'is a resource without an id'
  return id === undefined || own === id ? undefined : 'is a different resource than the one requested'
}

/**
 * Reads the id of a resource; some servers send a number.
 *
 * @param resource The resource.
 * @returns The id as text; `undefined` where there is none, or a number too large to have come with all its digits.
 */
export function readId({ id }: JsonObject): string | undefined {
  if (typeof id === 'number' && Number.isSafeInteger(id)) return String(id)
  return typeof id === 'string' && id !== '' ? id : undefined
}

/** What {@link readResource} needs: the definition, and the connection whose hook hears what was read differently. */
export interface ResourceReading {
  readonly definition: ResourceDefinition
  readonly connection: Connection
}

/**
 * Returns the resource of a response that has passed {@link findResourceFault}; `schemas` is added where a server leaves
 * it out, an id that is a number becomes text, and values get the form that the definition gives them.
 *
 * @param reading Definition of the resource, and the connection it came over.
 * @param response The response.
 * @returns The resource.
 */
export function readResource(
  { definition, connection }: ResourceReading,
  response: Pick<CallResponse, 'body' | 'request'>,
): ReceivedResource {
  const resource = response.body as ReceivedResource // findResourceFault has looked
  if (typeof resource.id !== 'string') {
    resource.id = String(resource.id)
    const { method, url, path } = response.request
    const detail = `${method} ${pathOf({ url, path })}: the id of ${definition.name} is a number; it was read as text`
    takeNote(connection, { kind: 'number-id', detail }, definition.endpoint)
  }
  readValues(definition, resource)
  resource.schemas ??= [definition.schema.id]
  return resource
}
