import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describeService } from './describe-service.js'
import { emitOpenApiJson } from './emit-openapi.js'
import { type GenerateOptions, generate } from './generate.js'
import { readDocuments } from './read-documents.js'
import { readSources, type SourceFault } from './read-sources.js'
import { type RunResult, settleFiles } from './settle-files.js'

/** A run of the generator on files. */
export interface GenerateRun extends Pick<GenerateOptions, 'names' | 'target' | 'command' | 'lenient'> {
  /** Files, globs, folders. */
  readonly schemas: readonly string[]
  readonly resourceTypes?: readonly string[] | undefined
  /** Output folder. */
  readonly out: string
  /** File for the OpenAPI document of the service. */
  readonly openapi?: string | undefined
  /** Compares with what is there instead of writing. */
  readonly check?: boolean | undefined
  /** Command that a message on drift names. Default: that of the header lines. */
  readonly fix?: string | undefined
  /** Folder that the header lines' paths start from. Default: that of the `package.json` above `out`. */
  readonly base?: string | undefined
}

/**
 * Reads schema files, generates and writes, or compares with what is there. On any fault nothing is written.
 *
 * @param run What to read and where to write.
 * @returns Status and lines.
 */
export async function runGenerate(run: GenerateRun): Promise<RunResult> {
  const base = run.base ?? findBase(run.out)
  const schemas = readDocuments(run.schemas, base)
  const resourceTypes = readDocuments(run.resourceTypes ?? [], base)
  const unreadable = [...schemas.faults, ...resourceTypes.faults]
  if (unreadable.length > 0) return { status: 2, output: [], errors: unreadable }

  const documents = { schemas: schemas.documents, resourceTypes: resourceTypes.documents }
  const { files, faults, warnings } = await generate({ ...run, ...documents })
  const notes = warnings.map((warning) => `warning: ${faultLine(warning)}`)
  if (faults.length > 0) return { status: 2, output: [], errors: [...notes, ...faults.map(faultLine)] }
  const command = run.fix ?? run.command ?? 'scim-codegen generate'
  const settle = (all: ReadonlyMap<string, string>) =>
    settleFiles(run.out, all, { check: run.check ?? false, owned: true, command, notes })
  if (run.openapi === undefined) return settle(files)
  try {
    const sources = readSources([...documents.schemas, ...documents.resourceTypes], run.lenient ?? false)
    const document = emitOpenApiJson(await describeService(sources))
    return settle(new Map([...files, [relative(run.out, run.openapi), document]]))
  } catch (cause) {
    if (cause instanceof TypeError) return { status: 2, output: [], errors: [...notes, cause.message] }
    throw cause
  }
}

/**
 * Writes a fault as the command line shows it.
 *
 * @param fault Fault or warning of a document.
 * @returns `file: attribute path: what is wrong`, without the path where the whole document is meant.
 */
export function faultLine({ file, path, message }: SourceFault): string {
  return [file, path, message].filter(Boolean).join(': ')
}

/** Header lines must not depend on the folder that a command was started in. */
function findBase(out: string): string {
  for (let folder = resolve(out); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
    if (folder === dirname(folder)) return process.cwd()
  }
}
