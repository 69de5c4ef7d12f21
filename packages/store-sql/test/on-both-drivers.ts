import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { SqliteDriver } from '../src/index.js'

/**
 * Runs a program of this folder with libsql on this Node, or with `node:sqlite` on the newest one, which is taken from
 * its npm package for this run alone.
 *
 * @param driver First argument of the program.
 * @param program Name of the file.
 * @param args Further arguments.
 * @returns What it printed as JSON; `undefined`, with the reason on the console, where that Node cannot be had.
 */
export function runOn(driver: SqliteDriver, program: string, ...args: readonly string[]): unknown {
  const file = fileURLToPath(new URL(program, import.meta.url))
  const source = ['--conditions=@scimkit/source', '--expose-gc', '--import', 'tsx', file, driver, ...args]
  const [command, ...before] = driver === 'libsql' ? [process.execPath] : ['npx', '-y', '-p', 'node@24', '--', 'node']
  const { stdout, stderr } = spawnSync(command ?? '', [...before, ...source], { encoding: 'utf8' })
  if (/^[[{]/.test(stdout)) return JSON.parse(stdout)
  if (process.env.CI || driver === 'libsql' || !/npm error|ENOENT|node: not found/.test(stderr)) throw new Error(stderr)
  console.warn(`skipped: the npm package node@24 cannot be had here: ${stderr.split('\n')[0]}`)
  return undefined
}

/** Both drivers, for `it.each`. */
export const drivers: readonly SqliteDriver[] = ['libsql', 'node:sqlite']
