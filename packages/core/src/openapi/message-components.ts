import { urns } from '../urns.js'
import type { OpenApiObject } from './describe-attributes.js'
import { message, open, schemaRef, text, uri, whole } from './schema-object.js'

const scimTypes = [
  'invalidFilter',
  'tooMany',
  'uniqueness',
  'mutability',
  'invalidSyntax',
  'invalidPath',
  'noTarget',
  'invalidValue',
  'invalidVers',
  'sensitive',
  'invalidCursor',
  'expiredCursor',
  'invalidCount',
]

/**
 * Describes the response to a query.
 *
 * @param item Schema of one resource.
 * @returns The object schema.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2
 */
export function describeListResponse(item: OpenApiObject): OpenApiObject {
  return message(
    urns.listResponse,
    'One page of resources.',
    {
      totalResults: { ...whole, minimum: 0, description: 'Number of all matches; optional where paging is by cursor.' },
      startIndex: { ...whole, minimum: 1, description: '1-based index of the first resource of this page.' },
      itemsPerPage: { ...whole, minimum: 0, description: 'Number of resources in this page.' },
      nextCursor: { ...text, description: 'Cursor of the next page; absent on the last one.' },
      previousCursor: { ...text, description: 'Cursor of the page before.' },
      Resources: { type: 'array', items: item },
    },
    [],
  )
}

/**
 * The schemas of messages by component name.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.1
 */
export const messageComponents: OpenApiObject = /* @__PURE__ */ (() => ({
  Error: message(
    urns.error,
    'An error.',
    {
      status: { ...text, pattern: '^[1-5][0-9]{2}$', description: 'HTTP status as text.' },
      scimType: { ...text, description: 'Keyword that narrows the status.', ...open(scimTypes) },
      detail: { ...text, description: 'Sentence for people.' },
    },
    ['status'],
  ),
  SearchRequest: message(
    urns.searchRequest,
    'A query sent by POST.',
    {
      attributes: {
        type: 'array',
        items: text,
        description: 'Attribute paths to return beside those always returned.',
      },
      excludedAttributes: { type: 'array', items: text, description: 'Attribute paths to leave out.' },
      filter: { ...text, description: 'Filter that resources must match.' },
      sortBy: { ...text, description: 'Attribute path to sort by.' },
      sortOrder: { ...text, enum: ['ascending', 'descending'] },
      startIndex: { ...whole, description: '1-based index of the first result.' },
      count: { ...whole, description: 'Largest number of resources in the page.' },
      cursor: { ...text, description: 'Cursor of the page; empty for the first.' },
    },
    [],
  ),
  PatchOp: message(
    urns.patchOp,
    'Changes to a resource, applied in order, all or none.',
    { Operations: { type: 'array', minItems: 1, items: schemaRef('PatchOperation') } },
    ['Operations'],
  ),
  PatchOperation: {
    type: 'object',
    properties: {
      op: { ...text, enum: ['add', 'remove', 'replace'] },
      path: { ...text, description: 'Attribute path or value path; required for remove.' },
      value: { description: 'What is added or put in place.' },
    },
    required: ['op'],
  },
  BulkRequest: message(
    urns.bulkRequest,
    'Several operations in one request.',
    {
      failOnErrors: { ...whole, description: 'Number of errors after which the service provider stops.' },
      Operations: { type: 'array', items: schemaRef('BulkRequestOperation') },
    },
    ['Operations'],
  ),
  BulkRequestOperation: {
    type: 'object',
    properties: {
      method: { ...text, enum: ['POST', 'PUT', 'PATCH', 'DELETE'] },
      bulkId: { ...text, description: 'Name by which other operations refer to the resource; required for POST.' },
      version: { ...text, description: 'Expected entity tag of the resource.' },
      path: { ...text, description: 'Path below the service root, such as /Users or /Users/{id}.' },
      data: { description: 'Body of the operation.' },
    },
    required: ['method', 'path'],
  },
  BulkResponse: message(
    urns.bulkResponse,
    'Outcome of a bulk request.',
    { Operations: { type: 'array', items: schemaRef('BulkResponseOperation') } },
    ['Operations'],
  ),
  BulkResponseOperation: {
    type: 'object',
    properties: {
      method: text,
      bulkId: text,
      version: text,
      location: uri,
      status: { ...text, pattern: '^[1-5][0-9]{2}$' },
      response: { description: 'Body of the response; an error where the operation failed.' },
    },
    required: ['method', 'status'],
  },
}))()
