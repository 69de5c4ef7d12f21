import { type AttributeDeclaration, defineExtension, userResource } from '@scimkit/core'
import { defineSchema, describeSchema } from '@scimkit/core/schema'
import { describe, expect, it } from 'vitest'
import type { StoredResource } from '../store/resource-store.js'
import { carryOver } from './carry-over.js'

const urn = 'urn:example:params:scim:schemas:extension:desk:2.0:User'
const attributes: readonly AttributeDeclaration[] = [
  { name: 'label', required: true },
  { name: 'since', type: 'dateTime', mutability: 'immutable' },
  {
    name: 'devices',
    type: 'complex',
    multiValued: true,
    subAttributes: [
      { name: 'value', mutability: 'immutable', caseExact: true },
      { name: 'handedOut', type: 'dateTime', mutability: 'immutable' },
      { name: 'worth', type: 'decimal', mutability: 'readOnly' },
      { name: 'note' },
    ],
  },
]
const schema = defineSchema({ id: urn, name: 'Desk', attributes })
const desk = defineExtension({ schema, describe: async () => describeSchema(schema, { attributes: {} }) })
const definition = userResource.extend(desk)
const since = '2026-01-01T08:00:00Z'
const current = {
  id: '1',
  schemas: [definition.schema.id, urn],
  meta: { resourceType: 'User', created: since, lastModified: since, version: '1' },
  userName: 'ada',
  [urn]: {
    label: 'A1',
    since,
    devices: [{ value: 'S1', handedOut: since, worth: 5, note: 'old' }],
  },
} as const satisfies StoredResource

function put(attributes: Record<string, unknown>): Record<string, unknown> {
  return carryOver(definition, current, { checked: attributes, attributes }, 'clear')
}

describe('carryOver', () => {
  it('keeps the whole of an extension that is left out when an immutable attribute holds it (PU-4, PU-9)', () => {
    expect(put({ userName: 'ada' })[urn]).toEqual(current[urn])
  })

  it('alters no immutable sub-attribute of an element in place, and keeps readOnly ones (PU-10)', () => {
    const devices = [
      { value: 'S1', handedOut: '2027-01-01T00:00:00Z', note: 'new' },
      { value: 'S2', handedOut: since },
    ]
    expect(put({ userName: 'ada', [urn]: { label: 'A2', devices } })[urn]).toEqual({
      label: 'A2',
      since,
      devices: [
        { value: 'S1', handedOut: since, worth: 5, note: 'new' },
        { value: 'S2', handedOut: since },
      ],
    })
  })

  it('clears an extension that nothing holds', () => {
    const free = { ...current, [urn]: { label: 'A1' } }
    const given = { checked: { userName: 'ada' }, attributes: { userName: 'ada' } }
    expect(carryOver(definition, free, given, 'clear')).toEqual({ userName: 'ada', schemas: [definition.schema.id] })
  })
})
