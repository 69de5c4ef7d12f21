import { isObject, type JsonObject } from '../json.js'
import { defineSchema } from '../schema/schema-definition.js'
import { foldCase } from '../text/fold-case.js'
import { urns } from '../urns.js'
import { chooseSchemas, type SchemaChoice } from './choose-schemas.js'
import { type DocumentFault, DocumentFaults, showValue } from './document-faults.js'
import { isResourceType, listDocuments, placeOf, sameUrn } from './list-documents.js'
import { isEmptyExtension } from './nest-schemas.js'
import { readAttributes } from './read-attribute.js'
import { MemberReader, memberOf } from './read-member.js'
import { readResourceType } from './read-resource-type.js'
import type { ResourceTypeDocument, SchemaDocument } from './schema-document.js'

/** Options of {@link readSchemas}. */
export interface ReadOptions extends SchemaChoice {
  /** Takes what vendors publish beyond the RFC, each with a warning. */
  readonly lenient?: boolean | undefined
}

/** What a document held. */
export interface SchemaReading {
  readonly schemas: readonly SchemaDocument[]
  readonly resourceTypes: readonly ResourceTypeDocument[]
  /** URIs of the schemas that were not chosen. */
  readonly leftOut: readonly string[]
  /** Empty when everything is sound; otherwise the schemas are not fit for use. */
  readonly faults: readonly DocumentFault[]
  readonly warnings: readonly DocumentFault[]
}

const schemaMembers = ['id', 'name', 'description', 'attributes']
const longestName = 256
/** Some servers list schemas without attributes; nothing can be made of them, and nothing needs them. */
const noSchema = 'no schema, so it is left out'
const schemaForm = 'a schema has the form of RFC 7643 §7, with "id" and a list "attributes"'

/**
 * Reads and checks schema and resource type documents: a single one, a list, or a ListResponse of them.
 *
 * @param document Parsed JSON.
 * @param options How tolerant the reading is.
 * @returns The schemas and resource types, with every fault by attribute path.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-7
 */
export function readSchemas(document: unknown, options: ReadOptions = {}): SchemaReading {
  const faults = new DocumentFaults(options.lenient ?? false)
  const schemas: SchemaDocument[] = []
  const resourceTypes: ResourceTypeDocument[] = []
  const leftOut: string[] = []
  const chosen = chooseSchemas(options)
  const known = new Map<string, number>()
  const sources = listDocuments(document, faults)
  for (const [position, source] of sources.entries()) {
    const place = sources.length === 1 ? '' : placeOf(source, position)
    if (!isObject(source)) {
      faults.add(place, `a schema must be an object, not ${showValue(source)}; ${schemaForm}`)
    } else if (isResourceType(source)) {
      if (isServedAnyway(source)) {
        faults.note(place, sayServedAnyway(source))
        continue
      }
      const resourceType = readResourceType(source, place, faults)
      if (!resourceType) continue
      const schemaExtensions = resourceType.schemaExtensions.filter(({ schema }) => chosen.refersTo(schema))
      if (chosen.refersTo(resourceType.schema)) resourceTypes.push({ ...resourceType, schemaExtensions })
      leftOut.push(...urnsOf(resourceType).filter((urn) => !chosen.refersTo(urn)))
    } else if (!chosen.has(memberOf(source, 'id'))) {
      leftOut.push(String(memberOf(source, 'id')))
    } else {
      const schema = readSchema(source, place, faults)
      if (!schema) continue
      schemas.push(schema)
      checkTwin(schema, position, { known, faults })
    }
  }
  return { schemas, resourceTypes, leftOut, faults: faults.faults, warnings: faults.warnings }
}

function urnsOf({ schema, schemaExtensions }: ResourceTypeDocument): readonly string[] {
  return [schema, ...schemaExtensions.map((extension) => extension.schema)]
}

/** What every service provider serves by itself, and the alias `/Me` (RFC 7644 §3.11, §4). */
const ownEndpoints: ReadonlySet<string> = new Set(
  ['Schemas', 'ResourceTypes', 'ServiceProviderConfig', 'ServiceProviderConfigs', 'Me'].map(foldCase),
)
const ownSchemas: ReadonlySet<string> = new Set(
  [urns.schema, urns.resourceType, urns.serviceProviderConfig].map(foldCase),
)

/** Some publish resource types for the discovery endpoints and for `/Me`, as if they were types of resources. */
function isServedAnyway(source: JsonObject): boolean {
  const [endpoint, schema] = [memberOf(source, 'endpoint'), memberOf(source, 'schema')]
  if (typeof endpoint !== 'string') return false
  const isDiscovery = typeof schema === 'string' && ownSchemas.has(foldCase(schema))
  const name = isDiscovery ? endpoint.split('/').at(-1) : endpoint.replace(/^\//, '')
  return ownEndpoints.has(foldCase(name ?? ''))
}

function sayServedAnyway(source: JsonObject): string {
  const endpoint = showValue(memberOf(source, 'endpoint') ?? memberOf(source, 'name'))
  return `the resource type of ${endpoint} is ignored; a service provider serves it without one`
}

function readSchema(source: JsonObject, place: string, faults: DocumentFaults): SchemaDocument | undefined {
  const member = new MemberReader(source, place, faults).checkSpelling(schemaMembers)
  const attributes = member.get('attributes') ?? (isEmptyExtension(source) ? [] : undefined)
  if (!Array.isArray(attributes)) {
    const readAs = attributes === undefined && isNamedSchema(member) ? noSchema : undefined
    const what = attributes === undefined ? 'missing' : showValue(attributes)
    faults.add(place, `attributes is ${what}; ${schemaForm}`, readAs)
    return undefined
  }
  if (isVersion1(member)) return undefined
  if (attributes.length === 0 && !isEmptyExtension(source)) {
    faults.add(place, 'attributes is empty; list at least one attribute', noSchema)
    if (faults.lenient) return undefined
  }
  checkSchemas(member)
  const id = member.uri('id', 'id is missing; add the URI of the schema as "id"')
  const description = member.text('description')
  const descriptions = new Map<string, string>()
  const prefix = place === '' ? '' : `${place}:`
  const declarations = readAttributes(attributes, '', {
    faults,
    prefix,
    nesting: id === urns.schema,
    nestedExtensions: !/:core:/i.test(id ?? ''),
    depth: 0,
    descriptions,
  })
  const name = readName(member, id)
  if (id === undefined) return undefined
  return {
    definition: defineSchema({ id, name, attributes: declarations }),
    descriptions: { description, attributes: Object.freeze(Object.fromEntries(descriptions)) },
    source,
  }
}

/** A resource has no attributes either, and is not a schema that could be left out. */
function isNamedSchema(member: MemberReader): boolean {
  return namesSchema(member.get('schemas')) && typeof member.get('id') === 'string'
}

function namesSchema(schemas: unknown): boolean {
  return Array.isArray(schemas) && schemas.some((urn) => typeof urn === 'string' && sameUrn(urn, urns.schema))
}

function isVersion1({ source, path, faults }: MemberReader): boolean {
  const id = memberOf(source, 'id')
  if (typeof id !== 'string' || !/^urn:scim:schemas:(core|extension):/i.test(id)) return false
  faults.add(path, `id is ${showValue(id)}, a schema of SCIM 1.1; write the schema in the form of RFC 7643 §7`)
  return true
}

function checkSchemas(member: MemberReader): void {
  const schemas = member.get('schemas')
  if (schemas === undefined) return
  if (!namesSchema(schemas))
    member.faults.add(member.path, `schemas is ${showValue(schemas)}; write ["${urns.schema}"]`, 'that')
}

/** The name is optional (RFC 7643 §7); the last part of the URN stands in for it. */
function readName(member: MemberReader, id: string | undefined): string {
  const name = member.text('name')
  if (name !== undefined && name.length > longestName) {
    member.faults.add(member.path, `the name has ${name.length} characters; ${longestName} are allowed`)
  }
  return name || (id ?? '').split(':').at(-1) || 'Schema'
}

/** Positions of the schemas so far, by folded id. */
interface TwinCheck {
  readonly known: Map<string, number>
  readonly faults: DocumentFaults
}

function checkTwin({ definition }: SchemaDocument, position: number, { known, faults }: TwinCheck): void {
  const id = foldCase(definition.id)
  const first = known.get(id)
  if (first === undefined) known.set(id, position)
  else faults.add(definition.id, `entries [${first}] and [${position}] are the same schema; remove one of the two`)
}
