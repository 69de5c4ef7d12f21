import { urns } from '../urns.js'
import type { OpenApiObject } from './describe-attributes.js'
import { flag, message, open, schemaRef, text, uri, whole } from './schema-object.js'

/**
 * The schemas of discovery documents by component name.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-5
 */
export const discoveryComponents: OpenApiObject = /* @__PURE__ */ (() => ({
  Meta: {
    type: 'object',
    description: 'Facts about a resource that its service provider keeps.',
    readOnly: true,
    properties: {
      resourceType: text,
      created: { ...text, format: 'date-time' },
      lastModified: { ...text, format: 'date-time' },
      location: uri,
      version: { ...text, description: 'Entity tag, quotes and W/ included.' },
    },
  },
  ServiceProviderConfig: describeServiceProviderConfig(),
  AuthenticationScheme: {
    type: 'object',
    properties: {
      type: { ...text, ...open(['oauth', 'oauth2', 'oauthbearertoken', 'httpbasic', 'httpdigest']) },
      name: text,
      description: text,
      specUri: uri,
      documentationUri: uri,
      primary: flag,
    },
    required: ['type', 'name', 'description'],
  },
  Pagination: {
    type: 'object',
    description: 'Paging methods and limits (RFC 9865).',
    properties: {
      cursor: flag,
      index: flag,
      defaultPaginationMethod: { ...text, ...open(['cursor', 'index']) },
      defaultPageSize: whole,
      maxPageSize: whole,
      cursorTimeout: { ...whole, description: 'Seconds that a cursor lasts at least.' },
    },
    required: ['cursor', 'index'],
  },
  ResourceType: message(
    urns.resourceType,
    'A type of resources: where it lives and which schemas it has.',
    {
      id: text,
      meta: schemaRef('Meta'),
      name: text,
      description: text,
      endpoint: { ...uri, description: 'Path below the service root.' },
      schema: { ...uri, description: 'URN of the base schema.' },
      schemaExtensions: {
        type: 'array',
        items: { type: 'object', properties: { schema: uri, required: flag }, required: ['schema', 'required'] },
      },
    },
    ['name', 'endpoint', 'schema'],
  ),
  Schema: message(
    urns.schema,
    'Definition of the attributes that a resource may have.',
    {
      id: { ...uri, description: 'URN of the schema.' },
      meta: schemaRef('Meta'),
      name: text,
      description: text,
      attributes: { type: 'array', items: schemaRef('Attribute') },
    },
    ['id', 'attributes'],
  ),
  Attribute: {
    type: 'object',
    description: 'Characteristics of an attribute.',
    properties: {
      name: text,
      type: {
        ...text,
        enum: ['string', 'boolean', 'decimal', 'integer', 'dateTime', 'binary', 'reference', 'complex'],
      },
      multiValued: flag,
      description: text,
      required: flag,
      canonicalValues: { type: 'array', items: text },
      caseExact: flag,
      mutability: { ...text, enum: ['readOnly', 'readWrite', 'immutable', 'writeOnly'] },
      returned: { ...text, enum: ['always', 'never', 'default', 'request'] },
      uniqueness: { ...text, enum: ['none', 'server', 'global'] },
      referenceTypes: { type: 'array', items: text },
      subAttributes: { type: 'array', items: schemaRef('Attribute') },
    },
    required: ['name', 'type', 'multiValued'],
  },
}))()

function describeServiceProviderConfig(): OpenApiObject {
  const feature = (members: OpenApiObject = {}) => ({
    type: 'object',
    properties: { supported: flag, ...members },
    required: ['supported', ...Object.keys(members)],
  })
  const members = {
    documentationUri: uri,
    patch: feature(),
    bulk: feature({ maxOperations: whole, maxPayloadSize: whole }),
    filter: feature({ maxResults: whole }),
    changePassword: feature(),
    sort: feature(),
    etag: feature(),
    authenticationSchemes: { type: 'array', items: schemaRef('AuthenticationScheme') },
    pagination: schemaRef('Pagination'),
    meta: schemaRef('Meta'),
  }
  const optional = ['documentationUri', 'pagination', 'meta']
  const required = Object.keys(members).filter((name) => !optional.includes(name))
  return message(urns.serviceProviderConfig, 'What the service provider supports.', members, required)
}
