// Prints how long the first import of the client and of ky takes, each in processes of its own: medians in milliseconds.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const rounds = Number(process.argv[2] ?? 15)
const directory = mkdtempSync(join(import.meta.dirname, '.import-'))
const entries = {
  client: "export { createScimClient, bearer } from '@scimkit/client'",
  ky: `export { default as ky } from ${JSON.stringify(fileURLToPath(import.meta.resolve('ky')))}`,
}
const times = { client: [], ky: [] }
try {
  for (const [name, contents] of Object.entries(entries)) {
    await build({
      stdin: { contents, resolveDir: import.meta.dirname, sourcefile: `${name}.js` },
      bundle: true,
      splitting: true,
      format: 'esm',
      outdir: join(directory, name),
      entryNames: 'entry',
      outExtension: { '.js': '.mjs' },
      conditions: ['@scimkit/source'],
      target: 'es2022',
    })
  }
  const script =
    'const began = performance.now(); await import(process.argv[1]); console.log(performance.now() - began)'
  for (let round = 0; round < rounds; round++) {
    for (const name of Object.keys(entries)) {
      const args = ['--input-type=module', '-e', script, join(directory, name, 'entry.mjs')]
      times[name].push(Number(execFileSync(process.execPath, args, { encoding: 'utf8' })))
    }
  }
} finally {
  rmSync(directory, { recursive: true })
}
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]
const [client, ky] = [median(times.client), median(times.ky)]
console.log(JSON.stringify({ client, ky, ratio: client / ky }))
