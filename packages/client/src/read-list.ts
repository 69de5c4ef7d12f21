import { urns } from '@scimkit/core/schema'
import { isObject, type ReceivedResource, saysSchema } from './read-resource.js'

/**
 * Looks whether a body is a list of resources.
 *
 * @param body Parsed body of an answer with status 2xx.
 * @returns What makes it none; `undefined` when it is one.
 */
export function findListFault(body: unknown): string | undefined {
  if (!isObject(body)) return 'is no list'
  if (saysSchema(body, urns.error)) return 'is an error with the status of success'
  const { Resources = [] } = body
  if (!Array.isArray(Resources) || (body.Resources === undefined && body.totalResults === undefined))
    return 'is no list'
  const complete = Resources.every((resource) => isObject(resource) && typeof resource.id === 'string')
  return complete ? undefined : 'lists a resource without an id'
}

/**
 * @param body Body that has passed {@link findListFault}.
 * @returns Its resources.
 */
export function resourcesOf(body: unknown): ReceivedResource[] {
  return (body as { Resources?: ReceivedResource[] }).Resources ?? [] // findListFault has looked
}
