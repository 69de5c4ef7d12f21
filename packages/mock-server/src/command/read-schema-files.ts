import {
  buildResourceType,
  enterpriseUser,
  groupResource,
  type ResourceDefinition,
  resourceFromSchemas,
  urns,
  userResource,
} from '@scimkit/core'
import { readSchemas } from '@scimkit/core/documents'
import { UsageError } from './flags.js'
import { readJsonFile } from './read-json-file.js'

/**
 * Reads the definitions to serve: User with the enterprise extension and Group, and what schema files add.
 *
 * A schema without a ResourceType extends User, or Group when its URN ends in `:Group`. A ResourceType is served with its
 * schemas; one named User or Group takes the place of the built-in one.
 *
 * @param files Paths of schema files.
 * @throws {UsageError} That names the file and what is wrong with it.
 */
export async function readSchemaFiles(files: readonly string[]): Promise<readonly ResourceDefinition[]> {
  if (files.length === 0) return [userResource.extend(enterpriseUser), groupResource]
  const documents: object[] = []
  const types = new Map<string, object>()
  const loose: string[] = []
  for (const file of files) {
    const { schemas, resourceTypes } = await readSchemaFile(file)
    documents.push(...schemas.map(({ source }) => source))
    for (const type of resourceTypes) types.set(type.name, type.source)
    const named = new Set(
      resourceTypes.flatMap((type) => [type.schema, ...type.schemaExtensions.map((one) => one.schema)]),
    )
    loose.push(...schemas.flatMap(({ definition }) => (named.has(definition.id) ? [] : [definition.id])))
  }
  return defineAll(await addBuiltIn(documents), types, loose)
}

async function readSchemaFile(file: string) {
  const document = await readJsonFile(file, '--schema')
  const reading = readSchemas(document, { lenient: true })
  const [fault] = reading.faults
  if (!fault) return reading
  throw new UsageError(`--schema: ${file}: ${fault.path === '' ? '' : `${fault.path}: `}${fault.message}`)
}

/** The built-in schemas stand in for those that the files leave out. */
async function addBuiltIn(documents: readonly object[]): Promise<readonly object[]> {
  const builtIn = await Promise.all([userResource.describe(), enterpriseUser.describe(), groupResource.describe()])
  const given = new Set(documents.map((document) => (document as { id?: unknown }).id)) // read as schemas before
  return [...documents, ...builtIn.filter(({ id }) => !given.has(id))]
}

function defineAll(
  documents: readonly object[],
  types: ReadonlyMap<string, object>,
  loose: readonly string[],
): readonly ResourceDefinition[] {
  const [user, group] = [userResource.extend(enterpriseUser), groupResource].map((definition) => {
    const type = buildResourceType(definition)
    const own = loose.filter((urn) => isExtension(urn) && extendsGroup(urn) === (definition.name === 'Group'))
    const extensions = [...(type.schemaExtensions ?? []), ...own.map((schema) => ({ schema, required: false }))]
    return { ...type, schemaExtensions: extensions }
  })
  const all = new Map<string, object>([...Object.entries({ User: user ?? {}, Group: group ?? {} }), ...types])
  try {
    return [...all.values()].map((type) => resourceFromSchemas(documents, type, { lenient: true }))
  } catch (error) {
    throw new UsageError(`--schema: ${(error as Error).message}`) // resourceFromSchemas throws TypeErrors
  }
}

const builtInUrns: ReadonlySet<string> = new Set([urns.user, urns.group, urns.enterpriseUser])

function isExtension(urn: string): boolean {
  return !builtInUrns.has(urn)
}

function extendsGroup(urn: string): boolean {
  return /:group$/i.test(urn)
}
