import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommandLine } from './run-command-line.js'

const before = process.cwd()
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scimkit-init-'))
  process.chdir(folder)
})
afterEach(() => {
  process.chdir(before)
  rmSync(folder, { recursive: true, force: true })
})

const init = (...args: string[]) => runCommandLine(['init', ...args])
const generate = () => runCommandLine(['generate'])
const extension = { id: 'urn:example:params:scim:schemas:extension:x:2.0:User', attributes: [{ name: 'a' }] }

describe('scim-codegen init', () => {
  it('writes a configuration and a sample that run as they are', async () => {
    expect(await init()).toEqual({
      status: 0,
      output: [
        'wrote schemas/acme-user.json',
        'wrote schemas/resource-types.json',
        'wrote scim.config.ts',
        'next: npx scim-codegen generate',
      ],
      errors: [],
    })
    expect(await generate()).toMatchObject({ status: 0, errors: [] })
    expect(readdirSync('src/scim')).toContain('user.resource.gen.ts')
  })

  it('takes the schemas that are there, and writes no sample', async () => {
    mkdirSync('schemas')
    writeFileSync('schemas/x.json', JSON.stringify(extension))
    expect(await init()).toMatchObject({ output: ['wrote scim.config.ts', 'next: npx scim-codegen generate'] })
    expect(readdirSync('schemas')).toEqual(['x.json'])
    expect(await generate()).toMatchObject({ status: 0, errors: [] })
  })

  it('writes what flags say', async () => {
    mkdirSync('given')
    writeFileSync('given/x.json', JSON.stringify({ ...extension, attributes: [{ name: 'a', type: 'String' }] }))
    const flags = ['--schemas', 'given/*.json', '--out', 'made', '--plugins', 'types,zod,docs', '--lenient']
    expect(await init(...flags)).toMatchObject({ status: 0 })
    expect(await generate()).toMatchObject({ status: 0, errors: [expect.stringContaining('warning')] })
    expect(readdirSync('made')).toContain('docs')
  })

  it('writes for plain JavaScript, modules or CommonJS by what the package says', async () => {
    for (const [type, ending] of [
      ['module', '.js'],
      ['commonjs', '.cjs'],
    ] as const) {
      writeFileSync('package.json', JSON.stringify({ type }))
      expect(await init('--javascript', '--force')).toMatchObject({ status: 0 })
      expect(await generate()).toMatchObject({ status: 0, errors: [] })
      expect(readdirSync('src/scim').filter((name) => name.startsWith('index'))).toEqual(
        ending === '.js' ? ['index.d.ts', 'index.js'] : ['index.cjs', 'index.d.cts'],
      )
    }
    expect(readdirSync('.')).toContain('scim.config.mjs')
  })

  it('never writes over what is there unless it is told to', async () => {
    writeFileSync('scim.config.ts', 'mine')
    const refused = 'scim-codegen: scim.config.ts is there already; give --force to replace it'
    expect(await init()).toEqual({ status: 2, output: [], errors: [refused] })
    expect(readdirSync('.')).toEqual(['scim.config.ts'])
    expect(readFileSync('scim.config.ts', 'utf8')).toBe('mine')
    expect(await init('--force')).toMatchObject({ status: 0 })
    expect(readFileSync('scim.config.ts', 'utf8')).toContain('defineConfig')
  })

  it('leaves a sample alone that someone has edited', async () => {
    mkdirSync('schemas')
    writeFileSync('schemas/acme-user.json', JSON.stringify(extension))
    const refused = 'scim-codegen: schemas/acme-user.json is there already; give --force to replace it'
    expect(await init('--example')).toMatchObject({ status: 2, errors: [refused] })
    expect(readdirSync('.')).toEqual(['schemas'])
  })

  it('refuses a second configuration of another kind, and files that are not there', async () => {
    writeFileSync('scim.config.json', '{}')
    const other = 'scim-codegen: scim.config.json is there already; remove it first'
    expect(await init('--force')).toMatchObject({ status: 2, errors: [other] })
    rmSync('scim.config.json')
    const none =
      'scim-codegen: none.json: no such file, and no file matches; check the path, or write a sample with --example'
    expect(await init('--schemas', 'none.json')).toMatchObject({ status: 2, errors: [none] })
    expect(readdirSync('.')).toEqual([])
  })

  it('writes the sample to where the schemas are to lie', async () => {
    expect(await init('--schemas', 'scim/in/*.json', '--example')).toMatchObject({ status: 0 })
    expect(readdirSync('scim/in')).toEqual(['acme-user.json', 'resource-types.json'])
    expect(await generate()).toMatchObject({ status: 0, errors: [] })
  })
})
