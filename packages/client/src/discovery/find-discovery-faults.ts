import { isObject, type JsonObject } from '@scimkit/core/internal'
import { foldCase, type ResourceDefinition, type SchemaDefinition } from '@scimkit/core/schema'
import { compareAttributes, type FindingWeight, type Report } from './compare-attributes.js'

/** Where a document of the server is missing, at odds with another one, or with the client's definitions. */
export interface DiscoveryFinding {
  readonly document: 'ServiceProviderConfig' | 'ResourceTypes' | 'Schemas'
  /** Such as `bulk.maxOperations`, `User.schema` or `urn:…:User:emails.type`; empty for the document as a whole. */
  readonly path: string
  readonly detail: string
  readonly weight: FindingWeight
}

/** The documents as they came, whatever they are. */
export interface DiscoveryDocuments {
  readonly serviceProviderConfig: unknown
  readonly resourceTypes: unknown
  readonly schemas: unknown
}

/**
 * Compares the discovery documents with the RFC, with each other and with definitions. Whether the server then does
 * what it says cannot be seen here.
 *
 * @param documents The documents.
 * @param definitions What the client takes the server's resources for.
 * @returns What does not fit, nothing where all fits.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-5
 */
export function findDiscoveryFaults(
  documents: DiscoveryDocuments,
  definitions: readonly ResourceDefinition[],
): DiscoveryFinding[] {
  const findings: DiscoveryFinding[] = []
  const reportIn = (document: DiscoveryFinding['document']): Report => {
    return (path, detail, weight = 'fault') => findings.push({ document, path, detail, weight })
  }
  const { serviceProviderConfig, resourceTypes, schemas } = documents
  checkConfig(serviceProviderConfig, reportIn('ServiceProviderConfig'))
  const types = checkList(resourceTypes, reportIn('ResourceTypes'))
  const known = checkList(schemas, reportIn('Schemas'))
  if (types) checkTypes(types, { known, definitions }, reportIn('ResourceTypes'))
  if (known) {
    const wanted = definitions.flatMap(({ schema, extensions }) => [
      schema,
      ...extensions.map((e) => e.extension.schema),
    ])
    for (const schema of new Set(wanted)) checkSchema(schema, findById(known, schema.id), reportIn('Schemas'))
  }
  return findings
}

function checkConfig(config: unknown, report: Report): void {
  if (!isObject(config)) {
    report('', 'is missing')
    return
  }
  for (const feature of ['patch', 'bulk', 'filter', 'changePassword', 'sort', 'etag']) {
    const said = config[feature]
    if (!isObject(said)) report(feature, 'is missing')
    else if (typeof said.supported !== 'boolean') report(`${feature}.supported`, 'is neither true nor false')
  }
  checkLimits(config, { feature: 'bulk', limits: ['maxOperations', 'maxPayloadSize'] }, report)
  checkLimits(config, { feature: 'filter', limits: ['maxResults'] }, report)
  if (!Array.isArray(config.authenticationSchemes)) report('authenticationSchemes', 'is missing', 'difference')
  if (isObject(config.pagination)) checkPagination(config.pagination, report)
}

function checkLimits(
  config: JsonObject,
  { feature, limits }: { readonly feature: string; readonly limits: readonly string[] },
  report: Report,
): void {
  const said = config[feature]
  if (!isObject(said) || said.supported !== true) return
  for (const limit of limits) {
    const value = said[limit]
    if (!(typeof value === 'number' && value > 0))
      report(`${feature}.${limit}`, 'is not a number above 0, yet the feature is supported')
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc9865#section-4 */
function checkPagination(pagination: JsonObject, report: Report): void {
  const { defaultPaginationMethod: usual, defaultPageSize, maxPageSize } = pagination
  for (const method of ['cursor', 'index']) {
    if (typeof pagination[method] !== 'boolean') report(`pagination.${method}`, 'is neither true nor false')
    if (usual === method && pagination[method] === false) {
      report('pagination.defaultPaginationMethod', `is ${method}, which is not supported`)
    }
  }
  if (typeof defaultPageSize === 'number' && typeof maxPageSize === 'number' && defaultPageSize > maxPageSize) {
    report('pagination.defaultPageSize', 'is larger than maxPageSize')
  }
}

function checkList(list: unknown, report: Report): JsonObject[] | undefined {
  if (list === undefined) report('', 'is missing')
  else if (!Array.isArray(list)) report('', 'is not a list')
  return Array.isArray(list) ? list.filter(isObject) : undefined
}

function checkTypes(
  types: readonly JsonObject[],
  {
    known,
    definitions,
  }: { readonly known: JsonObject[] | undefined; readonly definitions: readonly ResourceDefinition[] },
  report: Report,
): void {
  for (const type of types) {
    const name = String(type.name ?? type.id ?? '')
    for (const member of ['name', 'endpoint', 'schema']) {
      if (typeof type[member] !== 'string') report(`${name}.${member}`, 'is missing')
    }
    for (const urn of [type.schema, ...extensionsOf(type)]) {
      if (known && typeof urn === 'string' && !findById(known, urn))
        report(name, `names the schema ${urn}, which /Schemas lacks`)
    }
  }
  for (const { name, endpoint, schema, extensions } of definitions) {
    const type = types.find((candidate) => pathOf(candidate.endpoint) === pathOf(endpoint))
    if (!type) {
      report(name, `has no resource type at ${endpoint}`)
      continue
    }
    if (!sameUrn(type.schema, schema.id)) report(`${name}.schema`, `is not ${schema.id}`)
    for (const { extension } of extensions) {
      if (!extensionsOf(type).some((urn) => sameUrn(urn, extension.urn)))
        report(`${name}.schemaExtensions`, `lacks ${extension.urn}`)
    }
  }
}

function extensionsOf({ schemaExtensions }: JsonObject): unknown[] {
  return Array.isArray(schemaExtensions) ? schemaExtensions.filter(isObject).map(({ schema }) => schema) : []
}

/** Endpoints are relative by the RFC; some servers send whole URLs, or leave the slash out. */
function pathOf(endpoint: unknown): string {
  return String(endpoint).split('/').filter(Boolean).pop() ?? ''
}

function findById(schemas: readonly JsonObject[], urn: string): JsonObject | undefined {
  return schemas.find(({ id }) => sameUrn(id, urn))
}

function sameUrn(value: unknown, urn: string): boolean {
  return typeof value === 'string' && foldCase(value) === foldCase(urn)
}

function checkSchema(wanted: SchemaDefinition, said: JsonObject | undefined, report: Report): void {
  if (said) compareAttributes(wanted.attributes, said.attributes, { report, prefix: `${wanted.id}:`, readOnly: false })
  else report(wanted.id, 'is missing')
}
