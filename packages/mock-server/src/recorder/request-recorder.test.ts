import { userResource } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import { createRedactors } from './redact-secrets.js'
import { createRequestRecorder, type HandledRequest } from './request-recorder.js'

const redactors = createRedactors([userResource], undefined)

function handled(path: string, more: Partial<HandledRequest> = {}): HandledRequest {
  const request = new Request(`https://mock.invalid/scim/v2${path}`)
  const response = new Response('{"id":"1"}', { status: 200, headers: { 'x-request-id': path } })
  return { request, path, body: undefined, response, lost: false, failed: false, ...more }
}

describe('a recorder of requests', () => {
  it('keeps the newest requests and counts them all', async () => {
    const recorder = createRequestRecorder(2, redactors)
    for (const path of ['/Users/1', '/Users/2', '/Users/3']) await recorder.record(handled(path))
    expect(recorder.requests.map(({ path }) => path)).toEqual(['/Users/2', '/Users/3'])
    expect(recorder.recorded).toBe(3)
  })

  it('forgets the oldest requests when the texts of all are too long, but never the newest', async () => {
    const recorder = createRequestRecorder(100, redactors)
    const body = JSON.stringify({ text: 'x'.repeat(20 * 1024 * 1024) })
    await recorder.record(handled('/Users/1', { body }))
    await recorder.record(handled('/Users/2', { body }))
    expect(recorder.requests.map(({ path }) => path)).toEqual(['/Users/2'])
    const longest = JSON.stringify({ text: 'x'.repeat(33 * 1024 * 1024) })
    await recorder.record(handled('/Users/3', { body: longest }))
    expect(recorder.requests.map(({ path }) => path)).toEqual(['/Users/3'])
  })

  it('gives each request the notes of its own, once', async () => {
    const recorder = createRequestRecorder(10, redactors)
    recorder.note('/Users/1', { rule: 'opCaseInsensitive', detail: 'one' })
    recorder.note('/Users/1', { rule: 'stringBooleans', detail: 'two' })
    recorder.note('/Users/2', { rule: 'stringBooleans', detail: 'three' })
    for (const path of ['/Users/1', '/Users/2', '/Users/1']) await recorder.record(handled(path))
    expect(recorder.requests.map(({ notes }) => notes.map(({ detail }) => detail))).toEqual([
      ['one', 'two'],
      ['three'],
      [],
    ])
  })

  it('keeps nothing of a response that was lost, and leaves the body of the others to be read', async () => {
    const recorder = createRequestRecorder(10, redactors)
    const lost = handled('/Users/1', { lost: true, failed: true })
    const given = handled('/Users/2')
    await recorder.record(lost)
    await recorder.record(given)
    const [first, second] = recorder.requests
    expect(first).toMatchObject({ status: 0, failed: true, response: { headers: {}, body: undefined } })
    expect(second).toMatchObject({ status: 200, response: { body: { id: '1' } } })
    expect(await given.response?.text()).toBe('{"id":"1"}')
  })

  it('starts anew when it is cleared', async () => {
    const recorder = createRequestRecorder(10, redactors)
    recorder.note('/Users/1', { rule: 'stringBooleans', detail: 'old' })
    await recorder.record(handled('/Users/0'))
    recorder.clear()
    expect([recorder.requests.length, recorder.recorded]).toEqual([0, 0])
    await recorder.record(handled('/Users/1'))
    expect(recorder.requests[0]?.notes).toEqual([])
  })
})
