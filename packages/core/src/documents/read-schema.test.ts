import { describe, expect, it } from 'vitest'
import enterpriseUserDocument from '../../../../schemas/scim/enterprise-user.json'
import groupDocument from '../../../../schemas/scim/group.json'
import resourceTypeDocument from '../../../../schemas/scim/resource-type.json'
import schemaDocument from '../../../../schemas/scim/schema.json'
import serviceProviderConfigDocument from '../../../../schemas/scim/service-provider-config.json'
import userDocument from '../../../../schemas/scim/user.json'
import { userSchema } from '../generated/user.schema.gen.js'
import { urns } from '../urns.js'
import { readSchemas } from './read-schema.js'

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
]

describe('reading schemas', () => {
  for (const { name, given, want } of faulty) {
    it(`names ${name}`, () => {
      expect(readSchemas(given).faults.map(({ path, message }) => `${path}: ${message}`)).toEqual(want)
    })
  }

  it('reads a single schema, a list and a ListResponse alike', () => {
    const schema = schemaWith(complex)
    const forms = [schema, [schema], { schemas: [urns.listResponse], totalResults: 1, Resources: [schema] }]
    const readings = forms.map((form) => readSchemas(form))
    expect(readings.every(({ faults }) => faults.length === 0)).toBe(true)
    expect(readings[1]?.schemas).toEqual(readings[0]?.schemas)
    expect(readings[2]?.schemas).toEqual(readings[0]?.schemas)
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

  it('notes a list that holds less than it says', () => {
    const list = { schemas: [urns.listResponse], totalResults: 3, Resources: [schemaWith()] }
    expect(readSchemas(list).warnings.map(({ message }) => message)).toEqual([
      'the list holds 1 of 3 documents; save the other pages as well',
    ])
    expect(readSchemas({ ...list, totalResults: 1 }).warnings).toEqual([])
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
})
