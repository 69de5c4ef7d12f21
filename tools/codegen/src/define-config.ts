import type { ZodPackage } from './model/codegen-model.js'
import type { CodeFormat } from './output/format-code.js'
import type { PluginName } from './plugins/choose-plugins.js'
import type { CodegenPlugin } from './plugins/codegen-plugin.js'

/** What a `scim.config` file says. Its paths start from the folder of the file. */
export interface CodegenConfig {
  /** Address of the JSON Schema, for editors. */
  readonly $schema?: string | undefined
  /** Schema documents: files, globs, folders. ResourceType documents may be among them. */
  readonly schemas: string | readonly string[]
  /** ResourceType documents that are elsewhere: files, globs, folders. */
  readonly resourceTypes?: string | readonly string[] | undefined
  /** Folder to write to; it belongs to the generator. */
  readonly out: string
  /** What to make, in this order: names of codegen's own plug-ins, or plug-ins. Default: `types` and `zod`. */
  readonly plugins?: readonly (PluginName | CodegenPlugin)[] | undefined
  /** zod package that validators are made with; `zod/mini` for small bundles. Default: `zod`. */
  readonly zod?: ZodPackage | undefined
  /** `ts` for TypeScript, `esm` or `cjs` for JavaScript with declarations. Default: `ts`. */
  readonly format?: CodeFormat | undefined
  /** File for the OpenAPI document of the service. */
  readonly openapi?: string | undefined
  /** Accepts what vendors publish beyond the RFC, each with a warning. */
  readonly lenient?: boolean | undefined
  /** URNs of the schemas to read; all others are skipped. */
  readonly include?: readonly string[] | undefined
  /** URNs of schemas to skip, with their faults; resource types are read without them. */
  readonly exclude?: readonly string[] | undefined
  /** Type names by schema URN, for schemas whose own name does not do. */
  readonly names?: Readonly<Record<string, string>> | undefined
}

/**
 * Types a configuration; returns what it is given.
 *
 * @param config What to generate.
 * @returns The same configuration.
 * @example
 * export default defineConfig({ schemas: 'schemas', out: 'src/scim', plugins: ['types', 'zod', 'client'] })
 */
export function defineConfig(config: CodegenConfig): CodegenConfig {
  return config
}
