import { describe, expect, it } from 'vitest'
import { makeContext } from '../../test/make-context.js'
import { fromRequest } from './incoming-request.js'
import { readBody, readJson } from './read-body.js'

const { limits } = makeContext({ limits: { maxBodyBytes: 64 } }).context.service

function incoming(body: string, headers: Record<string, string> = {}) {
  return fromRequest(new Request('https://scim.example.com/', { method: 'POST', body, headers }))
}

describe('the media type of a body', () => {
  it.each([
    'application/scim+json',
    'application/json',
    'Application/SCIM+JSON; charset=UTF-8',
    'application/json;charset="utf-8"',
    'application/json; charset=utf8; profile=x',
    '',
  ])('"%s" is read', async (type) => {
    expect(await readBody(incoming('{"a":1}', { 'content-type': type }), limits)).toEqual({ a: 1 })
  })

  it.each(['text/plain', 'application/json; charset=latin1', 'application/xml', 'application/jsonx'])(
    '"%s" is 415',
    async (type) => {
      const reading = readBody(incoming('{}', { 'content-type': type }), limits)
      await expect(reading).rejects.toMatchObject({
        status: 415,
        detail: expect.stringContaining('application/scim+json'),
      })
    },
  )

  it.each([
    { encoding: 'identity', status: undefined },
    { encoding: ' Identity ', status: undefined },
    { encoding: 'gzip', status: 415 },
    { encoding: 'identity, gzip', status: 415 },
  ])('the encoding "$encoding" is answered $status', async ({ encoding, status }) => {
    const headers = { 'content-type': 'application/json', 'content-encoding': encoding }
    const outcome = await readBody(incoming('{}', headers), limits).catch((error: unknown) => error)
    expect((outcome as { status?: number }).status).toBe(status) // an error has one, an empty object none
  })
})

describe('the size of a body', () => {
  const json = { 'content-type': 'application/json' }

  it('at the limit is read, and one byte more is 413', async () => {
    const largest = `{"a":"${'x'.repeat(64 - 8)}"}`
    expect(await readBody(incoming(largest, json), limits)).toHaveProperty('a')
    await expect(readBody(incoming(`${largest} `, json), limits)).rejects.toMatchObject({
      status: 413,
      detail: 'The request body is larger than 64 bytes',
    })
  })

  it('that is announced too large is refused before a byte is read', async () => {
    const given = { ...incoming('{}', json), header: (name: string) => (name === 'content-length' ? '65' : null) }
    const unread = { ...given, readBytes: () => Promise.reject(new Error('was read')) }
    await expect((async () => readBody(unread, limits))()).rejects.toMatchObject({ status: 413 })
  })
})

describe('what a body holds', () => {
  const json = { 'content-type': 'application/json' }

  it.each(['[]', '1', 'null', '"x"'])('%s is JSON, but not an object', async (text) => {
    expect(await readJson(incoming(text, json), limits)).toEqual(JSON.parse(text))
    await expect(readBody(incoming(text, json), limits)).rejects.toMatchObject({
      status: 400,
      scimType: 'invalidSyntax',
      detail: 'The request body must be a JSON object',
    })
  })

  it('comes parsed within a bulk request', async () => {
    const within = { ...incoming('{"a":1}', { 'content-type': 'text/plain' }), json: { b: 2 } }
    expect(await readBody(within, limits)).toEqual({ b: 2 })
    expect(await readJson(within, limits)).toEqual({ b: 2 })
  })
})
