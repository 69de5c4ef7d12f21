import type { OpenApiObject } from './describe-attributes.js'
import { headerRef, parameterRef, scimJson } from './shared-components.js'

/** Names of shared responses by status. */
export type ErrorNames = Readonly<Record<number, string>>

/** Answers that any operation may give. */
export const always: ErrorNames = {
  401: 'Unauthorized',
  403: 'Forbidden',
  429: 'TooManyRequests',
  500: 'InternalError',
}

/** Answers to a body that is not right. */
export const onWrite: ErrorNames = { 400: 'BadRequest', 413: 'PayloadTooLarge' }

/** What an operation is made of. */
export interface OperationParts {
  readonly tags: readonly string[]
  /** Component names. */
  readonly parameters?: readonly string[]
  /** Schema of the body. */
  readonly body?: OpenApiObject
  readonly responses: OpenApiObject
}

/**
 * Describes an operation; its body may come as SCIM's media type or as plain JSON.
 *
 * @param operationId Its own name.
 * @param summary One sentence.
 * @param parts Tags, parameters, body and responses.
 * @returns The operation.
 */
export function describe(
  operationId: string,
  summary: string,
  { tags, parameters, body, responses }: OperationParts,
): OpenApiObject {
  return {
    operationId,
    summary,
    tags,
    ...(parameters && { parameters: parameters.map(parameterRef) }),
    ...(body && {
      requestBody: { required: true, content: { [scimJson]: { schema: body }, 'application/json': { schema: body } } },
    }),
    responses,
  }
}

/**
 * Points to shared responses.
 *
 * @param names Names of the components by status.
 * @returns Responses by status.
 */
export function refs(names: ErrorNames): OpenApiObject {
  return Object.fromEntries(
    Object.entries(names).map(([status, name]) => [status, { $ref: `#/components/responses/${name}` }]),
  )
}

/**
 * Describes a response with a body.
 *
 * @param description One sentence.
 * @param schema Schema of the body.
 * @returns The response.
 */
export function answer(description: string, schema: OpenApiObject): OpenApiObject {
  return { description, content: { [scimJson]: { schema } } }
}

/**
 * Describes a response with a resource, its location and its entity tag.
 *
 * @param description One sentence.
 * @param schema Schema of the resource.
 * @returns The response.
 */
export function resourceAnswer(description: string, schema: OpenApiObject): OpenApiObject {
  return { ...answer(description, schema), headers: { Location: headerRef('Location'), ETag: headerRef('ETag') } }
}

/**
 * Describes a response without a body.
 *
 * @param description One sentence.
 * @returns The response, with the entity tag of the resource.
 */
export function withoutBody(description: string): OpenApiObject {
  return { description, headers: { ETag: headerRef('ETag') } }
}
