import { stripVTControlCharacters } from 'node:util'
import type { ArgsDef } from 'citty'
import type { Command } from './command.js'

/**
 * Writes the help of the program or of one command.
 *
 * @param commands Commands by name.
 * @param name One of them; absent for the program.
 * @returns The text, in colour for a terminal.
 */
export async function writeHelp(commands: Readonly<Record<string, Command>>, name?: string): Promise<string> {
  const text = await renderHelp(commands, name)
  return process.stdout.isTTY ? text : stripVTControlCharacters(text)
}

async function renderHelp(commands: Readonly<Record<string, Command>>, name?: string): Promise<string> {
  const { defineCommand, renderUsage } = await import('citty')
  const definitions = Object.entries(commands).map(([command, { usage, description, flags }]) => {
    const meta = { name: `scim-codegen ${usage}`, description }
    const args: ArgsDef = flags // what parseArgs needs beside is ignored
    return [command, defineCommand({ meta, args })] as const
  })
  const subCommands = Object.fromEntries(definitions)
  const meta = { name: 'scim-codegen', description: 'TypeScript and OpenAPI from SCIM schemas.' }
  return renderUsage((name === undefined ? undefined : subCommands[name]) ?? defineCommand({ meta, subCommands }))
}
