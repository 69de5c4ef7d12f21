import type { SettingFlags } from '../config/read-settings.js'
import type { ZodPackage } from '../model/codegen-model.js'
import { type CodeFormat, codeFormats } from '../output/format-code.js'
import { type PluginName, pluginNames } from '../plugins/choose-plugins.js'
import { describeWrongWord, parseFlags, splitNames } from './parse-flags.js'

/** zod packages that validators can be made with. */
export const zodPackages: readonly ZodPackage[] = ['zod', 'zod/mini']

/** Flags that name the documents to read. */
export const inputFlags = {
  schemas: { type: 'string', multiple: true, valueHint: 'FILE|GLOB|DIR…', description: 'Schema documents' },
  'resource-types': { type: 'string', multiple: true, valueHint: 'FILE', description: 'ResourceType documents' },
} as const

/** Flags that choose among the schemas of the documents. */
export const choiceFlags = {
  include: {
    type: 'string',
    multiple: true,
    valueHint: 'URN',
    description: 'Schema to read, once for each; all others are skipped',
  },
  exclude: {
    type: 'string',
    multiple: true,
    valueHint: 'URN',
    description: 'Schema to skip together with its faults, once for each',
  },
} as const

/** `--lenient`. */
export const lenientFlag = {
  lenient: { type: 'boolean', description: 'Accept what vendors publish beyond the RFC, with warnings' },
} as const

/** `--token` of the commands that read a live server. */
export const tokenFlag = {
  token: { type: 'string', valueHint: 'T', description: 'Bearer token for the server' },
} as const

/** `--out` of the commands that write a file. */
export const outFile = { out: { type: 'string', valueHint: 'FILE', description: 'File to write to' } } as const

/** `--out` of the commands that write a folder. */
export const outFolder = { out: { type: 'string', valueHint: 'DIR', description: 'Folder to write to' } } as const

/** `--plugins` and `--zod`. */
export const codeFlags = {
  plugins: {
    type: 'string',
    valueHint: 'NAME,…',
    description: `What to generate: ${pluginNames.join(', ')}`,
  },
  zod: { type: 'string', valueHint: 'zod|zod/mini', description: 'zod package of the validators' },
} as const

/** Flags of every command that reads schemas and writes what it makes of them. */
export const sourceFlags = {
  ...inputFlags,
  config: {
    type: 'string',
    valueHint: 'FILE',
    description: 'Configuration; default: scim.config.* in the current folder',
  },
  check: {
    type: 'boolean',
    description: 'Compare instead of writing; status 1 and a diff when something is stale',
  },
  ...lenientFlag,
  ...choiceFlags,
} as const

/** Flags that `generate` alone has. */
export const generateFlags = {
  ...codeFlags,
  format: { type: 'string', valueHint: 'ts|esm|cjs', description: 'TypeScript, or JavaScript with declarations' },
  openapi: { type: 'string', valueHint: 'FILE', description: 'File for the OpenAPI document of the service' },
  watch: { type: 'boolean', description: 'Build again after every change, until Ctrl-C' },
} as const

/**
 * Reads the flags of a command that reads schemas. Words after `--schemas` that belong to no flag are schemas as well.
 *
 * @param args Arguments after the name of the command.
 * @param command Name of the command.
 * @returns The flags, or a line that says which one is wrong.
 */
export function readSourceFlags(args: readonly string[], command: string): SettingFlags | string {
  const parsed = parseFlags(args, { ...sourceFlags, ...outFolder, ...generateFlags })
  if (typeof parsed === 'string') return parsed
  const { values, positionals } = parsed
  const foreign = command === 'generate' ? undefined : names.find((name) => values[name] !== undefined)
  if (foreign === 'openapi' && command === 'openapi') return '--openapi belongs to generate; write --out'
  if (foreign) return `--${foreign} belongs to generate; leave it out`
  const [stray] = positionals
  const { schemas, 'resource-types': resourceTypes, zod, format, check = false, watch = false, ...rest } = values
  if (!schemas && stray !== undefined) return `${stray} belongs to no flag; write --schemas before it`
  if (check && watch) return '--check and --watch exclude each other; give one of them'
  const plugins = values.plugins === undefined ? undefined : splitNames(values.plugins)
  const wrong =
    describeWrongWord('--zod', zod, zodPackages) ??
    describeWrongWord('--format', format, codeFormats) ??
    plugins?.map((name) => describeWrongWord('--plugins', name, pluginNames)).find((line) => line !== undefined)
  if (wrong !== undefined) return wrong
  return {
    ...rest,
    schemas: schemas && [...schemas, ...positionals],
    resourceTypes,
    plugins: plugins as readonly PluginName[] | undefined, // each has been looked up
    zod: zod as ZodPackage | undefined, // has been looked up
    format: format as CodeFormat | undefined, // has been looked up
    check,
    watch,
  }
}

const names = Object.keys(generateFlags) as (keyof typeof generateFlags)[] // its own keys
