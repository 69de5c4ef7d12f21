import { type Attribute, foldCase, type SchemaDefinition } from '@scimkit/core/documents'
import type { SourcedSchema, SourceFault } from '../input/sources.js'
import { loadBundled } from './describe-service.js'

/**
 * Names the schemas of the standard that a document defines in another way, since generated code follows the document.
 *
 * @param schemas Schemas of the run.
 * @returns A warning for each, with the attributes that differ.
 */
export async function findRedefined(schemas: readonly SourcedSchema[]): Promise<readonly SourceFault[]> {
  const given = new Map(schemas.map((source) => [foldCase(source.schema.definition.id), source] as const))
  const standard = await loadBundled(new Set(given.keys()))
  return standard.flatMap(({ definition }) => {
    const source = given.get(foldCase(definition.id))
    const differences = source ? compare(definition, source.schema.definition) : ''
    if (!source || differences === '') return []
    const message = `the schema of the standard is defined anew and ${differences}; leave the document out, unless that is meant`
    return [{ file: source.file, path: definition.id, message }]
  })
}

function compare(standard: SchemaDefinition, own: SchemaDefinition): string {
  const [before, after] = [byName(standard.attributes), byName(own.attributes)]
  const lacks = [...before].filter(([name]) => !after.has(name))
  const changes = [...before].filter(([name, { text }]) => after.has(name) && after.get(name)?.text !== text)
  const adds = [...after].filter(([name]) => !before.has(name))
  return [say('lacks', lacks), say('changes', changes), say('adds', adds)].filter(Boolean).join(', ')
}

interface Named {
  readonly name: string
  /** All that counts of the attribute. */
  readonly text: string
}

/** Common attributes are the same for every resource, whatever a schema says of them. */
const common: ReadonlySet<string> = new Set(['schemas', 'id', 'externalid', 'meta'])

function byName(attributes: readonly Attribute[]): ReadonlyMap<string, Named> {
  const own = attributes.filter(({ name }) => !common.has(foldCase(name)))
  return new Map(
    own.map((attribute) => [foldCase(attribute.name), { name: attribute.name, text: stringify(attribute) }] as const),
  )
}

/** Neither the order of sub-attributes nor that of canonical values counts, and descriptions are not part of it. */
function stringify({ subAttributes = [], canonicalValues = [], referenceTypes = [], ...rest }: Attribute): string {
  const texts = [...canonicalValues].sort()
  const inside = subAttributes.map(stringify).sort()
  return JSON.stringify([Object.entries(rest).sort(), texts, [...referenceTypes].sort(), inside])
}

const maxNamed = 3

function say(verb: string, attributes: readonly (readonly [folded: string, named: Named])[]): string {
  if (attributes.length === 0) return ''
  const names = attributes.slice(0, maxNamed).map(([, { name }]) => name)
  const more = attributes.length - names.length
  return `${verb} ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
