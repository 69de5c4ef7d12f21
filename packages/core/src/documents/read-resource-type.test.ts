import { describe, expect, it } from 'vitest'
import { urns } from '../urns.js'
import { readSchemas } from './read-schema.js'

const id = 'urn:example:params:scim:schemas:extension:acme:2.0:User'
const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Schema']

/** A schema with one sound attribute and those given. */
function schemaWith(...attributes: unknown[]): object {
  return { schemas, id, name: 'Acme', attributes: [{ name: 'sound' }, ...attributes] }
}

const faulty: readonly { name: string; given: unknown; want: readonly string[] }[] = [
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

describe('reading resource types', () => {
  for (const { name, given, want } of faulty) {
    it(`names ${name}`, () => {
      expect(readSchemas(given).faults.map(({ path, message }) => `${path}: ${message}`)).toEqual(want)
    })
  }

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

  it('reads resource types beside schemas', () => {
    const resourceType = { name: 'Device', endpoint: 'Devices', schema: id, schemaExtensions: [{ schema: urns.user }] }
    const { schemas, resourceTypes, faults } = readSchemas([schemaWith(), resourceType])
    expect(faults).toEqual([])
    expect(schemas).toHaveLength(1)
    expect(resourceTypes).toMatchObject([
      { name: 'Device', endpoint: '/Devices', schema: id, schemaExtensions: [{ schema: urns.user, required: false }] },
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
})
