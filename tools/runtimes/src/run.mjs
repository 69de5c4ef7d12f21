// A suite of vitest tests on Bun, workerd and the newest Node, each taken from its npm package for this run alone, and in
// Chromium where the machine has one: `node run.mjs suite.ts [bun] [workerd] [node] [chromium]`. The suite exports
// `registerTests({ sockets })` and `isLeftOut(name)`. A runtime that cannot be had is skipped with the reason.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { runPage } from './run-page.mjs'

const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "suite", worker = (
  modules = [(name = "worker", esModule = embed "on-worker.mjs")], compatibilityDate = "2025-06-01"))]);
`
/** Milliseconds until a runtime is given up. */
const timeout = 600_000
const npx = (name, binary, ...args) => ['npx', '-y', '-p', name, '--', binary, ...args]
const runtimes = {
  bun: {
    program: 'on-process.ts',
    version: npx('bun@1', 'bun', '--version'),
    command: (file) => npx('bun@1', 'bun', file),
  },
  workerd: {
    program: 'on-worker.ts',
    version: npx('workerd@1', 'workerd', '--version'),
    command: () => npx('workerd@1', 'workerd', 'test', join(folder, 'config.capnp')),
  },
  node: {
    program: 'on-process.ts',
    version: npx('node@24', 'node', '--version'),
    command: (file) => npx('node@24', 'node', file),
  },
  chromium: {
    program: 'on-page.ts',
    version: ['chromium', '--version', '--no-sandbox'],
  },
}

/** Puts functions that throw in the place of Node's modules; the tests that would call them are left out. */
const withoutNode = {
  name: 'without-node',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: 'without-node' }))
    onLoad({ filter: /./, namespace: 'without-node' }, async ({ path }) => {
      const names = Object.keys(await import(path)).filter((name) => /^[A-Za-z]\w*$/.test(name) && name !== 'default')
      const none = `function none() { throw new Error('There is no ${path} on this runtime') }`
      return { contents: [none, ...names.map((name) => `export { none as ${name} }`)].join('\n') }
    })
  },
}

const [suite, ...wanted] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'scimkit-runtimes-'))
let failed = false
for (const [name, runtime] of Object.entries(runtimes)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const had = await run(runtime.version)
  if (had.status !== 0) {
    console.log(`${name}: skipped, it cannot be had: ${lastLine(had.output)}`)
    continue
  }
  const file = await bundle(runtime.program)
  const report = runtime.command
    ? (await run(runtime.command(file))).output
    : ((await runPage(file, { profile: join(folder, 'profile'), timeout })) ?? 'it reported nothing')
  console.log(`${name} ${lastLine(had.output)}: ${report.trim()}`)
  failed ||= !/\b[1-9]\d{0,9} passed, 0 failed/.test(report)
}
rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
process.exit(failed ? 1 : 0)

async function bundle(program) {
  const outfile = join(folder, program.replace('.ts', '.mjs'))
  const sockets = program === 'on-process.ts'
  const own = (file) => join(import.meta.dirname, file)
  await build({
    entryPoints: [own(program)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: sockets ? 'node' : 'browser',
    conditions: ['@scimkit/source'],
    ignoreAnnotations: true, // the packages say that their files do nothing when imported; test files do
    alias: {
      suite: resolve(suite),
      vitest: own('tiny-vitest.ts'),
    },
    plugins: sockets ? [] : [withoutNode],
    logLevel: 'error',
  })
  writeFileSync(join(folder, 'config.capnp'), config)
  return outfile
}

function run([command, ...args]) {
  return new Promise((settle) => {
    const child = spawn(command, args, { cwd: folder, timeout })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => settle({ status: 1, output: error.message }))
    child.on('close', (status) => settle({ status, output }))
  })
}

function lastLine(text) {
  return text.trim().split('\n').at(-1) ?? ''
}
