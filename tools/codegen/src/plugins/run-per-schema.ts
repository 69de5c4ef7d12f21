import { buildModel, kindOf } from '../build-model.js'
import { nameAll } from '../identifier-names.js'
import { rolesOf } from '../link-resource.js'
import { readDocuments } from '../read-documents.js'
import type { Flags } from '../read-flags.js'
import { readSources } from '../read-sources.js'
import { faultLine } from '../run-generate.js'
import type { SchemaModel } from '../schema-model.js'
import { type RunResult, settleFiles } from '../settle-files.js'
import { emitDocs } from './emit-docs.js'
import { sampleResource } from './sample-resource.js'

/**
 * Writes a Markdown page for each schema.
 *
 * @param flags What to read and where to write.
 * @returns Status and lines; on any fault nothing is written.
 */
export function runDocs(flags: Flags): RunResult {
  return runPerSchema(flags, 'scim-codegen docs', '.md', emitDocs)
}

/**
 * Writes three valid samples of each schema, as they are sent and as they are answered; every run writes the same.
 *
 * @param flags What to read and where to write.
 * @returns Status and lines; on any fault nothing is written.
 */
export function runSamples(flags: Flags): RunResult {
  return runPerSchema(flags, 'scim-codegen samples', '.samples.json', emitSamples)
}

function emitSamples(schema: SchemaModel): string {
  const samples = (use: 'input' | 'output') => [0, 1, 2].map((seed) => sampleResource(schema, use, seed))
  return `${JSON.stringify({ schema: schema.id, input: samples('input'), output: samples('output') }, null, 2)}\n`
}

function runPerSchema(flags: Flags, command: string, ending: string, emit: (schema: SchemaModel) => string): RunResult {
  const { documents, faults: unreadable } = readDocuments([...flags.schemas, ...flags.resourceTypes], '.')
  if (unreadable.length > 0) return { status: 2, output: [], errors: unreadable }
  const { schemas, resourceTypes, faults, warnings } = readSources(documents, flags.lenient)
  const notes = warnings.map((warning) => `warning: ${faultLine(warning)}`)
  if (faults.length > 0) return { status: 2, output: [], errors: [...notes, ...faults.map(faultLine)] }
  const roles = rolesOf(resourceTypes)
  const models = schemas.map(({ schema }) => buildModel(schema, kindOf(schema.definition.id, roles)))
  const names = nameAll(models, [], {}).schemas
  const files = new Map(models.map((model) => [`${names.get(model)?.file}${ending}`, emit(model)]))
  return settleFiles(flags.out, files, { check: flags.check, owned: false, command, notes })
}
