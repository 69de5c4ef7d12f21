import type { BulkRequestOperation } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { referencesOf, resolveReferences } from './references.js'

const ids = new Map([
  ['ada', '1'],
  ['b-2', 'x/y'],
])
const patch = (data: unknown): BulkRequestOperation => ({ method: 'PATCH', path: '/Groups/1', data: data as object }) // any JSON

describe('references', () => {
  const table = [
    { name: 'in a path', given: { method: 'PUT', path: '/Users/bulkId:ada', data: {} }, want: { path: '/Users/1' } },
    {
      name: 'as values, however deep',
      given: patch({ Operations: [{ op: 'add', path: 'members', value: [{ value: 'bulkId:ada' }] }] }),
      want: { data: { Operations: [{ op: 'add', path: 'members', value: [{ value: '1' }] }] } },
    },
    {
      name: 'in the filter of a PATCH path',
      given: patch({ Operations: [{ op: 'remove', path: 'members[value eq "bulkId:b-2"]' }] }),
      want: { data: { Operations: [{ op: 'remove', path: 'members[value eq "x/y"]' }] } },
    },
    { name: 'to nothing known', given: patch({ a: 'bulkId:nobody' }), want: { data: { a: 'bulkId:nobody' } } },
    { name: 'that only look like one', given: patch({ a: 'see bulkId:ada' }), want: { data: { a: 'see bulkId:ada' } } },
  ] as const
  test.each(table)('become ids: $name', ({ given, want }) => {
    expect(resolveReferences(given, ids)).toEqual({ ...given, ...want })
  })

  test('of an operation without data leave it without', () => {
    expect(resolveReferences({ method: 'DELETE', path: '/Users/bulkId:ada' }, ids)).toEqual({
      method: 'DELETE',
      path: '/Users/1',
    })
  })

  test('are found in path and data, each as often as it stands there', () => {
    const given: BulkRequestOperation = {
      method: 'PUT',
      path: '/Groups/bulkId:g',
      data: { members: [{ value: 'bulkId:ada' }, { value: 'bulkId:b-2' }], note: 'no "bulkId:"' },
    }
    expect(referencesOf(given)).toEqual(['g', 'ada', 'b-2'])
    expect(referencesOf({ method: 'DELETE', path: '/Users/1' })).toEqual([])
  })
})
