import type { JsonObject } from '../json.js'
import { defineAttribute } from '../schema/attribute.js'
import { defineSchema, type SchemaDefinition } from '../schema/schema-definition.js'
import { foldCase } from '../text/fold-case.js'
import { memberOf } from './read-member.js'
import type { ResourceTypeDocument, SchemaDocument } from './schema-document.js'

const deviceExtension = (name: string) => foldCase(`urn:ietf:params:scim:schemas:extension:${name}:2.0:Device`)
/** An extension that has no attributes, so that its presence among `pairingMethods` says all. */
const pairingNull = deviceExtension('pairingNull')
const pairingJustWorks = deviceExtension('pairingJustWorks')

/** What is within which extension; RFC 9944 says so in its text, its schemas have no word for it. */
const containers: ReadonlyMap<string, string> = new Map(
  [pairingNull, pairingJustWorks, deviceExtension('pairingPassKey'), deviceExtension('pairingOOB')].map((urn) => [
    urn,
    deviceExtension('ble'),
  ]),
)

/**
 * Tells a schema that rightly has no attributes.
 *
 * @param source Schema document.
 * @returns Whether RFC 9944 defines it so.
 * @see https://www.rfc-editor.org/rfc/rfc9944
 */
export function isEmptyExtension(source: JsonObject): boolean {
  const id = memberOf(source, 'id')
  return typeof id === 'string' && foldCase(id) === pairingNull
}

/** Schemas and resource types after the nesting. */
export interface NestedSchemas<S, T> {
  /** Without those that are now in another. */
  readonly schemas: readonly S[]
  readonly resourceTypes: readonly T[]
}

/**
 * Puts extensions into the extension that holds them: "Pairing method extensions are nested inside the BLE extension"
 * (RFC 9944). Each becomes a complex attribute there, named by its URN, as a schema document may write it by itself;
 * the inner schema may then be given beside it, as in what a service provider publishes, and says nothing more.
 *
 * @param schemas All schemas of a run, with what belongs to them.
 * @param resourceTypes Its resource types, with what belongs to them.
 * @returns The same without the nested extensions; documents that nothing concerns are the same objects.
 * @see https://www.rfc-editor.org/rfc/rfc9944
 */
export function nestSchemas<
  S extends { readonly schema: SchemaDocument },
  T extends { readonly resourceType: ResourceTypeDocument },
>(schemas: readonly S[], resourceTypes: readonly T[]): NestedSchemas<S, T> {
  const given = new Map(schemas.map(({ schema }) => [foldCase(schema.definition.id), schema]))
  const nested = new Map<string, SchemaDocument[]>()
  const gone = new Set<string>()
  const holders = new Map(schemas.flatMap(({ schema: { definition } }) => holdersOf(definition)))
  for (const [urn, schema] of given) {
    const outer = holders.get(urn) ?? containers.get(urn)
    // Nothing is deeper than that, nor within itself.
    if (outer === undefined || !given.has(outer) || holders.has(outer) || containers.has(outer)) continue
    if (resourceTypes.some((type) => hasAlone(type, urn, outer))) continue
    nested.set(outer, [...(nested.get(outer) ?? []), schema])
    gone.add(urn)
  }
  if (gone.size === 0) return { schemas, resourceTypes }
  return {
    schemas: schemas.flatMap((sourced) => {
      const urn = foldCase(sourced.schema.definition.id)
      if (gone.has(urn)) return []
      return [{ ...sourced, schema: (nested.get(urn) ?? []).reduce(nest, sourced.schema) }]
    }),
    resourceTypes: resourceTypes.map((sourced) => {
      const schemaExtensions = sourced.resourceType.schemaExtensions.filter(({ schema }) => !gone.has(foldCase(schema)))
      return { ...sourced, resourceType: { ...sourced.resourceType, schemaExtensions } }
    }),
  }
}

/** The attributes of a schema that are extensions, each with the schema; such a document needs no look at RFC 9944. */
function holdersOf({ id, index }: SchemaDefinition): readonly (readonly [string, string])[] {
  return [...index.keys()].filter((name) => name.includes(':')).map((name) => [name, foldCase(id)])
}

/** A resource type may have the inner extension without the outer one; then it is an extension like any other. */
function hasAlone({ resourceType }: { readonly resourceType: ResourceTypeDocument }, urn: string, outer: string) {
  const urns = new Set(resourceType.schemaExtensions.map(({ schema }) => foldCase(schema)))
  return urns.has(urn) && !urns.has(outer)
}

function nest(outer: SchemaDocument, inner: SchemaDocument): SchemaDocument {
  const { id, attributes } = inner.definition
  if (outer.definition.index.has(foldCase(id))) return outer
  // Its key is called required, and yet always null, which is not a value (RFC 7643 §2.5).
  const isKeyless = foldCase(id) === pairingJustWorks
  const subAttributes = isKeyless ? attributes.map((sub) => ({ ...sub, required: false })) : attributes
  const attribute = defineAttribute({ name: id, type: 'complex', subAttributes })
  const { description } = inner.descriptions
  const inside = Object.entries(inner.descriptions.attributes).map(([path, text]) => [`${id}.${path}`, text] as const)
  const texts = [...(description ? [[id, description] as const] : []), ...inside]
  const source = {
    name: id,
    type: 'complex',
    ...(description && { description }),
    subAttributes: memberOf(inner.source, 'attributes') ?? [],
  }
  return {
    definition: defineSchema({ ...outer.definition, attributes: [...outer.definition.attributes, attribute] }),
    descriptions: {
      ...outer.descriptions,
      attributes: Object.freeze({ ...outer.descriptions.attributes, ...Object.fromEntries(texts) }),
    },
    source: { ...outer.source, attributes: [...(memberOf(outer.source, 'attributes') as readonly unknown[]), source] }, // a schema that was read has a list
  }
}
