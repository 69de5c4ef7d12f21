import { readSchemas, type SchemaDefinition } from '@scimkit/core/documents'
import { describe, expect, it } from 'vitest'
import { diffSchemas } from './diff-schemas.js'

const urn = 'urn:example:params:scim:schemas:Desk'

function schema(...attributes: readonly object[]): SchemaDefinition {
  const [document] = readSchemas({ id: urn, name: 'Desk', attributes }).schemas
  if (!document) throw new Error('the schema of the test is faulty')
  return document.definition
}

const floor = { name: 'floor', type: 'integer' }
const label = { name: 'label', type: 'string', canonicalValues: ['a', 'b'] }
const seat = { name: 'seat', type: 'complex', subAttributes: [{ name: 'row' }, { name: 'column' }] }

describe('diffSchemas', () => {
  const cases = [
    { name: 'nothing in the same schema', before: [floor, label], after: [floor, label], want: [] },
    {
      name: 'nothing in another order',
      before: [floor, label],
      after: [{ ...label, canonicalValues: ['b', 'a'] }, floor],
      want: [],
    },
    {
      name: 'nothing in a default written out',
      before: [floor],
      after: [{ ...floor, mutability: 'readWrite' }],
      want: [],
    },
    { name: 'an added attribute', before: [floor], after: [floor, label], want: [{ kind: 'added', path: 'label' }] },
    { name: 'a removed attribute', before: [floor, label], after: [floor], want: [{ kind: 'removed', path: 'label' }] },
    {
      name: 'a changed characteristic',
      before: [floor],
      after: [{ ...floor, mutability: 'readOnly' }],
      want: [{ kind: 'changed', path: 'floor', characteristic: 'mutability', before: 'readWrite', after: 'readOnly' }],
    },
    {
      name: 'a changed type without the caseExact that goes with it',
      before: [{ name: 'badge', type: 'string' }],
      after: [{ name: 'badge', type: 'reference', referenceTypes: ['User'] }],
      want: [
        { kind: 'changed', path: 'badge', characteristic: 'type', before: 'string', after: 'reference' },
        { kind: 'changed', path: 'badge', characteristic: 'referenceTypes', before: undefined, after: ['User'] },
      ],
    },
    {
      name: 'a changed mutability without the returned that goes with it',
      before: [{ name: 'pin' }],
      after: [{ name: 'pin', mutability: 'writeOnly' }],
      want: [{ kind: 'changed', path: 'pin', characteristic: 'mutability', before: 'readWrite', after: 'writeOnly' }],
    },
    {
      name: 'a sub-attribute',
      before: [seat],
      after: [{ ...seat, subAttributes: [{ name: 'row' }] }],
      want: [{ kind: 'removed', path: 'seat.column' }],
    },
    {
      name: 'a name in another case',
      before: [floor],
      after: [{ ...floor, name: 'Floor' }],
      want: [{ kind: 'changed', path: 'Floor', characteristic: 'name', before: 'floor', after: 'Floor' }],
    },
  ]
  it.each(cases)('finds $name', ({ before, after, want }) => {
    expect(diffSchemas([schema(...before)], [schema(...after)])).toEqual(
      want.map((change) => ({ schema: urn, ...change })),
    )
  })

  it('finds whole schemas', () => {
    expect(diffSchemas([schema(floor)], [])).toEqual([{ kind: 'removed', schema: urn }])
    expect(diffSchemas([], [schema(floor)])).toEqual([{ kind: 'added', schema: urn }])
  })
})
