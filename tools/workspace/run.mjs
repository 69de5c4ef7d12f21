import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Root folder of the repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

const bin = join(root, 'node_modules', '.bin')

/** Environment of every command: the workspace's own binaries first, and no tool that phones home. */
export const environment = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH}`,
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
}

/** Flags of Node for TypeScript sources that take the workspace's packages from their sources too: nothing has to be built. */
export const sourceFlags = ['--conditions=@scimkit/source', '--import', 'tsx']

/**
 * Runs a command in the repository and waits for it.
 *
 * @param {string} command Program to run.
 * @param {readonly string[]} args Its arguments.
 * @param {{ env?: Record<string, string>, quiet?: boolean, cwd?: string, signal?: AbortSignal }} [options] Extra environment; `quiet` shows the output of a failure alone; `cwd` is the folder to run in, the root where it is absent; `signal` ends it.
 * @returns {Promise<number>} Exit status; 1 when a signal ended it.
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...environment, ...options.env },
      signal: options.signal,
      stdio: options.quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    })
    const output = []
    child.stdout?.on('data', (chunk) => output.push(chunk))
    child.stderr?.on('data', (chunk) => output.push(chunk))
    child.once('error', reject)
    child.once('close', (code) => {
      if (options.quiet && code !== 0) process.stderr.write(Buffer.concat(output))
      resolve(code ?? 1)
    })
  })
}

/**
 * Runs a TypeScript program from its source; nothing has to be built.
 *
 * @param {string} file Path below the root.
 * @param {readonly string[]} args Arguments of the program.
 * @returns {Promise<number>} Exit status.
 */
export function runSource(file, args = []) {
  return run(process.execPath, [...sourceFlags, file, ...args])
}

/** @returns {boolean} Whether the workspace's dependencies have been installed. */
export function isInstalled() {
  return existsSync(join(bin, 'turbo'))
}

/**
 * Runs the pnpm that `package.json` pins: the installed one, else one that npx brings.
 *
 * @param {readonly string[]} args Arguments of pnpm.
 * @returns {Promise<number>} Exit status.
 */
export function runPnpm(args) {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return isInstalled()
    ? run('pnpm', args, { quiet: true })
    : run('npx', ['-y', packageManager, ...args], { quiet: true })
}
