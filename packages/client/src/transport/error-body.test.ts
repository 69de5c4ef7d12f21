import { urns } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { findErrorDetail, hasSchema, isErrorBody } from './error-body.js'

describe('the detail of an error', () => {
  const table = [
    { name: 'RFC 7644', given: { detail: 'Taken', scimType: 'uniqueness' }, want: ['Taken', 'uniqueness'] },
    { name: 'SCIM 1.1, a list', given: { Errors: [{ description: 'Gone', code: '404' }] }, want: ['Gone'] },
    { name: 'SCIM 1.1, one object', given: { Errors: { description: 'Gone' } }, want: ['Gone'] },
    { name: 'a gateway', given: { message: 'Too many requests' }, want: ['Too many requests'] },
    { name: 'OAuth', given: { error_description: 'The token expired' }, want: ['The token expired'] },
    { name: 'the detail first', given: { message: 'b', detail: 'a' }, want: ['a'] },
    { name: 'what has text', given: { detail: '', Errors: [null], message: 'b' }, want: ['b'] },
    { name: 'nothing in lists and numbers', given: { detail: ['a'], message: 7, scimType: '' }, want: [] },
    { name: 'nothing in HTML', given: '<html>', want: [] },
    { name: 'nothing in null', given: null, want: [] },
    { name: 'nothing where no body came', given: undefined, want: [] },
  ]
  test.each(table)('is read: $name', ({ given, want: [detail, scimType] }) => {
    expect({ ...findErrorDetail(given) }).toEqual({ detail, scimType })
  })
})

describe('a body', () => {
  const errors = [
    { schemas: [urns.error] },
    { schemas: [urns.error.toUpperCase()], id: '1' },
    { schemas: urns.error },
    { status: '404' },
    { status: 500, detail: 'x' },
    { Errors: [] },
    { Errors: {} },
  ]
  test.each(errors)('is an error: %j', (body) => {
    expect(isErrorBody(body)).toBe(true)
  })

  const others = [
    { id: '1', status: '404' },
    { id: '1', Errors: [] },
    { status: '200' },
    { status: '4040' },
    { status: 'x404' },
    { Errors: null },
    { schemas: [urns.user] },
    {},
    [],
    null,
    'Not found',
  ]
  test.each(others)('is not an error: %j', (body) => {
    expect(isErrorBody(body)).toBe(false)
  })

  test('names its message in a list, in text, and in JSON inside of text', () => {
    const given = [[urns.listResponse], urns.listResponse, `["${urns.listResponse}"]`, [7, urns.listResponse]]
    expect(given.map((schemas) => hasSchema({ schemas }, urns.listResponse))).toEqual([true, true, true, true])
    const others = [[urns.user], undefined, null, 7, [7], {}]
    expect(others.map((schemas) => hasSchema({ schemas }, urns.listResponse))).toEqual(others.map(() => false))
  })
})
