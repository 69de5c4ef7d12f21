import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { serve } from './serve.js'

/** How a hostile server answers; `count` is the number of the request for this behaviour, from 1. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse, count: number) => void

/** A hostile server, and another origin that must never be reached. */
export interface HostileServer {
  /** Base URL under which one behaviour answers everything. */
  urlOf(name: string): string
  /** Requests that each behaviour got: method and path below its base URL. */
  readonly requests: ReadonlyMap<string, string[]>
  /** Requests that arrived at the other origin. */
  readonly strayed: string[]
  close(): void
}

const type = 'application/scim+json'
const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error'
const listUrn = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': type, ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

function list(response: ServerResponse, ids: readonly unknown[], rest: Record<string, unknown> = {}): void {
  const Resources = ids.map((id) => ({ id, userName: `user${id}` }))
  send(response, 200, { schemas: [listUrn], totalResults: ids.length, Resources, ...rest })
}

/** Writes as fast as the client reads, forever. */
function pour(response: Writable, chunk: string | Buffer): void {
  const write = (): void => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once('drain', write)
  }
  write()
}

function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write(' '), 10)
  response.on('close', () => clearInterval(timer))
}

const tokenOf = (request: IncomingMessage): string => String(request.headers.authorization).replace('Bearer ', '')
const escapeAll = (text: string): string =>
  [...text].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')

/** The behaviours, by what they do. `OTHER` in a header is replaced by the other origin. */
export const behaviours: Readonly<Record<string, Behaviour>> = {
  'body without end': (_request, response) => {
    response.writeHead(200, { 'content-type': type })
    response.write('{"id":"1","userName":"')
    pour(response, 'x'.repeat(65_536))
  },
  'body of ten gigabytes announced': (_request, response) => {
    response.writeHead(200, { 'content-type': type, 'content-length': '10000000000' })
    pour(response, ' '.repeat(65_536))
  },
  'gzip bomb': (_request, response) => {
    response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' })
    response.end(bomb)
  },
  'error body without end': (_request, response) => {
    response.writeHead(400, { 'content-type': type })
    pour(response, 'x'.repeat(65_536))
  },
  'body drop by drop': (_request, response) => {
    response.writeHead(200, { 'content-type': type })
    drip(response)
  },
  'body in crumbs': (request) => {
    request.socket.write(`HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ntransfer-encoding: chunked\r\n\r\n`)
    pour(request.socket, '1\r\nx\r\n'.repeat(10_000))
  },
  'no answer': () => {},
  'head without end': (request) => {
    request.socket.write('HTTP/1.1 200 OK\r\n')
    const timer = setInterval(() => request.socket.write('x-more: x\r\n'), 10)
    request.socket.on('close', () => clearInterval(timer))
  },
  'head of a megabyte': (request) => {
    request.socket.end(`HTTP/1.1 200 OK\r\n${`x: ${'y'.repeat(1000)}\r\n`.repeat(1000)}\r\n`)
  },
  'no HTTP': (request) => void request.socket.end('SSH-2.0-OpenSSH_9.2p1\r\n'),
  'reset before the head': (request) => void request.socket.resetAndDestroy(),
  'reset in the body': (_request, response) => {
    response.writeHead(200, { 'content-type': type, 'content-length': '100' })
    response.write('{"id":"1"', () => response.socket?.resetAndDestroy())
  },
  'connection closed in the body': (_request, response) => {
    response.writeHead(200, { 'content-type': type, 'content-length': '100' })
    response.write('{"id":"1"', () => response.socket?.end())
  },
  'JSON cut off': (_request, response) => send(response, 200, '{"id":"1","userName":'),
  'HTML with 200': (_request, response) => send(response, 200, '<html>Log in</html>', { 'content-type': 'text/html' }),
  'HTML with 500': (_request, response) => send(response, 500, '<html>Oops</html>', { 'content-type': 'text/html' }),
  'no UTF-8': (_request, response) => {
    response.writeHead(200, { 'content-type': type })
    response.end(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))
  },
  'nothing with 200': (_request, response) => send(response, 200, ''),
  'nothing with 204': (_request, response) => send(response, 204, ''),
  null: (_request, response) => send(response, 200, 'null'),
  'list for a GET': (_request, response) => list(response, ['1']),
  'error with 200': (_request, response) =>
    send(response, 200, { schemas: [errorUrn], status: '404', detail: 'none', id: '1' }),
  'another id': (_request, response) => send(response, 200, { id: '2', userName: 'eve' }),
  'no id': (_request, response) => send(response, 200, { userName: 'eve' }),
  'nested a hundred thousand deep': (_request, response) =>
    send(response, 400, '['.repeat(100_000) + ']'.repeat(100_000)),
  'redirection to another origin': (_request, response) => send(response, 307, '', { location: 'OTHER/Users/1' }),
  'permanent redirection to another origin': (_request, response) => send(response, 308, '', { location: 'OTHER/' }),
  'redirection to another scheme': (_request, response) => send(response, 307, '', { location: 'file:///etc/passwd' }),
  'redirection in a circle': (request, response) => send(response, 308, '', { location: String(request.url) }),
  'redirection by 302': (_request, response) => send(response, 302, '', { location: 'OTHER/Users/1' }),
  'redirection by 303': (request, response) => send(response, 303, '', { location: `${request.url}/1` }),
  'redirection without a place': (_request, response) => send(response, 307, ''),
  'Retry-After of thirty years': (_request, response) => send(response, 429, '', { 'retry-after': '1000000000' }),
  'Retry-After that is not a time': (_request, response, count) =>
    count < 2 ? send(response, 503, '', { 'retry-after': 'soon' }) : send(response, 200, { id: '1', userName: 'ada' }),
  '429 without end': (_request, response) => send(response, 429, ''),
  '401 without end': (_request, response) => send(response, 401, '', { 'www-authenticate': 'Bearer' }),
  'token echoed': (request, response) => {
    const token = tokenOf(request)
    send(response, 400, `{"detail":"bad ${token} ${encodeURIComponent(token)}","more":["${escapeAll(token)}"]}`, {
      'x-echo': token,
      'x-request-id': 'r1',
    })
  },
  'token echoed in HTML': (request, response) =>
    send(response, 403, `<p>${tokenOf(request)}</p>`, { 'content-type': 'text/html' }),
  'token echoed in JSON cut off': (request, response) => send(response, 200, `${tokenOf(request)}{"id":`),
  'Location at another origin': (request, response) =>
    request.method === 'POST'
      ? send(response, 201, '', { location: 'OTHER/Users/1' })
      : send(response, 200, { id: '1', userName: 'ada' }),
  'pages without end': (_request, response, count) => {
    const ids = Array.from({ length: 1000 }, (_, n) => `${count}-${n}`)
    list(response, ids, { totalResults: 10, nextCursor: `c${count}` })
  },
  'total that runs ahead': (request, response) => {
    const from = Number(/startIndex=(\d+)/.exec(String(request.url))?.[1] ?? 1)
    const ids = Array.from({ length: 1000 }, (_, n) => `${from + n}`)
    list(response, ids, { totalResults: from + 2_000, startIndex: from })
  },
  'total that runs ahead of a cursor': (_request, response, count) => {
    const ids = Array.from({ length: 1000 }, (_, n) => `${count}-${n}`)
    list(response, ids, { totalResults: count * 1000 + 1000, nextCursor: `c${count}` })
  },
  'empty pages without end': (_request, response, count) => list(response, [], { nextCursor: `c${count}` }),
  'cursor loop': (_request, response, count) => list(response, [`${count}`], { totalResults: 5, nextCursor: 'again' }),
  'same page forever': (_request, response) => list(response, ['1', '2'], { totalResults: 1_000_000 }),
  'total too high': (request, response) => {
    const first = !/startIndex/.test(String(request.url))
    list(response, first ? ['1', '2'] : [], { totalResults: 5 })
  },
  'page of strangers': (_request, response) => send(response, 200, { totalResults: 2, Resources: [1, null] }),
  'page that is not a list': (_request, response) => send(response, 200, { totalResults: 2, Resources: 'all' }),
  'cursor that always expires': (request, response) =>
    /cursor=c/.test(String(request.url))
      ? send(response, 400, { schemas: [errorUrn], status: '400', scimType: 'expiredCursor' })
      : list(response, ['1'], { totalResults: 5, nextCursor: 'c1' }),
  'prototype in the body': (_request, response) =>
    send(
      response,
      200,
      '{"id":"1","userName":"ada","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
    ),
}

/** Starts a hostile server on the loopback interface. */
export async function startHostileServer(): Promise<HostileServer> {
  const requests = new Map<string, string[]>()
  const strayed: string[] = []
  const other = await serve((request, response) => {
    strayed.push(`${request.method} ${request.url} ${request.headers.authorization}`)
    send(response, 200, { id: '1', userName: 'eve' })
  })
  const names = Object.keys(behaviours)
  const main = await serve((request, response) => {
    const [, index = '', path = ''] = /^\/(\d+)(.*)$/.exec(String(request.url)) ?? []
    const name = names[Number(index)] ?? ''
    const seen = requests.get(name) ?? []
    requests.set(name, seen)
    seen.push(`${request.method} ${path}`)
    response.on('error', () => {})
    const { writeHead } = response
    response.writeHead = ((status: number, headers: Record<string, string> = {}) => {
      const placed = Object.entries(headers).map(([key, value]) => [key, value.replace('OTHER', other.origin)])
      return writeHead.call(response, status, Object.fromEntries(placed))
    }) as typeof response.writeHead // only this form is used here
    request.resume()
    behaviours[name]?.(request, response, seen.length)
  })
  main.server.on('connection', (socket) => socket.on('error', () => {}))
  return {
    urlOf: (name) => `${main.origin}/${names.indexOf(name)}`,
    requests,
    strayed,
    close() {
      for (const { server } of [main, other]) {
        server.closeAllConnections()
        server.close()
      }
    },
  }
}

const bomb = gzipSync(Buffer.alloc(96 * 1024 * 1024, 0x20))
