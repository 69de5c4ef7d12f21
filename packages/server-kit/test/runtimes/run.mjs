// The HTTP suite on Bun, workerd and the newest Node, each taken from its npm package for this run alone:
// `node test/runtimes/run.mjs [bun] [workerd] [node]`. A runtime that cannot be had is skipped with the reason.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const { build } = createRequire(join(import.meta.dirname, '../../../../package.json'))('esbuild')

const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "suite", worker = (
  modules = [(name = "worker", esModule = embed "on-worker.mjs")], compatibilityDate = "2025-06-01"))]);
`
const runtimes = {
  bun: { package: 'bun@1', program: 'on-process.ts', command: (file) => ['bun', file] },
  workerd: {
    package: 'workerd@1',
    program: 'on-worker.ts',
    command: (file) => ['workerd', 'test', file.replace('on-worker.mjs', 'config.capnp')],
  },
  node: { package: 'node@24', program: 'on-process.ts', command: (file) => ['node', file] },
}

const nodeModules = ['node:http', 'node:stream', 'node:stream/promises']
const wanted = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'scimkit-runtimes-'))
let failed = false
for (const [name, runtime] of Object.entries(runtimes)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const had = await run(['--version'], runtime, name)
  if (had.status !== 0) {
    console.log(`${name}: skipped, ${runtime.package} cannot be had from npm: ${lastLine(had.output)}`)
    continue
  }
  const file = await bundle(runtime.program)
  const { status, output } = await run(runtime.command(file).slice(1), runtime, name)
  console.log(`${name} ${lastLine(had.output)}: ${output.trim()}`)
  failed ||= status !== 0
}
rmSync(folder, { recursive: true })
process.exit(failed ? 1 : 0)

async function bundle(program) {
  const outfile = join(folder, program.replace('.ts', '.mjs'))
  const sockets = program !== 'on-worker.ts'
  await build({
    entryPoints: [join(import.meta.dirname, program)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: sockets ? 'node' : 'browser',
    conditions: ['@scimkit/source'],
    alias: {
      vitest: join(import.meta.dirname, 'tiny-vitest.ts'),
      ...(sockets
        ? {}
        : Object.fromEntries(nodeModules.map((name) => [name, join(import.meta.dirname, 'no-sockets.ts')]))),
    },
    logLevel: 'error',
  })
  writeFileSync(join(folder, 'config.capnp'), config)
  return outfile
}

function run(args, { package: name }, binary) {
  return new Promise((resolve) => {
    const child = spawn('npx', ['-y', '-p', name, '--', binary, ...args], { cwd: folder })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('close', (status) => resolve({ status, output }))
  })
}

function lastLine(text) {
  return text.trim().split('\n').at(-1) ?? ''
}
