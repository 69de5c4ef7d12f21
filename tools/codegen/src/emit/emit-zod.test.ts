import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ResourceDefinition, type ResourceValidators, resourceFromSchemas } from '@scimkit/core'
import { readSchemas } from '@scimkit/core/documents'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../generate.js'
import { buildModel } from '../model/build-model.js'
import { createContext } from '../model/emit-context.js'
import { nameAll } from '../model/identifier-names.js'
import type { SchemaKind } from '../model/schema-model.js'
import { emitZod } from './emit-zod.js'

const base = 'urn:example:params:scim:schemas:core:2.0:Crane'
const urn = 'urn:example:params:scim:schemas:extension:crane:2.0:Crane'
const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Schema']

/** Every data type, requirement at every level, every mutability, names that need quotes. */
const crane = {
  schemas,
  id: base,
  name: 'Crane',
  attributes: [
    { name: 'name', type: 'string', required: true },
    { name: 'load', type: 'decimal' },
    { name: 'axles', type: 'integer', required: true },
    { name: 'built', type: 'dateTime' },
    { name: 'plan', type: 'binary' },
    { name: 'manual', type: 'reference', referenceTypes: ['external'] },
    { name: 'rented', type: 'boolean' },
    { name: 'colours', type: 'string', multiValued: true, required: true },
    { name: 'serial', type: 'string', mutability: 'readOnly', required: true },
    { name: 'secret', type: 'string', mutability: 'writeOnly', returned: 'never', required: true },
    { name: 'history', type: 'string', returned: 'request', required: true },
    { name: 'max-height', type: 'decimal' },
    {
      name: 'site',
      type: 'complex',
      subAttributes: [
        { name: 'city', type: 'string', required: true },
        { name: 'lots', type: 'integer', multiValued: true },
      ],
    },
    {
      name: 'checks',
      type: 'complex',
      multiValued: true,
      subAttributes: [
        { name: 'on', type: 'dateTime', required: true },
        { name: 'primary', type: 'boolean' },
        { name: 'by', type: 'string', mutability: 'readOnly' },
      ],
    },
    { name: 'log', type: 'complex', subAttributes: [{ name: 'entry', type: 'string', mutability: 'readOnly' }] },
  ],
}
const extension = {
  schemas,
  id: urn,
  name: 'Crane Extension',
  attributes: [
    { name: 'depot', type: 'string', required: true },
    {
      name: 'drivers',
      type: 'complex',
      multiValued: true,
      subAttributes: [{ name: 'value' }, { name: 'primary', type: 'boolean' }],
    },
  ],
}
const resourceType = {
  name: 'Crane',
  endpoint: '/Cranes',
  schema: base,
  schemaExtensions: [{ schema: urn, required: false }],
}

/** A resource with a value for everything. */
const whole = {
  schemas: [base, urn],
  id: '1',
  externalId: 'x',
  meta: { created: '2026-01-31T09:30:00Z' },
  name: 'Big',
  load: 1.5,
  axles: 3,
  built: '2026-01-31T09:30:00Z',
  plan: 'TQ==',
  manual: 'https://example.com/a',
  rented: true,
  colours: ['red', 'blue'],
  serial: '5',
  secret: 's',
  history: 'h',
  'max-height': 40,
  site: { city: 'Ulm', lots: [1, 2] },
  checks: [{ on: '2026-01-31T09:30:00Z', primary: true, by: 'Ada' }, { on: '2026-02-01T09:30:00Z' }],
  log: { entry: 'x' },
  [urn]: { depot: 'North', drivers: [{ value: '1', primary: true }] },
}

describe('emitZod', () => {
  const emit = (document: object, kind: SchemaKind) => {
    const [read] = readSchemas(document).schemas
    if (!read) throw new Error('the schema is sound')
    const model = buildModel(read, kind)
    const names = nameAll([model], [], {}).schemas.get(model)
    if (!names) throw new Error('the schema has names')
    return emitZod(model, names, { context: createContext('package'), zod: 'zod' })
  }
  const member = (declaration: object, use: 'input' | 'output') => {
    const text = emit({ schemas, id: urn, name: 'Thing', attributes: [declaration, { name: 'other' }] }, 'extension')
    const shape = text.slice(text.indexOf(`    ${use}: {`))
    return shape.split('\n')[1]?.trim()
  }

  it.each([
    { name: 'an optional text', given: { name: 'a' }, input: 'a: nullish.string,', output: 'a: optional.string,' },
    {
      name: 'a required text',
      given: { name: 'a', required: true },
      input: 'a: required.string,',
      output: 'a: value.string,',
    },
    {
      name: 'a list of texts',
      given: { name: 'a', multiValued: true },
      input: 'a: z.array(value.string).nullish(),',
      output: 'a: z.array(value.string).optional(),',
    },
    {
      name: 'a required list',
      given: { name: 'a', multiValued: true, required: true },
      input: 'a: z.array(value.string).min(1),',
      output: 'a: z.array(value.string),',
    },
    {
      name: 'a complex value',
      given: { name: 'a', type: 'complex', subAttributes: [{ name: 'b', type: 'dateTime' }] },
      input: 'a: z.object({ b: nullish.dateTime }).nullish(),',
      output: 'a: z.object({ b: optional.dateTime }).optional(),',
    },
    {
      name: 'a name that needs quotes',
      given: { name: 'a-b' },
      input: `'a-b': nullish.string,`,
      output: `'a-b': optional.string,`,
    },
    {
      name: 'what is only written',
      given: { name: 'a', mutability: 'writeOnly', returned: 'never' },
      input: 'a: nullish.string,',
      output: 'other: optional.string,',
    },
    {
      name: 'what is only read',
      given: { name: 'a', mutability: 'readOnly' },
      input: 'other: nullish.string,',
      output: 'a: optional.string,',
    },
    {
      name: 'what is returned on request',
      given: { name: 'a', required: true, returned: 'request' },
      input: 'a: required.string,',
      output: 'a: optional.string,',
    },
  ])('writes $name', ({ given, input, output }) => {
    expect(member(given, 'input')).toBe(input)
    expect(member(given, 'output')).toBe(output)
  })

  it('gives resources what every resource has', () => {
    const text = emit(crane, 'resource')
    expect(text).toContain(
      '      schemas: z.array(value.string).nullish(),\n      externalId: nullish.string,\n      name:',
    )
    expect(text).toContain('      schemas: z.array(value.string),\n      id: value.string,\n')
  })

  it('imports zod as a namespace alone and wraps every value', () => {
    const text = emit(crane, 'resource')
    expect(text.match(/^import .* from 'zod'$/gm)).toEqual([`import * as z from 'zod'`])
    for (const line of text.match(/^export const .*$/gm) ?? [])
      expect(line).toMatch(/= (\/\* @__PURE__ \*\/ \()?\(\) =>/)
  })

  it('imports nothing that it does not use', () => {
    const text = emit({ schemas, id: urn, name: 'Thing', attributes: [{ name: 'a' }] }, 'extension')
    expect(text).not.toContain(" from 'zod'")
    expect(text).toContain('const { nullish, optional } = valueSchemas')
  })

  it('writes nothing for discovery documents', () => {
    expect(emit({ schemas, id: schemas[0], name: 'Schema', attributes: [{ name: 'name' }] }, 'discovery')).toBe('')
  })
})

describe('generated validators', () => {
  const folder = join(import.meta.dirname, `../../test/generated-${process.pid}`)
  let generated: ResourceDefinition

  beforeAll(async () => {
    const source = (document: object, file: string) => ({ file, document })
    const { files, faults } = await generate({
      schemas: [source(crane, 'crane.json'), source(extension, 'extension.json')],
      resourceTypes: [source(resourceType, 'type.json')],
    })
    expect(faults).toEqual([])
    mkdirSync(folder, { recursive: true })
    for (const [name, text] of files) writeFileSync(join(folder, name), text)
    generated = ((await import(join(folder, 'crane.resource.gen.ts'))) as { craneResource: ResourceDefinition })
      .craneResource
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const runtime = resourceFromSchemas([crane, extension], resourceType)
  const uses = ['create', 'replace', 'resource'] as const

  it('accept a resource with a value for everything', () => {
    for (const use of uses) expect(judge(generated, use, whole)).toHaveProperty('value')
  })

  it('judge any change of it as those made at run time do', () => {
    let refused = 0
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const resource = changes.reduce<unknown>((changed, apply) => apply(changed), whole)
        for (const use of uses) {
          const expected = judge(generated, use, resource)
          expect(judge(runtime, use, resource)).toEqual(expected)
          if (Array.isArray(expected)) refused++
        }
      }),
      { numRuns: 1_000 },
    )
    expect(refused).toBeGreaterThan(500)
  })
})

const strange = fc.constantFrom<unknown>(
  null,
  undefined,
  [],
  {},
  [{}],
  [null],
  { value: null },
  { primary: true },
  [{ primary: true }, { primary: true }],
  '',
  'text',
  'a b',
  '2026-01-31',
  '2026-01-31T09:30:00Z',
  0,
  1.5,
  2 ** 60,
  true,
  'true',
  ['a'],
  [1],
)

/** Puts a strange value somewhere: the same random number leads to the same place. */
const change = fc.tuple(fc.nat(), strange).map(([place, value]) => (resource: unknown): unknown => {
  const paths = pathsOf(resource)
  return replaceAt(resource, paths[place % paths.length] ?? [], value)
})

function pathsOf(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inside]) => [[name], ...pathsOf(inside).map((path) => [name, ...path])])
}

function replaceAt(value: unknown, [name, ...rest]: readonly string[], replacement: unknown): unknown {
  if (name === undefined) return replacement
  const members = value as Record<string, unknown>
  const inside = replaceAt(members[name], rest, replacement)
  return Array.isArray(value)
    ? value.map((element, index) => (String(index) === name ? inside : element))
    : { ...members, [name]: inside }
}

function judge(definition: ResourceDefinition, use: keyof ResourceValidators, given: unknown): unknown {
  const result = definition.validators?.[use]['~standard'].validate(given)
  if (!result || result instanceof Promise) throw new Error('validators are there and synchronous')
  return result.issues ? result.issues.map(({ path, message }) => ({ path, message })) : { value: result.value }
}
