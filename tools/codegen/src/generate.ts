import { buildModel, kindOf } from './build-model.js'
import { createContext, fingerprintLine, headerLine } from './emit-context.js'
import { emitDescriptions } from './emit-descriptions.js'
import { emitExtension } from './emit-extension.js'
import { emitIndex } from './emit-index.js'
import { emitResource } from './emit-resource.js'
import { emitSchema } from './emit-schema.js'
import { emitTypes } from './emit-types.js'
import { emitZod } from './emit-zod.js'
import { nameAll } from './identifier-names.js'
import { basesOf, linkResource } from './link-resource.js'
import { type DocumentSource, readSources, type SourceFault } from './read-sources.js'
import type { EmitContext, SchemaModel, SchemaNames } from './schema-model.js'

/** Options of {@link generate}. */
export interface GenerateOptions {
  readonly schemas: readonly DocumentSource[]
  /** Resource types; they say which schema is a base and which extends it. */
  readonly resourceTypes?: readonly DocumentSource[] | undefined
  /** Type names by schema URN, for schemas whose own name does not serve. */
  readonly names?: Readonly<Record<string, string>> | undefined
  /** `core` makes the code of core itself: relative imports, no definitions, no index. Default: `package`. */
  readonly target?: 'package' | 'core' | undefined
  /** Command that the header lines name. Default: `scim-codegen generate`. */
  readonly command?: string | undefined
  /** Takes what vendors publish beyond the RFC, each with a warning. */
  readonly lenient?: boolean | undefined
}

/** What {@link generate} made. */
export interface GeneratedCode {
  /** Text by file name, sorted; empty when there are faults. */
  readonly files: ReadonlyMap<string, string>
  readonly faults: readonly SourceFault[]
  readonly warnings: readonly SourceFault[]
}

/**
 * Generates TypeScript from schema documents. Equal input gives equal bytes; no file is read or written.
 *
 * @param options Documents and how to emit them.
 * @returns The files, or what is wrong with the documents.
 */
export async function generate(options: GenerateOptions): Promise<GeneratedCode> {
  const sources = readSources([...options.schemas, ...(options.resourceTypes ?? [])], options.lenient ?? false)
  const { schemas, resourceTypes, warnings } = sources
  const refuse = (faults: readonly SourceFault[]): GeneratedCode => ({ files: new Map(), faults, warnings })
  if (sources.faults.length > 0) return refuse(sources.faults)

  const bases = basesOf(resourceTypes)
  const models = schemas.map(({ schema }) => buildModel(schema, kindOf(schema.definition.id, bases)))
  const typeNames = resourceTypes.map(({ resourceType }) => resourceType.name)
  const names = nameAll(models, typeNames, options.names ?? {})
  const linked = resourceTypes.map((source) => linkResource(source, names))
  const faults = linked.flatMap((link) => link.faults)
  if (faults.length > 0) return refuse(faults)

  const context = createContext(options.target ?? 'package')
  const header = (file: string | undefined) => headerLine(file, options.command ?? 'scim-codegen generate')
  const files: [string, string][] = []
  for (const [index, [schema, own]] of [...names.schemas].entries()) {
    const source = schemas[index]
    const start = header(source?.file)
    for (const [name, text] of await emitSchemaFiles(schema, own, context)) {
      const mark = name.endsWith('.schema.gen.ts') ? fingerprintLine(source?.schema.source) : ''
      files.push([name, start + mark + text])
    }
  }
  if (!context.core) {
    const resources = linked.flatMap(({ resource }) => (resource ? [resource] : []))
    for (const [index, resource] of resources.entries()) {
      const start = header(resourceTypes[index]?.file) + fingerprintLine(resource.document.source)
      files.push([`${resource.file}.resource.gen.ts`, start + emitResource(resource, context)])
    }
    files.push(['index.ts', header(undefined) + emitIndex(names.schemas, resources)])
  }
  return { files: new Map(files.sort(([left], [right]) => (left < right ? -1 : 1))), faults: [], warnings }
}

async function emitSchemaFiles(
  schema: SchemaModel,
  names: SchemaNames,
  context: EmitContext,
): Promise<readonly (readonly [string, string])[]> {
  const start = `${names.file}.`
  const files: [string, string][] = [
    [`${start}types.gen.ts`, await emitTypes(schema, names, context)],
    [`${start}schema.gen.ts`, emitSchema(schema, names, context)],
    [`${start}descriptions.gen.ts`, emitDescriptions(schema, names, context)],
    [`${start}zod.gen.ts`, emitZod(schema, names, context)],
  ]
  if (schema.kind === 'extension' && !context.core) {
    files.push([`${start}extension.gen.ts`, emitExtension(schema, names, context)])
  }
  return files.filter(([, text]) => text !== '')
}
