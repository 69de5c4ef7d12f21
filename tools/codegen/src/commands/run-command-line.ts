import { parseArgs } from 'node:util'
import type { RunResult } from '../output/settle-files.js'
import { type ProgressStream, withProgress } from '../show-progress.js'
import { commandNames, helpOf } from './command-help.js'
import { readFlags, sayWrongFlag, sayWrongWord } from './read-flags.js'

/** What a command that goes on needs from around it. */
export interface CommandOptions {
  /** Ends `--watch`. */
  readonly signal?: AbortSignal | undefined
  /** Takes the lines of `--watch` as they come. */
  readonly onBuild?: ((result: RunResult) => void) | undefined
  /** Standard error; where it is a terminal, it shows how far a run on many files is. */
  readonly progressTo?: ProgressStream | undefined
}

type Command = (args: readonly string[], options: CommandOptions) => Promise<RunResult>

/** What each command needs is loaded when it runs; compiler and validators take a second to load. */
const commands: Readonly<Record<string, Command>> = {
  init,
  generate,
  openapi: (args, options) => generateApart(args, 'openapi', options),
  docs: (args, options) => generateApart(args, 'docs', options),
  samples: (args, options) => generateApart(args, 'samples', options),
  pull,
  diff,
  'from-zod': fromZod,
}

/**
 * Runs a command line.
 *
 * @param args Arguments without the program's name.
 * @param options What `--watch` needs, and where progress is shown.
 * @returns Status and lines; the caller prints and exits.
 */
export async function runCommandLine(args: readonly string[], options: CommandOptions = {}): Promise<RunResult> {
  const [name, ...rest] = args
  if (name === undefined) return wrongUse('no command is given; write scim-codegen init, or --help for all commands')
  if (name === '--help' || name === '-h') return { status: 0, output: [await helpOf()], errors: [] }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) return wrongUse(`the command ${name} is not known; the commands are ${commandNames.join(', ')}`)
  if (rest.includes('--help') || rest.includes('-h')) return { status: 0, output: [await helpOf(name)], errors: [] }
  try {
    return await command(rest, options)
  } catch (error) {
    const lines = (error as { name?: unknown; lines?: readonly string[] })?.lines // ConfigError, not loaded for its name
    if (error instanceof Error && error.name === 'ConfigError' && lines) return { status: 2, output: [], errors: lines }
    throw error
  }
}

async function init(args: readonly string[]): Promise<RunResult> {
  const given = parse(args, {
    schemas: { type: 'string', multiple: true },
    'resource-types': { type: 'string', multiple: true },
    out: { type: 'string' },
    plugins: { type: 'string', multiple: true },
    zod: { type: 'string' },
    lenient: { type: 'boolean' },
    javascript: { type: 'boolean' },
    example: { type: 'boolean' },
    force: { type: 'boolean' },
  })
  if (typeof given === 'string') return wrongUse(given)
  const { values, positionals } = given
  const [stray] = positionals
  if (stray !== undefined && !values.schemas) return wrongUse(`${stray} belongs to no flag; write --schemas before it`)
  const { pluginNames } = await import('../plugins/choose-plugins.js')
  const plugins = values.plugins?.flatMap((list) => list.split(',').map((plugin) => plugin.trim()))
  const wrong =
    sayWrongWord('--zod', values.zod, ['zod', 'zod/mini']) ??
    plugins?.map((plugin) => sayWrongWord('--plugins', plugin, pluginNames)).find((line) => line !== undefined)
  if (wrong !== undefined) return wrongUse(wrong)
  const { runInit } = await import('./init/run-init.js')
  return runInit({
    ...values,
    schemas: values.schemas && [...values.schemas, ...positionals],
    resourceTypes: values['resource-types'],
    plugins: plugins as typeof pluginNames | undefined, // each has been looked up
    zod: values.zod as 'zod' | 'zod/mini' | undefined, // has been looked up
  })
}

async function generate(args: readonly string[], { signal, onBuild, progressTo }: CommandOptions): Promise<RunResult> {
  const flags = readFlags(args, 'generate')
  if (typeof flags === 'string') return wrongUse(flags)
  if (flags.watch) {
    const { runWatch } = await import('./watch/run-watch.js')
    const never = new AbortController().signal
    return runWatch(flags, { signal: signal ?? never, onBuild: onBuild ?? (() => undefined), progressTo })
  }
  const { readSettings } = await import('../config/read-settings.js')
  const settings = await readSettings(flags, 'code')
  if (typeof settings === 'string') return wrongUse(settings)
  const { runGenerate } = await import('../run-generate.js')
  return withProgress(progressTo, (onProgress) => runGenerate({ ...settings.run, onProgress }))
}

/** Runs one plug-in alone, whose files go to where `--out` says. */
async function generateApart(
  args: readonly string[],
  name: 'openapi' | 'docs' | 'samples',
  { progressTo }: CommandOptions,
): Promise<RunResult> {
  const flags = readFlags(args, name)
  if (typeof flags === 'string') return wrongUse(flags)
  const { readSettings } = await import('../config/read-settings.js')
  const settings = await readSettings(flags, name === 'openapi' ? 'file' : 'folder')
  if (typeof settings === 'string') return wrongUse(settings)
  const { runApart } = await import('./run-apart.js')
  return withProgress(progressTo, (onProgress) => runApart({ ...settings.run, onProgress }, name))
}

async function pull(args: readonly string[]): Promise<RunResult> {
  const given = parse(args, { token: { type: 'string' }, out: { type: 'string' } })
  if (typeof given === 'string') return wrongUse(given)
  const { values, positionals } = given
  const [url] = positionals
  if (url === undefined || positionals.length > 1)
    return wrongUse('pull takes one URL, the root of the service; write scim-codegen pull URL --out DIR')
  if (!values.out) return wrongUse('--out is missing; give the folder to write to after it')
  const { runPull } = await import('./run-pull.js')
  return runPull(url, values.out, { token: values.token })
}

async function diff(args: readonly string[]): Promise<RunResult> {
  const flags = {
    token: { type: 'string' },
    json: { type: 'boolean' },
    lenient: { type: 'boolean' },
    include: { type: 'string', multiple: true },
    exclude: { type: 'string', multiple: true },
  } as const
  const given = parse(args, flags)
  if (typeof given === 'string') return wrongUse(given)
  const [before, after, ...more] = given.positionals
  if (before === undefined || after === undefined || more.length > 0) {
    return wrongUse('diff takes two sources, each a file, a folder or a URL; write scim-codegen diff A B')
  }
  const { runDiff } = await import('./diff/run-diff.js')
  return runDiff(before, after, given.values)
}

async function fromZod(args: readonly string[]): Promise<RunResult> {
  const given = parse(args, { out: { type: 'string' } })
  if (typeof given === 'string') return wrongUse(given)
  const [file] = given.positionals
  if (file === undefined || given.positionals.length > 1)
    return wrongUse('from-zod takes one file; write scim-codegen from-zod FILE --out FILE')
  if (!given.values.out) return wrongUse('--out is missing; give the file to write to after it')
  const { runFromZod } = await import('./run-from-zod.js')
  return runFromZod(file, given.values.out)
}

/** Reads the flags of the commands that take no schemas; a text says which one is wrong. */
function parse<const T extends Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>>(
  args: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options })
  } catch (cause) {
    return sayWrongFlag(String((cause as Error).message)) // parseArgs throws TypeError
  }
}

function wrongUse(line: string): RunResult {
  return { status: 2, output: [], errors: [`scim-codegen: ${line}`] }
}
