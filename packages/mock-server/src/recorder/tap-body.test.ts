import { describe, expect, it } from 'vitest'
import { copyText, maxRecorded, tapBody } from './tap-body.js'

const post = (body: BodyInit) => new Request('https://mock.invalid', { method: 'POST', body })

describe('a tapped request', () => {
  it('is the request itself where it has no body', () => {
    const given = new Request('https://mock.invalid')
    const { request, text } = tapBody(given)
    expect(request).toBe(given)
    expect(text()).toBeUndefined()
  })

  it('has its text once it has been read to its end', async () => {
    const { request, text } = tapBody(post('{"userName":"ädä"}'))
    expect(text()).toBeUndefined()
    expect(await request.text()).toBe('{"userName":"ädä"}')
    expect(text()).toBe('{"userName":"ädä"}')
  })

  it('has none where a handler stopped reading', async () => {
    const { request, text } = tapBody(post('x'.repeat(100)))
    await request.body?.cancel()
    expect(text()).toBeUndefined()
  })

  it('reads for the record alone only what is announced and not too long', async () => {
    const announced = post('hello')
    announced.headers.set('content-length', '5')
    const tapped = tapBody(announced)
    await tapped.read()
    expect(tapped.text()).toBe('hello')
    const long = post('hello')
    long.headers.set('content-length', String(maxRecorded + 1))
    const untouched = tapBody(long)
    await untouched.read()
    expect(untouched.text()).toBeUndefined()
  })

  it('is handed on whole but not recorded when it is longer than the record takes', async () => {
    const { request, text } = tapBody(post('x'.repeat(maxRecorded + 1)))
    expect(await request.text()).toHaveLength(maxRecorded + 1)
    expect(text()).toBeUndefined()
  })
})

describe('the copy of a response', () => {
  it('leaves the response to be read', async () => {
    const response = new Response('hello')
    expect(await copyText(response)).toBe('hello')
    expect(await response.text()).toBe('hello')
  })

  it('is absent without a body, and for one that breaks off or is too long', async () => {
    const broken = new ReadableStream({ start: (controller) => controller.error(new Error('broken')) })
    expect(await copyText(new Response(null, { status: 204 }))).toBeUndefined()
    expect(await copyText(new Response(broken))).toBeUndefined()
    expect(await copyText(new Response('x'.repeat(maxRecorded + 1)))).toBeUndefined()
  })
})
