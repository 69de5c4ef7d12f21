import { type BulkRequestOperation, enterpriseUser, groupResource, urns, userResource } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { patch } from '../patch/patch.js'
import type { ResourceContext } from '../resource/context.js'
import { findContext, prepareOperations } from './prepare-operations.js'

const users = userResource.extend(enterpriseUser)
// Operations are prepared by definition alone.
const contexts = [users, groupResource].map((definition) => ({ definition })) as unknown as ResourceContext[]
const prepare = (...operations: readonly unknown[]) =>
  prepareOperations(contexts, operations as readonly BulkRequestOperation[])

describe('an operation', () => {
  const data = { userName: 'ada' }
  const operations = [{ op: 'replace', path: 'title', value: 'x' }]
  const table: readonly { name: string; given: object; want: object }[] = [
    {
      name: 'POST gets a bulkId and schemas',
      given: { method: 'POST', path: '/Users', data },
      want: { bulkId: 'operation-1', data: { ...data, schemas: [urns.user] } },
    },
    {
      name: 'POST names the extensions that it uses',
      given: {
        method: 'POST',
        path: '/Users',
        bulkId: 'a',
        data: { ...data, [urns.enterpriseUser]: { department: 'X' } },
      },
      want: { bulkId: 'a', data: { schemas: [urns.user, urns.enterpriseUser] } },
    },
    {
      name: 'PUT keeps its own schemas',
      given: { method: 'PUT', path: '/Users/1', data: { ...data, schemas: ['urn:x'] } },
      want: { data: { ...data, schemas: ['urn:x'] } },
    },
    {
      name: 'PATCH gets schemas',
      given: { method: 'PATCH', path: '/Users/1', data: { Operations: operations } },
      want: { data: { schemas: [urns.patchOp], Operations: operations } },
    },
    {
      name: 'PATCH keeps its own schemas',
      given: { method: 'PATCH', path: '/Users/1', data: { schemas: ['urn:x'], Operations: operations } },
      want: { data: { schemas: ['urn:x'], Operations: operations } },
    },
    {
      name: 'PATCH may be a built one, of which nothing but the operations is sent',
      given: { method: 'PATCH', path: '/Users/1', data: patch(users).replace('title', 'x') },
      want: { data: { schemas: [urns.patchOp], Operations: operations } },
    },
    { name: 'DELETE is sent as it is', given: { method: 'DELETE', path: '/Users/1', data }, want: { data } },
    {
      name: 'of an unknown type is sent as it is',
      given: { method: 'POST', path: '/Devices', bulkId: 'd', data },
      want: { data },
    },
  ]
  test.each(table)('$name', ({ given, want }) => {
    const [item] = prepare(given)
    expect(item?.operation).toMatchObject(want)
    expect(item?.operation.data).toEqual({
      ...(item?.operation.data as object),
      ...('data' in want && (want.data as object)),
    })
  })

  test('DELETE gets neither data nor bulkId', () => {
    expect(prepare({ method: 'DELETE', path: '/Users/1' })[0]?.operation).toEqual({
      method: 'DELETE',
      path: '/Users/1',
    })
    expect(prepare({ method: 'DELETE', path: '/Users/1', data })[0]?.operation.data).toEqual(data)
  })

  test('keeps its place and what names it', () => {
    const items = prepare({ method: 'DELETE', path: '/Users/1' }, { method: 'POST', path: '/Users', data })
    expect(items.map(({ index, bulkId, method, path }) => [index, bulkId, method, path])).toEqual([
      [0, undefined, 'DELETE', '/Users/1'],
      [1, 'operation-2', 'POST', '/Users'],
    ])
  })

  const wrong: readonly { name: string; given: unknown; want: string }[] = [
    { name: 'text', given: 'DELETE', want: 'Operation 1 of bulk is not an object' },
    { name: 'a list', given: [], want: 'Operation 1 of bulk is not an object' },
    { name: 'url', given: { method: 'DELETE', url: '/Users/1' }, want: 'has `url`; give `path`' },
    { name: 'a misspelt member', given: { method: 'DELETE', path: '/Users/1', bulkID: 'a' }, want: 'bulkId' },
    { name: 'GET', given: { method: 'GET', path: '/Users/1' }, want: 'needs a method: POST, PUT, PATCH or DELETE' },
    { name: 'no path', given: { method: 'DELETE' }, want: 'needs a path that begins with /' },
    {
      name: 'a path without slash',
      given: { method: 'DELETE', path: 'Users/1' },
      want: 'needs a path that begins with /',
    },
    {
      name: 'a POST without data',
      given: { method: 'POST', path: '/Users' },
      want: 'is a POST and needs a resource as data',
    },
    {
      name: 'a PUT of a list',
      given: { method: 'PUT', path: '/Users/1', data: [] },
      want: 'is a PUT and needs a resource as data',
    },
    {
      name: 'a PATCH of a list',
      given: { method: 'PATCH', path: '/Users/1', data: operations },
      want: 'is a PATCH and has a list as data',
    },
    {
      name: 'a PATCH of a resource',
      given: { method: 'PATCH', path: '/Users/1', data },
      want: 'has no Operations in its data',
    },
  ]
  test.each(wrong)('is refused: $name', ({ given, want }) => {
    expect(() => prepare(given)).toThrow(want)
  })

  test('is refused where its bulkId is given twice, whoever gave it', () => {
    const post = { method: 'POST', path: '/Users', data }
    expect(() => prepare(post, { ...post, bulkId: 'operation-1' })).toThrow('The bulkId operation-1 is given twice')
  })
})

test('the type of a path is found by its endpoint', () => {
  const paths = ['/Users', '/Users/1', '/Groups/1', '/UsersOfAcme', '/']
  expect(paths.map((path) => findContext(contexts, path)?.definition.name)).toEqual([
    'User',
    'User',
    'Group',
    undefined,
    undefined,
  ])
})
