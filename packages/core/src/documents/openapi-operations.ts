import type { OpenApiObject } from './openapi-attributes.js'
import { headerRef, parameterRef, scimJson } from './openapi-shared.js'
import { schemaRef } from './openapi-values.js'

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

const listQuery = ['filter', 'sortBy', 'sortOrder', 'startIndex', 'count', 'cursor', 'attributes', 'excludedAttributes']
const projection = ['attributes', 'excludedAttributes']

/** Answers that any operation may give. */
const always = { 401: 'Unauthorized', 403: 'Forbidden', 429: 'TooManyRequests', 500: 'InternalError' }
const onWrite = { 400: 'BadRequest', 413: 'PayloadTooLarge' }
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

/**
 * Describes the endpoints over all resource types.
 *
 * @returns Path items by path: the root, `/.search` and `/Bulk`.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.2
 */
export function describeServicePaths(): OpenApiObject {
  const page = answer('One page of the matches.', schemaRef('ListResponse'))
  const errors = refs({ ...onWrite, ...always, 501: 'NotImplemented' })
  return {
    '/': {
      get: describe('listAll', 'Lists resources of all types.', {
        tags: ['Search'],
        parameters: listQuery,
        responses: { 200: page, ...refs({ 400: 'BadRequest', ...always, 501: 'NotImplemented' }) },
      }),
    },
    '/.search': {
      post: describe('searchAll', 'Lists resources of all types; the query is in the body.', {
        tags: ['Search'],
        body: schemaRef('SearchRequest'),
        responses: { 200: page, ...errors },
      }),
    },
    '/Bulk': {
      post: describe('bulk', 'Runs several operations; each has an outcome of its own.', {
        tags: ['Bulk'],
        body: schemaRef('BulkRequest'),
        responses: { 200: answer('Outcome of each operation.', schemaRef('BulkResponse')), ...errors },
      }),
    },
  }
}

/**
 * Describes the discovery endpoints, which may be read without credentials.
 *
 * @returns Path items by path.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-4
 */
export function describeDiscoveryPaths(): OpenApiObject {
  const urn = { name: 'urn', in: 'path', required: true, schema: { type: 'string' }, description: 'URN of the schema.' }
  return {
    '/ServiceProviderConfig': {
      get: describeDiscovery(
        'getServiceProviderConfig',
        'What the service provider supports.',
        'ServiceProviderConfig',
      ),
    },
    '/ResourceTypes': { get: describeDiscovery('listResourceTypes', 'All resource types.', 'ResourceTypeList') },
    '/ResourceTypes/{id}': {
      parameters: [parameterRef('id')],
      get: describeDiscovery('getResourceType', 'One resource type.', 'ResourceType', onResource),
    },
    '/Schemas': { get: describeDiscovery('listSchemas', 'All schemas.', 'SchemaList') },
    '/Schemas/{urn}': {
      parameters: [urn],
      get: describeDiscovery('getSchema', 'One schema.', 'Schema', onResource),
    },
  }
}

function describeDiscovery(id: string, summary: string, schema: string, errors: ErrorNames = {}): OpenApiObject {
  const responses = { 200: answer(summary, schemaRef(schema)), ...refs({ ...errors, ...always }) }
  return { ...describe(id, summary, { tags: ['Discovery'], responses }), security: [{}, { bearer: [] }, { basic: [] }] }
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

interface OperationParts {
  readonly tags: readonly string[]
  /** Component names. */
  readonly parameters?: readonly string[]
  /** Schema of the body. */
  readonly body?: OpenApiObject
  readonly responses: OpenApiObject
}

function describe(
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

type ErrorNames = Readonly<Record<number, string>>

function refs(names: ErrorNames): OpenApiObject {
  return Object.fromEntries(
    Object.entries(names).map(([status, name]) => [status, { $ref: `#/components/responses/${name}` }]),
  )
}

function answer(description: string, schema: OpenApiObject): OpenApiObject {
  return { description, content: { [scimJson]: { schema } } }
}

function resourceAnswer(description: string, schema: OpenApiObject): OpenApiObject {
  return { ...answer(description, schema), headers: { Location: headerRef('Location'), ETag: headerRef('ETag') } }
}

function withoutBody(description: string): OpenApiObject {
  return { description, headers: { ETag: headerRef('ETag') } }
}
