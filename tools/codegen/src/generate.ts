import type { SchemaChoice } from '@scimkit/core/documents'
import { plainLine } from './emit/source-text.js'
import { readSources } from './input/read-sources.js'
import type { DocumentSource, SourceFault } from './input/sources.js'
import { buildModel, kindOf } from './model/build-model.js'
import type { ZodPackage } from './model/codegen-model.js'
import { createContext } from './model/emit-context.js'
import { findRedefined } from './model/find-redefined.js'
import { findRenamed, type Rename } from './model/find-renamed.js'
import { findShadowed } from './model/find-shadowed.js'
import { nameAll } from './model/identifier-names.js'
import { findGuesses, findUnused, linkResource, rolesOf } from './model/link-resource.js'
import { type CodeFormat, formatCode } from './output/format-code.js'
import { choosePlugins, defaultPlugins, type PluginName } from './plugins/choose-plugins.js'
import type { CodegenPlugin } from './plugins/codegen-plugin.js'
import { PluginError, runPlugins } from './plugins/run-plugins.js'
import type { OnProgress } from './show-progress.js'

/** Options of {@link generate}. */
export interface GenerateOptions extends SchemaChoice {
  readonly schemas: readonly DocumentSource[]
  /** Resource types; they say which schema is a base and which extends it. */
  readonly resourceTypes?: readonly DocumentSource[] | undefined
  /** Type names by schema URN, for schemas whose own name does not do. */
  readonly names?: Readonly<Record<string, string>> | undefined
  /** `core` makes the code of core itself: relative imports, no definitions, no index. Default: `package`. */
  readonly target?: 'package' | 'core' | undefined
  /** Command that the header lines name. Default: `scim-codegen generate`. */
  readonly command?: string | undefined
  /** Accepts what vendors publish beyond the RFC, each with a warning. */
  readonly lenient?: boolean | undefined
  /** What to make, in this order. Default: `types` and `zod`. */
  readonly plugins?: readonly (PluginName | CodegenPlugin)[] | undefined
  /** zod package that validators are made with. Default: `zod`. */
  readonly zod?: ZodPackage | undefined
  /** TypeScript, or JavaScript with declarations. Default: `ts`. */
  readonly format?: CodeFormat | undefined
  /** Called with each schema that is done, to show the progress of a long run. */
  readonly onProgress?: OnProgress | undefined
}

/** What {@link generate} made. */
export interface GeneratedCode {
  /** Text by path from the output folder, sorted; empty when there are faults. */
  readonly files: ReadonlyMap<string, string>
  readonly faults: readonly SourceFault[]
  readonly warnings: readonly SourceFault[]
}

/**
 * Generates TypeScript from schema documents. Equal input gives equal bytes; no file is read or written.
 *
 * @param options Documents and what to make of them.
 * @returns The files, or what is wrong with the documents.
 * @throws {TypeError} When a plug-in does not have the form of one.
 */
export async function generate(options: GenerateOptions): Promise<GeneratedCode> {
  const plugins = choosePlugins(options.plugins ?? defaultPlugins)
  const sources = readSources([...options.schemas, ...(options.resourceTypes ?? [])], options)
  const { schemas, resourceTypes } = sources
  if (sources.faults.length > 0) return failed(sources.faults, sources.warnings)

  const roles = rolesOf(resourceTypes)
  const models = schemas.map(({ schema }) => buildModel(schema, kindOf(schema.definition.id, roles)))
  const typeNames = resourceTypes.map(({ resourceType }) => resourceType.name)
  const names = nameAll(models, typeNames, options.names ?? {})
  const linked = resourceTypes.map((source) => ({ ...source, ...linkResource(source, names) }))
  const faults = linked.flatMap((link) => link.faults)
  const fileOf = ({ schema, of }: Rename): string =>
    schema
      ? (schemas[models.indexOf(schema)]?.file ?? '')
      : (resourceTypes.find(({ resourceType }) => resourceType.name === of)?.file ?? '')
  const renames = findRenamed(names, options.names ?? {}).map((rename) => ({
    file: fileOf(rename),
    ...describeRename(rename),
  }))
  const guesses = [...findGuesses(schemas, roles), ...findShadowed(schemas, models)]
  const redefined = options.target === 'core' ? [] : await findRedefined(schemas)
  const warnings = [...sources.warnings, ...guesses, ...redefined, ...renames]
  if (faults.length > 0) return failed(faults, warnings)

  try {
    const files = await runPlugins(plugins, {
      schemas: [...names.schemas].flatMap(([model, own], index) => {
        const source = schemas[index]
        return source ? [{ ...source, model, names: own }] : []
      }),
      resources: linked.flatMap((link) => (link.resource ? [{ ...link, resource: link.resource }] : [])),
      sources,
      context: createContext(options.target ?? 'package'),
      zod: options.zod ?? 'zod',
      plugins: plugins.map(({ name }) => name),
      command: options.command ?? 'scim-codegen generate',
      onProgress: options.onProgress,
    })
    const made = await formatCode(files, options.format ?? 'ts')
    return { files: made, faults: [], warnings: [...warnings, ...findUnused(schemas, roles)] }
  } catch (error) {
    if (!(error instanceof PluginError)) throw error
    return failed([{ file: `plug-in ${error.plugin}`, path: '', message: error.message }], warnings)
  }
}

function describeRename({ schema, kind, of, type }: Rename): Omit<SourceFault, 'file'> {
  const name = plainLine(of)
  if (!schema) {
    return {
      path: name,
      message: `the type of the resource type is called ${type}; change the name in its document for another`,
    }
  }
  const way = 'names of the configuration gives it another name by its URN'
  if (kind === 'schema') return { path: schema.id, message: `the type of ${name} is called ${type}; ${way}` }
  const inside = 'names of the configuration gives another name to the schema, and so to its parts, by its URN'
  return { path: `${schema.id}:${name}`, message: `the type of the attribute is called ${type}; ${inside}` }
}

function failed(faults: readonly SourceFault[], warnings: readonly SourceFault[]): GeneratedCode {
  return { files: new Map(), faults, warnings }
}
