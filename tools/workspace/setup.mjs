import { pathToFileURL } from 'node:url'
import { run, runPnpm } from './run.mjs'

/**
 * Installs the workspace from its lockfile.
 *
 * @returns {Promise<void>}
 */
export async function install() {
  await step('install', () => runPnpm(['install', '--frozen-lockfile']))
}

/**
 * Installs and builds: everything that a fresh clone needs before its first command.
 *
 * @returns {Promise<void>}
 */
export async function setup() {
  await install()
  await step('build', () =>
    run('turbo', ['run', 'build', '--output-logs=errors-only', '--no-update-notifier'], { quiet: true }),
  )
}

async function step(name, work) {
  const started = Date.now()
  process.stdout.write(`${name} … `)
  const status = await work()
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  console.log(status === 0 ? `done in ${seconds} s` : `failed with status ${status}`)
  if (status !== 0) process.exit(1)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await setup()
