import { urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { createUser, type StartHost, tokens } from './host.js'

/**
 * Media types, encodings and the size of bodies.
 *
 * @param start Starts a service provider.
 */
export function contentRules(start: StartHost): void {
  const user = (userName: string): string => JSON.stringify({ schemas: [urns.user], userName })

  it.each([
    'application/scim+json',
    'application/json',
    'Application/SCIM+JSON',
    'application/scim+json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/scim+json; profile=x; CHARSET=UTF-8',
  ])('CN-1, CN-3, CN-7: a body may be %s', async (type) => {
    const answer = await (await start()).send('POST', '/Users', {
      body: user('ada'),
      headers: { 'content-type': type },
    })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('content-type')).toBe('application/scim+json')
  })

  it.each([
    'text/plain',
    'application/xml',
    'application/scim+jsonx',
    'multipart/form-data',
    'application/json; charset=utf-16',
  ])('CN-3: a body of %s is 415', async (type) => {
    const answer = await (await start()).send('POST', '/Users', {
      body: user('ada'),
      headers: { 'content-type': type },
    })
    expect([answer.status, answer.body.status]).toEqual([415, '415'])
  })

  it('a compressed body is 415, whatever it would become', async () => {
    const headers = { 'content-encoding': 'gzip' }
    expect((await (await start()).send('POST', '/Users', { body: user('ada'), headers })).status).toBe(415)
  })

  it('CN-3: a JSON body without a type is accepted', async () => {
    const host = await start()
    const request = new Request(`${host.origin}/scim/v2/Users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.main}` },
      body: new TextEncoder().encode(user('ada')),
    })
    request.headers.delete('content-type')
    expect((await host.fetch(request)).status).toBe(201)
  })

  it.each(['application/scim+json', 'application/json', '*/*', 'text/html', 'image/*;q=0.1'])(
    'CN-2, CN-4: Accept %s is answered with scim+json',
    async (accept) => {
      const host = await start()
      const { id } = await createUser(host, 'ada')
      const answer = await host.send('GET', `/Users/${id}`, { headers: { accept } })
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/scim+json'])
    },
  )

  it.each(['', '{', '[]', '"text"', '1', 'null', 'true', '{"a":1}x', "{'a':1}", '{"schemas":[],}'])(
    'CR-8: the body %s is 400 invalidSyntax',
    async (body) => {
      const answer = await (await start()).send('POST', '/Users', { body })
      expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidSyntax'])
    },
  )

  it('CN-1: a body that is not UTF-8 is 400 invalidSyntax', async () => {
    const host = await start()
    const bytes = new Uint8Array([...new TextEncoder().encode(user('ad')).slice(0, -2), 0xff, 0xfe, 0x22, 0x7d])
    const response = await host.fetch(
      new Request(`${host.origin}/scim/v2/Users`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tokens.main}`, 'content-type': 'application/scim+json' },
        body: bytes,
      }),
    )
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ scimType: 'invalidSyntax' })
  })

  it('a body larger than the limit is 413, with and without an announced length', async () => {
    const host = await start({ limits: { maxBodyBytes: 2_000 } })
    expect((await host.send('POST', '/Users', { body: user('a'.repeat(1_900)) })).status).toBe(201)
    expect((await host.send('POST', '/Users', { body: user('a'.repeat(2_000)) })).status).toBe(413)
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1_024
        if (sent > 64 * 1_024 * 1_024) controller.close()
        else controller.enqueue(new Uint8Array(1_024).fill(0x20))
      },
    })
    const init: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.main}`, 'content-type': 'application/scim+json' },
      body: endless,
      duplex: 'half',
    }
    const status = await host.fetch(new Request(`${host.origin}/scim/v2/Users`, init)).then(
      async (response) => (await response.text()) && response.status,
      () => 413, // the socket may be cut while the client still writes
    )
    expect(status).toBe(413)
    expect(sent).toBeLessThan(16 * 1_024 * 1_024)
    expect((await host.send('GET', '/Users')).status).toBe(200)
  })

  it('a body nested too deeply or with too many members is 400 invalidSyntax before it is parsed', async () => {
    const host = await start({ limits: { maxJsonMembers: 1_000 } })
    const deep = `{"schemas":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    const wide = `{${Array.from({ length: 1_001 }, (_, n) => `"a${n}":1`).join(',')}}`
    for (const body of [deep, wide, '['.repeat(500_000)]) {
      const answer = await host.send('POST', '/Users', { body })
      expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidSyntax'])
    }
  })

  it('of a member given twice in one spelling the last counts; in two spellings it is 400', async () => {
    const host = await start()
    const twice = `{"schemas":["${urns.user}"],"userName":"first","userName":"last"}`
    expect((await host.send('POST', '/Users', { body: twice })).body.userName).toBe('last')
    const spelt = `{"schemas":["${urns.user}"],"userName":"first","USERNAME":"last"}`
    const answer = await host.send('POST', '/Users', { body: spelt })
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidSyntax'])
  })

  it('every answer has a request id of its own', async () => {
    const host = await start()
    const ids = await Promise.all(
      ['/Users', '/Users', '/nothing'].map(async (path) => (await host.send('GET', path)).headers.get('x-request-id')),
    )
    expect(new Set(ids).size).toBe(3)
    expect(ids).not.toContain(null)
  })
}
