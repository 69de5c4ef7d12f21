import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommandLine } from '../commands/run-command-line.js'

const schema = {
  id: 'urn:example:params:scim:schemas:extension:acme:2.0:User',
  name: 'Acme User',
  attributes: [{ name: 'badgeNumber', type: 'integer' }],
}

const before = process.cwd()
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scimkit-config-'))
  process.chdir(folder)
  mkdirSync('schemas')
  save('package.json', '{}')
  save('schemas/acme.json', JSON.stringify(schema))
})
afterEach(() => {
  process.chdir(before)
  rmSync(folder, { recursive: true, force: true })
})

const save = (path: string, text: string) => writeFileSync(path, text)
const generate = (...args: string[]) => runCommandLine(['generate', ...args])
const config = (members: string) => `import { defineConfig } from '@scimkit/codegen'
export default defineConfig({ ${members} })`

describe('a configuration', () => {
  it('says in TypeScript what generate does without flags', async () => {
    save('scim.config.ts', config(`schemas: 'schemas', out: 'src/scim' as string`))
    expect(await generate()).toMatchObject({ status: 0, errors: [] })
    expect(readdirSync('src/scim')).toContain('acme-user.zod.gen.ts')
    expect(await generate('--check')).toEqual({ status: 0, output: ['6 files are up to date'], errors: [] })
  })

  it.each([
    { name: 'scim.config.mjs', text: `export default { schemas: ['schemas/*.json'], out: 'out' }` },
    { name: 'scim.config.cjs', text: `module.exports = { schemas: 'schemas/acme.json', out: 'out' }` },
    { name: 'scim.config.json', text: `{ "$schema": "./config.json", "schemas": "schemas", "out": "out" }` },
  ])('may lie in $name', async ({ name, text }) => {
    save(name, text)
    expect(await generate()).toMatchObject({ status: 0, errors: [] })
    expect(readdirSync('out')).toContain('acme-user.zod.gen.ts')
  })

  it('lets flags win', async () => {
    save('other.json', JSON.stringify({ ...schema, id: `${schema.id}2`, name: 'Other' }))
    save('scim.config.json', JSON.stringify({ schemas: 'schemas', out: 'out', zod: 'zod/mini' }))
    const flags = ['--schemas', 'other.json', '--out', 'elsewhere', '--plugins', 'types']
    expect(await generate(...flags)).toMatchObject({ status: 0 })
    expect(readdirSync('.')).not.toContain('out')
    expect(readdirSync('elsewhere').filter((name) => /zod|acme/.test(name))).toEqual([])
  })

  it('starts its paths from its own folder', async () => {
    mkdirSync('deep')
    save('deep/scim.json', JSON.stringify({ schemas: '../schemas', out: 'out', openapi: 'api.json' }))
    expect(await generate('--config', 'deep/scim.json')).toMatchObject({ status: 0 })
    expect(readdirSync('deep').sort()).toEqual(['api.json', 'out', 'scim.json'])
  })

  it('serves the other commands as well', async () => {
    save('scim.config.json', JSON.stringify({ schemas: 'schemas', out: 'out' }))
    expect(await runCommandLine(['docs', '--out', 'docs'])).toMatchObject({ status: 0 })
    expect(readdirSync('docs')).toEqual(['acme-user.md'])
    expect(await runCommandLine(['docs'])).toMatchObject({
      status: 2,
      errors: ['scim-codegen: --out is missing; give the folder to write to after it'],
    })
  })

  it('runs plug-ins of the user beside those of codegen', async () => {
    const emit = `({ schemas }) => schemas.map(({ names }) => ({ path: names.file + '.txt', text: names.type }))`
    save('scim.config.ts', config(`schemas: 'schemas', out: 'out', plugins: ['types', { name: 'txt', emit: ${emit} }]`))
    expect(await generate()).toMatchObject({ status: 0, errors: [] })
    expect(readFileSync('out/acme-user.txt', 'utf8')).toBe('AcmeUser')
    expect(readdirSync('out')).not.toContain('acme-user.zod.gen.ts')
  })

  it('takes names for schemas', async () => {
    save('scim.config.json', JSON.stringify({ schemas: 'schemas', out: 'out', names: { [schema.id]: 'Badge' } }))
    expect(await generate()).toMatchObject({ status: 0 })
    expect(readdirSync('out')).toContain('badge.types.gen.ts')
  })
})

const wrong: readonly { name: string; given: string; want: string }[] = [
  { name: 'a missing member', given: `schemas: 'schemas'`, want: `out is missing; name the folder to write to` },
  {
    name: 'an unknown member',
    given: `schemas: 's', out: 'o', watch: true`,
    want: 'watch is not known; the members are',
  },
  { name: 'a wrong type', given: `schemas: 4, out: 'o'`, want: 'schemas is 4; write a string' },
  { name: 'no schemas', given: `schemas: [], out: 'o'`, want: 'schemas is empty; name at least one file' },
  {
    name: 'a wrong word',
    given: `schemas: 's', out: 'o', zod: 'yup'`,
    want: 'zod is "yup"; write one of zod, zod/mini',
  },
  {
    name: 'an unknown plug-in',
    given: `schemas: 's', out: 'o', plugins: ['graphql']`,
    want: 'plugins[0]: the plug-in graphql is not known; write one of types, zod, client, openapi, samples, docs',
  },
  {
    name: 'a plug-in without emit',
    given: `schemas: 's', out: 'o', plugins: ['types', { name: 'mine' }]`,
    want: 'plugins[1]: the plug-in mine has no function "emit"; add emit(model) that returns files',
  },
  {
    name: 'a plug-in that is not called',
    given: `schemas: 's', out: 'o', plugins: [function mine() {}]`,
    want: 'plugins[0] is a function; call it, as in mine()',
  },
  {
    name: 'a plug-in twice',
    given: `schemas: 's', out: 'o', plugins: ['types', 'types']`,
    want: 'plugins[1]: there are two plug-ins called types; remove one of them',
  },
  {
    name: 'a plug-in without the one it needs',
    given: `schemas: 's', out: 'o', plugins: ['client']`,
    want: 'plugins[0]: the plug-in client needs types; list it as well',
  },
  {
    name: 'a type name that is none',
    given: `schemas: 's', out: 'o', names: { 'urn:a:b': 'a-b' }`,
    want: 'names["urn:a:b"] is "a-b"; write a type name, such as AcmeUser',
  },
]

describe('a faulty configuration', () => {
  it.each(wrong)('is named in one line: $name', async ({ given, want }) => {
    save('scim.config.ts', config(given))
    const { status, errors } = await generate()
    expect(status).toBe(2)
    expect(errors).toEqual([expect.stringContaining(`scim.config.ts: ${want}`)])
  })

  it.each([
    {
      name: 'no default export',
      text: 'export const config = {}',
      want: 'it has no default export; write export default',
    },
    { name: 'code that throws', text: `throw new Error('no token')`, want: 'it cannot be loaded (no token)' },
    { name: 'an import of nothing', text: `import 'none-such'`, want: 'it cannot be loaded (Cannot find' },
    { name: 'a function', text: 'export default () => ({})', want: 'the export is a function; export the object' },
  ])('is named in one line: $name', async ({ text, want }) => {
    save('scim.config.ts', text)
    expect(await generate()).toMatchObject({ status: 2, errors: [expect.stringContaining(`scim.config.ts: ${want}`)] })
  })

  it('is named where JSON breaks off, is there twice, or missing', async () => {
    save('scim.config.json', '{\n  "schemas" 1\n}')
    const broken = 'scim.config.json: this is not JSON at line 2, column 13; the file must hold a JSON document'
    expect(await generate()).toMatchObject({ status: 2, errors: [broken] })
    save('scim.config.ts', config(''))
    const twice = 'scim.config.json: scim.config.ts is there as well; remove one of the two, or name one with --config'
    expect(await generate()).toMatchObject({ status: 2, errors: [twice] })
    const none = 'none.ts: no such file; scim-codegen init writes one'
    expect(await generate('--config', 'none.ts')).toMatchObject({ status: 2, errors: [none] })
  })
})

describe('a plug-in that fails', () => {
  it.each([
    {
      emit: `() => { throw new Error('no template') }`,
      want: 'plug-in mine: no template; fix the plug-in, or remove it from plugins',
    },
    { emit: '() => 4', want: 'plug-in mine: emit returned no list of files; return a list of { path, text }' },
    {
      emit: `() => [{ path: 'a' }]`,
      want: 'plug-in mine: emit returned no list of files; return a list of { path, text }',
    },
    {
      emit: `() => [{ path: 'acme-user.types.gen.ts', text: '' }]`,
      want: 'plug-in mine: the plug-in types has written acme-user.types.gen.ts already; give the file another path',
    },
  ])('is named, and nothing is written: $want', async ({ emit, want }) => {
    save(
      'scim.config.ts',
      config(`schemas: 'schemas', out: 'out', plugins: ['types', { name: 'mine', emit: ${emit} }]`),
    )
    expect(await generate()).toEqual({ status: 2, output: [], errors: [want] })
    expect(readdirSync('.')).not.toContain('out')
  })
})
