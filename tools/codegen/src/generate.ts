import { buildModel, kindOf } from './build-model.js'
import { createContext } from './emit-context.js'
import { emitFiles } from './emit-files.js'
import { findShadowed } from './find-shadowed.js'
import { nameAll } from './identifier-names.js'
import { findGuesses, linkResource, rolesOf } from './link-resource.js'
import { type DocumentSource, readSources, type SourceFault } from './read-sources.js'

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
  const { schemas, resourceTypes } = sources
  if (sources.faults.length > 0) return { files: new Map(), faults: sources.faults, warnings: sources.warnings }

  const roles = rolesOf(resourceTypes)
  const models = schemas.map(({ schema }) => buildModel(schema, kindOf(schema.definition.id, roles)))
  const typeNames = resourceTypes.map(({ resourceType }) => resourceType.name)
  const names = nameAll(models, typeNames, options.names ?? {})
  const linked = resourceTypes.map((source) => ({ ...source, ...linkResource(source, names) }))
  const faults = linked.flatMap((link) => link.faults)
  const warnings = [...sources.warnings, ...findGuesses(schemas, roles), ...findShadowed(schemas, models)]
  if (faults.length > 0) return { files: new Map(), faults, warnings }

  const ready = [...names.schemas].flatMap(([model, own], index) => {
    const source = schemas[index]
    return source ? [{ ...source, model, names: own }] : []
  })
  const resources = linked.flatMap((link) => (link.resource ? [{ ...link, resource: link.resource }] : []))
  const context = createContext(options.target ?? 'package')
  const files = await emitFiles(ready, resources, { context, command: options.command ?? 'scim-codegen generate' })
  return { files, faults: [], warnings }
}
