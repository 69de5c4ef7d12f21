import { type ResourceDefinition, urns } from '@scimkit/core/schema'
import type { Answer } from './call.js'
import { readBooleans } from './read-booleans.js'

/** A resource as it came: an object with an id, and perhaps anything else. */
export type ReceivedResource = Record<string, unknown> & { id: string }

/**
 * Looks whether a body is one resource.
 *
 * @param body Parsed body of an answer with status 2xx.
 * @param id Id that the resource must have, when it is known.
 * @returns What makes it none; `undefined` when it is one.
 */
export function findResourceFault(body: unknown, id?: string): string | undefined {
  if (!isObject(body)) return 'is no resource'
  if (saysSchema(body, urns.error)) return 'is an error with the status of success'
  if (saysSchema(body, urns.listResponse) || Array.isArray(body.Resources)) return 'is a list in place of a resource'
  if (typeof body.id !== 'string' || body.id === '') return 'is a resource without an id'
  return id === undefined || body.id === id ? undefined : 'is another resource than the one asked for'
}

/**
 * Gives the resource of an answer that has passed {@link findResourceFault}; `schemas` is added where a server leaves
 * it out, and booleans in text become booleans.
 *
 * @param definition Definition of the resource.
 * @param answer The answer.
 * @returns The resource.
 */
export function readResource(definition: ResourceDefinition, answer: Pick<Answer, 'body'>): ReceivedResource {
  const resource = answer.body as ReceivedResource // findResourceFault has looked
  resource.schemas ??= [definition.schema.id]
  readBooleans(definition, resource)
  return resource
}

/**
 * @param body Body of an answer.
 * @param urn URN of a message.
 * @returns Whether its `schemas` name the message; some servers send them as one text, even with JSON in it.
 */
export function saysSchema({ schemas }: Readonly<Record<string, unknown>>, urn: string): boolean {
  return Array.isArray(schemas) ? schemas.includes(urn) : typeof schemas === 'string' && schemas.includes(urn)
}

/**
 * @param value Anything.
 * @returns Whether it is an object with members, and no list.
 */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
