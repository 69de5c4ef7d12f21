import { describe, expect, it } from 'vitest'
import { matchResponse } from './match-response.js'
import { readResponse } from './read-response.js'
import type { Expectation } from './sample.js'

const scim = { 'Content-Type': 'application/scim+json' }
const error = { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '400', detail: 'No.' }

function response(status: number, body?: unknown, headers: Record<string, string> = scim) {
  return readResponse(new Response(body === undefined ? null : JSON.stringify(body), { status, headers }))
}

const wrong: { name: string; expected: Expectation; given: ReturnType<typeof response>; want: string }[] = [
  {
    name: 'another status',
    expected: { status: [200, 204] },
    given: response(201, {}),
    want: 'status must be 200 or 204, it is 201',
  },
  {
    name: 'another media type',
    expected: { status: [200] },
    given: response(200, {}, { 'Content-Type': 'text/html' }),
    want: 'media type must be',
  },
  {
    name: 'a missing header',
    expected: { status: [200], headers: { ETag: '{{etag}}' } },
    given: response(200, {}),
    want: 'header ETag must be {{etag}}, it is absent',
  },
  {
    name: 'an error whose status is a number',
    expected: { status: [400] },
    given: response(400, { ...error, status: 400 }),
    want: 'body.status must be "400", it is 400',
  },
  {
    name: 'an error without detail',
    expected: { status: [400] },
    given: response(400, { ...error, detail: '' }),
    want: 'body.detail must be {{string}}',
  },
  {
    name: 'another keyword',
    expected: { status: [400], scimType: 'noTarget' },
    given: response(400, { ...error, scimType: 'invalidPath' }),
    want: 'scimType must be noTarget, it is invalidPath',
  },
  {
    name: 'a password',
    expected: { status: [200] },
    given: response(200, { password: 'x' }),
    want: 'the body must not hold a password',
  },
  {
    name: 'a Location that is not meta.location',
    expected: { status: [201] },
    given: response(201, { meta: { location: 'https://a.example/1' } }, { ...scim, Location: 'https://a.example/2' }),
    want: 'body.meta.location must be',
  },
  { name: 'an empty body', expected: { status: [200] }, given: response(200), want: 'the body must be JSON' },
]

describe('matchResponse', () => {
  it.each(wrong)('names $name', async ({ expected, given, want }) => {
    expect(matchResponse(expected, await given)[0]).toContain(want)
  })

  it('takes a keyword out of several, and a media type with parameters', async () => {
    const given = await response(
      400,
      { ...error, scimType: 'invalidPath' },
      { 'Content-Type': 'application/scim+json; charset=utf-8' },
    )
    expect(matchResponse({ status: [400], scimType: ['noTarget', 'invalidPath'] }, given)).toEqual([])
  })

  it('compares no body with 204', async () => {
    expect(matchResponse({ status: [200, 204], body: { id: '1' } }, await response(204))).toEqual([])
  })
})
