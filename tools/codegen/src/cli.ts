import { parseArgs } from 'node:util'
import { type ArgsDef, type CommandDef, defineCommand, renderUsage } from 'citty'
import { runDiff } from './diff/run-diff.js'
import { runFromZod } from './from-zod/run-from-zod.js'
import { runDocs, runSamples } from './plugins/run-per-schema.js'
import { runPull } from './pull/run-pull.js'
import { type Flags, type OutKind, readFlags, sayWrongFlag } from './read-flags.js'
import { runGenerate } from './run-generate.js'
import { runOpenApi } from './run-openapi.js'
import type { RunResult } from './settle-files.js'

const inputs = {
  schemas: { type: 'string', valueHint: 'FILE|GLOB|DIR…', description: 'Schema documents' },
  'resource-types': { type: 'string', valueHint: 'FILE', description: 'ResourceType documents' },
} as const

const switches = {
  check: { type: 'boolean', description: 'Compare instead of writing; status 1 when something is stale' },
  lenient: { type: 'boolean', description: 'Take what vendors publish beyond the RFC, with warnings' },
} as const

const generateCommand = defineCommand({
  meta: { name: 'scim-codegen generate', description: 'Writes types, validators and schema data of SCIM schemas.' },
  args: {
    ...inputs,
    out: { type: 'string', valueHint: 'DIR', description: 'Folder to write to' },
    openapi: { type: 'string', valueHint: 'FILE', description: 'File for the OpenAPI document of the service' },
    ...switches,
  },
})

const openApiCommand = defineCommand({
  meta: { name: 'scim-codegen openapi', description: 'Writes the OpenAPI document of the service.' },
  args: { ...inputs, out: { type: 'string', valueHint: 'FILE', description: 'File to write to' }, ...switches },
})

const perSchema = (name: string, description: string) =>
  defineCommand({
    meta: { name: `scim-codegen ${name}`, description },
    args: { ...inputs, out: { type: 'string', valueHint: 'DIR', description: 'Folder to write to' }, ...switches },
  })

const docsCommand = perSchema('docs', 'Writes a Markdown page for each schema.')
const samplesCommand = perSchema('samples', 'Writes valid samples of each schema, the same on every run.')

const token = { type: 'string', valueHint: 'T', description: 'Bearer token for the server' } as const

const pullCommand = defineCommand({
  meta: { name: 'scim-codegen pull URL', description: 'Saves the schemas and resource types of a live server.' },
  args: { token, out: { type: 'string', valueHint: 'DIR', description: 'Folder to write to' } },
})

const diffCommand = defineCommand({
  meta: { name: 'scim-codegen diff A B', description: 'Compares two sources; status 1 when they differ.' },
  args: {
    token,
    json: { type: 'boolean', description: 'Write the changes as JSON' },
    lenient: { type: 'boolean', description: 'Take what vendors publish beyond the RFC' },
  },
})

const fromZodCommand = defineCommand({
  meta: { name: 'scim-codegen from-zod FILE', description: 'Writes the SCIM schema of a zod object with .meta().' },
  args: { out: { type: 'string', valueHint: 'FILE', description: 'File to write to' } },
})

const mainCommand = defineCommand({
  meta: { name: 'scim-codegen', description: 'TypeScript and OpenAPI from SCIM schemas.' },
  subCommands: {
    generate: generateCommand,
    openapi: openApiCommand,
    docs: docsCommand,
    samples: samplesCommand,
    pull: pullCommand,
    diff: diffCommand,
    'from-zod': fromZodCommand,
  },
})

/** Commands that are known and not there yet. */
const planned = new Map([['init', 'init is not supported yet; give the flags to generate']])

/**
 * Runs a command line.
 *
 * @param args Arguments without the program's name.
 * @returns Status and lines; the caller prints and exits.
 */
export async function runCommandLine(args: readonly string[]): Promise<RunResult> {
  const [command, ...rest] = args
  const help = rest.includes('--help') || rest.includes('-h')
  switch (command) {
    case '--help':
    case '-h':
      return usage(mainCommand)
    case 'generate':
      return help ? usage(generateCommand) : runWith(rest, 'folder', runGenerate)
    case 'openapi':
      return help ? usage(openApiCommand) : runWith(rest, 'file', runOpenApi)
    case 'docs':
      return help ? usage(docsCommand) : runWith(rest, 'folder', runDocs)
    case 'samples':
      return help ? usage(samplesCommand) : runWith(rest, 'folder', runSamples)
    case 'pull':
      return help ? usage(pullCommand) : pull(rest)
    case 'diff':
      return help ? usage(diffCommand) : diff(rest)
    case 'from-zod':
      return help ? usage(fromZodCommand) : fromZod(rest)
    case undefined:
      return wrongUse('no command is given; write scim-codegen generate --schemas FILE --out DIR')
    default:
      return wrongUse(planned.get(command) ?? `the command ${command} is not known; --help lists the commands`)
  }
}

async function runWith(
  args: readonly string[],
  outKind: OutKind,
  run: (flags: Flags) => RunResult | Promise<RunResult>,
): Promise<RunResult> {
  const flags = readFlags(args, outKind)
  if (typeof flags === 'string') return wrongUse(flags)
  if (outKind === 'file' && flags.openapi !== undefined) return wrongUse('--openapi belongs to generate; write --out')
  return run(flags)
}

async function pull(args: readonly string[]): Promise<RunResult> {
  const given = parse(args, { token: { type: 'string' }, out: { type: 'string' } })
  if (typeof given === 'string') return wrongUse(given)
  const { values, positionals } = given
  const [url] = positionals
  if (url === undefined || positionals.length > 1) return wrongUse('pull takes one URL, the root of the service')
  if (!values.out) return wrongUse('--out is missing; give the folder to write to after it')
  return runPull(url, values.out, { token: values.token })
}

async function diff(args: readonly string[]): Promise<RunResult> {
  const flags = { token: { type: 'string' }, json: { type: 'boolean' }, lenient: { type: 'boolean' } } as const
  const given = parse(args, flags)
  if (typeof given === 'string') return wrongUse(given)
  const [before, after, ...more] = given.positionals
  if (before === undefined || after === undefined || more.length > 0) {
    return wrongUse('diff takes two sources, each a file, a folder or a URL')
  }
  return runDiff(before, after, given.values)
}

async function fromZod(args: readonly string[]): Promise<RunResult> {
  const given = parse(args, { out: { type: 'string' } })
  if (typeof given === 'string') return wrongUse(given)
  const [file] = given.positionals
  if (file === undefined || given.positionals.length > 1) return wrongUse('from-zod takes one file')
  if (!given.values.out) return wrongUse('--out is missing; give the file to write to after it')
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

async function usage<T extends ArgsDef>(command: CommandDef<T>): Promise<RunResult> {
  return { status: 0, output: [await renderUsage(command)], errors: [] }
}
