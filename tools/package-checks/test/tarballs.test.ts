import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { describe, expect, inject, it } from 'vitest'

const packed = inject('packed')
const consumer = inject('consumer')

describe.each(packed)('tarball of $name', ({ name, tarball, entries }) => {
  it('satisfies publint', async () => {
    const { messages, pkg } = await publint({ pkgDir: join(consumer, 'node_modules', name), strict: true, pack: false })
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
  })

  it('gives the right types to ESM, CommonJS and bundlers', async () => {
    const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(tarball))))
    // node10 knows no exports map, so subpaths cannot resolve there.
    const problems = analysis.types
      ? analysis.problems.filter((p) => !('resolutionKind' in p) || p.resolutionKind !== 'node10')
      : ['no types']
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

  it.each(entries)('imports %s from ESM', (entry) => {
    expect(exportsOf('--input-type=module', `import * as entry from '${entry}'; ${printExports}`)).toMatch(/^[\w,$]*$/)
  })

  it.each(entries)('requires %s from CommonJS, with the same names', (entry) => {
    const required = exportsOf('--input-type=commonjs', `const entry = require('${entry}'); ${printExports}`)
    const imported = exportsOf('--input-type=module', `import * as entry from '${entry}'; ${printExports}`)
    expect(required).toBe(imported)
  })
})

const printExports = `console.log(Object.keys(entry).filter((name) => name !== 'default').sort().join())`

function exportsOf(type: string, code: string): string {
  return execFileSync(process.execPath, [type, '-e', code], { cwd: consumer, encoding: 'utf8' }).trim()
}
