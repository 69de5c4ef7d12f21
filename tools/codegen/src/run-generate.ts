import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { type GenerateOptions, generate } from './generate.js'
import { toSlashes } from './input/expand-pattern.js'
import { faultLine, faultLines } from './input/fault-lines.js'
import { type DocumentMemory, readDocuments } from './input/read-documents.js'
import type { SourceFault } from './input/sources.js'
import { type RunResult, settleFiles } from './output/settle-files.js'
import { defaultPlugins, PluginShapeError } from './plugins/choose-plugins.js'
import { openapi } from './plugins/openapi-plugin.js'

/** A run of the generator on files. */
export interface GenerateRun extends Omit<GenerateOptions, 'schemas' | 'resourceTypes'> {
  /** Files, globs, folders. */
  readonly schemas: readonly string[]
  readonly resourceTypes?: readonly string[] | undefined
  /** Output folder. */
  readonly out: string
  /** File for the OpenAPI document of the service. */
  readonly openapi?: string | undefined
  /** Compares with what is there instead of writing. */
  readonly check?: boolean | undefined
  /** Whether the folder belongs to the run, so that generated files which it no longer makes go. Default: true. */
  readonly owned?: boolean | undefined
  /** Command that a message on drift names. Default: that of the header lines. */
  readonly fix?: string | undefined
  /** Documents of earlier runs, which a watch keeps. */
  readonly memory?: DocumentMemory | undefined
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
  const reading = { memory: run.memory, onProgress: run.onProgress }
  const schemas = readDocuments(run.schemas, base, reading)
  const resourceTypes = readDocuments(run.resourceTypes ?? [], base, reading)
  const unreadable = [...schemas.faults, ...resourceTypes.faults]
  if (unreadable.length > 0) return { status: 2, output: [], errors: unreadable }
  try {
    const options = { ...run, schemas: schemas.documents, resourceTypes: withoutDuplicates(resourceTypes, schemas) }
    const { files, faults, warnings } = await generate({ ...options, plugins: pluginsOf(run) })
    const known = new Set([...schemas.documents, ...resourceTypes.documents].map(({ file }) => file))
    const fromHere = (fault: SourceFault): SourceFault => {
      const file = toSlashes(relative('.', resolve(base, fault.file)))
      return known.has(fault.file) && !file.startsWith('../') ? { ...fault, file } : fault
    }
    const notes = warnings.map((warning) => `warning: ${faultLine(fromHere(warning))}`)
    if (faults.length > 0) return { status: 2, output: [], errors: [...notes, ...faultLines(faults.map(fromHere))] }
    const { check = false, owned = true, command = 'scim-codegen generate', onProgress } = run
    return await settleFiles(run.out, files, { check, owned, command: run.fix ?? command, notes, onProgress })
  } catch (cause) {
    if (cause instanceof PluginShapeError) return { status: 2, output: [], errors: [cause.message] }
    throw cause
  }
}

type Documents = ReturnType<typeof readDocuments>

/** A file may be meant by both lists, such as one in the folder of the schemas. */
function withoutDuplicates(resourceTypes: Documents, schemas: Documents): Documents['documents'] {
  const known = new Set(schemas.documents.map(({ file }) => file))
  return resourceTypes.documents.filter(({ file }) => !known.has(file))
}

/** A file that is named for the OpenAPI document asks for the plug-in, and is where it writes to. */
function pluginsOf({ plugins = defaultPlugins, openapi: file, out }: GenerateRun): GenerateOptions['plugins'] {
  if (file === undefined) return plugins
  const others = plugins.filter((plugin) => plugin !== 'openapi')
  return [...others, openapi({ file: toSlashes(relative(out, file)) })]
}

/** Header lines must not depend on the folder that a command was started in. */
function findBase(out: string): string {
  for (let folder = resolve(out); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
    if (folder === dirname(folder)) return process.cwd()
  }
}
