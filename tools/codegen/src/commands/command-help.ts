import { stripVTControlCharacters } from 'node:util'
import type { ArgsDef, CommandDef } from 'citty'

const inputs = {
  schemas: { type: 'string', valueHint: 'FILE|GLOB|DIR…', description: 'Schema documents' },
  'resource-types': { type: 'string', valueHint: 'FILE', description: 'ResourceType documents' },
} as const

const config = {
  type: 'string',
  valueHint: 'FILE',
  description: 'Configuration; else scim.config.* of this folder',
} as const
const check = {
  type: 'boolean',
  description: 'Compare instead of writing; status 1 and a diff when something is stale',
} as const
const lenient = { type: 'boolean', description: 'Take what vendors publish beyond the RFC, with warnings' } as const
const choice = {
  include: {
    type: 'string',
    valueHint: 'URN',
    description: 'Schema to read, once for each; all others are passed over',
  },
  exclude: { type: 'string', valueHint: 'URN', description: 'Schema to pass over with its faults, once for each' },
} as const
const token = { type: 'string', valueHint: 'T', description: 'Bearer token for the server' } as const
const plugins = {
  type: 'string',
  valueHint: 'NAME,…',
  description: 'What to make: types, zod, client, openapi, samples, docs',
} as const
const zod = { type: 'string', valueHint: 'zod|zod/mini', description: 'zod package of the validators' } as const
const file = { type: 'string', valueHint: 'FILE', description: 'File to write to' } as const
const folder = { type: 'string', valueHint: 'DIR', description: 'Folder to write to' } as const

/** What the help of a command says. */
interface CommandHelp {
  /** Command with its arguments. */
  readonly usage?: string
  readonly description: string
  readonly args: ArgsDef
}

/** Description and flags of each command. */
const commands: Readonly<Record<string, CommandHelp>> = {
  init: {
    description: 'Writes scim.config.ts, and a sample schema where there is none yet.',
    args: {
      ...inputs,
      out: folder,
      plugins,
      zod,
      lenient,
      javascript: { type: 'boolean', description: 'For a project in plain JavaScript' },
      example: { type: 'boolean', description: 'Write a sample schema in any case' },
      force: { type: 'boolean', description: 'Replace what is there' },
    },
  },
  generate: {
    description: 'Writes types, validators and schema data of SCIM schemas, as flags and scim.config say.',
    args: {
      ...inputs,
      out: folder,
      config,
      plugins,
      zod,
      format: { type: 'string', valueHint: 'ts|esm|cjs', description: 'TypeScript, or JavaScript with declarations' },
      openapi: { type: 'string', valueHint: 'FILE', description: 'File for the OpenAPI document of the service' },
      check,
      watch: { type: 'boolean', description: 'Build again after every change, until Ctrl-C' },
      lenient,
      ...choice,
    },
  },
  openapi: {
    description: 'Writes the OpenAPI document of the service.',
    args: { ...inputs, out: file, config, check, lenient, ...choice },
  },
  docs: {
    description: 'Writes a Markdown page for each schema.',
    args: { ...inputs, out: folder, config, check, lenient, ...choice },
  },
  samples: {
    description: 'Writes valid samples of each resource type and schema, the same on every run.',
    args: { ...inputs, out: folder, config, check, lenient, ...choice },
  },
  pull: {
    usage: 'pull URL',
    description: 'Saves the schemas and resource types of a live server.',
    args: { token, out: folder },
  },
  diff: {
    usage: 'diff A B',
    description: 'Compares two sources; status 1 when they differ.',
    args: { token, json: { type: 'boolean', description: 'Write the changes as JSON' }, lenient, ...choice },
  },
  'from-zod': {
    usage: 'from-zod FILE',
    description: 'Writes the SCIM schema of a zod object with .meta().',
    args: { out: file },
  },
}

/** Names of the commands. */
export const commandNames: readonly string[] = Object.keys(commands)

/**
 * Writes the help of the program or of one command.
 *
 * @param name A known command; absent for the program.
 * @returns The text.
 */
export async function helpOf(name?: string): Promise<string> {
  const text = await renderHelp(name)
  return process.stdout.isTTY ? text : stripVTControlCharacters(text)
}

async function renderHelp(name?: string): Promise<string> {
  const { defineCommand, renderUsage } = await import('citty')
  const toCommand = (command: string): CommandDef => {
    const { usage = command, description = '', args = {} } = commands[command] ?? {}
    return defineCommand({ meta: { name: `scim-codegen ${usage}`, description }, args })
  }
  if (name !== undefined) return renderUsage(toCommand(name))
  const subCommands = Object.fromEntries(commandNames.map((command) => [command, toCommand(command)]))
  const meta = { name: 'scim-codegen', description: 'TypeScript and OpenAPI from SCIM schemas.' }
  return renderUsage(defineCommand({ meta, subCommands }))
}
