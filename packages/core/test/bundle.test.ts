import { build, transform } from 'esbuild'
import { type Plugin, rollup } from 'rollup'
import { describe, expect, it } from 'vitest'

// Against the sources: what the packed package gives is tested on its tarball.
const source = new URL('../src/', import.meta.url).pathname

/** Bundles a module that imports from an entry; zod stays outside, so an import of it shows. */
async function bundleByEsbuild(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: source, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    splitting: true,
    outdir: 'out',
    external: ['zod'],
    write: false,
  })
  return outputFiles.find(({ path }) => path.endsWith('stdin.js'))?.text ?? ''
}

async function bundleByRollup(code: string): Promise<string> {
  const bundle = await rollup({
    input: 'entry',
    external: ['zod'],
    plugins: [readTypeScript(code)],
    logLevel: 'silent',
  })
  const { output } = await bundle.generate({ format: 'esm' })
  return output[0].code
}

function readTypeScript(entry: string): Plugin {
  return {
    name: 'read-typescript',
    resolveId(id, importer) {
      if (id === 'entry') return id
      if (!id.startsWith('.')) return null
      const from = importer === undefined || importer === 'entry' ? `file://${source}entry.ts` : `file://${importer}`
      return { id: new URL(id.replace(/\.js$/, '.ts'), from).pathname, moduleSideEffects: false }
    },
    async load(id) {
      if (id === 'entry') return entry
      const { outputFiles } = await build({
        entryPoints: [id],
        write: false,
        bundle: false,
        format: 'esm',
        target: 'es2022',
      })
      return outputFiles[0]?.text ?? null
    },
  }
}

async function gzippedBytes(text: string): Promise<number> {
  const { code } = await transform(text, { minify: true, format: 'esm' })
  const stream = new Blob([code]).stream().pipeThrough(new CompressionStream('gzip'))
  return (await new Response(stream).arrayBuffer()).byteLength
}

describe.each([
  { bundler: 'esbuild', bundle: bundleByEsbuild },
  { bundler: 'rollup', bundle: bundleByRollup },
])('bundles by $bundler', ({ bundle }) => {
  it.each([
    { name: 'ScimError of the main entry', code: `export { ScimError } from './index.js'`, bytes: 1_500 },
    { name: 'foldCase of the main entry', code: `export { foldCase } from './index.js'`, bytes: 600 },
    { name: 'ScimError of the light entry', code: `export { ScimError } from './schema.js'`, bytes: 1_500 },
    { name: 'userResource of the light entry', code: `export { userResource } from './schema.js'`, bytes: 10_000 },
  ])('have no zod and little else for $name', async ({ code, bytes }) => {
    const text = await bundle(code)
    expect(text).not.toMatch(/zod/)
    const { code: minified } = await transform(text, { minify: true, format: 'esm' })
    expect(minified.length).toBeLessThan(bytes)
  })

  it('have zod where validators are wanted', async () => {
    expect(await bundle(`export { userResource } from './index.js'`)).toMatch(/from\s*['"]zod['"]/)
  })

  it('hold one set of validators alone where one is wanted', async () => {
    const text = await bundle(`export { groupSchemas } from './index.js'`)
    expect(text).toMatch(/members/)
    expect(text).not.toMatch(/phoneNumbers|employeeNumber/)
  })

  it('have validators of little weight, zod apart', async () => {
    const sizes = await Promise.all(
      [
        `export { userSchemas, groupSchemas, enterpriseUserSchemas } from './index.js'`,
        `export { userResource, groupResource, enterpriseUser } from './index.js'`,
        `export { userResource, groupResource, enterpriseUser } from './schema.js'`,
      ].map(async (code) => gzippedBytes(await bundle(code))),
    )
    const [alone = 0, withValidators = 0, without = 0] = sizes
    expect(withValidators - without).toBeLessThan(4_000)
    expect(alone).toBeLessThan(4_800)
  })
})
