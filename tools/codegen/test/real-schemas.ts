import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ResourceDefinition } from '@scimkit/core'
import { readSchemas, type SchemaDefinition } from '@scimkit/core/documents'
import { runCommandLine } from '../src/commands/run-command-line.js'
import type { Sample } from '../src/plugins/sample-resource.js'

const here = dirname(fileURLToPath(import.meta.url))
const fixtures = join(here, 'fixtures/schemas-real')

/** Published schema documents that the lenient reading takes. */
export const realFiles: readonly string[] = [
  'scim-sdk_all-types.json',
  'scim-sdk_schema.schema.json',
  'scim-sdk_bulk-request.json',
  'go-scim_user_schema.json',
  'nodejsOppScim_schemas_2893ca4.json',
  'simpleidserver_Entitlements.json',
  'i2scim_scimCommonSchema.json',
  'scimgateway_scimdef-v2.json',
]

/** One schema of a published document, served as a resource type of its own. */
export interface RealSchema {
  readonly schema: SchemaDefinition
  /** The ResourceType document that the test wrote for it. */
  readonly resourceType: { readonly name: string; readonly endpoint: string; readonly schema: string }
  readonly definition: ResourceDefinition
  /** What the samples plug-in makes of it. */
  readonly samples: { readonly input: readonly Sample[]; readonly output: readonly Sample[] }
}

/** A published document and the folder with the code that was generated from it. */
export interface RealDocument {
  readonly file: string
  readonly document: unknown
  readonly out: string
  readonly warnings: readonly string[]
  readonly schemas: readonly RealSchema[]
}

/**
 * The path of a published document.
 *
 * @param file Name within the folder of the fixtures.
 * @returns Its path.
 */
export function realPath(file: string): string {
  return join(fixtures, file)
}

/**
 * Makes a folder for generated code, within the package so that it finds core and zod as a user's code does.
 *
 * @param name What it is for.
 * @returns Path of the folder; the caller removes it.
 */
export function makeCodeFolder(name: string): string {
  return mkdtempSync(join(here, `.${name}-`))
}

function readReal(file: string): { readonly document: unknown; readonly schemas: readonly SchemaDefinition[] } {
  const document: unknown = JSON.parse(readFileSync(realPath(file), 'utf8'))
  return { document, schemas: readSchemas(document, { lenient: true }).schemas.map(({ definition }) => definition) }
}

/**
 * Writes a ResourceType document for each schema of a published document.
 *
 * @param file Name of the document.
 * @returns The documents, in the order of the schemas.
 */
export function writeResourceTypes(file: string): readonly RealSchema['resourceType'][] {
  return readReal(file).schemas.map(({ id }, index) => ({
    name: `${id.split(':').at(-1)}${/:extension:/.test(id) ? 'Extension' : ''}`,
    endpoint: `/Real${index}`,
    schema: id,
  }))
}

/**
 * Generates code and samples of a published document with the command line, every schema as a resource type.
 *
 * @param file Name of the document.
 * @param folder Folder to make the output in.
 * @returns The document with its definitions, loaded.
 */
export async function generateReal(file: string, folder: string): Promise<RealDocument> {
  const { document, schemas } = readReal(file)
  const resourceTypes = writeResourceTypes(file)
  const out = join(folder, file.replaceAll('.', '-'))
  mkdirSync(out)
  const types = join(out, 'types.json')
  writeFileSync(types, JSON.stringify(resourceTypes))
  const inputs = ['--schemas', realPath(file), '--resource-types', types, '--lenient']
  const generated = await runCommandLine(['generate', ...inputs, '--out', out])
  const sampled = await runCommandLine(['samples', ...inputs, '--out', join(out, 'samples')])
  const failed = [generated, sampled].find(({ status }) => status !== 0)
  if (failed) throw new Error(`${file}: ${failed.errors.join('\n')}`)
  const definitions = Object.values<Partial<ResourceDefinition>>(await import(/* @vite-ignore */ join(out, 'index.ts')))
  const samples = readSamples(join(out, 'samples'), sampled.output)
  return {
    file,
    document,
    out,
    warnings: generated.errors,
    schemas: schemas.map((schema, index) => ({
      schema,
      resourceType: resourceTypes[index] as RealSchema['resourceType'], // made from the same list
      definition: definitions.find((value) => value.endpoint === `/Real${index}`) as ResourceDefinition, // only those have one
      samples: samples.find((sample) => sample.schema === schema.id) as SampleFile, // one for each schema
    })),
  }
}

interface SampleFile {
  readonly schema: string
  readonly input: readonly Sample[]
  readonly output: readonly Sample[]
}

function readSamples(folder: string, lines: readonly string[]): readonly SampleFile[] {
  const samples = lines.filter((line) => line.endsWith('.samples.json'))
  return samples.map((line) => JSON.parse(readFileSync(join(folder, line.split('/').at(-1) ?? ''), 'utf8')))
}
