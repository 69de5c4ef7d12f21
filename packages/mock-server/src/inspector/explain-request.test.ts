import { describe, expect, it } from 'vitest'
import type { RecordedRequest } from '../recorder/request-recorder.js'
import { explainRequest } from './explain-request.js'

function explain(more: Partial<RecordedRequest>): readonly string[] {
  const response = { headers: {}, body: undefined }
  const request = { method: 'GET', path: '/Users', query: {}, headers: {}, body: undefined, status: 200, notes: [] }
  return explainRequest({ ...request, response, failed: false, ...more })
}

const intents: readonly { name: string; given: Partial<RecordedRequest>; want: string }[] = [
  { name: 'discovery', given: { path: '/Schemas' }, want: 'Asks what the service provider can do.' },
  { name: 'a list', given: {}, want: 'Lists Users.' },
  {
    name: 'a filter, an order and a page',
    given: { query: { filter: 'active eq true', sortBy: 'userName', startIndex: '3', count: '2' } },
    want: 'Looks for Users where active eq true, by userName, from number 3, at most 2.',
  },
  {
    name: 'a search',
    given: { method: 'POST', path: '/Users/.search' },
    want: 'Searches, with the query in the body.',
  },
  { name: 'a bulk request', given: { method: 'POST', path: '/Bulk' }, want: 'Sends several operations at once.' },
  { name: 'a resource', given: { path: '/Users/1' }, want: 'Reads 1 of Users.' },
  { name: 'a replacement', given: { method: 'PUT', path: '/Users/1' }, want: 'Replaces 1 of Users as a whole.' },
  {
    name: 'a patch',
    given: {
      method: 'PATCH',
      path: '/Users/1',
      body: { Operations: [{ op: 'remove', path: 'title' }, { op: 'add' }] },
    },
    want: 'Changes 1 of Users: remove title, add without path.',
  },
  {
    name: 'a patch that is none',
    given: { method: 'PATCH', path: '/Users/1', body: [] },
    want: 'Changes 1 of Users: without Operations.',
  },
  { name: 'a deletion', given: { method: 'DELETE', path: '/Users/1' }, want: 'Deletes 1 of Users.' },
  { name: 'another method', given: { method: 'OPTIONS', path: '/' }, want: 'OPTIONS of the service root.' },
]

const outcomes: readonly { name: string; given: Partial<RecordedRequest>; want: string }[] = [
  { name: 'success', given: {}, want: 'Answered 200.' },
  {
    name: 'one match',
    given: { response: { headers: {}, body: { totalResults: 1 } } },
    want: 'Answered 200 with 1 match.',
  },
  {
    name: 'an error of the protocol',
    given: { status: 400, response: { headers: {}, body: { scimType: 'invalidPath', detail: 'No such path' } } },
    want: 'Refused with 400 invalidPath: No such path.',
  },
  { name: 'an error without a body', given: { status: 500 }, want: 'Refused with 500: no detail.' },
  { name: 'a failure on demand', given: { status: 503, failed: true }, want: 'Answered 503, as failNext asked for.' },
  {
    name: 'a broken connection',
    given: { status: 0, failed: true },
    want: 'The connection was broken, as failNext asked for.',
  },
]

describe('the explanation of a request', () => {
  for (const { name, given, want } of intents)
    it(`says what it asked: ${name}`, () => expect(explain(given)[0]).toBe(want))

  for (const { name, given, want } of outcomes)
    it(`says how it ended: ${name}`, () => expect(explain(given)[1]).toBe(want))

  it('lists the lenient readings that it needed', () => {
    const notes = [{ rule: 'stringBooleans', detail: 'text was read as true' }] as const
    expect(explain({ notes })[2]).toBe('Read by the rule stringBooleans: text was read as true')
  })
})
