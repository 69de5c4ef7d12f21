import {
  enterpriseUser,
  groupResource,
  type ResourceDefinition,
  resourceFromSchemas,
  urns,
  userResource,
} from '@scimkit/core'
import {
  type DocumentFault,
  foldCase,
  nestSchemas,
  type ResourceTypeDocument,
  readSchemas,
  type SchemaDocument,
} from '@scimkit/core/documents'
import { buildResourceType } from '@scimkit/core/internal'
import { UsageError } from './flags.js'
import { readJsonFile } from './read-json-file.js'

/**
 * Reads the definitions to serve: User with the enterprise extension and Group, and what schema files add.
 *
 * A schema without a ResourceType extends User, or Group when its URN ends in `:Group`. A ResourceType is served with its
 * schemas; one named User or Group takes the place of the built-in one.
 *
 * @param files Paths of schema files.
 * @param warn Called with what is skipped, or read as what vendors mean by it.
 * @throws {UsageError} That names the file and what is wrong with it.
 */
export async function readSchemaFiles(
  files: readonly string[],
  warn: (line: string) => void = () => undefined,
): Promise<readonly ResourceDefinition[]> {
  if (files.length === 0) return [userResource.extend(enterpriseUser), groupResource]
  const documents: SchemaDocument[] = []
  const types = new Map<string, PlacedType>()
  for (const file of files) {
    const { schemas, resourceTypes, warnings } = await readSchemaFile(file)
    for (const warning of warnings) warn(`--schema: ${placed(file, warning)}`)
    documents.push(...schemas)
    for (const type of resourceTypes) types.set(type.name, { ...type, file })
  }
  checkEndpoints(types)
  const named = new Set([...types.values()].flatMap(urnsOf))
  const sourced = [...types.values()].map((resourceType) => ({ resourceType }))
  const ids = nestSchemas(
    documents.map((schema) => ({ schema })),
    sourced,
  ).schemas.map(({ schema }) => schema.definition.id)
  const loose = ids.filter((id) => !named.has(foldCase(id)) && !standardUrns.has(foldCase(id)))
  return defineAll(await addBuiltIn(documents), types, loose)
}

/** A ResourceType and the file that it comes from; the built-in ones come from none. */
interface PlacedType extends ResourceTypeDocument {
  readonly file: string
}

function checkEndpoints(types: ReadonlyMap<string, PlacedType>): void {
  const owners = new Map<string, string>()
  for (const { name, endpoint } of [userResource, groupResource]) if (!types.has(name)) owners.set(endpoint, name)
  for (const { name, endpoint, file } of types.values()) {
    const owner = owners.get(endpoint)
    if (owner === undefined) owners.set(endpoint, `${name} of ${file}`)
    else
      throw new UsageError(
        `--schema: ${file}: ${name} and ${owner} are two resource types with the endpoint ${endpoint}`,
      )
  }
}

function urnsOf({ schema, schemaExtensions }: ResourceTypeDocument): readonly string[] {
  return [schema, ...schemaExtensions.map((extension) => extension.schema)].map(foldCase)
}

async function readSchemaFile(file: string) {
  const document = await readJsonFile(file, '--schema')
  const reading = readSchemas(document, { lenient: true })
  const [fault] = reading.faults
  if (!fault) return reading
  throw new UsageError(`--schema: ${placed(file, fault)}`)
}

function placed(file: string, { path, message }: DocumentFault): string {
  return [file, path, message].filter(Boolean).join(': ')
}

/** The built-in schemas stand in for those that the files leave out. */
async function addBuiltIn(documents: readonly SchemaDocument[]): Promise<readonly object[]> {
  const builtIn = await Promise.all([userResource.describe(), enterpriseUser.describe(), groupResource.describe()])
  const given = new Set(documents.map(({ definition }) => foldCase(definition.id)))
  return [...documents.map(({ source }) => source), ...builtIn.filter(({ id }) => !given.has(foldCase(id)))]
}

function defineAll(
  documents: readonly object[],
  types: ReadonlyMap<string, PlacedType>,
  loose: readonly string[],
): readonly ResourceDefinition[] {
  const [user, group] = [userResource.extend(enterpriseUser), groupResource].map((definition) => {
    const type = buildResourceType(definition)
    const own = loose.filter((urn) => extendsGroup(urn) === (definition.name === 'Group'))
    const extensions = [...(type.schemaExtensions ?? []), ...own.map((schema) => ({ schema, required: false }))]
    return { ...type, schemaExtensions: extensions }
  })
  const given = [...types].map(([name, { source }]) => [name, source] as const)
  const all = new Map<string, object>([...Object.entries({ User: user ?? {}, Group: group ?? {} }), ...given])
  try {
    return [...all.values()].map((type) => resourceFromSchemas(documents, type, { lenient: true }))
  } catch (error) {
    throw new UsageError(`--schema: ${(error as Error).message}`) // resourceFromSchemas throws TypeErrors
  }
}

/** Schemas that never extend User by their mere presence: the built-in ones, and those of the discovery documents. */
const standardUrns: ReadonlySet<string> = new Set(
  [urns.user, urns.group, urns.enterpriseUser, urns.schema, urns.resourceType, urns.serviceProviderConfig].map(
    foldCase,
  ),
)

function extendsGroup(urn: string): boolean {
  return /:group$/i.test(urn)
}
