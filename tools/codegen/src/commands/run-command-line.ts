import { ConfigError } from '../config/config-error.js'
import type { RunResult } from '../output/settle-files.js'
import type { Command, CommandOptions } from './command.js'
import { diff } from './diff.js'
import { docs } from './docs.js'
import { fromZod } from './from-zod.js'
import { generate } from './generate.js'
import { init } from './init.js'
import { openapi } from './openapi.js'
import { wrongUse } from './parse-flags.js'
import { pull } from './pull.js'
import { samples } from './samples.js'
import { writeHelp } from './write-help.js'

const commands: Readonly<Record<string, Command>> = {
  init,
  generate,
  openapi,
  docs,
  samples,
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
  if (name === '--help' || name === '-h') return { status: 0, output: [await writeHelp(commands)], errors: [] }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    return wrongUse(`the command ${name} is not known; the commands are ${Object.keys(commands).join(', ')}`)
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    return { status: 0, output: [await writeHelp(commands, name)], errors: [] }
  }
  try {
    return await command.run(rest, options)
  } catch (error) {
    if (error instanceof ConfigError) return { status: 2, output: [], errors: error.lines }
    throw error
  }
}
