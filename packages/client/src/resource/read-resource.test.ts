import { urns, userResource } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import type { Connection } from '../transport/connection.js'
import type { ClientNote } from '../transport/hooks.js'
import { findListFault } from './read-list.js'
import { findResourceFault, readId, readResource } from './read-resource.js'

describe('a body', () => {
  const table = [
    { name: 'text', given: 'x', want: 'is not a resource' },
    { name: 'nothing', given: undefined, want: 'is not a resource' },
    { name: 'an array', given: [], want: 'is not a resource' },
    { name: 'an error', given: { schemas: [urns.error], id: '1' }, want: 'is an error with the status of success' },
    { name: 'a list', given: { schemas: [urns.listResponse], id: '1' }, want: 'is a list in place of a resource' },
    { name: 'a list without schemas', given: { Resources: [], id: '1' }, want: 'is a list in place of a resource' },
    { name: 'no id', given: { userName: 'ada' }, want: 'is a resource without an id' },
    { name: 'an empty id', given: { id: '' }, want: 'is a resource without an id' },
    { name: 'an id of null', given: { id: null }, want: 'is a resource without an id' },
    { name: 'another id', given: { id: '2' }, want: 'is a different resource than the one requested' },
  ]
  test.each(table)('is not the resource: $name', ({ given, want }) => {
    expect(findResourceFault(given, '1')).toBe(want)
  })

  test.each([{ id: '1' }, { id: 1 }, { id: '1', Resources: null }])('is the resource: %j', (body) => {
    expect(findResourceFault(body, '1')).toBeUndefined()
  })

  test('is any resource where no id is known', () => {
    expect(findResourceFault({ id: 'x' })).toBeUndefined()
  })
})

test('an id is text, or a number that has kept all its digits', () => {
  const given = ['a', 7, 0, 2 ** 53, 1.5, '', null, undefined, {}, true]
  expect(given.map((id) => readId({ id }))).toEqual(['a', '7', '0', ...Array(7).fill(undefined)])
})

describe('a list', () => {
  const resources = [{ id: '1' }, { id: 2 }]
  test.each([
    { Resources: resources },
    { Resources: [] },
    { Resources: null },
    { totalResults: 0 },
    { schemas: [urns.listResponse] },
  ])('has no fault: %j', (body) => {
    expect(findListFault(body)).toBeUndefined()
  })

  const table = [
    { name: 'an array', given: resources, want: 'is not a list' },
    { name: 'a resource', given: { id: '1' }, want: 'is not a list' },
    { name: 'resources of another form', given: { totalResults: 1, Resources: {} }, want: 'is not a list' },
    { name: 'an error', given: { status: '500' }, want: 'is an error with the status of success' },
    { name: 'a resource without an id', given: { Resources: [{}] }, want: 'lists a resource without an id' },
    { name: 'null among resources', given: { Resources: [null] }, want: 'lists a resource without an id' },
  ]
  test.each(table)('has a fault: $name', ({ given, want }) => {
    expect(findListFault(given)).toBe(want)
  })
})

describe('a resource that is read', () => {
  const notes: ClientNote[] = []
  const hooks = { onNote: (note: ClientNote) => notes.push(note) }
  // The parts of a connection that reading needs.
  const connection = { hooks, learned: { plainListings: false, noted: new Set() } } as unknown as Connection
  const request = { method: 'GET', url: 'https://scim.test/v2/Users/7', path: '/Users/7', headers: {} }
  const read = (body: object) => readResource({ definition: userResource, connection }, { body, request })

  test('gets schemas, an id of text and the values of its definition', () => {
    const want = { id: '7', userName: 'ada', active: true, schemas: [urns.user] }
    expect(read({ id: 7, userName: 'ada', active: 'true', title: null })).toEqual(want)
  })

  test('keeps its own schemas', () => {
    expect(read({ id: '7', schemas: ['urn:x'] })).toEqual({ id: '7', schemas: ['urn:x'] })
  })

  test('is noted for an id that is a number, once', () => {
    read({ id: 7 })
    read({ id: 8 })
    const detail = 'GET /Users/7: the id of User is a number; it was read as text'
    expect(notes).toEqual([{ kind: 'number-id', detail }])
  })
})
