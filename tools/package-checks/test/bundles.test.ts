import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { rollup } from 'rollup'
import { describe, expect, inject, it } from 'vitest'

const consumer = inject('consumer')

/** What an application's bundle may weigh at the most, in bytes, minified and gzipped. */
const budgets = [
  { name: 'ScimError alone', code: `export { ScimError } from '@scimkit/core'`, most: 700 },
  { name: 'parseFilter alone', code: `export { parseFilter } from '@scimkit/filter-parser'`, most: 2_560 },
  // 6 KiB, and a quarter for sentences that name a wrong option and the way out.
  { name: 'the client', code: `export { createScimClient, bearer } from '@scimkit/client'`, most: 6.25 * 1_024 },
]

describe('bundles of the packed packages', () => {
  it.each(budgets)('$name stays within $most bytes and brings no zod', async ({ code, most }) => {
    const { text, inputs } = await bundle(code)
    expect(inputs.filter((input) => input.includes('node_modules/zod/'))).toEqual([])
    expect(gzipSync(text, { level: 9 }).length).toBeLessThanOrEqual(most)
  })

  it('brings zod once validators are used, so the check above can fail', async () => {
    const { inputs } = await bundle(`export { userSchemas } from '@scimkit/core'`)
    expect(inputs.some((input) => input.includes('node_modules/zod/'))).toBe(true)
  })

  it('ScimError alone brings no zod through rollup either', async () => {
    const entry = join(consumer, 'rollup-entry.mjs')
    writeFileSync(entry, `export { ScimError } from './node_modules/@scimkit/core/dist/index.js'`)
    const external: string[] = []
    const result = await rollup({
      input: entry,
      external: (id) => !id.startsWith('.') && !id.startsWith('/') && external.push(id) > 0,
      treeshake: { moduleSideEffects: (id) => id === entry },
    })
    const { output } = await result.generate({ format: 'es' })
    expect(output[0].imports.filter((id) => id.startsWith('zod'))).toEqual([])
    expect(output[0].code.length).toBeLessThanOrEqual(5_000)
  })
})

async function bundle(code: string): Promise<{ text: string; inputs: readonly string[] }> {
  const result = await build({
    stdin: { contents: code, resolveDir: consumer },
    bundle: true,
    minify: true,
    format: 'esm',
    splitting: true,
    outdir: 'out',
    write: false,
    metafile: true,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['import'],
  })
  const entry = Object.entries(result.metafile.outputs).find(([, output]) => output.entryPoint === '<stdin>')
  const reached = reachedStatically(result.metafile.outputs, entry?.[0] ?? '')
  const files = result.outputFiles.filter((file) =>
    reached.some((name) => file.path.endsWith(name.replace(/^out/, ''))),
  )
  return {
    text: files.map((file) => file.text).join('\n'),
    inputs: reached.flatMap((name) =>
      Object.entries(result.metafile.outputs[name]?.inputs ?? {})
        .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
        .map(([input]) => input),
    ),
  }
}

interface Output {
  readonly imports: readonly { readonly path: string; readonly kind: string }[]
}

/** The entry chunk and what it imports at once; chunks loaded on use do not count. */
function reachedStatically(
  outputs: Readonly<Record<string, Output>>,
  name: string,
  seen: string[] = [],
): readonly string[] {
  if (seen.includes(name)) return seen
  seen.push(name)
  for (const { path, kind } of outputs[name]?.imports ?? []) {
    if (kind === 'import-statement' && outputs[path]) reachedStatically(outputs, path, seen)
  }
  return seen
}
