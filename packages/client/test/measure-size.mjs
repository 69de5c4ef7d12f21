// Prints what `import { createScimClient, bearer }` costs in bytes: the first chunks, and those loaded on use.
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const entry = 'entry.js'
const { outputFiles, metafile } = await build({
  stdin: {
    contents: "export { createScimClient, bearer } from '@scimkit/client'",
    resolveDir: import.meta.dirname,
    sourcefile: entry,
  },
  bundle: true,
  minify: true,
  splitting: true,
  format: 'esm',
  write: false,
  outdir: 'out',
  entryNames: 'entry',
  conditions: ['@scimkit/source'],
  target: 'es2022',
  metafile: true,
})

const first = new Set()
const visit = (path) => {
  if (first.has(path)) return
  first.add(path)
  for (const { path: next, kind } of metafile.outputs[path].imports) if (kind === 'import-statement') visit(next)
}
visit(Object.keys(metafile.outputs).find((path) => path.endsWith('/entry.js')))

const texts = { first: '', whole: '' }
for (const [path, { inputs }] of Object.entries(metafile.outputs)) {
  const file = outputFiles.find((output) => output.path.endsWith(path))
  const gzipped = gzipSync(file.contents, { level: 9 }).byteLength
  if (first.has(path)) texts.first += file.text
  texts.whole += file.text
  if (!process.argv.includes('--inputs')) continue
  console.error(first.has(path) ? 'first' : 'later', path, file.contents.byteLength, gzipped)
  for (const [input, { bytesInOutput }] of Object.entries(inputs)) console.error('  ', input, bytesInOutput)
}
const sizeOf = (text) => gzipSync(text, { level: 9 }).byteLength
const firstChunk = sizeOf(texts.first)
const whole = sizeOf(texts.whole)
const parser = [...first].some((path) =>
  Object.keys(metafile.outputs[path].inputs).some((name) => /parse-filter/.test(name)),
)
const zod = Object.keys(metafile.inputs).some((name) => /\/zod\//.test(name))
console.log(JSON.stringify({ firstChunk, whole, parser, zod }))
