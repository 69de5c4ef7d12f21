import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readSchemas } from '@scimkit/core/documents'
import { Ajv, type ValidateFunction } from 'ajv'
import { describe, expect, it } from 'vitest'
import { sampleFiles } from '../src/commands/init/sample-files.js'
import { checkConfig } from '../src/config/check-config.js'
import { pluginNames } from '../src/plugins/choose-plugins.js'
import { realPath } from './real-schemas.js'

const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)))
const root = dirname(dirname(packageRoot))
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const compile = (name: string): ValidateFunction =>
  new Ajv({ allErrors: true, strict: true, strictRequired: false, strictTypes: false }).compile(
    read(join(packageRoot, 'schemas', `${name}.json`)) as object, // our own
  )
const schemaFile = compile('schema')
const resourceTypeFile = compile('resource-type')
const config = compile('config')
const faultsOf = (validate: ValidateFunction, value: unknown) => (validate(value) ? [] : validate.errors)

describe('the JSON Schema of schema files', () => {
  it('takes every schema of this repository but the schema of schemas, whose attributes nest', () => {
    const folder = join(root, 'schemas/scim')
    for (const file of readdirSync(folder).filter((name) => name !== 'schema.json')) {
      expect.soft(faultsOf(schemaFile, read(join(folder, file))), file).toEqual([])
    }
    expect(faultsOf(schemaFile, read(join(root, 'examples/enterprise-extension/acme-user.json')))).toEqual([])
    expect(schemaFile(read(join(folder, 'schema.json')))).toBe(false)
  })

  it('takes lists, ListResponses and what init writes', () => {
    const acme = read(join(root, 'examples/enterprise-extension/acme-user.json'))
    expect(faultsOf(schemaFile, [acme])).toEqual([])
    expect(faultsOf(schemaFile, { totalResults: 1, Resources: [acme] })).toEqual([])
    const [[, schema = ''] = [], [, type = ''] = []] = [...sampleFiles('schemas')]
    expect(faultsOf(schemaFile, JSON.parse(schema))).toEqual([])
    expect(faultsOf(resourceTypeFile, JSON.parse(type))).toEqual([])
  })

  const id = 'urn:example:params:scim:schemas:extension:acme:2.0:User'
  it.each<{ name: string; given: object }>([
    { name: 'an unknown type', given: { name: 'a', type: 'any' } },
    { name: 'a type in another case', given: { name: 'a', type: 'String' } },
    { name: 'an unknown mutability', given: { name: 'a', mutability: 'readwrite' } },
    { name: 'a text for a boolean', given: { name: 'a', required: 'true' } },
    { name: 'a name that is none', given: { name: 'a b' } },
    { name: 'a complex attribute without sub-attributes', given: { name: 'a', type: 'complex' } },
    { name: 'sub-attributes of a simple attribute', given: { name: 'a', subAttributes: [{ name: 'b' }] } },
    {
      name: 'a writeOnly attribute that is returned',
      given: { name: 'a', mutability: 'writeOnly', returned: 'always' },
    },
    {
      name: 'nested complex attributes',
      given: {
        name: 'a',
        type: 'complex',
        subAttributes: [{ name: 'b', type: 'complex', subAttributes: [{ name: 'c' }] }],
      },
    },
  ])('refuses what the reader refuses: $name', ({ given }) => {
    const document = { id, attributes: [given] }
    expect(readSchemas(document).faults).not.toEqual([])
    expect(schemaFile(document)).toBe(false)
  })

  it('tells a misspelt member, and lets the reader overlook $schema', () => {
    expect(schemaFile({ id, attributes: [{ name: 'a', requird: true }] })).toBe(false)
    const document = { $schema: 'schema.json', id, attributes: [{ name: 'a' }] }
    expect(faultsOf(schemaFile, document)).toEqual([])
    expect(readSchemas(document)).toMatchObject({ faults: [], warnings: [] })
  })
})

describe('the JSON Schema of resource types', () => {
  it('takes those of this repository and of others', () => {
    const folder = join(root, 'schemas/resource-types')
    for (const file of readdirSync(folder)) expect(faultsOf(resourceTypeFile, read(join(folder, file)))).toEqual([])
    expect(faultsOf(resourceTypeFile, read(join(root, 'examples/enterprise-extension/resource-types.json')))).toEqual(
      [],
    )
    expect(faultsOf(resourceTypeFile, read(realPath('nodejsOppScim_resourceTypes.json')))).toEqual([])
  })

  it.each([
    { name: 'X', endpoint: '/X' },
    { name: 'X', endpoint: '/a b', schema: 'urn:a1:b' },
    { name: '', endpoint: '/X', schema: 'x' },
  ])('refuses %j', (document) => {
    expect(
      readSchemas({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'], ...document }).faults,
    ).not.toEqual([])
    expect(resourceTypeFile(document)).toBe(false)
  })
})

describe('the JSON Schema of the configuration', () => {
  const least = { schemas: 'schemas', out: 'src/scim' }
  it.each<{ given: object; sound: boolean }>([
    { given: least, sound: true },
    { given: { ...least, plugins: pluginNames, zod: 'zod/mini', format: 'cjs', lenient: true }, sound: true },
    {
      given: { ...least, schemas: ['a', 'b'], resourceTypes: 'c', openapi: 'd', names: { 'urn:a:b': 'A' } },
      sound: true,
    },
    { given: { ...least, $schema: './config.json' }, sound: true },
    { given: { out: 'x' }, sound: false },
    { given: { schemas: 'x' }, sound: false },
    { given: { ...least, schemas: [] }, sound: false },
    { given: { ...least, out: 4 }, sound: false },
    { given: { ...least, plugins: ['graphql'] }, sound: false },
    { given: { ...least, plugins: ['types', 'types'] }, sound: false },
    { given: { ...least, zod: 'yup' }, sound: false },
    { given: { ...least, format: 'amd' }, sound: false },
    { given: { ...least, lenient: 'yes' }, sound: false },
    { given: { ...least, names: { 'urn:a:b': 'a-b' } }, sound: false },
    { given: { ...least, watch: true }, sound: false },
  ])('judges as the program does: $given', ({ given, sound }) => {
    expect(config(given)).toBe(sound)
    expect(Array.isArray(checkConfig(given))).toBe(!sound)
  })
})
