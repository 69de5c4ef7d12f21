// npm run bench: every benchmark, one after the other. Each prints a table and writes reports/benchmarks/<name>.json.
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root, runSource } from './run.mjs'
import { install } from './setup.mjs'

const wanted = process.argv.slice(2)

await install()
mkdirSync(join(root, 'reports', 'benchmarks'), { recursive: true })
let status = 0
for (const program of programs()) {
  console.log(`\n## ${program}\n`)
  if ((await runSource(program)) !== 0) status = 1
}
process.exit(status)

/** `benchmarks/<name>.ts` and `benchmarks/<name>/run.ts`, or those named on the command line. */
function programs() {
  return readdirSync(join(root, 'benchmarks'), { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .map((entry) => (entry.isDirectory() ? `benchmarks/${entry.name}/run.ts` : `benchmarks/${entry.name}`))
    .filter((file) => file.endsWith('.ts') && existsSync(join(root, file)))
    .filter((file) => !/\/(measure|vitest\.config)\.ts$/.test(file))
    .filter((file) => wanted.length === 0 || wanted.some((name) => file.includes(`/${name}`)))
    .sort()
}
