import type { Attribute } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { compareAttributes } from './compare-attributes.js'

const plain: Attribute = {
  name: 'title',
  type: 'string',
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
}

function compare(wanted: readonly Attribute[], given: unknown, readOnly = false): string[] {
  const found: string[] = []
  const report = (path: string, detail: string, weight = 'fault') => found.push(`${weight} ${path} ${detail}`)
  compareAttributes(wanted, given, { report, prefix: 'urn:x:', readOnly })
  return found
}

describe('an attribute of the server', () => {
  const table: readonly { name: string; wanted?: Partial<Attribute>; there: object; want: 'fault' | 'difference' }[] = [
    { name: 'type of another form', there: { type: 'boolean' }, want: 'fault' },
    { name: 'type of the same form', there: { type: 'reference' }, want: 'difference' },
    {
      name: 'one kind of number for another',
      wanted: { type: 'integer' },
      there: { type: 'decimal' },
      want: 'difference',
    },
    { name: 'a number for text', there: { type: 'integer' }, want: 'fault' },
    { name: 'many values for one', there: { multiValued: true }, want: 'fault' },
    { name: 'required', there: { required: true }, want: 'fault' },
    { name: 'not required', wanted: { required: true }, there: { required: false }, want: 'difference' },
    { name: 'readOnly', there: { mutability: 'readOnly' }, want: 'fault' },
    { name: 'immutable', there: { mutability: 'immutable' }, want: 'fault' },
    {
      name: 'writable where it was immutable',
      wanted: { mutability: 'immutable' },
      there: { mutability: 'readWrite' },
      want: 'difference',
    },
    {
      name: 'writable where it was readOnly',
      wanted: { mutability: 'readOnly' },
      there: { mutability: 'readWrite' },
      want: 'difference',
    },
    {
      name: 'a password that can be read',
      wanted: { mutability: 'writeOnly' },
      there: { mutability: 'readWrite' },
      want: 'difference',
    },
    {
      name: 'a password that cannot be set',
      wanted: { mutability: 'writeOnly' },
      there: { mutability: 'readOnly' },
      want: 'fault',
    },
    {
      name: 'a password that is set once',
      wanted: { mutability: 'writeOnly' },
      there: { mutability: 'immutable' },
      want: 'fault',
    },
    { name: 'never returned', there: { returned: 'never' }, want: 'fault' },
    { name: 'returned on request', there: { returned: 'request' }, want: 'fault' },
    { name: 'returned always', there: { returned: 'always' }, want: 'difference' },
    {
      name: 'returned where it was never',
      wanted: { returned: 'never' },
      there: { returned: 'default' },
      want: 'difference',
    },
    { name: 'not unique', wanted: { uniqueness: 'server' }, there: { uniqueness: 'none' }, want: 'fault' },
    { name: 'unique', there: { uniqueness: 'server' }, want: 'difference' },
    { name: 'caseExact', there: { caseExact: true }, want: 'fault' },
    { name: 'a caseExact reference', wanted: { type: 'reference' }, there: { caseExact: true }, want: 'difference' },
    { name: 'a caseExact number', wanted: { type: 'integer' }, there: { caseExact: true }, want: 'difference' },
    { name: 'a caseExact secret', wanted: { returned: 'never' }, there: { caseExact: true }, want: 'difference' },
    {
      name: 'required where it is readOnly',
      wanted: { mutability: 'readOnly' },
      there: { required: true },
      want: 'difference',
    },
    {
      name: 'not unique where it is readOnly',
      wanted: { mutability: 'readOnly', uniqueness: 'server' },
      there: { uniqueness: 'none' },
      want: 'difference',
    },
  ]
  test.each(table)('is a $want: $name', ({ wanted, there, want }) => {
    const here = { ...plain, ...wanted }
    const [name = '', value] = Object.entries(there)[0] ?? []
    const detail = `has ${name} ${JSON.stringify(value)} where the definition has ${JSON.stringify(here[name as keyof Attribute])}`
    expect(compare([here], [{ ...here, ...there }])).toEqual([`${want} urn:x:title ${detail}`])
  })

  test('is as it should be, in any case and with characteristics left out', () => {
    expect(compare([plain], [plain])).toEqual([])
    expect(compare([plain], [{ name: 'TITLE' }])).toEqual([])
  })

  test.each([undefined, null, {}, [], ['title'], [{ name: 7 }]])('is missing from %j', (given) => {
    expect(compare([plain], given)).toEqual(['fault urn:x:title is missing'])
    expect(compare([{ ...plain, mutability: 'readOnly' }], given)).toEqual(['difference urn:x:title is missing'])
    expect(compare([plain], given, true)).toEqual(['difference urn:x:title is missing'])
  })

  test('is compared with its sub-attributes, which are readOnly when it is', () => {
    const wanted: Attribute = { ...plain, name: 'name', type: 'complex', subAttributes: [plain] }
    expect(compare([wanted], [{ ...wanted, subAttributes: [] }])).toEqual(['fault urn:x:name.title is missing'])
    const readOnly = { ...wanted, mutability: 'readOnly' } as const
    expect(compare([readOnly], [{ ...readOnly, subAttributes: [] }])).toEqual([
      'difference urn:x:name.title is missing',
    ])
  })

  test('that holds the id beside a $ref is written as it was read, so its case is not a fault', () => {
    const value = { ...plain, name: 'value' }
    const ref: Attribute = { ...plain, name: '$ref', type: 'reference' }
    const there = [{ ...value, caseExact: true }, ref]
    expect(compare([value, ref], there)).toEqual([expect.stringMatching(/^difference urn:x:value has caseExact true/)])
    expect(compare([value], there)).toEqual([expect.stringMatching(/^fault urn:x:value has caseExact true/)])
  })
})
