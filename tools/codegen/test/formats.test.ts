import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../src/index.js'
import { makeCodeFolder } from './real-schemas.js'
import { typeCheck } from './type-check.js'

const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)))
const root = dirname(dirname(packageRoot))
const folder = makeCodeFolder('formats')
const formats = ['ts', 'esm', 'cjs'] as const

/** A text that looks like an import must stay what it is. */
const note = "see './acme-user.types.gen.js' and import from './x.js'"
const device = {
  id: 'urn:example:params:scim:schemas:core:2.0:Device',
  name: 'Device',
  description: note,
  attributes: [{ name: 'serial', required: true, description: note }],
}

beforeAll(async () => {
  const read = (path: string) => ({
    file: path,
    document: JSON.parse(readFileSync(join(root, path), 'utf8')) as unknown,
  })
  for (const format of formats) {
    const { files, faults } = await generate({
      schemas: [read('examples/enterprise-extension/acme-user.json'), { file: 'device.json', document: device }],
      resourceTypes: [
        read('examples/enterprise-extension/resource-types.json'),
        { file: 'types.json', document: { name: 'Device', endpoint: '/Devices', schema: device.id } },
      ],
      plugins: ['types', 'zod', 'client', 'docs'],
      format,
    })
    expect(faults).toEqual([])
    for (const [name, text] of files) {
      mkdirSync(dirname(join(folder, format, name)), { recursive: true })
      writeFileSync(join(folder, format, name), text)
    }
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const program = `
  const users = index.createClient({ baseUrl: 'https://example.com/scim/v2' }).users
  const check = (value) => index.deviceResource.validators.create['~standard'].validate(value)
  index.deviceResource.describe().then((schema) => console.log(JSON.stringify({
    names: Object.keys(index).filter((name) => name !== 'default' && name !== 'module.exports').sort(),
    users: typeof users.create,
    sound: check({ serial: 'D-1' }).value.serial,
    faulty: check({ serial: 1 }).issues[0].path,
    description: schema.attributes[0].description,
    text: schema.description,
  })))`

const run = (type: string, code: string) =>
  JSON.parse(
    execFileSync(
      process.execPath,
      ['--conditions=@scimkit/source', '--import', 'tsx', `--input-type=${type}`, '--eval', code],
      { cwd: packageRoot, encoding: 'utf8' },
    ),
  ) as unknown

describe('generated code', () => {
  it('runs the same as TypeScript, as ES modules and as CommonJS', () => {
    const path = (format: string, name: string) => JSON.stringify(join(folder, format, name))
    const result = run('module', `import * as index from ${path('esm', 'index.js')}\n${program}`)
    expect(result).toMatchObject({ users: 'function', sound: 'D-1', faulty: ['serial'], description: note, text: note })
    expect(run('module', `import * as index from ${path('ts', 'index.ts')}\n${program}`)).toEqual(result)
    expect(run('commonjs', `const index = require(${path('cjs', 'index.cjs')})\n${program}`)).toEqual(result)
  })

  it('keeps the marks by which bundlers drop what is not used', () => {
    const marks = (format: string, file: string) =>
      readFileSync(join(folder, format, file), 'utf8').split('/* @__PURE__ */').length - 1
    for (const stem of ['acme-user.zod.gen', 'acme-user.extension.gen', 'device.resource.gen', 'user.definition.gen']) {
      expect(marks('ts', `${stem}.ts`), stem).toBeGreaterThan(0)
      expect(marks('esm', `${stem}.js`), stem).toBe(marks('ts', `${stem}.ts`))
    }
  })

  it('lets each file be compiled alone, declarations included', () => {
    const options = { isolatedDeclarations: true, declaration: true, isolatedModules: true, verbatimModuleSyntax: true }
    expect(typeCheck([join(folder, 'ts/index.ts')], options).faults).toEqual([])
  })

  it.each([
    { format: 'esm', index: 'index.js' },
    { format: 'cjs', index: 'index.cjs' },
  ])('as $format has declarations that tell right from wrong', ({ format, index }) => {
    const ending = format === 'esm' ? 'mts' : 'cts'
    const use = (badge: string) => `import { acmeUser, createClient, type UserResourceInput } from './${index}'
const ada: UserResourceInput = { userName: 'ada', [acmeUser.urn]: { badgeNumber: ${badge} } }
export const created = createClient({ baseUrl: 'https://example.com' }).users.create(ada)\n`
    writeFileSync(join(folder, format, `right.${ending}`), use('42'))
    writeFileSync(join(folder, format, `wrong.${ending}`), use(`'42'`))
    // Core's sources are modules, which only its built package offers to CommonJS, so a bundler's rules resolve them here.
    const files = ['right', 'wrong'].map((name) => join(folder, format, `${name}.${ending}`))
    const { faults } = typeCheck(files, { verbatimModuleSyntax: false })
    expect(faults).toEqual([expect.stringMatching(/wrong\.[cm]ts:2 .*string.*number/)])
  })
})
