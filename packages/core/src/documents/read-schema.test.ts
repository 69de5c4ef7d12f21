import { describe, expect, it } from 'vitest'
import enterpriseUserDocument from '../../../../schemas/scim/enterprise-user.json'
import groupDocument from '../../../../schemas/scim/group.json'
import resourceTypeDocument from '../../../../schemas/scim/resource-type.json'
import schemaDocument from '../../../../schemas/scim/schema.json'
import serviceProviderConfigDocument from '../../../../schemas/scim/service-provider-config.json'
import userDocument from '../../../../schemas/scim/user.json'
import { readSchemas } from '../documents.js'
import { userSchema } from '../generated/user.schema.gen.js'
import { urns } from '../urns.js'

const id = 'urn:example:params:scim:schemas:extension:acme:2.0:User'
const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Schema']

/** A schema with one sound attribute and those given. */
function schemaWith(...attributes: unknown[]): object {
  return { schemas, id, name: 'Acme', attributes: [{ name: 'sound' }, ...attributes] }
}

const complex = { name: 'outer', type: 'complex', subAttributes: [{ name: 'inner' }] }

const faulty: readonly { name: string; given: unknown; want: readonly string[] }[] = [
  {
    name: 'a text instead of a document',
    given: 'text',
    want: [
      ': a schema must be an object, not "text"; a schema has the form of RFC 7643 §7, with "id" and a list "attributes"',
    ],
  },
  {
    name: 'null',
    given: null,
    want: [
      ': a schema must be an object, not null; a schema has the form of RFC 7643 §7, with "id" and a list "attributes"',
    ],
  },
  {
    name: 'a document that is nested without end',
    given: { ...schemaWith(), extra: JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) },
    want: [': the document is nested deeper than 64 levels, which no schema needs; check what the file holds'],
  },
  { name: 'an empty list', given: [], want: [': the list is empty; it must hold at least one schema'] },
  {
    name: 'an empty ListResponse',
    given: { Resources: [] },
    want: [': the list is empty; it must hold at least one schema'],
  },
  {
    name: 'an object without attributes',
    given: { id },
    want: [': attributes is missing; a schema has the form of RFC 7643 §7, with "id" and a list "attributes"'],
  },
  {
    name: 'no attribute at all',
    given: { id, attributes: [] },
    want: [': attributes is empty; list at least one attribute'],
  },
  {
    name: 'a missing id',
    given: { attributes: [{ name: 'a' }] },
    want: [': id is missing; add the URI of the schema as "id"'],
  },
  {
    name: 'an id that is not a URI',
    given: { id: 'AcmeUser', attributes: [{ name: 'a' }] },
    want: [': id is "AcmeUser"; write a URI, such as urn:example:params:scim:schemas:extension:acme:2.0:User'],
  },
  {
    name: 'an id with a quote',
    given: { id: "urn:acme:x'y", attributes: [{ name: 'a' }] },
    want: [`: id is "urn:acme:x'y"; write a URI, such as urn:example:params:scim:schemas:extension:acme:2.0:User`],
  },
  {
    name: 'a schema of SCIM 1.1',
    given: { id: 'urn:scim:schemas:core:1.0:User', attributes: [{ name: 'a', readOnly: true }] },
    want: [
      ': id is "urn:scim:schemas:core:1.0:User", a schema of SCIM 1.1; write the schema in the form of RFC 7643 §7',
    ],
  },
  {
    name: 'a characteristic of SCIM 1.1',
    given: schemaWith({ name: 'a', readOnly: true }),
    want: ['a: readOnly belongs to SCIM 1.1; write the schema in the form of RFC 7643 §7'],
  },
  {
    name: 'a flat list of another form',
    given: [{ attributeURI: 'a' }, { attributeURI: 'b' }],
    want: [
      ': the list holds no schemas of the form of RFC 7643 §7, its entries have "attributeURI"; save the server\'s /Schemas',
    ],
  },
  {
    name: 'the schemas of another kind of document',
    given: { schemas: [urns.user], id, attributes: [{ name: 'a' }] },
    want: [`: schemas is ["${urns.user}"]; write ["${urns.schema}"]`],
  },
  {
    name: 'an attribute that is a text',
    given: schemaWith('userName'),
    want: ['attributes[1]: an attribute must be an object, not "userName"; write one with "name"'],
  },
  {
    name: 'an attribute without a name',
    given: schemaWith({ type: 'string' }),
    want: ['attributes[1]: the attribute has no name; add "name"'],
  },
  {
    name: 'a sub-attribute without a name',
    given: schemaWith({ ...complex, subAttributes: [{ type: 'string' }] }),
    want: ['outer.subAttributes[0]: the attribute has no name; add "name"'],
  },
  {
    name: 'a name that is not an attribute name',
    given: schemaWith({ name: '"]; x //' }),
    want: [
      'attributes[1]: "\\"]; x //" is not an attribute name; a name starts with a letter or $, then letters, digits, $, - and _',
    ],
  },
  {
    name: 'the name __proto__',
    given: JSON.parse(`{"id":"${id}","attributes":[{"name":"__proto__"}]}`),
    want: [
      'attributes[0]: "__proto__" is not an attribute name; a name starts with a letter or $, then letters, digits, $, - and _',
    ],
  },
  {
    name: 'the name constructor',
    given: schemaWith({ name: 'constructor' }),
    want: ["attributes[1]: the name constructor is taken by JavaScript's own objects; rename the attribute"],
  },
  {
    name: 'the name prototype',
    given: schemaWith({ name: 'prototype' }),
    want: ["attributes[1]: the name prototype is taken by JavaScript's own objects; rename the attribute"],
  },
  {
    name: 'a very long name',
    given: schemaWith({ name: 'a'.repeat(300) }),
    want: [`attributes[1]: the name "${'a'.repeat(56)}... has 300 characters; 256 are allowed`],
  },
  {
    name: 'two names that differ by case',
    given: schemaWith({ name: 'Sound' }),
    want: ['Sound: the name differs from sound by case alone; rename or remove one of the two'],
  },
  {
    name: 'a name that is there twice',
    given: schemaWith({ name: 'sound' }),
    want: ['sound: the name is there twice; rename or remove one of the two'],
  },
  {
    name: 'an unknown type',
    given: schemaWith({ name: 'a', type: 'any' }),
    want: ['a: type is "any"; write one of string, boolean, decimal, integer, dateTime, binary, reference, complex'],
  },
  {
    name: 'a type in other case',
    given: schemaWith({ name: 'a', type: 'datetime' }),
    want: ['a: type is "datetime"; write dateTime'],
  },
  {
    name: 'a mutability in other case',
    given: schemaWith({ name: 'a', mutability: 'readwrite' }),
    want: ['a: mutability is "readwrite"; write readWrite'],
  },
  {
    name: 'an unknown mutability',
    given: schemaWith({ name: 'a', mutability: 'often' }),
    want: ['a: mutability is "often"; write one of readOnly, readWrite, immutable, writeOnly'],
  },
  {
    name: 'an unknown returned',
    given: schemaWith({ name: 'a', returned: true }),
    want: ['a: returned is true; write one of always, never, default, request'],
  },
  {
    name: 'an unknown uniqueness',
    given: schemaWith({ name: 'a', uniqueness: 'tenant' }),
    want: ['a: uniqueness is "tenant"; write one of none, server, global'],
  },
  {
    name: 'a boolean in quotes',
    given: schemaWith({ name: 'a', required: 'true' }),
    want: ['a: required is "true"; write true or false without quotes'],
  },
  {
    name: 'a misspelt characteristic',
    given: schemaWith({ name: 'a', multi_valued: true }),
    want: ['a: the member "multi_valued" is not known; write multiValued'],
  },
  {
    name: 'a member that is there twice but for case',
    given: schemaWith({ name: 'a', Required: true, required: false }),
    want: ['a: Required and required are the same member; remove one of the two'],
  },
  {
    name: 'a mutability of more than one word',
    given: schemaWith({ name: 'a', mutability: 'WRITE_ONLY' }),
    want: ['a: mutability is "WRITE_ONLY"; write writeOnly'],
  },
  {
    name: 'a type of a programming language',
    given: schemaWith({ name: 'a', type: 'bool' }),
    want: ['a: type is "bool"; write boolean'],
  },
  {
    name: 'sub-attributes under the name attributes',
    given: schemaWith({ name: 'a', type: 'complex', attributes: [{ name: 'b' }] }),
    want: ['a: the sub-attributes stand under "attributes"; write subAttributes'],
  },
  {
    name: 'sub-attributes under the name attributes within a complex attribute',
    given: schemaWith({ ...complex, subAttributes: [{ name: 'inner', attributes: [{ name: 'b' }] }] }),
    want: [
      'outer.inner: the sub-attributes stand under "attributes"; write subAttributes',
      'outer.inner: a complex attribute lies within a complex attribute; a complex attribute holds only simple ones, so move its sub-attributes up',
    ],
  },
  {
    name: 'canonical values that are objects',
    given: schemaWith({ name: 'a', canonicalValues: [{ value: 'work' }] }),
    want: ['a: canonicalValues is [{"value":"work"}]; write a list of strings'],
  },
  {
    name: 'a complex attribute without sub-attributes',
    given: schemaWith({ name: 'a', type: 'complex' }),
    want: ['a: the attribute is complex and has no sub-attributes; list them in subAttributes'],
  },
  {
    name: 'sub-attributes of a string',
    given: schemaWith({ name: 'a', type: 'string', subAttributes: [{ name: 'b' }] }),
    want: ['a: the attribute has sub-attributes and the type string; write "type": "complex" or remove subAttributes'],
  },
  {
    name: 'sub-attributes that are not a list',
    given: schemaWith({ name: 'a', type: 'complex', subAttributes: {} }),
    want: ['a: subAttributes is {}; write a list of attributes'],
  },
  {
    name: 'a complex attribute within a complex one',
    given: schemaWith({ ...complex, subAttributes: [{ ...complex, name: 'inner' }] }),
    want: [
      'outer.inner: a complex attribute lies within a complex attribute; a complex attribute holds only simple ones, so move its sub-attributes up',
    ],
  },
  {
    name: 'what may only be written and comes back',
    given: schemaWith({ name: 'a', mutability: 'writeOnly', returned: 'always' }),
    want: [
      'a: the attribute is writeOnly and returned always; what is writeOnly is never returned, so write "returned": "never"',
    ],
  },
  {
    name: 'what no one can write or read',
    given: schemaWith({ name: 'a', mutability: 'readOnly', returned: 'never' }),
    want: ['a: the attribute is readOnly and never returned, so no one can use it; change one of the two'],
  },
  {
    name: 'a schema that is there twice',
    given: [schemaWith(), { ...schemaWith(), id: id.toUpperCase().replace('URN:EXAMPLE', 'urn:example') }],
    want: [
      `${id.toUpperCase().replace('URN:EXAMPLE', 'urn:example')}: entries [0] and [1] are the same schema; remove one of the two`,
    ],
  },
  {
    name: 'a fault in one of several schemas, by its URN',
    given: [schemaWith({ name: 'a', type: 'any' }), { ...schemaWith(), id: `${id}2` }],
    want: [
      `${id}:a: type is "any"; write one of string, boolean, decimal, integer, dateTime, binary, reference, complex`,
    ],
  },
  {
    name: 'a resource type with a full URL as endpoint',
    given: { schemas: [urns.resourceType], name: 'User', endpoint: 'https://example.com/Users', schema: urns.user },
    want: [': endpoint is "https://example.com/Users"; write a path below the service root, such as /Users'],
  },
  {
    name: 'a resource type without a schema',
    given: { schemas: [urns.resourceType], name: 'User', endpoint: '/Users' },
    want: [': schema is missing; write the URI of a schema'],
  },
  {
    name: 'a resource type that lists an extension twice',
    given: { name: 'U', endpoint: '/U', schema: urns.user, schemaExtensions: [{ schema: id }, { schema: id }] },
    want: [`schemaExtensions[1]: ${id} is listed twice; list it once`],
  },
]

describe('readSchemas', () => {
  for (const { name, given, want } of faulty) {
    it(`names ${name}`, () => {
      expect(readSchemas(given).faults.map(({ path, message }) => `${path}: ${message}`)).toEqual(want)
    })
  }

  it('collects the faults of all attributes instead of stopping at the first', () => {
    const given = schemaWith({ name: 'a', type: 'any' }, { name: 'b', required: 'no' }, { name: '1c' })
    expect(readSchemas(given).faults.map(({ path }) => path)).toEqual(['a', 'b', 'attributes[3]'])
  })

  it('reads a single schema, a list and a ListResponse alike', () => {
    const schema = schemaWith(complex)
    const forms = [schema, [schema], { schemas: [urns.listResponse], totalResults: 1, Resources: [schema] }]
    const readings = forms.map((form) => readSchemas(form))
    expect(readings.every(({ faults }) => faults.length === 0)).toBe(true)
    expect(readings[1]?.schemas).toEqual(readings[0]?.schemas)
    expect(readings[2]?.schemas).toEqual(readings[0]?.schemas)
  })

  it('fills in every default of RFC 7643 §2.2', () => {
    const [attribute] = readSchemas({ id, attributes: [{ name: 'a' }] }).schemas[0]?.definition.attributes ?? []
    expect(attribute).toEqual({
      name: 'a',
      type: 'string',
      multiValued: false,
      required: false,
      caseExact: false,
      mutability: 'readWrite',
      returned: 'default',
      uniqueness: 'none',
    })
  })

  it('takes writeOnly without returned as never returned', () => {
    const { schemas, faults } = readSchemas(schemaWith({ name: 'pin', mutability: 'writeOnly' }))
    expect(faults).toEqual([])
    expect(schemas[0]?.definition.index.get('pin')?.returned).toBe('never')
  })

  it('names a schema without a name by the last part of its URN', () => {
    expect(readSchemas({ id, attributes: [{ name: 'a' }] }).schemas[0]?.definition.name).toBe('User')
  })

  it('finds no fault in the standard schemas and keeps their data and texts', () => {
    const documents = [
      enterpriseUserDocument,
      groupDocument,
      resourceTypeDocument,
      schemaDocument,
      serviceProviderConfigDocument,
      userDocument,
    ]
    const { schemas, faults } = readSchemas(documents)
    const user = schemas.find(({ definition }) => definition.id === urns.user)
    expect(faults).toEqual([])
    expect(schemas).toHaveLength(6)
    expect(user?.definition.attributes).toEqual(userSchema.attributes)
    expect(user?.descriptions.attributes['name.familyName']).toBe('Surname.')
  })

  it('reads members in any case, since attribute names are case-insensitive', () => {
    const given = {
      ID: id,
      NAME: 'Lamp',
      Attributes: [
        { Name: 'lit', Type: 'boolean', Required: true },
        { NAME: 'pin', multivalued: true, Mutability: 'writeOnly', CanonicalValues: ['a'] },
        { name: 'shade', type: 'complex', subattributes: [{ name: 'colour' }] },
      ],
    }
    const { schemas, faults, warnings } = readSchemas(given)
    expect([...faults, ...warnings]).toEqual([])
    expect(schemas[0]?.definition).toMatchObject({
      id,
      name: 'Lamp',
      attributes: [
        { name: 'lit', type: 'boolean', required: true },
        { name: 'pin', multiValued: true, mutability: 'writeOnly', returned: 'never', canonicalValues: ['a'] },
        { name: 'shade', subAttributes: [{ name: 'colour' }] },
      ],
    })
    const type = {
      NAME: 'Lamp',
      Endpoint: '/Lamps',
      SCHEMA: id,
      SchemaExtensions: [{ Schema: urns.user, Required: true }],
    }
    expect(readSchemas({ resources: [given, type] }).resourceTypes).toMatchObject([
      { name: 'Lamp', endpoint: '/Lamps', schema: id, schemaExtensions: [{ schema: urns.user, required: true }] },
    ])
  })

  it.each(['example:scim:Desk', 'https://example.com/schemas/Desk#v2', 'tag:example.com,2026:Desk'])(
    'takes the URI %s for a schema and for its resource type',
    (uri) => {
      const type = { name: 'Desk', endpoint: '/Desks', schema: uri, schemaExtensions: [{ schema: `${uri}2` }] }
      const reading = readSchemas([{ id: uri, attributes: [{ name: 'a' }] }, type])
      expect([...reading.faults, ...reading.warnings]).toEqual([])
      expect(reading.schemas[0]?.definition.id).toBe(uri)
      expect(reading.resourceTypes).toMatchObject([{ schema: uri, schemaExtensions: [{ schema: `${uri}2` }] }])
    },
  )

  it.each([
    ['/Schemas', urns.schema],
    ['/ResourceTypes', urns.resourceType],
    ['ServiceProviderConfig', urns.serviceProviderConfig],
    ['/ServiceProviderConfigs', urns.serviceProviderConfig],
    ['/Me', urns.user],
    ['https://example.com/scim/v2/Schemas', urns.schema],
  ])('passes over a resource type of %s, with a note', (endpoint, schema) => {
    const reading = readSchemas({ name: 'Own', endpoint, schema })
    expect([reading.faults, reading.resourceTypes]).toEqual([[], []])
    expect(reading.warnings.map(({ message }) => message)).toEqual([
      `the resource type of "${endpoint}" is ignored; a service provider serves it without one`,
    ])
  })

  it('notes a list that holds less than it says', () => {
    const list = { schemas: [urns.listResponse], totalResults: 3, Resources: [schemaWith()] }
    expect(readSchemas(list).warnings.map(({ message }) => message)).toEqual([
      'the list holds 1 of 3 documents; save the other pages as well',
    ])
    expect(readSchemas({ ...list, totalResults: 1 }).warnings).toEqual([])
  })

  it('notes constraints that no validator looks at', () => {
    const { faults, warnings } = readSchemas(schemaWith({ name: 'a', Pattern: '^a$', minimum: 1 }))
    expect(faults).toEqual([])
    expect(warnings.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'a: Pattern, minimum are ignored; RFC 7643 §7 does not have them, so no validator looks at them',
    ])
  })

  it('reads the chosen schemas alone, and nothing of the others counts', () => {
    const bad = { ...schemaWith({ name: '1', type: 'any' }), id: `${id}:Bad` }
    const type = {
      name: 'U',
      endpoint: '/U',
      schema: urns.user,
      schemaExtensions: [{ schema: id }, { schema: bad.id }],
    }
    const other = { name: 'B', endpoint: '/B', schema: bad.id }
    const documents = [schemaWith(), bad, type, other]
    for (const choice of [{ exclude: [bad.id.toUpperCase()] }, { include: [id.toUpperCase()] }]) {
      const reading = readSchemas(documents, choice)
      expect(reading.faults).toEqual([])
      expect(reading.schemas.map(({ definition }) => definition.id)).toEqual([id])
      expect(reading.resourceTypes).toMatchObject([{ name: 'U', schemaExtensions: [{ schema: id }] }])
      expect(new Set(reading.leftOut)).toEqual(new Set([bad.id]))
    }
    expect(readSchemas(documents, { exclude: [urns.user, bad.id] }).resourceTypes).toEqual([])
  })

  it('reads resource types beside schemas', () => {
    const resourceType = { name: 'Device', endpoint: 'Devices', schema: id, schemaExtensions: [{ schema: urns.user }] }
    const { schemas, resourceTypes, faults } = readSchemas([schemaWith(), resourceType])
    expect(faults).toEqual([])
    expect(schemas).toHaveLength(1)
    expect(resourceTypes).toMatchObject([
      { name: 'Device', endpoint: '/Devices', schema: id, schemaExtensions: [{ schema: urns.user, required: false }] },
    ])
  })
})

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
    expect(warnings.filter(({ message }) => message.includes('stand under'))).toHaveLength(2)
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
