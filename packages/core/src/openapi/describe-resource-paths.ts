import type { OpenApiObject } from './describe-attributes.js'
import { always, answer, describe, onWrite, refs, resourceAnswer, withoutBody } from './describe-operation.js'
import { schemaRef } from './schema-object.js'
import { listQuery, parameterRef } from './shared-components.js'

/** A resource type as its endpoints need it. */
export interface ResourceEndpoint {
  /** Name of the resource type. */
  readonly name: string
  /** End of its operation ids, such as `User` in `getUser`. */
  readonly operation: string
  /** Path below the service root. */
  readonly endpoint: string
  /** Component names. */
  readonly output: string
  readonly input: string
  readonly list: string
}

const projection = ['attributes', 'excludedAttributes']
const onResource = { 404: 'NotFound' }
const onChange = { 409: 'Conflict', 412: 'PreconditionFailed' }

/**
 * Describes the endpoints of a resource type.
 *
 * @param resource The resource type.
 * @returns Path items by path.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.2
 */
export function describeResourcePaths(resource: ResourceEndpoint): OpenApiObject {
  const { name, endpoint, operation, output, input, list } = resource
  const tags = [name]
  const page = answer('One page of the matches.', schemaRef(list))
  return {
    [endpoint]: {
      get: describe(`list${operation}`, `Lists resources of the type ${name}.`, {
        tags,
        parameters: listQuery,
        responses: { 200: page, ...refs({ 400: 'BadRequest', ...always, 501: 'NotImplemented' }) },
      }),
      post: describe(`create${operation}`, `Creates a resource of the type ${name}.`, {
        tags,
        parameters: projection,
        body: schemaRef(input),
        responses: {
          201: resourceAnswer('The new resource.', schemaRef(output)),
          ...refs({ ...onWrite, ...always, 409: 'Conflict' }),
        },
      }),
    },
    [`${endpoint}/.search`]: {
      post: describe(`search${operation}`, `Lists resources of the type ${name}; the query is in the body.`, {
        tags,
        body: schemaRef('SearchRequest'),
        responses: { 200: page, ...refs({ ...onWrite, ...always, 501: 'NotImplemented' }) },
      }),
    },
    [`${endpoint}/{id}`]: {
      parameters: [parameterRef('id')],
      ...describeResource(operation, { tags, output: schemaRef(output), input: schemaRef(input) }),
    },
  }
}

/**
 * Describes the endpoint of the resource that the client itself is.
 *
 * @param output Schema of the resource.
 * @param input Schema of a body.
 * @returns The path item of `/Me`.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.11
 */
export function describeMe(output: OpenApiObject, input: OpenApiObject): OpenApiObject {
  const tags = ['Me']
  const elsewhere = refs({ 308: 'PermanentRedirect', 501: 'NotImplemented' })
  return {
    ...describeResource('Me', { tags, output, input, elsewhere }),
    post: describe('createMe', 'Creates the resource of the client itself.', {
      tags,
      parameters: projection,
      body: input,
      responses: {
        201: resourceAnswer('The new resource.', output),
        ...elsewhere,
        ...refs({ ...onWrite, ...always, 409: 'Conflict' }),
      },
    }),
  }
}

interface ResourceBodies {
  readonly tags: readonly string[]
  readonly output: OpenApiObject
  readonly input: OpenApiObject
  /** Answers beside the usual ones. */
  readonly elsewhere?: OpenApiObject
}

/** GET, PUT, PATCH and DELETE of one resource. */
function describeResource(operation: string, { tags, output, input, elsewhere = {} }: ResourceBodies): OpenApiObject {
  const resource = resourceAnswer('The resource.', output)
  const errors = { ...elsewhere, ...refs({ ...onWrite, ...always, ...onResource, ...onChange }) }
  return {
    get: describe(`get${operation}`, 'Reads the resource.', {
      tags,
      parameters: [...projection, 'ifNoneMatch'],
      responses: {
        200: resource,
        ...elsewhere,
        ...refs({ 304: 'NotModified', 400: 'BadRequest', ...always, ...onResource }),
      },
    }),
    put: describe(`replace${operation}`, 'Replaces the resource.', {
      tags,
      parameters: [...projection, 'ifMatch'],
      body: input,
      responses: { 200: resource, ...errors },
    }),
    patch: describe(`patch${operation}`, 'Changes the resource.', {
      tags,
      parameters: [...projection, 'ifMatch'],
      body: schemaRef('PatchOp'),
      responses: {
        200: resource,
        204: withoutBody('The resource is changed.'),
        ...errors,
        ...refs({ 501: 'NotImplemented' }),
      },
    }),
    delete: describe(`delete${operation}`, 'Deletes the resource.', {
      tags,
      parameters: ['ifMatch'],
      responses: {
        204: { description: 'The resource is gone.' },
        ...elsewhere,
        ...refs({ ...always, ...onResource, ...onChange }),
      },
    }),
  }
}
