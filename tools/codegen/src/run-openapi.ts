import type { OpenApiDocument } from '@scimkit/core/documents'
import { describeService } from './describe-service.js'
import { headerLine } from './emit-context.js'
import { emitOpenApiJson, emitOpenApiTypes } from './emit-openapi.js'
import { readDocuments } from './read-documents.js'
import { readSources } from './read-sources.js'
import { faultLine } from './run-generate.js'
import { type RunResult, settleFiles } from './settle-files.js'

/** A run that makes the OpenAPI document of a service. */
export interface OpenApiRun {
  /** Files, globs, folders of schema documents. */
  readonly schemas: readonly string[]
  /** Files, globs, folders of ResourceType documents; without them the service has discovery endpoints alone. */
  readonly resourceTypes: readonly string[]
  /** File for the document. */
  readonly out: string
  /** File for its TypeScript types. */
  readonly types?: string | undefined
  /** Compares with what is there instead of writing. */
  readonly check?: boolean | undefined
  /** Takes what vendors publish beyond the RFC, each with a warning. */
  readonly lenient?: boolean | undefined
  /** Command that the header line and messages name. Default: `scim-codegen openapi`. */
  readonly command?: string | undefined
}

/**
 * Reads schema files and writes the OpenAPI document, or compares it with what is there.
 *
 * @param run What to read and where to write.
 * @returns Status and lines; on any fault nothing is written.
 */
export async function runOpenApi(run: OpenApiRun): Promise<RunResult> {
  const command = run.command ?? 'scim-codegen openapi'
  const { documents, faults: unreadable } = readDocuments([...run.schemas, ...run.resourceTypes], '.')
  if (unreadable.length > 0) return { status: 2, output: [], errors: unreadable }
  const sources = readSources(documents, run.lenient ?? false)
  const notes = sources.warnings.map((warning) => `warning: ${faultLine(warning)}`)
  if (sources.faults.length > 0) return { status: 2, output: [], errors: [...notes, ...sources.faults.map(faultLine)] }

  let document: OpenApiDocument
  try {
    document = await describeService(sources)
  } catch (cause) {
    if (cause instanceof TypeError) return { status: 2, output: [], errors: [...notes, cause.message] }
    throw cause
  }
  const files = new Map([[run.out, emitOpenApiJson(document)]])
  if (run.types) files.set(run.types, headerLine(run.out, command) + (await emitOpenApiTypes(document)))
  return settleFiles('.', files, { check: run.check ?? false, owned: false, command, notes })
}
