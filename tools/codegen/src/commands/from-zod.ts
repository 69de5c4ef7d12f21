import { existsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { reasonOf, runModule } from '../config/run-module.js'
import { type RunResult, settleFiles } from '../output/settle-files.js'
import type { Command } from './command.js'
import { parseFlags, wrongUse } from './parse-flags.js'
import { outFile } from './source-flags.js'

/** `scim-codegen from-zod`. */
export const fromZod: Command = {
  usage: 'from-zod FILE',
  description: 'Writes the SCIM schema of a zod object with .meta().',
  flags: outFile,
  async run(args) {
    const given = parseFlags(args, outFile)
    if (typeof given === 'string') return wrongUse(given)
    const [file] = given.positionals
    if (file === undefined || given.positionals.length > 1) {
      return wrongUse('from-zod takes one file; write scim-codegen from-zod FILE --out FILE')
    }
    if (!given.values.out) return wrongUse('--out is missing; give the file to write to after it')
    return writeSchema(file, given.values.out)
  },
}

/** Loads a module that exports one zod object and writes its schema document; on any fault nothing is written. */
async function writeSchema(file: string, out: string): Promise<RunResult> {
  if (!existsSync(file)) return refuse(`${file}: no such file; check the path`)
  const [{ ZodObject }, { FromZodError, schemaFromZod }] = await Promise.all([
    import('zod'),
    import('../model/schema-from-zod.js'),
  ])
  let exported: unknown
  try {
    exported = await runModule(file)
  } catch (cause) {
    return refuse(`${file}: the module cannot be loaded (${reasonOf(cause)}); fix it`)
  }
  const objects = Object.values(exported ?? {}).filter((value) => value instanceof ZodObject)
  const [object] = objects
  if (!object || objects.length > 1) return refuse(`${file}: it exports ${objects.length} zod objects; export one`)
  try {
    const text = `${JSON.stringify(schemaFromZod(object), null, 2)}\n`
    const notes = { check: false, owned: false, command: 'scim-codegen from-zod', notes: [] }
    return settleFiles(dirname(out), new Map([[basename(out), text]]), notes)
  } catch (error) {
    if (!(error instanceof FromZodError)) throw error
    return { status: 2, output: [], errors: error.message.split('\n').map((line) => `${file}: ${line}`) }
  }
}

function refuse(line: string): RunResult {
  return { status: 2, output: [], errors: [line] }
}
