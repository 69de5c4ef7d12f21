import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage, RequestListener } from 'node:http'
import { Agent, request } from 'node:https'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { userResource } from '@scimkit/core'
import { generate } from 'selfsigned'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bearerToken, createScimHandler, memoryStore, mount } from '../src/index.js'
import { type CertificateOutcome, type ListenOptions, listen, type ScimListener } from '../src/node.js'

interface Pair {
  readonly cert: string
  readonly key: string
}

const token = 'a-token-of-at-least-32-characters'
const closing: (() => void | Promise<void>)[] = []
let first: Pair
let second: Pair

beforeAll(async () => {
  first = await createPair()
  second = await createPair()
})

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function createPair(): Promise<Pair> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], { keySize: 2048 })
  return { cert, key }
}

function createHandler() {
  return createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(userResource, memoryStore())],
    authenticate: bearerToken(token),
    limits: { maxBodyBytes: 4_096 },
  })
}

async function start(options: ListenOptions, handler: RequestListener | undefined = undefined): Promise<ScimListener> {
  const server = await listen(handler ?? createHandler(), { timeouts: { grace: 200 }, ...options })
  closing.push(() => server.close())
  return server
}

async function inFolder(): Promise<{ certFile: string; keyFile: string; write(pair: Partial<Pair>): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'scimkit-tls-'))
  closing.push(() => rm(folder, { recursive: true }))
  const certFile = join(folder, 'tls.crt')
  const keyFile = join(folder, 'tls.key')
  return {
    certFile,
    keyFile,
    async write({ cert, key }) {
      if (cert !== undefined) await writeFile(certFile, cert)
      if (key !== undefined) await writeFile(keyFile, key)
    },
  }
}

/** The certificate that a new connection is shown, checked by it alone. */
function shownTo(port: number, ca: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ port, host: '127.0.0.1', ca, servername: 'localhost' }, () => {
      resolve(socket.getPeerX509Certificate()?.toString() ?? '')
      socket.destroy()
    })
    socket.on('error', reject)
  })
}

interface TlsAnswer {
  readonly status: number | undefined
  readonly headers: IncomingMessage['headers']
  readonly socket: TLSSocket
  readonly body: string
}

function sendTls(agent: Agent, url: string): Promise<TlsAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/scim/v2/Users`, { agent, headers: { authorization: `Bearer ${token}` } })
    sent.on('response', (response: IncomingMessage) => {
      let body = ''
      response.setEncoding('utf8').on('data', (piece: string) => {
        body += piece
      })
      const socket = response.socket as TLSSocket // the agent is one of HTTPS
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, socket, body }))
    })
    sent.on('error', reject).end()
  })
}

function untilOutcome(outcomes: readonly CertificateOutcome[], count: number): Promise<void> {
  return until(() => outcomes.length >= count)
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10))
}

describe('HTTPS', () => {
  it('answers under its certificate, and names itself with https in locations', async () => {
    const server = await start({ tls: first })
    expect(server.url).toBe(`https://127.0.0.1:${server.port}`)
    const agent = new Agent({ ca: first.cert, servername: 'localhost' })
    const { status, body } = await sendTls(agent, server.url)
    expect([status, JSON.parse(body).totalResults]).toEqual([200, 0])
    agent.destroy()
  })

  it('tells clients to stay with HTTPS, whoever answers; over HTTP it does not', async () => {
    const agent = new Agent({ ca: first.cert, servername: 'localhost' })
    const wrapped: RequestListener = (_, response) => response.writeHead(404, { 'x-own': '1' }).end()
    for (const handler of [undefined, wrapped]) {
      const { headers } = await sendTls(agent, (await start({ tls: first }, handler)).url)
      expect(headers['strict-transport-security']).toBe('max-age=31536000')
      const plain = await fetch(`${(await start({}, handler)).url}/scim/v2/Users`)
      expect(plain.headers.has('strict-transport-security')).toBe(false)
    }
    agent.destroy()
  })

  it('takes files that change, one after the other, and keeps open connections', async () => {
    const files = await inFolder()
    await files.write(first)
    const outcomes: CertificateOutcome[] = []
    const tls = { ...files, interval: 10, onReload: (outcome: CertificateOutcome) => outcomes.push(outcome) }
    const server = await start({ tls })
    const agent = new Agent({ ca: first.cert, servername: 'localhost', keepAlive: true, maxSockets: 1 })
    const before = await sendTls(agent, server.url)

    await files.write({ cert: second.cert }) // the key is still the old one: a pair that does not fit
    await untilOutcome(outcomes, 1)
    expect(outcomes[0]).toMatchObject({ loaded: false, error: expect.any(TypeError) })
    expect(await shownTo(server.port, first.cert)).toBe(first.cert.trim().concat('\n'))

    await files.write({ key: second.key })
    await until(() => outcomes.at(-1)?.loaded === true)
    // A file that is just being written may be seen half, which is one more pair that does not fit.
    expect(outcomes.filter(({ loaded }) => loaded)).toHaveLength(1)
    expect(await shownTo(server.port, second.cert)).toBe(second.cert.trim().concat('\n'))
    await expect(shownTo(server.port, first.cert)).rejects.toThrow()

    const after = await sendTls(agent, server.url)
    expect(after.socket).toBe(before.socket)
    expect(after.status).toBe(200)
    agent.destroy()
  })

  it('tells about a file that is gone or broken, and goes on with the old pair', async () => {
    const files = await inFolder()
    await files.write(first)
    const outcomes: CertificateOutcome[] = []
    const tls = { ...files, interval: 10, onReload: (outcome: CertificateOutcome) => outcomes.push(outcome) }
    const server = await start({ tls })
    await files.write({ cert: 'no certificate', key: '' })
    await untilOutcome(outcomes, 1)
    await rm(files.keyFile)
    await until(() => outcomes.some((outcome) => !outcome.loaded && String(outcome.error).includes('ENOENT')))
    expect(outcomes.every(({ loaded }) => !loaded)).toBe(true)
    expect(await shownTo(server.port, first.cert)).toContain('BEGIN CERTIFICATE')
  })

  it('takes another pair when told to, and refuses one that does not fit', async () => {
    const server = await start({ tls: first })
    await expect(server.reload({ cert: second.cert, key: first.key })).rejects.toThrow(TypeError)
    expect(await shownTo(server.port, first.cert)).toContain('BEGIN CERTIFICATE')
    await server.reload(second)
    expect(await shownTo(server.port, second.cert)).toContain('BEGIN CERTIFICATE')
  })

  it('reads its files at once when told to', async () => {
    const files = await inFolder()
    await files.write(first)
    const server = await start({ tls: { ...files, interval: 0 } })
    await files.write(second)
    expect(await shownTo(server.port, first.cert)).toContain('BEGIN CERTIFICATE')
    await server.reload()
    expect(await shownTo(server.port, second.cert)).toContain('BEGIN CERTIFICATE')
  })

  it('refuses to start with a pair that does not fit, or without its files', async () => {
    await expect(listen(createHandler(), { tls: { cert: first.cert, key: second.key } })).rejects.toThrow(TypeError)
    const missing = { certFile: '/nowhere/tls.crt', keyFile: '/nowhere/tls.key' }
    await expect(listen(createHandler(), { tls: missing })).rejects.toThrow(/ENOENT/)
  })

  it('EP-6: speaks nothing older than TLS 1.2', async () => {
    const server = await start({ tls: first })
    const shake = (version: 'TLSv1.1' | 'TLSv1.2') =>
      new Promise<string | null>((resolve, reject) => {
        const ca = first.cert
        const options = { ca, servername: 'localhost', ciphers: 'DEFAULT@SECLEVEL=0' }
        const socket = connectTls(
          { port: server.port, host: '127.0.0.1', minVersion: 'TLSv1', maxVersion: version, ...options },
          () => {
            resolve(socket.getProtocol())
            socket.destroy()
          },
        )
        socket.on('error', reject)
      })
    expect(await shake('TLSv1.2')).toBe('TLSv1.2')
    await expect(shake('TLSv1.1')).rejects.toThrow()
  })

  it('cannot reload without a certificate', async () => {
    await expect((await start({})).reload(first)).rejects.toThrow(TypeError)
  })
})

/** A raw connection: what is written goes out as it is, and what came and whether it ended is known. */
function openRaw(port: number): Promise<{ socket: Socket; received: () => string; ended: Promise<void> }> {
  return new Promise((resolve, reject) => {
    let received = ''
    const socket = connect(port, '127.0.0.1')
    const ended = new Promise<void>((end) => socket.once('close', () => end()))
    closing.push(() => void socket.destroy())
    socket.setEncoding('utf8').on('data', (piece: string) => {
      received += piece
    })
    socket.once('connect', () => resolve({ socket, received: () => received, ended })).on('error', reject)
    socket.on('error', () => undefined)
  })
}

const head = `GET /scim/v2/Users HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\n`

describe('closing', () => {
  it('answers open requests and takes no new ones', async () => {
    let finish: (() => void) | undefined
    const server = await start({ timeouts: { grace: 60_000 } }, (_, response) => {
      finish = () => response.end('done')
    })
    const { socket, received, ended } = await openRaw(server.port)
    socket.write(`${head}\r\n`)
    await until(() => finish !== undefined)
    const closed = server.close()
    await new Promise((resolve) => setTimeout(resolve, 50))
    await expect(openRaw(server.port)).rejects.toThrow(/ECONNREFUSED/)
    finish?.()
    await Promise.all([closed, ended])
    expect(received()).toMatch(/connection: close/i)
    expect(received()).toContain('done')
  })

  it('answers what was sent on connections that were just made', async () => {
    const server = await start({ timeouts: { grace: 60_000 } })
    const texts = Array.from({ length: 20 }, async () => {
      const socket = connect(server.port, '127.0.0.1')
      socket.write(`${head}\r\n`)
      let text = ''
      for await (const piece of socket) text += String(piece)
      return text
    })
    await server.close()
    for (const text of await Promise.all(texts)) expect(text).toMatch(/^HTTP\/1.1 200 [\s\S]*connection: close/i)
  })

  it('refuses a backlog that is none', async () => {
    await expect(start({ backlog: 0 })).rejects.toThrow('backlog')
  })

  it('ends connections that wait for a next request, and those that never sent one', async () => {
    const server = await start({ timeouts: { grace: 60_000 } })
    const idle = await openRaw(server.port)
    idle.socket.write(`${head}\r\n`)
    await until(() => idle.received().includes('totalResults'))
    const silent = await openRaw(server.port)
    await Promise.all([server.close(), idle.ended, silent.ended])
  })

  it('cuts what is still open after the grace time, and the handler knows', async () => {
    let [open, gone] = [false, false]
    const server = await start({ timeouts: { grace: 50 } }, (_, response) => {
      open = true
      response.once('close', () => {
        gone = true
      })
    })
    const { socket, ended } = await openRaw(server.port)
    socket.write(`${head}\r\n`)
    await until(() => open)
    await Promise.all([server.close(), ended])
    await until(() => gone)
  })

  it('cuts a handshake that is never finished', async () => {
    const server = await start({ tls: first, timeouts: { grace: 50 } })
    const { socket, ended } = await openRaw(server.port)
    socket.write(Buffer.from([0x16, 0x03, 0x01]))
    await new Promise((resolve) => setTimeout(resolve, 30))
    await Promise.all([server.close(), ended])
  })

  it('may be asked for twice', async () => {
    const server = await start({})
    await Promise.all([server.close(), server.close()])
    await server.close()
  })
})

describe('clients that hold connections', () => {
  it('are cut when their headers do not come', async () => {
    const server = await start({ timeouts: { headers: 100, request: 200 } })
    const { socket, received, ended } = await openRaw(server.port)
    socket.write(head)
    await ended
    expect(received()).toMatch(/^HTTP\/1.1 408 /)
  })

  it('are cut when their body does not come', async () => {
    const server = await start({ timeouts: { headers: 100, request: 200 } })
    const { socket, received, ended } = await openRaw(server.port)
    socket.write(`${head.replace('GET', 'POST')}content-length: 10\r\n\r\n{`)
    await ended
    expect(received()).toMatch(/^HTTP\/1.1 4/)
  })

  it('are closed when they send no further request', async () => {
    const server = await start({ timeouts: { keepAlive: 100 } })
    const { socket, received, ended } = await openRaw(server.port)
    socket.write(`${head}\r\n`)
    await ended
    expect(received()).toContain('totalResults')
  })

  it('are refused when lengths contradict each other', async () => {
    const server = await start({})
    const { socket, received, ended } = await openRaw(server.port)
    socket.write(`${head.replace('GET', 'POST')}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`)
    await ended
    expect(received()).toMatch(/^HTTP\/1.1 400 /)
  })
})

describe('a client that asks before it sends its body', () => {
  const post = (length: number, authorization = `Bearer ${token}`) =>
    `POST /scim/v2/Users HTTP/1.1\r\nhost: localhost\r\nauthorization: ${authorization}\r\n` +
    `content-type: application/scim+json\r\ncontent-length: ${length}\r\nexpect: 100-continue\r\n\r\n`
  const user = JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'ada' })

  it('is told to go on', async () => {
    const server = await start({})
    const { socket, received } = await openRaw(server.port)
    socket.write(post(user.length))
    await until(() => received().startsWith('HTTP/1.1 100 Continue'))
    socket.write(user)
    await until(() => received().includes('HTTP/1.1 201 Created'))
  })

  it.each([
    ['without valid credentials', post(user.length, 'Bearer wrong'), 401],
    ['with a body too large', post(5_000), 413],
  ])('is refused at once %s', async (_, request, status) => {
    const server = await start({})
    const { socket, received, ended } = await openRaw(server.port)
    socket.write(request)
    await ended
    expect(received()).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(received()).not.toContain('100 Continue')
  })

  it('is told so through a handler that is wrapped', async () => {
    const handler = createHandler()
    const server = await listen({ fetch: (request) => handler.fetch(request) })
    closing.push(() => server.close())
    const { socket, received } = await openRaw(server.port)
    socket.write(post(user.length))
    await until(() => received().startsWith('HTTP/1.1 100 Continue'))
    socket.write(user)
    await until(() => received().includes('HTTP/1.1 201 Created'))
  })
})
