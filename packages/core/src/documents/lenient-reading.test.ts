import { describe, expect, it } from 'vitest'
import { urns } from '../urns.js'
import { readSchemas } from './read-schema.js'

const id = 'urn:example:params:scim:schemas:extension:acme:2.0:User'
const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Schema']

/** A schema with one sound attribute and those given. */
function schemaWith(...attributes: unknown[]): object {
  return { schemas, id, name: 'Acme', attributes: [{ name: 'sound' }, ...attributes] }
}

const complex = { name: 'outer', type: 'complex', subAttributes: [{ name: 'inner' }] }

const lenient: readonly { name: string; given: object; want: object }[] = [
  { name: 'an unknown type as any', given: { name: 'a', type: 'map' }, want: { type: 'any' } },
  ...(
    [
      ['bool', 'boolean'],
      ['Bool', 'boolean'],
      ['int', 'integer'],
      ['number', 'decimal'],
      ['float', 'decimal'],
      ['double', 'decimal'],
      ['timestamp', 'dateTime'],
      ['date-time', 'dateTime'],
      ['object', 'any'],
    ] as const
  ).map(([given, type]) => ({
    name: `the type ${given} as ${type}`,
    given: { name: 'a', type: given },
    want: { type },
  })),
  {
    name: 'an object with sub-attributes as complex',
    given: { name: 'a', type: 'object', subAttributes: [{ name: 'b' }] },
    want: { type: 'complex' },
  },
  ...(['WRITE_ONLY', 'write-only', 'Write Only', 'writeonly', 'write'] as const).map((mutability) => ({
    name: `the mutability ${mutability}, so that a secret is not returned`,
    given: { name: 'a', mutability },
    want: { mutability: 'writeOnly', returned: 'never' },
  })),
  { name: 'READ_ONLY', given: { name: 'a', mutability: 'READ_ONLY' }, want: { mutability: 'readOnly' } },
  { name: 'returned NEVER', given: { name: 'a', returned: 'NEVER' }, want: { returned: 'never' } },
  { name: 'returned false', given: { name: 'a', returned: false }, want: { returned: 'never' } },
  { name: 'an unknown uniqueness as none', given: { name: 'a', uniqueness: 'tenant' }, want: { uniqueness: 'none' } },
  { name: 'multi_valued', given: { name: 'a', multi_valued: true }, want: { multiValued: true } },
  { name: 'a number for true', given: { name: 'a', multiValued: 1 }, want: { multiValued: true } },
  {
    name: 'a text for a list of texts',
    given: { name: 'a', type: 'reference', referenceTypes: 'User' },
    want: { referenceTypes: ['User'] },
  },
  {
    name: 'numbers as canonical values',
    given: { name: 'a', canonicalValues: [1, 2] },
    want: { canonicalValues: ['1', '2'] },
  },
  {
    name: 'the canonical values of SCIM 1.1',
    given: { name: 'a', canonicalValues: [{ value: 'work' }] },
    want: { canonicalValues: ['work'] },
  },
  { name: 'a type in other case', given: { name: 'a', type: 'datetime' }, want: { type: 'dateTime' } },
  { name: 'a boolean in quotes', given: { name: 'a', required: 'True' }, want: { required: true } },
  {
    name: 'a string with sub-attributes as complex',
    given: { name: 'a', type: 'string', subAttributes: [{ name: 'b' }] },
    want: { type: 'complex' },
  },
  {
    name: 'a complex value without sub-attributes as one with the usual ones',
    given: { name: 'a', type: 'complex' },
    want: { type: 'complex', subAttributes: [{ name: 'value' }, { name: 'display' }, { name: '$ref' }] },
  },
  {
    name: 'a complex list without sub-attributes as one with those of RFC 7643 §2.4',
    given: { name: 'a', type: 'complex', multiValued: true, subAttributes: [] },
    want: {
      subAttributes: [
        { name: 'value', type: 'string' },
        { name: 'display' },
        { name: 'type' },
        { name: 'primary', type: 'boolean' },
        { name: '$ref', type: 'reference' },
      ],
    },
  },
  {
    name: 'writeOnly and returned by default as never returned',
    given: { name: 'a', mutability: 'writeOnly', returned: 'default' },
    want: { returned: 'never' },
  },
]

describe('the lenient reading', () => {
  for (const { name, given, want } of lenient) {
    it(`takes ${name} and warns`, () => {
      const { schemas, faults, warnings } = readSchemas(schemaWith(given), { lenient: true })
      expect(faults).toEqual([])
      expect(warnings).toHaveLength(1)
      expect(schemas[0]?.definition.index.get('a')).toMatchObject(want)
    })
  }

  it('takes complex attributes within complex ones as they are', () => {
    const given = { ...complex, subAttributes: [{ ...complex, name: 'inner' }] }
    const { schemas, faults, warnings } = readSchemas(schemaWith(given), { lenient: true })
    expect(faults).toEqual([])
    expect(warnings.map(({ path }) => path)).toEqual(['outer.inner'])
    expect(schemas[0]?.definition.index.get('outer')?.subAttributes?.[0]?.subAttributes).toHaveLength(1)
  })

  it.each([
    ['an empty list of attributes', { attributes: [] }],
    ['no attributes', {}],
  ])('leaves out a schema with %s, and warns', (_name, members) => {
    const reading = readSchemas([schemaWith(), { schemas, id: `${id}2`, ...members }], { lenient: true })
    expect(reading.faults).toEqual([])
    expect(reading.schemas.map(({ definition }) => definition.id)).toEqual([id])
    expect(reading.warnings.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      expect.stringMatching(/2: attributes is (empty|missing); .*; read as no schema, so it is left out$/),
    ])
  })

  it('refuses what is not a schema at all', () => {
    const resource = { schemas: [urns.user], id: '1', userName: 'ada' }
    expect(readSchemas([schemaWith(), resource], { lenient: true }).faults).toHaveLength(1)
  })

  it('reads sub-attributes under the name attributes, inside complex attributes too', () => {
    const given = { name: 'a', attributes: [{ name: 'b', type: 'complex', attributes: [{ name: 'c' }] }] }
    const { schemas, faults, warnings } = readSchemas(schemaWith(given), { lenient: true })
    const [, a] = schemas[0]?.definition.attributes ?? []
    expect(faults).toEqual([])
    expect(warnings.filter(({ message }) => message.includes('are under'))).toHaveLength(2)
    expect(a).toMatchObject({
      type: 'complex',
      subAttributes: [{ name: 'b', type: 'complex', subAttributes: [{ name: 'c' }] }],
    })
  })

  it.each(['mutability', 'returned'])(
    'refuses a %s without a known meaning, since a secret might be returned',
    (name) => {
      const { faults } = readSchemas(schemaWith({ name: 'a', [name]: 'classified' }), { lenient: true })
      expect(faults.map(({ path }) => path)).toEqual(['a'])
    },
  )

  it('takes an id that is not a URI, but none that could not stand in a path', () => {
    const reading = (given: string) => readSchemas({ id: given, attributes: [{ name: 'a' }] }, { lenient: true })
    expect(reading('http://example.com/schemas/User').schemas[0]?.definition.id).toBe('http://example.com/schemas/User')
    expect(reading('`$x`').faults).toHaveLength(1)
    expect(reading("it's").faults).toHaveLength(1)
  })

  it('keeps the first of two names that differ by case', () => {
    const { schemas, warnings } = readSchemas(schemaWith({ name: 'SOUND', type: 'boolean' }), { lenient: true })
    expect(warnings.map(({ path }) => path)).toEqual(['SOUND'])
    expect(schemas[0]?.definition.attributes.map(({ name, type }) => [name, type])).toEqual([['sound', 'string']])
  })

  it('still refuses what has no safe meaning', () => {
    const { faults } = readSchemas(schemaWith({ name: 'constructor' }, { name: '"' }), { lenient: true })
    expect(faults.map(({ path }) => path)).toEqual(['attributes[1]', 'attributes[2]'])
  })
})
