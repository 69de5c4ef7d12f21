import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../src/index.js'
import { typeCheck } from './type-check.js'

const here = dirname(fileURLToPath(import.meta.url))
const root = dirname(dirname(dirname(here)))
const folder = mkdtempSync(join(here, '.consumer-'))
const file = join(folder, 'index.ts')

beforeAll(async () => {
  const read = (path: string) => ({
    file: path,
    document: JSON.parse(readFileSync(join(root, path), 'utf8')) as unknown,
  })
  const device = {
    id: 'urn:example:params:scim:schemas:2.0:Device',
    name: 'Device',
    attributes: [{ name: 'serial', required: true, uniqueness: 'server' }],
  }
  const { files, faults } = await generate({
    schemas: [
      read('examples/enterprise-extension/acme-user.json'),
      read('schemas/scim/group.json'),
      { file: 'device.json', document: device },
    ],
    resourceTypes: [
      read('examples/enterprise-extension/resource-types.json'),
      { file: 'types.json', document: { name: 'Device', endpoint: '/Devices', schema: device.id } },
    ],
  })
  expect(faults).toEqual([])
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of files) writeFileSync(join(folder, name), text)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const settings: readonly { name: string; given: ts.CompilerOptions }[] = [
  { name: 'the settings of this repository', given: {} },
  { name: 'optional properties that are not exact', given: { exactOptionalPropertyTypes: false } },
  {
    name: 'node16 resolution',
    given: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  },
  { name: 'imports that are not taken by the letter', given: { verbatimModuleSyntax: false, isolatedModules: false } },
  {
    name: 'every strict setting',
    given: {
      noPropertyAccessFromIndexSignature: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      noImplicitReturns: true,
      erasableSyntaxOnly: true,
    },
  },
]

describe('generated code type-checks with', () => {
  for (const { name, given } of settings) {
    it(name, () => {
      expect(typeCheck([file], given).faults).toEqual([])
    })
  }
})

describe('generated definitions', () => {
  it('validate, extend and describe themselves', async () => {
    const { acmeUser, deviceResource, userResource } = await import(/* @vite-ignore */ file)
    const validate = (value: unknown) => deviceResource.validators.create['~standard'].validate(value)
    expect(deviceResource).toMatchObject({ name: 'Device', endpoint: '/Devices' })
    expect(validate({ serial: 'D-1', unknown: 1 })).toMatchObject({ value: { serial: 'D-1' } })
    expect(validate({ serial: 1 })).toMatchObject({ issues: [{ path: ['serial'] }] })
    expect(await deviceResource.describe()).toMatchObject({
      name: 'Device',
      attributes: [{ name: 'serial', required: true }],
    })
    expect(userResource.extensions.map(({ extension }: { extension: { urn: string } }) => extension.urn)).toEqual([
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
      acmeUser.urn,
    ])
    expect(userResource.validators).toBeDefined()
  })

  it('come without validators from the schema file', async () => {
    const light = await import(/* @vite-ignore */ join(folder, 'acme-user.schema.gen.ts'))
    expect(light.acmeUser.validation).toBeUndefined()
    expect(light.acmeUser.urn).toBe('urn:acme:params:scim:schemas:extension:acme:2.0:User')
  })
})
