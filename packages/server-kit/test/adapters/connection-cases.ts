import { describe, expect, it } from 'vitest'
import { createUser, head, newName, openRaw, userText } from './make-requests.js'
import { type Adapter, type Behind, type Init, maxBodyBytes, token } from './start-adapters.js'

/**
 * Connections and what breaks them; without sockets, requests that are aborted.
 *
 * @param adapter What answers.
 * @param behind Gives its running handler.
 */
export function connectionCases(adapter: Adapter, behind: () => Behind): void {
  if (adapter.sockets) describe('on a socket', () => onSocket(adapter, behind))
  else describe('without a socket', () => withoutSocket(behind))
}

function withoutSocket(behind: () => Behind): void {
  it('tells the store that the client has gone', async () => {
    const { waiting } = behind()
    const before = { ...waiting }
    const leaving = new AbortController()
    const answer = behind().send('/Users/waiting', { signal: leaving.signal })
    await until(() => waiting.asked > before.asked)
    leaving.abort()
    expect((await answer).status).toBe(404)
    expect(waiting.aborted).toBe(before.aborted + 1)
  })

  it('tells the store of a client that had gone before', async () => {
    const answer = await behind().send('/Users/waiting', { signal: AbortSignal.abort() })
    expect(answer.status).toBe(404)
  })

  it('answers 400 when a body breaks off', async () => {
    const body = new ReadableStream({
      pull(controller) {
        controller.error(new Error('the client has gone'))
      },
    })
    const init: Init = { method: 'POST', body, duplex: 'half', headers: { 'content-type': 'application/scim+json' } }
    expect((await behind().send('/Users', init)).status).toBe(400)
  })

  it('stops a body that is too large', async () => {
    let cancelled = false
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(8_192).fill(32)),
      cancel() {
        cancelled = true
      },
    })
    const init: Init = { method: 'POST', body, duplex: 'half', headers: { 'content-type': 'application/scim+json' } }
    expect((await behind().send('/Users', init)).status).toBe(413)
    await until(() => cancelled)
  })

  it('takes its locations from the URL of the request', async () => {
    const response = await createUser(behind(), undefined, { headers: { 'x-forwarded-host': 'evil.example' } })
    expect(new URL((await response.json()).meta.location).host).toBe('localhost:3000')
  })
}

function onSocket({ basePath, parsed }: Adapter, behind: () => Behind): void {
  // A parser in front has a limit of its own, and reads on.
  const unlessParsed = (name: string, test: () => Promise<void>): void => {
    if (!parsed) it(name, test)
  }
  const origin = (): string => behind().origin ?? ''
  const post = (body: string, ...headers: string[]): string =>
    head(
      `POST ${basePath}/Users`,
      'content-type: application/scim+json',
      `content-length: ${Buffer.byteLength(body)}`,
      ...headers,
    ) + body

  it('tells the store that the client has gone', async () => {
    const { waiting } = behind()
    const before = { ...waiting }
    const raw = await openRaw(origin())
    raw.write(head(`GET ${basePath}/Users/waiting`))
    await until(() => waiting.asked > before.asked)
    raw.destroy()
    await until(() => waiting.aborted > before.aborted)
  })

  it('goes on after a client went away in the middle of its body', async () => {
    const userName = newName()
    const body = userText(userName)
    const raw = await openRaw(origin())
    raw.write(post(body).slice(0, -10))
    await new Promise((resolve) => setTimeout(resolve, 20))
    raw.destroy()
    const found = await behind().send(`/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`)
    expect((await found.json()).totalResults).toBe(0)
    expect((await createUser(behind(), userName)).status).toBe(201)
  })

  it('answers requests that come behind each other in one packet, in their order', async () => {
    const raw = await openRaw(origin())
    const [first, second] = [newName(), newName()]
    raw.write(post(userText(first)) + post(userText(second)) + head(`GET ${basePath}/Users/none`, 'connection: close'))
    const text = await raw.ended()
    expect(text.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 201', 'HTTP/1.1 201', 'HTTP/1.1 404'])
    expect(text.indexOf(first)).toBeLessThan(text.indexOf(second))
  })

  it('goes on with the connection after a body that was a little too large', async () => {
    const raw = await openRaw(origin())
    const large = userText('x'.repeat(maxBodyBytes))
    raw.write(post(large) + head(`GET ${basePath}/Users/none`, 'connection: close'))
    const text = await raw.ended()
    expect(text.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 404'])
  })

  unlessParsed('ends the connection after a body that goes on and on, and the client has its answer', async () => {
    const raw = await openRaw(origin())
    raw.write(head(`POST ${basePath}/Users`, 'content-type: application/scim+json', 'transfer-encoding: chunked'))
    const chunk = `4000\r\n${' '.repeat(0x4000)}\r\n`
    for (let n = 0; n < 20; n++) raw.write(chunk)
    const text = await raw.ended()
    expect(text.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413'])
    expect(text).toMatch(/connection: close/i)
    expect(JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4))).toMatchObject({ status: '413' })
  })

  unlessParsed('refuses what is announced too large before it comes', async () => {
    const raw = await openRaw(origin())
    raw.write(head(`POST ${basePath}/Users`, 'content-type: application/scim+json', 'content-length: 104857600'))
    expect(await raw.until(/\}$/)).toMatch(/^HTTP\/1.1 413 [\s\S]*connection: close/i)
    raw.destroy()
  })

  it('answers a client that expects to be told to go on', async () => {
    const body = userText(newName())
    const raw = await openRaw(origin())
    raw.write(post(body, 'expect: 100-continue').slice(0, -body.length))
    await raw.until(/100 Continue/)
    raw.write(body)
    expect(await raw.until(/HTTP\/1.1 201/)).toContain('HTTP/1.1 201')
    raw.destroy()
  })

  it('reads chunks with extensions and trailers', async () => {
    const body = userText(newName())
    const raw = await openRaw(origin())
    raw.write(
      head(
        `POST ${basePath}/Users`,
        'content-type: application/scim+json',
        'transfer-encoding: chunked',
        'trailer: x-sum',
        'connection: close',
      ),
    )
    raw.write(`${body.length.toString(16)};a=b\r\n${body}\r\n0\r\nx-sum: 1\r\n\r\n`)
    expect(await raw.ended()).toMatch(/^HTTP\/1.1 201/)
  })

  it('takes a body without a media type', async () => {
    const body = userText(newName())
    const raw = await openRaw(origin())
    raw.write(head(`POST ${basePath}/Users`, `content-length: ${body.length}`, 'connection: close') + body)
    expect(await raw.ended()).toMatch(/^HTTP\/1.1 201/)
  })

  it('answers HTTP/1.0', async () => {
    const raw = await openRaw(origin())
    raw.write(head(`GET ${basePath}/Users?count=0`).replace('HTTP/1.1', 'HTTP/1.0'))
    const text = await raw.ended()
    expect(text).toMatch(/^HTTP\/1.1 200/)
    expect(text).not.toMatch(/transfer-encoding/i)
  })

  it('refuses two Authorization headers', async () => {
    const raw = await openRaw(origin())
    raw.write(
      head(
        `GET ${basePath}/Users`,
        `authorization: Bearer ${token}`,
        'authorization: Bearer wrong',
        'connection: close',
      ),
    )
    expect(await raw.ended()).toMatch(/^HTTP\/1.1 401/)
  })

  it.each([
    { name: 'two hosts', hosts: ['host: localhost', 'host: evil.example'] },
    { name: 'the same host twice', hosts: ['host: localhost', 'Host: localhost'] },
    { name: 'a list of hosts', hosts: ['host: localhost, evil.example'] },
  ])('refuses $name, with or without credentials', async ({ hosts }) => {
    for (const path of [`${basePath}/Users`, `${basePath}/ServiceProviderConfig`]) {
      for (const authorization of [`authorization: Bearer ${token}`, 'authorization: none']) {
        const raw = await openRaw(origin())
        raw.write(head(`GET ${path}`, ...hosts, authorization, 'connection: close'))
        const text = await raw.ended()
        expect(text).toMatch(/^HTTP\/1.1 400/)
        expect(text).not.toContain('evil.example')
      }
    }
  })

  it('joins conditions that come in two headers', async () => {
    const { id } = await (await createUser(behind())).json()
    const raw = await openRaw(origin())
    const conditions = ['if-none-match: W/"7"', 'if-none-match: W/"1"', 'connection: close']
    raw.write(head(`GET ${basePath}/Users/${id}`, ...conditions))
    expect(await raw.ended()).toMatch(/^HTTP\/1.1 304/)
  })

  const hosts = [
    { given: ['host: scim.example.com'], host: 'scim.example.com' },
    { given: ['host: scim.example.com:8443'], host: 'scim.example.com:8443' },
    { given: ['host: [::1]:8443'], host: '[::1]:8443' },
    { given: ['host: scim.example.com', 'x-forwarded-host: evil.example'], host: 'scim.example.com' },
    { given: ['host: scim.example.com', 'forwarded: host=evil.example;proto=https'], host: 'scim.example.com' },
    { given: ['host: a/b@evil'], host: undefined },
  ]
  it.each(hosts)('writes locations for $given', async ({ given, host }) => {
    const raw = await openRaw(origin())
    raw.write(post(userText(newName()), 'connection: close', ...given))
    const text = await raw.ended()
    const { meta } = JSON.parse(/\{.*\}/.exec(text)?.[0] ?? '') // between the marks of a chunk, where there are some
    expect(new URL(meta.location).origin).toBe(host === undefined ? origin() : `http://${host}`)
    expect(/^location: (.*)\r$/im.exec(text)?.[1]).toBe(meta.location)
  })

  it('takes the whole URL of a proxy', async () => {
    const raw = await openRaw(origin())
    raw.write(head(`GET http://scim.example.com${basePath}/Users?count=0`, 'connection: close'))
    expect(await raw.ended()).toMatch(/^HTTP\/1.1 (200|404)/)
  })
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}
