import { isObject, type JsonObject } from '@scimkit/core/internal'
import { urns } from '@scimkit/core/schema'
import type { CallResponse } from '../transport/call.js'
import { hasSchema, isErrorBody } from '../transport/error-body.js'
import { type ReceivedResource, type ResourceReading, readId, readResource } from './read-resource.js'

/**
 * Tells whether a body is a list of resources. `Resources` may be missing or `null` where there are none.
 *
 * @param body Parsed body of a response with status 2xx.
 * @returns The fault, as the end of a sentence about the response; `undefined` when there is none.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2
 */
export function findListFault(body: unknown): string | undefined {
  if (!isObject(body)) return 'is not a list'
  if (isErrorBody(body)) return 'is an error with the status of success'
  const { Resources, totalResults } = body
  const empty = Resources === null || (Resources === undefined && saysList(body, totalResults))
  if (!empty && !Array.isArray(Resources)) return 'is not a list'
  const complete = listed(body).every((resource) => isObject(resource) && readId(resource) !== undefined)
  return complete ? undefined : 'lists a resource without an id'
}

function saysList(body: JsonObject, totalResults: unknown): boolean {
  return totalResults !== undefined || hasSchema(body, urns.listResponse)
}

/**
 * @param reading Definition of the resources, and the connection they came over.
 * @param response CallResponse whose body has passed {@link findListFault}.
 * @returns Its resources, each read by its definition.
 */
export function resourcesOf(reading: ResourceReading, { body, request }: CallResponse): ReceivedResource[] {
  return listed(body).map((resource) => readResource(reading, { body: resource, request }))
}

function listed(body: unknown): readonly unknown[] {
  return (body as { Resources?: unknown[] | null }).Resources ?? [] // findListFault has looked
}
