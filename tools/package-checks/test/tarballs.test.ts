import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { parseAst } from 'rollup/parseAst'
import { describe, expect, inject, it } from 'vitest'

const root = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'))
const packed = inject('packed')
const consumer = inject('consumer')

describe.each(packed)('tarball of $name', ({ name, tarball, entries }) => {
  it('satisfies publint', async () => {
    const { messages, pkg } = await publint({ pkgDir: join(consumer, 'node_modules', name), strict: true, pack: false })
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
  })

  it('gives the right types to ESM, CommonJS and bundlers', async () => {
    const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(tarball))))
    const problems = analysis.types ? analysis.problems : ['no types']
    expect(problems).toEqual([])
  })

  it('carries a README, a licence, no tests and no install scripts', () => {
    const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n')
    const manifest = JSON.parse(readFileSync(join(consumer, 'node_modules', name, 'package.json'), 'utf8'))
    expect(files).toContain('package/README.md')
    expect(files).toContain('package/LICENSE')
    expect(files.filter((file) => /\.test(-d)?\.ts$/.test(file))).toEqual([])
    expect(Object.keys(manifest.scripts ?? {}).filter((script) => /install|prepare/.test(script))).toEqual([])
    expect(JSON.stringify(manifest)).not.toContain('workspace:')
    expect(manifest.sideEffects).toBe(false)
  })

  it('says where it comes from, and links to what a reader of its page on npm can open', () => {
    const folder = join(consumer, 'node_modules', name)
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    expect(manifest).toMatchObject({ bugs: root.bugs, keywords: root.keywords, repository: root.repository })
    expect(manifest.homepage).toBe(
      root.homepage.replace('#readme', `/tree/main/${manifest.repository.directory}#readme`),
    )
    const links = [...readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => to)
    expect(links.filter((to) => !/^(?:https:\/\/|#)/.test(to ?? ''))).toEqual([])
  })

  it('loads by require alone what its CommonJS files load on use', () => {
    const folder = join(consumer, 'node_modules', name, 'dist')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.cjs'))
    expect(files).not.toEqual([])
    expect(files.filter((file) => importsOnUse(readFileSync(join(folder, file), 'utf8')))).toEqual([])
  })

  it.each(entries)('imports %s from ESM', (entry) => {
    expect(exportsOf('--input-type=module', `import * as entry from '${entry}'; ${printExports}`)).toMatch(/^[\w,$]*$/)
  })

  it.each(entries)('requires %s from CommonJS, with the same names', (entry) => {
    const required = exportsOf('--input-type=commonjs', `const entry = require('${entry}'); ${printExports}`)
    const imported = exportsOf('--input-type=module', `import * as entry from '${entry}'; ${printExports}`)
    expect(required).toBe(imported)
  })
})

function importsOnUse(code: string): boolean {
  let found = false
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    found ||= 'type' in node && node.type === 'ImportExpression'
    for (const child of Object.values(node)) visit(child)
  }
  visit(parseAst(code))
  return found
}

const printExports = `console.log(Object.keys(entry).filter((name) => name !== 'default').sort().join())`

function exportsOf(type: string, code: string): string {
  return execFileSync(process.execPath, [type, '-e', code], { cwd: consumer, encoding: 'utf8' }).trim()
}
