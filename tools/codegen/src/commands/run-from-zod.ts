import { existsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import * as z from 'zod'
import { reasonOf, runModule } from '../config/run-module.js'
import { FromZodError, schemaFromZod } from '../model/schema-from-zod.js'
import { type RunResult, settleFiles } from '../output/settle-files.js'

/**
 * Loads a module that exports one zod object and writes the SCIM schema document of it.
 *
 * @param file Module in TypeScript or JavaScript; the program runs it.
 * @param out File to write to.
 * @returns Status and lines; on any fault nothing is written.
 */
export async function runFromZod(file: string, out: string): Promise<RunResult> {
  if (!existsSync(file)) return refuse(`${file}: no such file; check the path`)
  let exported: unknown
  try {
    exported = await runModule(file)
  } catch (cause) {
    return refuse(`${file}: the module cannot be loaded (${reasonOf(cause)}); mend it`)
  }
  const objects = Object.values(exported ?? {}).filter((value) => value instanceof z.ZodObject)
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
