import { basename, dirname } from 'node:path'
import type { RunResult } from '../output/settle-files.js'
import { docs } from '../plugins/docs-plugin.js'
import { openapi } from '../plugins/openapi-plugin.js'
import { samples } from '../plugins/samples-plugin.js'
import { type GenerateRun, runGenerate } from '../run-generate.js'

/**
 * Runs one plug-in alone; what else lies in its folder is left alone.
 *
 * @param run What to read; `out` is the folder of its files, or the file of the OpenAPI document.
 * @param name Plug-in.
 * @returns Status and lines; on any fault nothing is written.
 */
export function runApart(run: GenerateRun, name: 'openapi' | 'docs' | 'samples'): Promise<RunResult> {
  const rest = { ...run, openapi: undefined, format: 'ts', owned: false } as const
  const command = `scim-codegen ${name}`
  if (name === 'openapi') {
    const plugin = openapi({ file: basename(run.out) })
    return runGenerate({ ...rest, command, out: dirname(run.out), plugins: [plugin] })
  }
  const plugin = name === 'docs' ? docs({ folder: '.' }) : samples({ folder: '.' })
  return runGenerate({ ...rest, command, plugins: [plugin] })
}
