import type { ResourceTypeDocument, SchemaDocument } from '../documents/schema-document.js'
import { isContainerRequiredIn } from '../schema/attribute-rules.js'
import { withCommonAttributes } from '../schema/common-attributes.js'
import { foldCase } from '../text/fold-case.js'
import { describeAttributes, type OpenApiObject } from './describe-attributes.js'
import type { ResourceEndpoint } from './describe-resource-paths.js'
import { describeListResponse } from './message-components.js'
import { schemaRef } from './schema-object.js'

/** A schema as the document needs it. */
export type OpenApiSchema = Pick<SchemaDocument, 'definition' | 'descriptions'>

/** A resource type as the document needs it. */
export type OpenApiResourceType = Omit<ResourceTypeDocument, 'source'>

/** Schemas of a document by component name; they are added one after the other. */
export type Components = Record<string, OpenApiObject>

/**
 * Adds what a resource type needs to the components: its two shapes, those of its extensions, its list.
 *
 * @param type The resource type.
 * @param schemas All schemas.
 * @param components Where they go.
 * @returns The names that its endpoints point to.
 * @throws {TypeError} When it names a schema that is not given.
 */
export function addResource(
  type: OpenApiResourceType,
  schemas: readonly OpenApiSchema[],
  components: Components,
): ResourceEndpoint {
  const base = requireSchema(schemas, type.schema)
  const name = freeName(type.name, components)
  const extensions = type.schemaExtensions.map(({ schema, required }) => {
    const document = requireSchema(schemas, schema)
    const { id: urn, attributes } = document.definition
    return { urn, required, attributes, name: addExtension(document, components) }
  })
  for (const use of ['output', 'input'] as const) {
    const attributes = withCommonAttributes(base.definition.attributes)
    const own = describeAttributes(attributes, use, base.descriptions.attributes)
    const suffix = use === 'input' ? 'Input' : ''
    const needed = extensions.filter((one) => isContainerRequiredIn(one, use)).map(({ urn }) => urn)
    const containers = extensions.map(({ urn, name }) => {
      const container = schemaRef(`${name}${suffix}`)
      return [urn, use === 'input' && !needed.includes(urn) ? { anyOf: [container, { type: 'null' }] } : container]
    })
    components[`${name}${suffix}`] = {
      ...own,
      ...(base.descriptions.description && { description: base.descriptions.description }),
      properties: {
        ...(own.properties as object), // describeAttributes always gives them
        ...(use === 'output' && { meta: schemaRef('Meta') }),
        ...Object.fromEntries(containers),
      },
      required: [...((own.required as readonly string[] | undefined) ?? []), ...needed], // a list of names where there is one
    }
  }
  components[`${name}List`] = describeListResponse(schemaRef(name))
  return {
    name: type.name,
    operation: name,
    endpoint: type.endpoint,
    output: name,
    input: `${name}Input`,
    list: `${name}List`,
  }
}

/** An extension of several resource types is described once. */
function addExtension({ definition, descriptions }: OpenApiSchema, components: Components): string {
  const known = Object.keys(components).find((name) => components[name]?.['x-scim-schema'] === definition.id)
  if (known !== undefined) return known
  const name = freeName(definition.name, components)
  const text = { ...(descriptions.description && { description: descriptions.description }) }
  const output = describeAttributes(definition.attributes, 'output', descriptions.attributes)
  const input = describeAttributes(definition.attributes, 'input', descriptions.attributes)
  components[name] = { ...output, ...text, 'x-scim-schema': definition.id }
  components[`${name}Input`] = { ...input, ...text }
  return name
}

/** Component names have letters and digits alone; a number keeps two of them apart. */
function freeName(wanted: string, components: Components): string {
  const words = wanted.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('') || 'Resource'
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}${number}`
    const forms = [candidate, `${candidate}Input`, `${candidate}List`]
    if (!forms.some((form) => Object.hasOwn(components, form) || reserved.includes(form))) return candidate
  }
}

const reserved: readonly string[] = ['ListResponse', 'ResourceTypeList', 'SchemaList', 'Me', 'All']

function requireSchema(schemas: readonly OpenApiSchema[], urn: string): OpenApiSchema {
  const folded = foldCase(urn)
  const found = schemas.find(({ definition }) => foldCase(definition.id) === folded)
  if (!found) throw new TypeError(`The schema ${urn} is not among the schemas; add it`)
  return found
}
