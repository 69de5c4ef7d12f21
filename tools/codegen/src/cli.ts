import { type ArgsDef, type CommandDef, defineCommand, renderUsage } from 'citty'
import { type Flags, type OutKind, readFlags } from './read-flags.js'
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

const mainCommand = defineCommand({
  meta: { name: 'scim-codegen', description: 'TypeScript and OpenAPI from SCIM schemas.' },
  subCommands: { generate: generateCommand, openapi: openApiCommand },
})

/** Commands that are known and not there yet. */
const planned = new Map([
  ['pull', 'pull is not supported yet; save /Schemas and /ResourceTypes of the server and give the files to generate'],
  ['init', 'init is not supported yet; give the flags to generate'],
])

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
    case undefined:
      return wrongUse('no command is given; write scim-codegen generate --schemas FILE --out DIR')
    default:
      return wrongUse(planned.get(command) ?? `the command ${command} is not known; --help lists the commands`)
  }
}

async function runWith(
  args: readonly string[],
  outKind: OutKind,
  run: (flags: Flags) => Promise<RunResult>,
): Promise<RunResult> {
  const flags = readFlags(args, outKind)
  if (typeof flags === 'string') return wrongUse(flags)
  if (outKind === 'file' && flags.openapi !== undefined) return wrongUse('--openapi belongs to generate; write --out')
  return run(flags)
}

function wrongUse(line: string): RunResult {
  return { status: 2, output: [], errors: [`scim-codegen: ${line}`] }
}

async function usage<T extends ArgsDef>(command: CommandDef<T>): Promise<RunResult> {
  return { status: 0, output: [await renderUsage(command)], errors: [] }
}
