import type { OpenApiObject } from './describe-attributes.js'
import { always, answer, describe, type ErrorNames, onWrite, refs } from './describe-operation.js'
import { schemaRef } from './schema-object.js'
import { listQuery, parameterRef } from './shared-components.js'

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
      get: describeDiscovery('getResourceType', 'One resource type.', 'ResourceType', { 404: 'NotFound' }),
    },
    '/Schemas': { get: describeDiscovery('listSchemas', 'All schemas.', 'SchemaList') },
    '/Schemas/{urn}': {
      parameters: [urn],
      get: describeDiscovery('getSchema', 'One schema.', 'Schema', { 404: 'NotFound' }),
    },
  }
}

function describeDiscovery(id: string, summary: string, schema: string, errors: ErrorNames = {}): OpenApiObject {
  const responses = { 200: answer(summary, schemaRef(schema)), ...refs({ ...errors, ...always }) }
  return { ...describe(id, summary, { tags: ['Discovery'], responses }), security: [{}, { bearer: [] }, { basic: [] }] }
}
