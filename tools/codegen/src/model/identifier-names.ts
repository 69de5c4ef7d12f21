import { foldCase, urns } from '@scimkit/core/documents'
import type { AttributeModel, ComplexNames, SchemaModel, SchemaNames } from './schema-model.js'

const maxNameLength = 60
const typeSuffixes = ['', 'Input', 'Paths', 'ReadPaths', 'WritePaths', 'Elements', 'Urn']
const valueSuffixes = ['', 'Schema', 'Schemas', 'Shapes', 'Descriptions', 'Parts', 'Validation']

/** What generated modules import or rely on, and words that no declaration may have. */
const reserved = `
  Meta Present SchemaDefinition SchemaDescriptions SchemaExtension ExtensionParts ResourceDefinition ResourceParts
  ValidationPart ResourceValidators StandardSchema InferResource InferInput Base BaseInput BasePaths SchemaShapes
  ServiceClient ServiceClientOptions ScimClient ScimClientOptions createScimClient createClient resources options Omit Array ReadonlyArray Boolean Date Error Function
  Map Number Object Partial Pick Promise Readonly Record RegExp Set String Symbol
  UseSchemas ZodValidation valueSchemas buildExtensionSchemas buildResourceSchemas defineValidation
  z base enterpriseUser defineSchema defineExtension defineResource describeSchema
  abstract any arguments as async await bigint boolean break case catch class const constructor continue debugger default
  delete do else enum eval export extends false finally for from function get global globalThis if implements import in
  infer instanceof interface is keyof let module namespace never new null number object of package private protected
  public readonly require return set static string super switch symbol this throw true try type typeof undefined unique
  unknown using var void while with yield NaN Infinity exports
`
  .split(/\s+/)
  .filter(Boolean)

/** Device names that Windows keeps from files, whatever follows the dot. */
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)$/

/** Names that are taken already; file stems count without regard to case. */
class Registry {
  private readonly taken: Set<string>

  constructor(schemas: readonly SchemaModel[]) {
    this.taken = new Set(reserved)
    if (schemas.some(({ id }) => foldCase(id) === foldCase(urns.enterpriseUser))) this.taken.delete('enterpriseUser')
  }

  /** Finds the first free one of `Name`, `Name2`, `Name3` … whose forms are all free, and takes them. */
  claim(name: string, formsOf: (name: string) => readonly string[]): string {
    for (let number = 1; ; number++) {
      const candidate = number === 1 ? name : `${name}${number}`
      const forms = formsOf(candidate)
      if (forms.some((form) => this.taken.has(form))) continue
      for (const form of forms) this.taken.add(form)
      return candidate
    }
  }
}

/** Identifiers of a resource type. */
export interface ResourceTypeNames {
  /** Name of the constant, such as `userResource`. */
  readonly value: string
  /** Names of its types: as it is read, as it may be written, its paths. */
  readonly types: readonly [output: string, input: string, paths: string]
  /** Stem of its file. */
  readonly file: string
}

/** Names of a run, in its order. */
export interface RunNames {
  readonly schemas: ReadonlyMap<SchemaModel, SchemaNames>
  readonly resourceTypes: ReadonlyMap<string, ResourceTypeNames>
}

/**
 * Gives every schema, complex attribute and resource type its identifiers. Equal input gives equal names, in whatever
 * order it comes; where two would clash, the one whose URN is later in the alphabet gets a number.
 *
 * @param schemas Schemas in the order of the run.
 * @param resourceTypes Names of the resource types in the order of the run.
 * @param given Type names by schema URN, for schemas whose own name does not do.
 * @returns The names.
 */
export function nameAll(
  schemas: readonly SchemaModel[],
  resourceTypes: readonly string[],
  given: Readonly<Record<string, string>>,
): RunNames {
  const registry = new Registry(schemas)
  const claimed = [...resourceTypes]
    .sort()
    .map((name): [string, ResourceTypeNames] => [name, claimResourceType(name, registry)])
  const turn = sortForClaims(schemas, given)
  const roots = turn.map((schema) => [schema, claimRoot(schema, given, registry)] as const)
  const names = new Map(
    roots.map(([schema, root]) => {
      return [schema, keepSame(schema, { ...root, complex: claimComplex(schema, root.type, registry) })] as const
    }),
  )
  const ordered = schemas.flatMap((schema) => {
    const own = names.get(schema)
    return own ? [[schema, own] as const] : []
  })
  return { schemas: new Map(ordered), resourceTypes: new Map(claimed) }
}

/** Names that were asked for come first, then base schemas, so that an extension of their name takes the number. */
function sortForClaims(
  schemas: readonly SchemaModel[],
  given: Readonly<Record<string, string>>,
): readonly SchemaModel[] {
  const rankOf = ({ id, kind }: SchemaModel) => (Object.hasOwn(given, id) ? 0 : kind === 'extension' ? 2 : 1)
  return [...schemas].sort((left, right) => rankOf(left) - rankOf(right) || (left.id < right.id ? -1 : 1))
}

/** Names of an earlier run stay the same object where they are the same, so that work done with them can be kept. */
const namesBefore = new WeakMap<SchemaModel, SchemaNames>()

function keepSame(schema: SchemaModel, names: SchemaNames): SchemaNames {
  const before = namesBefore.get(schema)
  const { file, type, value, complex } = names
  if (before && before.file === file && before.type === type && before.value === value) {
    const same = [...complex].every(([attribute, { output }]) => before.complex.get(attribute)?.output === output)
    if (same) return before
  }
  namesBefore.set(schema, names)
  return names
}

function claimResourceType(name: string, registry: Registry): ResourceTypeNames {
  const type = registry.claim(toTypeName(name) || 'Resource', (candidate) => [
    `${toValueName(candidate)}Resource`,
    ...resourceTypesOf(candidate),
    `${toFileName(candidate)}.resource`,
  ])
  return { value: `${toValueName(type)}Resource`, types: resourceTypesOf(type), file: toFileName(type) }
}

function resourceTypesOf(type: string): ResourceTypeNames['types'] {
  return [`${type}Resource`, `${type}ResourceInput`, `${type}ResourcePaths`]
}

function claimRoot(
  schema: SchemaModel,
  given: Readonly<Record<string, string>>,
  registry: Registry,
): Omit<SchemaNames, 'complex'> {
  const wanted = Object.hasOwn(given, schema.id) ? given[schema.id] : undefined
  const name = wanted ?? ([schema.name, lastPart(schema.id)].map(plainName).find(Boolean) || 'Schema')
  const type = registry.claim(name, (candidate) => [
    ...typeSuffixes.map((suffix) => candidate + suffix),
    ...valueSuffixes.map((suffix) => toValueName(candidate) + suffix),
    `${toFileName(candidate)}.file`,
  ])
  return { type, value: toValueName(type), file: toFileName(type) }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** A type name of the name of a schema: the last part of a URN; nothing of a UUID; no digit comes first. */
function plainName(name: string): string {
  const text = /^[a-z][a-z0-9+.-]*:\S+$/i.test(name) ? lastPart(name) : name
  if (uuid.test(text)) return ''
  return toTypeName(/^\d/.test(text) ? `Schema ${text}` : text)
}

function lastPart(uri: string): string {
  return uri.split(/[:/#]/).findLast((part) => part !== '') ?? ''
}

/** `pairingPassKey` of `urn:…:extension:pairingPassKey:2.0:Device`. */
function nameOfExtension(urn: string): string {
  return /:([^:]+):\d+(\.\d+)*:[^:]+$/.exec(urn)?.[1] ?? lastPart(urn)
}

function claimComplex(
  schema: SchemaModel,
  root: string,
  registry: Registry,
): ReadonlyMap<AttributeModel, ComplexNames> {
  const complex = new Map<AttributeModel, ComplexNames>()
  const visit = (attributes: readonly AttributeModel[], prefix: string) => {
    for (const attribute of attributes) {
      if (!attribute.subAttributes) continue
      const name = attribute.name.includes(':') ? nameOfExtension(attribute.name) : attribute.name
      const word = toTypeName(attribute.multiValued ? toSingular(name) : name) || 'Value'
      const output = registry.claim(toStable(prefix + word), (name) => [name, `${name}Input`])
      complex.set(attribute, { output, input: `${output}Input` })
      visit(attribute.subAttributes, output)
    }
  }
  visit(schema.attributes, root)
  return complex
}

/**
 * @param attribute Complex attribute.
 * @param prefix Name of the type that it is in.
 * @returns The name that its type gets where that is free.
 */
export function complexName({ name, multiValued }: AttributeModel, prefix: string): string {
  return toStable(prefix + (toTypeName(multiValued ? toSingular(name) : name) || 'Value'))
}

/**
 * Makes a type name of any text.
 *
 * @param text Such as `Enterprise User`, `x509Certificates` or `größe`.
 * @returns In capital-first spelling, ASCII letters and digits alone; empty when nothing of the text can serve.
 */
export function toTypeName(text: string): string {
  const ascii = text.normalize('NFKD').replace(/[^ -~]/g, '')
  const words = ascii.split(/[^A-Za-z0-9]+/).filter(Boolean)
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return toStable(name.replace(/^\d+/, '').slice(0, maxNameLength))
}

/** The JSON Schema compiler puts letters behind digits, and the first one, into upper case; so do we, then names agree. */
function toStable(name: string): string {
  return name.replace(/^[a-z]|\d[a-z]/g, (letters) => letters.toUpperCase())
}

/**
 * Makes a value name of a type name.
 *
 * @param type Such as `EnterpriseUser` or `SCIMThing`.
 * @returns Such as `enterpriseUser` or `scimThing`.
 */
export function toValueName(type: string): string {
  return type.replace(/^[A-Z]+(?=[A-Z][a-z]|\d|$)|^[A-Z]/, (start) => start.toLowerCase())
}

/**
 * Makes the stem of a file name of a type name.
 *
 * @param type Such as `EnterpriseUser`.
 * @returns Such as `enterprise-user`.
 */
export function toFileName(type: string): string {
  const words = type.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
  const stem = words.toLowerCase()
  return deviceName.test(stem) ? `${stem}-schema` : stem
}

/** The singular of an English plural, as far as a rule tells; other words stay as they are. */
function toSingular(name: string): string {
  if (/[^aeiou]ies$/i.test(name)) return `${name.slice(0, -3)}y`
  if (/(ss|x|ch|sh|zz)es$/i.test(name)) return name.slice(0, -2)
  if (/(ss|us|is)$/i.test(name) || name.length < 3) return name
  return name.replace(/s$/i, '')
}
