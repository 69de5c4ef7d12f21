import type { OpenApiObject } from './describe-attributes.js'
import { schemaRef, text, whole } from './schema-object.js'

/** Media type of every SCIM body. @see https://www.rfc-editor.org/rfc/rfc7644#section-3.8 */
export const scimJson = 'application/scim+json'

const names = { type: 'array', items: text }

/**
 * Parameters of operations by component name.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2
 * @see https://www.rfc-editor.org/rfc/rfc9865#section-2
 */
export const sharedParameters: OpenApiObject = /* @__PURE__ */ (() => ({
  filter: query('filter', text, 'Filter that resources must match, such as userName eq "ada".'),
  sortBy: query('sortBy', text, 'Attribute path to sort by.'),
  sortOrder: query(
    'sortOrder',
    { ...text, enum: ['ascending', 'descending'], default: 'ascending' },
    'Order of sorting.',
  ),
  startIndex: query('startIndex', { ...whole, default: 1 }, '1-based index of the first result.'),
  count: query('count', whole, 'Largest number of resources in the page.'),
  cursor: query('cursor', text, 'Cursor of the page; empty for the first.'),
  attributes: { ...query('attributes', names, 'Attribute paths to return, with commas between.'), explode: false },
  excludedAttributes: {
    ...query('excludedAttributes', names, 'Attribute paths to leave out, with commas between.'),
    explode: false,
  },
  id: { name: 'id', in: 'path', required: true, schema: text, description: 'Identifier of the resource.' },
  ifMatch: header('If-Match', 'Entity tags of which the resource must have one; else 412.'),
  ifNoneMatch: header('If-None-Match', 'Entity tags that the client knows; 304 where the resource has one of them.'),
}))()

/** Names of the parameters of a query. */
export const listQuery: readonly string[] = [
  'filter',
  'sortBy',
  'sortOrder',
  'startIndex',
  'count',
  'cursor',
  'attributes',
  'excludedAttributes',
]

/** Headers of responses by component name. */
export const sharedHeaders: OpenApiObject = /* @__PURE__ */ (() => ({
  ETag: { schema: text, description: 'Entity tag, the same as meta.version.' },
  Location: { schema: { type: 'string', format: 'uri' }, description: 'URI of the resource.' },
  RetryAfter: { schema: text, description: 'Seconds to wait, or a date.' },
  Authenticate: { schema: text, description: 'Authentication schemes that the service provider accepts.' },
}))()

/**
 * Responses that many operations share, by component name.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.12
 */
export const sharedResponses: OpenApiObject = /* @__PURE__ */ (() => ({
  NotModified: { description: 'The client knows this version.', headers: { ETag: headerRef('ETag') } },
  PermanentRedirect: { description: 'The resource lives elsewhere.', headers: { Location: headerRef('Location') } },
  BadRequest: error('The request is wrong; scimType tells how.'),
  Unauthorized: error('Credentials are missing or wrong.', { 'WWW-Authenticate': headerRef('Authenticate') }),
  Forbidden: error('The client may not do this.'),
  NotFound: error('There is no such resource or endpoint.'),
  Conflict: error('Another resource has a value that must be unique, or the resource has changed.'),
  PreconditionFailed: error('The resource has another version than If-Match names.'),
  PayloadTooLarge: error('The body has more bytes or operations than the service provider accepts.'),
  TooManyRequests: error('The client sends too much; it may try again later.', {
    'Retry-After': headerRef('RetryAfter'),
  }),
  InternalError: error('The service provider failed.'),
  NotImplemented: error('The service provider does not support this.'),
}))()

/**
 * Points to a shared parameter.
 *
 * @param name Name of the component.
 * @returns The reference.
 */
export function parameterRef(name: string): OpenApiObject {
  return { $ref: `#/components/parameters/${name}` }
}

/**
 * Points to a shared header.
 *
 * @param name Name of the component.
 * @returns The reference.
 */
export function headerRef(name: string): OpenApiObject {
  return { $ref: `#/components/headers/${name}` }
}

function query(name: string, schema: OpenApiObject, description: string): OpenApiObject {
  return { name, in: 'query', required: false, schema, description }
}

function header(name: string, description: string): OpenApiObject {
  return { name, in: 'header', required: false, schema: text, description }
}

function error(description: string, headers?: OpenApiObject): OpenApiObject {
  return { description, ...(headers && { headers }), content: { [scimJson]: { schema: schemaRef('Error') } } }
}
