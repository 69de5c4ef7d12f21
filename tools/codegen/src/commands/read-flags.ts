import { parseArgs } from 'node:util'
import type { ZodPackage } from '../model/codegen-model.js'
import { type CodeFormat, codeFormats } from '../output/format-code.js'
import { type PluginName, pluginNames } from '../plugins/choose-plugins.js'

/** Flags of the commands that read schemas; what is not given is absent. */
export interface Flags {
  readonly schemas?: readonly string[]
  readonly resourceTypes?: readonly string[]
  readonly out?: string
  readonly openapi?: string
  readonly config?: string
  readonly plugins?: readonly PluginName[]
  readonly zod?: ZodPackage
  readonly format?: CodeFormat
  readonly lenient?: boolean
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
  readonly check: boolean
  readonly watch: boolean
}

const zodPackages: readonly ZodPackage[] = ['zod', 'zod/mini']

/** Flags that take one value. */
const single = ['out', 'openapi', 'config', 'plugins', 'zod', 'format'] as const

/** Flags that belong to `generate` alone. */
const ofGenerate = ['openapi', 'plugins', 'zod', 'format', 'watch'] as const

/**
 * Reads the flags of a command. Words after `--schemas` that belong to no flag are schemas as well.
 *
 * @param args Arguments behind the command.
 * @param command Name of the command.
 * @returns The flags, or a line that says which one is wrong.
 */
export function readFlags(args: readonly string[], command: string): Flags | string {
  try {
    return checkFlags(parse(args), command)
  } catch (cause) {
    return sayWrongFlag(String((cause as Error).message)) // parseArgs throws TypeError
  }
}

/**
 * Makes one line of the message of `parseArgs`.
 *
 * @param message What the error says.
 * @returns Which flag is wrong, and the way out.
 */
export function sayWrongFlag(message: string): string {
  const unknown = /^Unknown option '([^']+)'/.exec(message)?.[1]
  if (unknown !== undefined) return `${unknown} is not known; --help lists the flags`
  const bare = /^Option '(?:-\w, )?(--[\w-]+)(?: <value>)?' argument (?:missing|is ambiguous)/.exec(message)?.[1]
  if (bare !== undefined) return `${bare} needs a value; give it after the flag`
  const taken = /^Option '(?:-\w, )?(--[\w-]+)' does not take an argument/.exec(message)?.[1]
  if (taken !== undefined) return `${taken} takes no value; write it alone`
  return `${message.split(/\. |\n/, 1)[0]}; --help lists the flags`
}

/**
 * Says which value a flag has to have.
 *
 * @param flag Flag with its dashes.
 * @param value Given value.
 * @param words Values that it takes.
 * @returns A line; `undefined` when the value is one of them, or there is none.
 */
export function sayWrongWord(flag: string, value: string | undefined, words: readonly string[]): string | undefined {
  if (value === undefined || words.includes(value)) return undefined
  return `${flag} is ${value}; give one of ${words.join(', ')}`
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      schemas: { type: 'string', multiple: true },
      'resource-types': { type: 'string', multiple: true },
      out: { type: 'string', multiple: true },
      openapi: { type: 'string', multiple: true },
      config: { type: 'string', multiple: true },
      plugins: { type: 'string', multiple: true },
      zod: { type: 'string', multiple: true },
      format: { type: 'string', multiple: true },
      check: { type: 'boolean' },
      watch: { type: 'boolean' },
      lenient: { type: 'boolean' },
      include: { type: 'string', multiple: true },
      exclude: { type: 'string', multiple: true },
    },
  })
}

function checkFlags({ values, positionals }: ReturnType<typeof parse>, command: string): Flags | string {
  const foreign = command === 'generate' ? undefined : ofGenerate.find((name) => values[name] !== undefined)
  if (foreign === 'openapi' && command === 'openapi') return '--openapi belongs to generate; write --out'
  if (foreign) return `--${foreign} belongs to generate; leave it out`
  const twice = single.find((name) => (values[name]?.length ?? 0) > 1)
  if (twice) return `--${twice} is given twice; give it once`
  const [stray] = positionals
  const { schemas, check = false, watch = false, lenient } = values
  if (!schemas && stray !== undefined) return `${stray} belongs to no flag; write --schemas before it`
  if (check && watch) return '--check and --watch exclude each other; give one of them'
  const [zod] = values.zod ?? []
  const [format] = values.format ?? []
  const plugins = values.plugins?.flatMap((list) => list.split(',').map((name) => name.trim()))
  const wrong =
    sayWrongWord('--zod', zod, zodPackages) ??
    sayWrongWord('--format', format, codeFormats) ??
    plugins?.map((name) => sayWrongWord('--plugins', name, pluginNames)).find((line) => line !== undefined)
  if (wrong !== undefined) return wrong
  return {
    ...(schemas && { schemas: [...schemas, ...positionals] }),
    ...(values['resource-types'] && { resourceTypes: values['resource-types'] }),
    ...(values.out?.[0] && { out: values.out[0] }),
    ...(values.openapi?.[0] && { openapi: values.openapi[0] }),
    ...(values.config?.[0] && { config: values.config[0] }),
    ...(plugins && { plugins: plugins as readonly PluginName[] }), // each has been looked up
    ...(zod !== undefined && { zod: zod as ZodPackage }), // has been looked up
    ...(format !== undefined && { format: format as CodeFormat }), // has been looked up
    ...(lenient !== undefined && { lenient }),
    ...(values.include && { include: values.include }),
    ...(values.exclude && { exclude: values.exclude }),
    check,
    watch,
  }
}
