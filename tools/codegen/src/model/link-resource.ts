import { foldCase, isContainerRequiredIn, urns } from '@scimkit/core/documents'
import type { SourcedResourceType, SourcedSchema, SourceFault } from '../input/sources.js'
import type { SchemaRoles } from './build-model.js'
import type { RunNames } from './identifier-names.js'
import type { DefinitionSource, ResourceModel } from './resource-model.js'
import type { SchemaModel, SchemaNames } from './schema-model.js'

/** Definitions and extensions that core has ready. */
const bundled: ReadonlyMap<string, { readonly value: string; readonly type: string }> = new Map([
  [foldCase(urns.user), { value: 'userResource', type: 'User' }],
  [foldCase(urns.group), { value: 'groupResource', type: 'Group' }],
  [foldCase(urns.enterpriseUser), { value: 'enterpriseUser', type: 'EnterpriseUser' }],
])

/** A resource type whose schemas are found, or what is missing. */
export interface LinkedResource {
  readonly resource: ResourceModel | undefined
  readonly faults: readonly SourceFault[]
}

/**
 * Finds the schemas of a resource type: among those of the run first, then among those of core.
 *
 * @param source Resource type and its file.
 * @param names Identifiers of the run.
 * @returns The resource type with its schemas, or a fault for each that is nowhere.
 */
export function linkResource({ file, resourceType }: SourcedResourceType, names: RunNames): LinkedResource {
  const own = names.resourceTypes.get(resourceType.name)
  const faults: SourceFault[] = []
  const find = (urn: string, kind: SchemaModel['kind']) => {
    const found = findSource(urn, kind, names.schemas)
    if (typeof found === 'object') return found
    faults.push({ file, path: resourceType.name, message: found })
    return undefined
  }
  const base = find(resourceType.schema, 'resource')
  const extensions = resourceType.schemaExtensions.flatMap(({ schema, required }) => {
    const found = find(schema, 'extension')
    if (!found) return []
    const model = modelOf(found, names)
    const requiredInInput = model ? isContainerRequiredIn({ ...model, required }, 'input') : required
    return [{ urn: model?.id ?? urns.enterpriseUser, source: found, required, requiredInInput }]
  })
  const resource = own && base && faults.length === 0 ? { document: resourceType, ...own, base, extensions } : undefined
  return { resource, faults }
}

function findSource(
  urn: string,
  kind: SchemaModel['kind'],
  schemas: ReadonlyMap<SchemaModel, SchemaNames>,
): DefinitionSource | string {
  const role = kind === 'resource' ? 'base schema' : 'extension'
  for (const [schema, names] of schemas) {
    if (foldCase(schema.id) !== foldCase(urn)) continue
    if (schema.kind === kind) return { from: 'generated', names }
    return `${urn} cannot be its ${role}, it is used as a ${schema.kind}; list it once`
  }
  const ready = bundled.get(foldCase(urn))
  const fits = ready !== undefined && (ready.type === 'EnterpriseUser') === (kind === 'extension')
  if (fits) return { from: 'core', ...ready }
  return `${urn} cannot be its ${role}, which it is not in the standard; name another schema`
}

/** The schema of the run that a source is; `undefined` for core's enterprise extension. */
function modelOf(source: DefinitionSource, names: RunNames): SchemaModel | undefined {
  if (source.from === 'core') return undefined
  for (const [schema, own] of names.schemas) if (own === source.names) return schema
  return undefined
}

/**
 * The URNs that resource types name.
 *
 * @param resourceTypes Resource types of the run.
 * @returns Bases and extensions, folded.
 */
export function rolesOf(resourceTypes: readonly SourcedResourceType[]): SchemaRoles {
  const types = resourceTypes.map(({ resourceType }) => resourceType)
  return {
    bases: new Set(types.map(({ schema }) => foldCase(schema))),
    extensions: new Set(
      types.flatMap(({ schemaExtensions }) => schemaExtensions.map(({ schema }) => foldCase(schema))),
    ),
  }
}

/**
 * Names the schemas of which only their URN's wording says what they are.
 *
 * @param schemas Schemas of the run.
 * @param roles What resource types say.
 * @returns A warning for each that neither a resource type names nor its URN calls an extension.
 */
export function findGuesses(schemas: readonly SourcedSchema[], roles: SchemaRoles): readonly SourceFault[] {
  const guesses = schemas.filter(({ schema }) => {
    const urn = foldCase(schema.definition.id)
    return !roles.bases.has(urn) && !roles.extensions.has(urn) && !/:(extension|core):/.test(urn)
  })
  return warnOf(guesses, 'the schema is taken for an extension; --resource-types says what is not one')
}

/**
 * Names the extensions that a run makes and no resource type of it has.
 *
 * @param schemas Schemas of the run.
 * @param roles What resource types say; nothing is said where there are none.
 * @returns A warning for each.
 */
export function findUnused(schemas: readonly SourcedSchema[], roles: SchemaRoles): readonly SourceFault[] {
  if (roles.bases.size === 0) return []
  const unused = schemas.filter(({ schema }) => {
    const urn = foldCase(schema.definition.id)
    return urn.includes(':extension:') && !roles.bases.has(urn) && !roles.extensions.has(urn)
  })
  return warnOf(unused, 'no resource type has this extension; list it in the schemaExtensions of one')
}

function warnOf(schemas: readonly SourcedSchema[], message: string): readonly SourceFault[] {
  return schemas.map(({ file, schema }) => ({ file, path: schema.definition.id, message }))
}
