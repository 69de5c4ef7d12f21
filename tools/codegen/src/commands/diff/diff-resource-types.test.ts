import { type ResourceTypeDocument, readSchemas } from '@scimkit/core/documents'
import { describe, expect, it } from 'vitest'
import { diffResourceTypes } from './diff-resource-types.js'

const schema = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType'
const rack = { schema: 'urn:example:params:scim:schemas:Rack', required: false }
const cable = { schema: 'urn:example:params:scim:schemas:Cable', required: false }
const device = {
  name: 'Device',
  endpoint: '/Devices',
  schema: 'urn:example:params:scim:schemas:Device',
  schemaExtensions: [rack],
}
const desk = { name: 'Desk', endpoint: '/Desks', schema: 'urn:example:params:scim:schemas:Desk' }

function read(...documents: readonly object[]): readonly ResourceTypeDocument[] {
  if (documents.length === 0) return []
  const { resourceTypes, faults } = readSchemas(documents)
  if (faults.length > 0) throw new Error(`the resource types of the test are faulty: ${faults[0]?.message}`)
  return resourceTypes
}

describe('diffResourceTypes', () => {
  const cases = [
    { name: 'nothing in the same', before: [device, desk], after: [desk, device], want: [] },
    {
      name: 'nothing in descriptions, order and the case of URNs',
      before: [{ ...device, schemaExtensions: [rack, cable] }],
      after: [
        {
          ...device,
          description: 'A device.',
          schema: device.schema.toUpperCase(),
          schemaExtensions: [cable, { ...rack, schema: rack.schema.toUpperCase() }],
        },
      ],
      want: [],
    },
    { name: 'an added type', before: [device], after: [device, desk], want: [{ kind: 'added', path: 'Desk' }] },
    { name: 'a removed type', before: [device, desk], after: [device], want: [{ kind: 'removed', path: 'Desk' }] },
    {
      name: 'another endpoint',
      before: [device],
      after: [{ ...device, endpoint: '/Things' }],
      want: [{ kind: 'changed', path: 'Device', characteristic: 'endpoint', before: '/Devices', after: '/Things' }],
    },
    {
      name: 'another base schema',
      before: [device],
      after: [{ ...device, schema: desk.schema }],
      want: [{ kind: 'changed', path: 'Device', characteristic: 'schema', before: device.schema, after: desk.schema }],
    },
    {
      name: 'extensions that came and went',
      before: [device],
      after: [{ ...device, schemaExtensions: [cable] }],
      want: [
        { kind: 'removed', path: `Device.schemaExtensions[schema eq "${rack.schema}"]` },
        { kind: 'added', path: `Device.schemaExtensions[schema eq "${cable.schema}"]` },
      ],
    },
    {
      name: 'an extension that is required now',
      before: [device],
      after: [{ ...device, schemaExtensions: [{ ...rack, required: true }] }],
      want: [
        {
          kind: 'changed',
          path: `Device.schemaExtensions[schema eq "${rack.schema}"]`,
          characteristic: 'required',
          before: false,
          after: true,
        },
      ],
    },
    { name: 'nothing where one side has none', before: [device], after: [], want: [] },
    { name: 'nothing where the other side has none', before: [], after: [device], want: [] },
  ]
  it.each(cases)('finds $name', ({ before, after, want }) => {
    expect(diffResourceTypes(read(...before), read(...after))).toEqual(want.map((change) => ({ schema, ...change })))
  })
})
