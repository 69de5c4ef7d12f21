import { ScimError, urns } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { ScimTransportError } from '../transport/errors.js'
import type { BulkItem } from './ledger.js'
import { findBulkFault, matchBulkResponse } from './match-response.js'

const baseUrl = 'https://scim.test/v2'

function item(
  index: number,
  method: BulkItem['method'],
  path: string,
  more: { bulkId?: string; version?: string } = {},
) {
  const operation = { method, path, ...more }
  return { index, method, path, bulkId: more.bulkId, operation } as BulkItem // the operation fits the entry
}

const post = (index: number, bulkId: string) => item(index, 'POST', '/Users', { bulkId })
const items = [post(0, 'a'), post(1, 'b'), item(2, 'PUT', '/Users/7'), item(3, 'DELETE', '/Users/8')]
const lines = [
  { method: 'POST', bulkId: 'a', location: `${baseUrl}/Users/1`, status: '201', version: 'W/"1"' },
  { method: 'POST', bulkId: 'b', location: `${baseUrl}/Users/2`, status: '201' },
  { method: 'PUT', location: `${baseUrl}/Users/7`, status: '200' },
  { method: 'DELETE', location: `${baseUrl}/Users/8`, status: '204' },
]
const match = (given: readonly BulkItem[], Operations: unknown) => matchBulkResponse(given, { Operations }, baseUrl)

describe('the body of a bulk response', () => {
  const faults = [
    { name: 'an error', given: { schemas: [urns.error] }, want: 'is an error with the status of success' },
    { name: 'nothing', given: undefined, want: 'is not a bulk response' },
    { name: 'a list', given: [], want: 'is not a bulk response' },
    { name: 'no operations', given: {}, want: 'is not a bulk response' },
    { name: 'operations of another form', given: { Operations: {} }, want: 'is not a bulk response' },
    { name: 'a line of null', given: { Operations: [{}, null] }, want: 'is not a bulk response' },
    { name: 'a line of text', given: { Operations: ['201'] }, want: 'is not a bulk response' },
  ]
  test.each(faults)('has a fault: $name', ({ given, want }) => {
    expect(findBulkFault(given)).toBe(want)
  })

  test.each([{ Operations: [] }, { Operations: null }, { Operations: lines }])('has no fault: %j', (body) => {
    expect(findBulkFault(body)).toBeUndefined()
  })
})

describe('lines', () => {
  test('in the order of the operations belong to them', () => {
    expect(match(items, lines)).toEqual([
      {
        index: 0,
        bulkId: 'a',
        method: 'POST',
        path: '/Users',
        status: 201,
        location: `${baseUrl}/Users/1`,
        version: 'W/"1"',
      },
      { index: 1, bulkId: 'b', method: 'POST', path: '/Users', status: 201, location: `${baseUrl}/Users/2` },
      { index: 2, method: 'PUT', path: '/Users/7', status: 200, location: `${baseUrl}/Users/7` },
      { index: 3, method: 'DELETE', path: '/Users/8', status: 204, location: `${baseUrl}/Users/8` },
    ])
  })

  test('in any other order are found by bulkId and location', () => {
    expect(match(items, lines.toReversed())).toEqual(match(items, lines))
  })

  test('in order need neither bulkId nor location', () => {
    const bare = lines.map(({ method, status }) => ({ method: method.toLowerCase(), status }))
    expect(match(items, bare).map((entry) => entry?.status)).toEqual([201, 201, 200, 204])
  })

  test('that are left out leave nothing, and each line is used once', () => {
    expect(match(items, [lines[2]]).map((entry) => entry?.status)).toEqual([undefined, undefined, 200, undefined])
    const twice = [item(0, 'PUT', '/Users/7'), item(1, 'PUT', '/Users/7'), item(2, 'PUT', '/Users/9')]
    expect(match(twice, [lines[2]]).map((entry) => entry?.status)).toEqual([200, undefined, undefined])
    expect(match(items, null)).toEqual([undefined, undefined, undefined, undefined])
  })

  const strangers = [
    { name: 'another method', line: { method: 'PATCH', location: `${baseUrl}/Users/7`, status: '200' } },
    { name: 'no method', line: { location: `${baseUrl}/Users/7`, status: '200' } },
    { name: 'another resource', line: { method: 'PUT', location: `${baseUrl}/Users/9`, status: '200' } },
    { name: 'another bulkId', line: { method: 'POST', bulkId: 'x', location: `${baseUrl}/Users`, status: '201' } },
    { name: 'a POST without bulkId', line: { method: 'POST', location: `${baseUrl}/Users`, status: '201' } },
  ]
  test.each(strangers)('of $name belong to no operation', ({ line }) => {
    expect(match(items, [line])).toEqual([undefined, undefined, undefined, undefined])
  })

  test('with the bulkId of another operation do not belong to one by their place', () => {
    const swapped = [post(0, 'a'), post(1, 'b')]
    expect(match(swapped, [lines[1], lines[0]]).map((entry) => entry?.location)).toEqual([
      `${baseUrl}/Users/1`,
      `${baseUrl}/Users/2`,
    ])
  })
})

describe('a line', () => {
  const put = (line: object, version?: string) =>
    match([item(0, 'PUT', '/Users/7', version === undefined ? {} : { version })], [{ method: 'PUT', ...line }])[0]

  const statuses = [
    { name: 'text', status: '200', want: 200 },
    { name: 'a number', status: 200, want: 200 },
    { name: 'an object with a code', status: { code: '200' }, want: 200 },
  ]
  test.each(statuses)('may write its status as $name', ({ status, want }) => {
    expect(put({ status })).toEqual({ index: 0, method: 'PUT', path: '/Users/7', status: want })
  })

  test.each([undefined, null, '', 'OK', 200.5, {}, '100', '302', '500', '599'])(
    'with status %j is unknown',
    (status) => {
      const error = put({ status })?.error
      expect(error).toBeInstanceOf(ScimTransportError)
      expect(error).toMatchObject({ reason: 'invalid-response', outcome: 'unknown' })
      expect(error?.message).toMatch(/^PUT \/Users\/7 in a bulk request: /)
    },
  )

  test('with status 4xx has failed, and says why', () => {
    const error = put({ status: '400', response: { detail: 'Wrong', scimType: 'invalidValue' } })?.error
    expect(ScimError.is(error)).toBe(true)
    expect(error).toMatchObject({ status: 400, detail: 'Wrong', scimType: 'invalidValue' })
    expect(error?.message).toBe('PUT /Users/7 in a bulk request: 400 Wrong')
    expect(put({ status: '404' })?.error?.message).toMatch(/^PUT \/Users\/7 in a bulk request: 404 .*404/)
  })

  test('with 409 means uniqueness, but where a version or a deletion was in the way', () => {
    expect(put({ status: 409 })?.error).toMatchObject({ scimType: 'uniqueness' })
    expect(put({ status: 409 }, 'W/"1"')?.error).toMatchObject({ scimType: undefined })
    expect(put({ status: 409, response: { scimType: 'mutability' } })?.error).toMatchObject({ scimType: 'mutability' })
    const [deleted] = match([items[3] as BulkItem], [{ method: 'DELETE', status: 409 }]) // the fourth of four
    expect(deleted?.error).toMatchObject({ status: 409, scimType: undefined })
  })

  test('of a POST may give the created resource in place of its location', () => {
    const line = { method: 'POST', status: 201, response: { id: 'x/1' } }
    expect(match([post(0, 'a')], [line])[0]?.location).toBe(`${baseUrl}/Users/x%2F1`)
    expect(put({ status: 200, response: { id: '7' } })).not.toHaveProperty('location')
  })
})
