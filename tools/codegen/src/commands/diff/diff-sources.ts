import type { ResourceTypeDocument, SchemaChoice, SchemaDefinition } from '@scimkit/core/documents'
import { faultLines } from '../../input/fault-lines.js'
import { pullDocuments } from '../../input/pull-documents.js'
import { readDocuments } from '../../input/read-documents.js'
import type { PullOptions } from '../../input/read-endpoint.js'
import { PullError } from '../../input/read-endpoint.js'
import { collectSources } from '../../input/read-sources.js'
import type { DocumentSource } from '../../input/sources.js'
import type { RunResult } from '../../output/settle-files.js'
import { diffConfigs } from './diff-configs.js'
import { diffResourceTypes } from './diff-resource-types.js'
import { diffSchemas, type SchemaChange } from './diff-schemas.js'

/** Options of a comparison. */
export interface DiffOptions extends PullOptions, SchemaChoice {
  /** Writes the changes as JSON instead of lines. */
  readonly json?: boolean | undefined
  /** Accepts what vendors publish beyond the RFC. */
  readonly lenient?: boolean | undefined
}

/** A source that cannot be compared; each line names what is wrong with it. */
class SourceError extends Error {
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'))
  }
}

/**
 * Compares the schemas of two sources, each a file, a folder, a glob or the URL of a live server; where both have them,
 * their resource types and their service provider configurations as well.
 *
 * @param before Source as it was.
 * @param after Source as it is.
 * @param options How to read and to show.
 * @returns Status 0 when both mean the same, 1 with the changes, 2 when a source cannot be read.
 */
export async function diffSources(before: string, after: string, options: DiffOptions): Promise<RunResult> {
  try {
    const [old, now] = [await readSource(before, options), await readSource(after, options)]
    const changes = [
      ...diffSchemas(old.schemas, now.schemas),
      ...diffResourceTypes(old.resourceTypes, now.resourceTypes),
      ...diffConfigs(old.configs, now.configs),
    ]
    const output = options.json ? [JSON.stringify(changes, null, 2)] : changes.map(changeLine)
    return { status: changes.length === 0 ? 0 : 1, output, errors: [...old.notes, ...now.notes] }
  } catch (error) {
    if (error instanceof SourceError) return { status: 2, output: [], errors: error.lines }
    if (error instanceof PullError) return { status: 2, output: [], errors: [`scim-codegen: ${error.message}`] }
    throw error
  }
}

/** What of a source is compared. */
interface ComparedSource {
  readonly schemas: readonly SchemaDefinition[]
  readonly resourceTypes: readonly ResourceTypeDocument[]
  readonly configs: readonly object[]
  readonly notes: readonly string[]
}

async function readSource(source: string, options: DiffOptions): Promise<ComparedSource> {
  const { documents, notes } = await readDocumentsOf(source, options)
  const found = collectSources(documents, options)
  if (found.faults.length > 0) throw new SourceError(faultLines(found.faults))
  return {
    schemas: found.schemas.map(({ schema }) => schema.definition),
    resourceTypes: found.resourceTypes.map(({ resourceType }) => resourceType),
    configs: found.configs,
    notes,
  }
}

async function readDocumentsOf(
  source: string,
  options: DiffOptions,
): Promise<{ readonly documents: readonly DocumentSource[]; readonly notes: readonly string[] }> {
  if (/^https?:/.test(source)) {
    const { schemas, resourceTypes, serviceProviderConfig, missing } = await pullDocuments(source, options)
    // A server may have none of one of them; as a file an empty list would be a fault.
    const lists = [schemas, resourceTypes].filter(({ length }) => length > 0)
    const documents = serviceProviderConfig === undefined ? lists : [...lists, serviceProviderConfig]
    const notes = missing.map((line) => `warning: ${line}`)
    return { documents: documents.map((document) => ({ file: source, document })), notes }
  }
  const { documents, faults } = readDocuments([source], '.')
  if (faults.length > 0) throw new SourceError(faults)
  return { documents, notes: [] }
}

function changeLine({ kind, schema, path, characteristic, before, after }: SchemaChange): string {
  const place = path === undefined ? schema : `${schema}:${path}`
  if (kind !== 'changed') return `${kind === 'added' ? '+' : '-'} ${place}`
  return `~ ${place}: ${characteristic === undefined ? '' : `${characteristic} `}was ${JSON.stringify(before) ?? 'absent'}, is ${JSON.stringify(after) ?? 'absent'}`
}
