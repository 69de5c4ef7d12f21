import { connect } from 'node:net'
import { urns } from '@scimkit/core'
import { afterEach, describe, expect, it } from 'vitest'
import { createMockServer, type MockServer, type MockServerOptions } from '../src/index.js'

const token = 'a-token-of-the-mock-server'
const servers: MockServer[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

async function start(options: MockServerOptions = {}): Promise<{ server: MockServer; port: number }> {
  const server = createMockServer({ token, ...options })
  servers.push(server)
  const { port } = await server.listen({ inspector: true })
  return { server, port }
}

/** Sends a head and what a body begins with, and waits for the first answer; the rest of the body never comes. */
function answerTo(port: number, line: string, headers: readonly string[], beginning = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    socket.setEncoding('latin1').on('error', reject)
    socket.on('close', () => resolve(text))
    socket.on('data', (piece: string) => {
      text += piece
      if (!/^HTTP\/1\.1 100/.test(text) && text.includes('\r\n\r\n')) socket.destroy()
      else if (text.endsWith('100 Continue\r\n\r\n')) socket.destroy()
    })
    socket.write([`${line} HTTP/1.1`, `host: 127.0.0.1:${port}`, ...headers, '', beginning].join('\r\n'))
  })
}

const wrong = 'authorization: Bearer a-wrong-token'
const right = `authorization: Bearer ${token}`
const scim = 'content-type: application/scim+json'
const paths = ['/Users', '/Bulk', '/Users/.search', '/.search', '/Me', '/nothing'] as const

describe('a request that is refused by its head', () => {
  describe.each(paths)('at %s', (path) => {
    const line = `POST /scim/v2${path}`

    it.each([
      { name: 'announces its body', headers: ['content-length: 104857600'] },
      { name: 'waits with its body', headers: ['content-length: 30', 'expect: 100-continue'] },
      { name: 'sends chunks', headers: ['transfer-encoding: chunked'] },
    ])('is answered 401 before its body comes: $name', async ({ headers }) => {
      const { server, port } = await start()
      expect(await answerTo(port, line, [wrong, scim, ...headers])).toMatch(/^HTTP\/1\.1 401 /)
      expect(server.requests).toMatchObject([{ status: 401, path, body: undefined }])
    })

    it('is answered by its size before its body comes', async () => {
      const { port } = await start()
      const headers = [right, scim, 'content-length: 104857600', 'expect: 100-continue']
      expect(await answerTo(port, line, headers)).toMatch(/^HTTP\/1\.1 (413|404|501) /)
    })
  })

  it('is answered 413 when it announces too much, and 415 for another media type', async () => {
    const { port } = await start()
    const large = await answerTo(port, 'POST /scim/v2/Users', [right, scim, 'content-length: 104857600'])
    expect(large).toMatch(/^HTTP\/1\.1 413 [\s\S]*connection: close/i)
    const other = [right, 'content-type: text/xml', 'content-length: 30', 'expect: 100-continue']
    expect(await answerTo(port, 'POST /scim/v2/Users', other)).toMatch(/^HTTP\/1\.1 415 /)
  })

  it('is read no further than the limit of the handler', async () => {
    const { server, port } = await start({ limits: { maxBodyBytes: 1_000 } })
    const chunk = `800\r\n${' '.repeat(0x800)}\r\n`
    const headers = [right, scim, 'transfer-encoding: chunked']
    expect(await answerTo(port, 'POST /scim/v2/Users', headers, chunk)).toMatch(/^HTTP\/1\.1 413 /)
    expect(server.requests).toMatchObject([{ status: 413, body: undefined }])
  })

  it('is told to go on where its body is wanted', async () => {
    const { port } = await start()
    const headers = [right, scim, 'content-length: 30', 'expect: 100-continue']
    expect(await answerTo(port, 'POST /scim/v2/Users', headers)).toMatch(/^HTTP\/1\.1 100 Continue/)
  })

  it('is refused at the inspector, by its host and by its origin', async () => {
    const { port } = await start()
    const body = ['content-length: 104857600', 'expect: 100-continue']
    expect(await answerTo(port, 'POST /inspector/requests', body)).toMatch(/^HTTP\/1\.1 405 /)
    const foreign = [...body, 'origin: http://evil.example', right]
    expect(await answerTo(port, 'POST /scim/v2/Users', foreign)).toMatch(/^HTTP\/1\.1 403 /)
    expect(await answerTo(port, 'GET /inspector/requests', foreign)).toMatch(/^HTTP\/1\.1 403 /)
  })

  it('is refused by a failure rule without valid credentials, and its body stays unread', async () => {
    const { server, port } = await start()
    server.failNext({ status: 503 })
    const headers = [wrong, scim, 'content-length: 104857600', 'expect: 100-continue']
    expect(await answerTo(port, 'POST /scim/v2/Users', headers)).toMatch(/^HTTP\/1\.1 503 /)
    expect(server.requests).toMatchObject([{ status: 503, failed: true, body: undefined }])
  })
})

describe('what is recorded', () => {
  const post = (server: MockServer, body: string) =>
    server.fetch(`${server.url}/Users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      body,
    })

  it('holds the body of a request that a failure rule answers', async () => {
    const server = createMockServer({ token })
    server.failNext({ status: 503 })
    await post(server, '{"userName":"ada"}')
    expect(server.requests).toMatchObject([{ status: 503, body: { userName: 'ada' } }])
  })

  it('is bounded in bytes, whatever the number of requests that may be kept', async () => {
    const server = createMockServer({ token })
    const body = JSON.stringify({ schemas: [urns.user], userName: 'ada', title: 'x'.repeat(900_000) })
    for (let n = 0; n < 60; n++) await post(server, body)
    const kept = server.requests.map((request) => JSON.stringify(request).length).reduce((sum, size) => sum + size, 0)
    expect(kept).toBeLessThan(34 * 1024 * 1024)
    expect(server.requests.length).toBeGreaterThan(10)
    expect(server.requests.at(-1)).toMatchObject({ status: 409 })
  })

  it('holds no readings of requests whose answer was lost', async () => {
    const server = createMockServer()
    server.failNext({ drop: 'response' })
    const operations = [{ op: 'Replace', path: 'active', value: 'False' }]
    const body = JSON.stringify({ schemas: [urns.patchOp], Operations: operations })
    const created = await (
      await post(server, `{"schemas":["${urns.user}"],"userName":"b"}`).catch(() => undefined)
    )?.json()
    expect(created).toBeUndefined()
    const list = await (await server.fetch(`${server.url}/Users`)).json()
    server.failNext({ drop: 'response' })
    const patch = server.fetch(`${server.url}/Users/${list.Resources[0].id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/scim+json' },
      body,
    })
    await expect(patch).rejects.toThrow(TypeError)
    expect(server.requests.at(-1)?.notes.map(({ rule }) => rule)).toContain('stringBooleans')
  })

  it('leaves a long answer out, which is sent whole', async () => {
    const server = createMockServer({ seed: 1_000 })
    server.failNext({ status: 500, body: 'x'.repeat(5_000_000) })
    const response = await server.fetch(`${server.url}/Users`)
    expect((await response.text()).length).toBe(5_000_000)
    expect(server.requests.at(-1)?.response.body).toBeUndefined()
  })
})

describe('every answer may neither be stored nor be taken for another type', () => {
  it.each([
    { name: 'of the protocol', line: 'GET /scim/v2/Users', headers: [right], status: 200 },
    { name: 'without credentials', line: 'GET /scim/v2/Users', headers: [wrong], status: 401 },
    {
      name: 'to pages of others',
      line: 'GET /scim/v2/Users',
      headers: [right, 'origin: http://a.example'],
      status: 403,
    },
    { name: 'of the inspector', line: 'GET /inspector', headers: [], status: 200 },
    { name: 'elsewhere', line: 'GET /nothing', headers: [right], status: 404 },
  ])('$name', async ({ line, headers, status }) => {
    const { port } = await start()
    const answer = await answerTo(port, line, headers)
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(answer).toMatch(/^cache-control: no-store\r$/im)
    expect(answer).toMatch(/^x-content-type-options: nosniff\r$/im)
  })

  it('of a failure rule, which may set others', async () => {
    const { server, port } = await start()
    server.failNext({ status: 429 })
    expect(await answerTo(port, 'GET /scim/v2/Users', [right])).toMatch(/^cache-control: no-store\r$/im)
    server.failNext({ status: 429, headers: { 'Cache-Control': 'max-age=1' } })
    expect(await answerTo(port, 'GET /scim/v2/Users', [right])).toMatch(/^cache-control: max-age=1\r$/im)
  })

  it.each(['/scim/v2/Users', '/inspector/requests'])('two Host headers are refused: %s', async (path) => {
    const { port } = await start()
    expect(await answerTo(port, `GET ${path}`, [right, 'host: 127.0.0.1'])).toMatch(/^HTTP\/1\.1 400 /)
  })
})

describe('who comes another way than by the printed address', () => {
  it('is sent from the root to the inspector', async () => {
    const { port } = await start()
    expect(await answerTo(port, 'GET /', [])).toMatch(/^HTTP\/1\.1 302 [\s\S]*location: \/inspector\r/i)
  })

  it('is told by a SCIM Error which flag is for a tunnel', async () => {
    const server = createMockServer({ token })
    servers.push(server)
    const { port } = await server.listen()
    const { body } = await ask(port, '/scim/v2/Users', { host: 'mine.tunnel.example' })
    expect(JSON.parse(body)).toMatchObject({
      schemas: [urns.error],
      status: '403',
      detail: expect.stringMatching(/--base-url.*--host/),
    })
  })

  it.each([
    { baseUrl: 'https://mine.tunnel.example', root: 'https://mine.tunnel.example/scim/v2' },
    { baseUrl: 'https://mine.tunnel.example/tenants/a/', root: 'https://mine.tunnel.example/tenants/a' },
  ])('is answered under $baseUrl, in locations and references too', async ({ baseUrl, root }) => {
    const users = [{ id: 'u1', userName: 'ada' }]
    const groups = [{ id: 'g1', displayName: 'g', members: [{ value: 'u1' }] }]
    const server = createMockServer({ baseUrl, token, seed: { User: users, Group: groups } })
    servers.push(server)
    const { port } = await server.listen()
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' }
    for (const host of ['mine.tunnel.example', 'Mine.Tunnel.example:443', `127.0.0.1:${port}`]) {
      const user = await ask(port, '/scim/v2/Users/u1', { ...headers, host })
      expect(JSON.parse(user.body)).toMatchObject({
        meta: { location: `${root}/Users/u1` },
        groups: [{ $ref: `${root}/Groups/g1` }],
      })
      expect(JSON.parse((await ask(port, '/scim/v2/Groups/g1', { ...headers, host })).body).members).toMatchObject([
        { $ref: `${root}/Users/u1` },
      ])
    }
    const body = JSON.stringify({ schemas: [urns.user], userName: 'grace' })
    const created = await ask(port, '/scim/v2/Users', { ...headers, host: 'mine.tunnel.example' }, body)
    expect([created.status, created.location]).toEqual([201, `${root}/Users/${JSON.parse(created.body).id}`])
  })

  it('is shown no inspector through the tunnel, and pages of other sites are refused there', async () => {
    const server = createMockServer({ baseUrl: 'https://mine.tunnel.example' })
    servers.push(server)
    const { port } = await server.listen({ inspector: true })
    const host = 'mine.tunnel.example'
    const statusOf = async (path: string, headers: object) => (await ask(port, path, { ...headers })).status
    expect(await statusOf('/inspector', { host })).toBe(404)
    expect(await statusOf('/inspector/requests', { host })).toBe(404)
    expect(await statusOf('/', { host })).toBe(404)
    expect(await statusOf('/inspector', { host: `127.0.0.1:${port}` })).toBe(200)
    expect(await statusOf('/scim/v2/Users', { host, origin: `https://${host}` })).toBe(200)
    expect(await statusOf('/scim/v2/Users', { host, origin: 'https://evil.example' })).toBe(403)
    expect(await statusOf('/scim/v2/Users', { host, 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await statusOf('/scim/v2/Users', { host: 'evil.example' })).toBe(403)
  })

  it('keeps the inspector where the base URL is another port of this machine, as of a container', async () => {
    const server = createMockServer({ baseUrl: 'http://localhost:8080/scim/v2' })
    servers.push(server)
    const { port } = await server.listen({ inspector: true })
    expect((await ask(port, '/inspector', { host: 'localhost:8080' })).status).toBe(200)
    expect((await ask(port, '/', { host: 'localhost:8080' })).status).toBe(302)
  })
})

/** Asks with a Host of your own, which fetch does not send. */
async function ask(port: number, path: string, headers: Record<string, string>, body?: string) {
  const { request } = await import('node:http')
  return new Promise<{ status: number | undefined; location: string | undefined; body: string }>((resolve, reject) => {
    const sent = request({ port, path, headers, method: body === undefined ? 'GET' : 'POST' }, async (response) => {
      let text = ''
      for await (const piece of response) text += String(piece)
      resolve({ status: response.statusCode, location: response.headers.location, body: text })
    })
    sent.on('error', reject).end(body)
  })
}
