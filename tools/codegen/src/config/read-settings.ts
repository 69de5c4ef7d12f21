import type { CodegenConfig } from '../define-config.js'
import type { ZodPackage } from '../model/codegen-model.js'
import type { CodeFormat } from '../output/format-code.js'
import type { PluginName } from '../plugins/choose-plugins.js'
import type { GenerateRun } from '../run-generate.js'
import { findConfig, type LoadedConfig, loadConfig, resolvePath } from './load-config.js'

/** Flags of the commands that read schemas; one that is not given is absent. */
export interface SettingFlags {
  readonly schemas?: readonly string[] | undefined
  readonly resourceTypes?: readonly string[] | undefined
  readonly out?: string | undefined
  readonly openapi?: string | undefined
  readonly config?: string | undefined
  readonly plugins?: readonly PluginName[] | undefined
  readonly zod?: ZodPackage | undefined
  readonly format?: CodeFormat | undefined
  readonly lenient?: boolean | undefined
  readonly include?: readonly string[] | undefined
  readonly exclude?: readonly string[] | undefined
  readonly check: boolean
  readonly watch: boolean
}

/** What a command does, from its flags and the configuration; or a line that says what is missing. */
export interface Settings {
  readonly run: GenerateRun
  /** Path of the configuration; absent where flags say everything. */
  readonly configFile?: string | undefined
}

/**
 * Brings flags and configuration together: a flag wins, and `--schemas` replaces the configured resource types as well.
 *
 * @param flags Flags of the command.
 * @param outKind What `--out` names: the folder of `generate`, which a configuration may give, or a file or folder of
 *   another command, which has to be given.
 * @returns The settings, or a line that says what is missing.
 * @throws {ConfigError} When the configuration cannot be used.
 */
export async function readSettings(
  flags: SettingFlags,
  outKind: 'code' | 'folder' | 'file',
): Promise<Settings | string> {
  const configFile = flags.config ?? findConfig()
  const loaded = configFile === undefined ? undefined : await loadConfig(configFile)
  const { schemas, resourceTypes } = readInputs(flags, loaded)
  if (schemas.length === 0) {
    return '--schemas is missing; give the schema files after it, or write a configuration with scim-codegen init'
  }
  const configured = loaded && outKind === 'code' ? resolvePath(loaded, loaded.config.out) : undefined
  const out = flags.out ?? configured
  if (out === undefined)
    return `--out is missing; give the ${outKind === 'file' ? 'file' : 'folder'} to write to after it`
  const { plugins, zod, format, lenient, include, exclude, names }: Partial<CodegenConfig> = loaded?.config ?? {}
  const openapi = loaded?.config.openapi === undefined ? undefined : resolvePath(loaded, loaded.config.openapi)
  return {
    configFile,
    run: {
      schemas,
      resourceTypes,
      out,
      plugins: flags.plugins ?? plugins,
      zod: flags.zod ?? zod,
      format: flags.format ?? format,
      openapi: flags.openapi ?? openapi,
      lenient: flags.lenient ?? lenient,
      include: flags.include ?? include,
      exclude: flags.exclude ?? exclude,
      names,
      check: flags.check,
    },
  }
}

function readInputs(
  flags: SettingFlags,
  loaded: LoadedConfig | undefined,
): Pick<GenerateRun, 'schemas' | 'resourceTypes'> {
  if (flags.schemas) return { schemas: flags.schemas, resourceTypes: flags.resourceTypes ?? [] }
  if (!loaded) return { schemas: [] }
  const pathsOf = (given: string | readonly string[] = []) =>
    (typeof given === 'string' ? [given] : given).map((path) => resolvePath(loaded, path))
  const { schemas, resourceTypes } = loaded.config
  return { schemas: pathsOf(schemas), resourceTypes: flags.resourceTypes ?? pathsOf(resourceTypes) }
}
