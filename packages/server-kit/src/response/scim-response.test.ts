import { ScimError } from '@scimkit/core'
import { expect, it } from 'vitest'
import { respondWithError, respondWithJson, toResponse } from './scim-response.js'

it.each([
  { status: 400, headers: { 'content-type': 'application/scim+json' } },
  { status: 503, headers: { 'content-type': 'application/scim+json', 'retry-after': '1' } },
])('an error $status is a SCIM Error', ({ status, headers }) => {
  const response = respondWithError(new ScimError(status, 'because'), { 'x-more': '1' })
  expect(response.headers).toEqual({ ...headers, 'x-more': '1' })
  expect(JSON.parse(response.body ?? '')).toMatchObject({ status: String(status), detail: 'because' })
})

it('a response becomes one of the platform', async () => {
  const response = toResponse(respondWithJson(201, { id: '1' }, { etag: 'W/"1"' }))
  expect([response.status, response.headers.get('etag'), await response.json()]).toEqual([201, 'W/"1"', { id: '1' }])
  const empty = toResponse({ status: 204, headers: {} })
  expect([empty.status, empty.body]).toEqual([204, null])
})

it('a body in pieces is read no faster than it is taken, and ends when the client leaves', async () => {
  const events: string[] = []
  async function* readPieces() {
    try {
      for (const piece of ['a', 'b', 'c']) {
        events.push(piece)
        yield piece
      }
    } finally {
      events.push('end')
    }
  }
  expect(await toResponse({ status: 200, headers: {}, pieces: readPieces() }).text()).toBe('abc')
  expect(events.splice(0)).toEqual(['a', 'b', 'c', 'end'])
  const reader = toResponse({ status: 200, headers: {}, pieces: readPieces() }).body?.getReader()
  expect(events).toEqual([])
  await reader?.read()
  await reader?.cancel()
  expect(events).toEqual(['a', 'end'])
})
