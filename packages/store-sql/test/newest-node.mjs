// Runs this package's tests on the newest Node, whose own SQLite takes the place of libsql. Skips where the npm package
// `node` cannot be had.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = dirname(dirname(fileURLToPath(import.meta.url)))
const version = process.argv[2] ?? '24'
const npx = (args, options) =>
  spawnSync('npx', ['-y', '-p', `node@${version}`, '--', 'node', ...args], { cwd: folder, ...options })

const probe = npx(['--print', "process.version + ' ' + typeof process.getBuiltinModule('node:sqlite')"], {
  encoding: 'utf8',
})
const found = probe.stdout?.trim().split('\n').at(-1) ?? ''
if (probe.status !== 0 || !found.startsWith('v')) {
  console.log(`skipped: the npm package node@${version} cannot be had here`)
} else if (!found.endsWith('object')) {
  console.log(`skipped: Node ${found.split(' ')[0]} has no node:sqlite`)
} else {
  console.log(`Node ${found.split(' ')[0]} with node:sqlite`)
  const vitest = join(folder, '..', '..', 'node_modules', 'vitest', 'vitest.mjs')
  process.exitCode = npx([vitest, 'run'], { stdio: 'inherit' }).status ?? 1
}
