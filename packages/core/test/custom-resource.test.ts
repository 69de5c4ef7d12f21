import { describe, expect, it } from 'vitest'
import { type ResourceValidators, resourceFromSchemas } from '../src/index.js'
import { attributePathOf } from '../src/internal.js'

const urn = 'urn:example:params:scim:schemas:extension:crane:2.0:Crane'
const base = 'urn:example:params:scim:schemas:core:2.0:Crane'
const schemaUrn = ['urn:ietf:params:scim:schemas:core:2.0:Schema']

/** Every data type, requirement at every level, every mutability. */
const crane = {
  schemas: schemaUrn,
  id: base,
  name: 'Crane',
  attributes: [
    { name: 'name', type: 'string', required: true },
    { name: 'load', type: 'decimal' },
    { name: 'axles', type: 'integer' },
    { name: 'built', type: 'dateTime' },
    { name: 'plan', type: 'binary' },
    { name: 'manual', type: 'reference', referenceTypes: ['external'] },
    { name: 'rented', type: 'boolean' },
    { name: 'colours', type: 'string', multiValued: true, required: true },
    { name: 'serial', type: 'string', mutability: 'readOnly', required: true },
    { name: 'secret', type: 'string', mutability: 'writeOnly', returned: 'never', required: true },
    { name: 'history', type: 'string', returned: 'request', required: true },
    {
      name: 'site',
      type: 'complex',
      subAttributes: [
        { name: 'city', type: 'string', required: true },
        { name: 'street', type: 'string' },
      ],
    },
    { name: 'owner', type: 'complex', required: true, subAttributes: [{ name: 'value', type: 'string' }] },
    {
      name: 'checks',
      type: 'complex',
      multiValued: true,
      subAttributes: [
        { name: 'on', type: 'dateTime', required: true },
        { name: 'primary', type: 'boolean' },
      ],
    },
  ],
}
const extension = {
  schemas: schemaUrn,
  id: urn,
  name: 'Crane extension',
  attributes: [
    { name: 'depot', type: 'string', required: true },
    {
      name: 'drivers',
      type: 'complex',
      multiValued: true,
      subAttributes: [
        { name: 'value', type: 'string' },
        { name: 'primary', type: 'boolean' },
      ],
    },
  ],
}
const resourceType = (required: boolean) => ({
  name: 'Crane',
  endpoint: '/Cranes',
  schema: base.toUpperCase().replace('URN:', 'urn:'),
  schemaExtensions: [{ schema: urn, required }],
})
const optional = resourceFromSchemas([crane, extension], resourceType(false))
const demanded = resourceFromSchemas([crane, extension], resourceType(true))

function judge(validators: ResourceValidators | undefined, use: keyof ResourceValidators, given: unknown): unknown {
  const result = validators?.[use]['~standard'].validate(given)
  if (!result || result instanceof Promise) throw new Error('validators are there and synchronous')
  if (result.issues) return result.issues.map(({ path }) => attributePathOf(path ?? []))
  return JSON.parse(JSON.stringify(result.value))
}

const input = { name: 'Big', colours: ['red'], secret: 's', history: 'h', owner: { value: '1' } }
const created = { schemas: [base], ...input }

describe('a body', () => {
  it.each([
    { name: 'with what is required', given: input, want: created },
    { name: 'without it', given: {}, want: ['name', 'colours', 'secret', 'history', 'owner'] },
    { name: 'with readOnly attributes, which are dropped', given: { ...input, serial: 5 }, want: created },
    {
      name: 'with every type',
      given: { ...input, load: 1.5, axles: 3, built: '2026-01-31T09:30:00', plan: 'TQ', manual: 'a/b', rented: false },
      want: { ...created, load: 1.5, axles: 3, built: '2026-01-31T09:30:00', plan: 'TQ', manual: 'a/b', rented: false },
    },
    {
      name: 'with no right type',
      given: { ...input, load: '1', axles: 1.5, built: '2026-01-31', plan: '*', manual: 'a b', rented: 1 },
      want: ['load', 'axles', 'built', 'plan', 'manual', 'rented'],
    },
    { name: 'with numbers that JSON cannot carry exactly', given: { ...input, axles: 2 ** 53 }, want: ['axles'] },
    { name: 'with an empty list of what is required', given: { ...input, colours: [] }, want: ['colours'] },
    {
      name: 'with an empty complex value of what is required',
      given: { ...input, owner: { value: null } },
      want: ['owner'],
    },
    {
      name: 'with an empty complex value, which demands nothing',
      given: { ...input, site: {} },
      want: { ...created, site: null },
    },
    {
      name: 'with a complex value of nulls',
      given: { ...input, site: { city: null, street: null } },
      want: { ...created, site: null },
    },
    { name: 'with a complex value that lacks a part', given: { ...input, site: { street: 'x' } }, want: ['site.city'] },
    {
      name: 'with a complex value whose required part is empty',
      given: { ...input, site: { city: '' } },
      want: ['site.city'],
    },
    {
      name: 'with an element that lacks a part',
      given: { ...input, checks: [{ primary: true }] },
      want: ['checks.on'],
    },
    { name: 'with an extension that is empty', given: { ...input, [urn]: {} }, want: { ...created, [urn]: null } },
    { name: 'with an extension that is null', given: { ...input, [urn]: null }, want: { ...created, [urn]: null } },
    {
      name: 'with an extension that lacks a part',
      given: { ...input, [urn]: { drivers: [{ value: '1' }] } },
      want: [`${urn}:depot`],
    },
    {
      name: 'with an extension',
      given: { ...input, [urn]: { depot: 'x' } },
      want: { ...created, schemas: [base, urn], [urn]: { depot: 'x' } },
    },
    {
      name: 'with two primary values in an extension',
      given: { ...input, [urn]: { depot: 'x', drivers: [{ primary: true }, { primary: true }] } },
      want: [`${urn}:drivers`],
    },
  ])('$name', ({ given, want }) => expect(judge(optional.validators, 'create', given)).toEqual(want))

  it.each([
    { name: 'without it', given: input },
    { name: 'with an empty one', given: { ...input, [urn]: {} } },
    { name: 'with null', given: { ...input, [urn]: null } },
  ])('that must have an extension, $name', ({ given }) => {
    expect(judge(demanded.validators, 'replace', given)).toEqual([urn])
  })
})

describe('an answer', () => {
  const answer = { schemas: [base], id: '1', name: 'Big', colours: ['red'], serial: '5', owner: { value: '1' } }
  it.each([
    { name: 'with what is always there', given: answer, want: answer },
    { name: 'without it', given: { schemas: [base], secret: 's' }, want: ['id', 'name', 'colours', 'serial', 'owner'] },
    { name: 'with what is returned on request', given: { ...answer, history: 'h' }, want: { ...answer, history: 'h' } },
    { name: 'with what is never returned', given: { ...answer, secret: 's' }, want: answer },
    { name: 'with an empty text for what is required', given: { ...answer, name: '' }, want: { ...answer, name: '' } },
    { name: 'with empty values', given: { ...answer, site: { city: null }, checks: [{}] }, want: answer },
    {
      name: 'with empty values of what is required',
      given: { ...answer, colours: [], owner: {} },
      want: ['colours', 'owner'],
    },
  ])('$name', ({ given, want }) => expect(judge(optional.validators, 'resource', given)).toEqual(want))
})

it('drops __proto__ from answers and touches no prototype', () => {
  const text = `{"__proto__":{"admin":true},"schemas":["${base}"],"id":"1","name":"Big","colours":["red"],"serial":"5","owner":{"__proto__":{"admin":true},"value":"1"}}`
  const result = optional.validators?.resource['~standard'].validate(JSON.parse(text))
  const { value } = result as { value: Record<string, object> }
  expect(Object.hasOwn(value, '__proto__')).toBe(false)
  expect(Object.hasOwn(value.owner ?? {}, '__proto__')).toBe(false)
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  expect('admin' in {}).toBe(false)
})
