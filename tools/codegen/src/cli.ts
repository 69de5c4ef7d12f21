import { parseArgs } from 'node:util'
import { type ArgsDef, type CommandDef, defineCommand, renderUsage } from 'citty'
import { type RunResult, runGenerate } from './run-generate.js'

const generateCommand = defineCommand({
  meta: { name: 'scim-codegen generate', description: 'Writes types, validators and schema data of SCIM schemas.' },
  args: {
    schemas: { type: 'string', valueHint: 'FILE|GLOB|DIR…', description: 'Schema documents; several may follow' },
    'resource-types': { type: 'string', valueHint: 'FILE', description: 'ResourceType documents' },
    out: { type: 'string', valueHint: 'DIR', description: 'Folder to write to' },
    check: { type: 'boolean', description: 'Compare instead of writing; status 1 when something is stale' },
    lenient: { type: 'boolean', description: 'Take what vendors publish beyond the RFC, with warnings' },
  },
})

const mainCommand = defineCommand({
  meta: { name: 'scim-codegen', description: 'TypeScript from SCIM schemas.' },
  subCommands: { generate: generateCommand },
})

/** Flags and commands that this version knows of and does not have. */
const planned = new Map([
  ['--watch', '--watch is not supported yet; run generate again after a change'],
  ['--openapi', '--openapi is not supported yet'],
  ['pull', 'pull is not supported yet; save /Schemas and /ResourceTypes of the server and give the files to generate'],
  ['openapi', 'openapi is not supported yet'],
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
  const missing = args.map((arg) => planned.get(arg.split('=', 1)[0] ?? '')).find(Boolean)
  if (command === undefined)
    return wrongUse('no command is given; write scim-codegen generate --schemas FILE --out DIR')
  if (command === '--help' || command === '-h') return usage(mainCommand)
  if (command !== 'generate')
    return wrongUse(planned.get(command) ?? `the command ${command} is not known; the command is generate`)
  if (rest.includes('--help') || rest.includes('-h')) return usage(generateCommand)
  if (missing) return wrongUse(missing)
  return generateFrom(rest)
}

async function generateFrom(args: readonly string[]): Promise<RunResult> {
  const read = readFlags(args)
  if (typeof read === 'string') return wrongUse(read)
  const { schemas, out } = read
  if (schemas.length === 0) return wrongUse('--schemas is missing; give the schema files after it')
  if (out === undefined) return wrongUse('--out is missing; give the folder to write to after it')
  return runGenerate({ ...read, out })
}

interface Flags {
  readonly schemas: readonly string[]
  readonly resourceTypes: readonly string[]
  readonly out: string | undefined
  readonly check: boolean
  readonly lenient: boolean
}

/** The flags, or what is wrong with them. Words after `--schemas` that belong to no flag are schemas as well. */
function readFlags(args: readonly string[]): Flags | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        schemas: { type: 'string', multiple: true },
        'resource-types': { type: 'string', multiple: true },
        out: { type: 'string', multiple: true },
        check: { type: 'boolean' },
        lenient: { type: 'boolean' },
      },
    })
    const { schemas = [], out = [], check = false, lenient = false } = values
    if (schemas.length === 0 && positionals.length > 0)
      return `${positionals[0]} belongs to no flag; write --schemas before it`
    if (out.length > 1) return '--out is given twice; give it once'
    return {
      schemas: [...schemas, ...positionals],
      resourceTypes: values['resource-types'] ?? [],
      out: out[0],
      check,
      lenient,
    }
  } catch (cause) {
    return `${String((cause as Error).message).split(/\. |\n/, 1)[0]}; see scim-codegen generate --help` // parseArgs throws TypeError
  }
}

function wrongUse(line: string): RunResult {
  return { status: 2, output: [], errors: [`scim-codegen: ${line}`] }
}

async function usage<T extends ArgsDef>(command: CommandDef<T>): Promise<RunResult> {
  return { status: 0, output: [await renderUsage(command)], errors: [] }
}
