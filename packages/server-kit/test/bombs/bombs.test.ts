import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** Largest body by default, bytes. */
const limit = 1_048_576
const mebi = 1_048_576

let child: ChildProcess
let port: number

beforeAll(async () => {
  child = fork(join(import.meta.dirname, 'serve.ts'), {
    execArgv: ['--expose-gc', '--conditions=@scimkit/source', '--import', 'tsx'],
  })
  const [message] = await once(child, 'message')
  port = message.port
  // What is compiled and cached with the first requests does not count as memory of a bomb.
  for (let n = 0; n < 20; n++)
    await send({ length: 'chunked', body: repeat(Buffer.from(user('x'.repeat(500_000))), 500_100) })
  await memory()
}, 60_000)

afterAll(() => {
  child.disconnect()
})

async function memory(): Promise<{ held: number; peak: number }> {
  child.send('memory')
  const [message] = await once(child, 'message')
  return message
}

interface Bomb {
  /** What the head says; `chunked` without, or with `framed` where the body has the marks of its chunks already. */
  readonly length: number | 'chunked' | 'framed'
  readonly body: Iterable<Uint8Array>
  readonly headers?: readonly string[]
}

/** Sends as long as the server takes it. */
function send({ length, body, headers = [] }: Bomb): Promise<{ status: number; text: string; sent: number }> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const framing = typeof length === 'string' ? 'transfer-encoding: chunked' : `content-length: ${length}`
    const lines = [
      'POST /scim/v2/Users HTTP/1.1',
      'host: localhost',
      'authorization: Bearer a-token-of-at-least-32-characters',
      'content-type: application/scim+json',
      framing,
      'connection: close',
      ...headers,
    ]
    let text = ''
    let open = true
    socket.setEncoding('utf8').on('data', (piece: string) => {
      text += piece
    })
    socket.on('error', () => undefined)
    const ended = new Promise<void>((end) => {
      socket.on('close', () => {
        open = false
        end()
      })
    })
    const write = async (): Promise<void> => {
      socket.write(`${lines.join('\r\n')}\r\n\r\n`)
      for (const piece of body) {
        if (!open || text !== '') break // a client that reads its answer stops sending
        if (length === 'chunked') socket.write(`${piece.byteLength.toString(16)}\r\n`)
        const taken = socket.write(piece)
        if (length === 'chunked') socket.write('\r\n')
        if (!taken) await Promise.race([once(socket, 'drain').catch(() => undefined), ended])
      }
      if (open && text === '' && length === 'chunked') socket.write('0\r\n\r\n')
      await ended
      resolve({ status: Number(/^HTTP\/1.1 (\d+)/.exec(text)?.[1]), text, sent: socket.bytesWritten })
    }
    void write()
  })
}

function user(title: string): string {
  return JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], title })
}

/** Gives a text again and again, up to a number of bytes. */
function* repeat(piece: Uint8Array, bytes: number): Generator<Uint8Array> {
  for (let given = 0; given < bytes; given += piece.byteLength) yield piece.subarray(0, bytes - given)
}

function* pieces(text: string, size: number): Generator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let start = 0; start < bytes.byteLength; start += size) yield bytes.subarray(start, start + size)
}

const spaces = new Uint8Array(65_536).fill(32)
const levels = '['.repeat(100_000) + ']'.repeat(100_000)
const objects = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`
const keys = `{${Array.from({ length: 110_000 }, (_, n) => `"${n.toString(36)}":1`).join()}}`
const manyKeys = `{${Array.from({ length: 1_000_000 }, (_, n) => `"k${n}":1`).join()}}`
const zipped = gzipSync(' '.repeat(50 * mebi))

const bombs: readonly { name: string; bomb: () => Bomb; status: number }[] = [
  { name: '100 MB', bomb: () => ({ length: 100 * mebi, body: repeat(spaces, 100 * mebi) }), status: 413 },
  { name: '100 MB in chunks', bomb: () => ({ length: 'chunked', body: repeat(spaces, 100 * mebi) }), status: 413 },
  {
    name: 'two million chunks of one byte',
    bomb: () => ({ length: 'framed', body: repeat(Buffer.from('1\r\n \r\n'.repeat(10_000)), 12_000_000) }),
    status: 413,
  },
  {
    name: 'a million keys',
    bomb: () => ({ length: manyKeys.length, body: pieces(manyKeys, 65_536) }),
    status: 413,
  },
  {
    name: '110,000 keys within the limit',
    bomb: () => ({ length: keys.length, body: pieces(keys, 65_536) }),
    status: 400,
  },
  { name: '100,000 lists', bomb: () => ({ length: levels.length, body: pieces(levels, 65_536) }), status: 400 },
  { name: '100,000 objects', bomb: () => ({ length: 'chunked', body: pieces(objects, 65_536) }), status: 400 },
  {
    name: 'a string as long as the limit',
    bomb: () => ({ length: 'chunked', body: pieces(user('x'.repeat(limit - 100)), 65_536) }),
    status: 400,
  },
  {
    name: 'a string of escapes',
    bomb: () => ({ length: 'chunked', body: pieces(`{"title":"${'\\u0041'.repeat(170_000)}"}`, 65_536) }),
    status: 400,
  },
  {
    name: 'a number of a million digits',
    bomb: () => ({ length: 'chunked', body: pieces(`{"title":${'9'.repeat(limit - 20)}}`, 65_536) }),
    status: 400,
  },
  {
    name: 'a key of a million letters',
    bomb: () => ({ length: 'chunked', body: pieces(`{"${'k'.repeat(limit - 20)}":1}`, 65_536) }),
    status: 400,
  },
  {
    name: '50 MB, compressed',
    bomb: () => ({ length: zipped.byteLength, body: [zipped], headers: ['content-encoding: gzip'] }),
    status: 415,
  },
]

describe('a body bomb', () => {
  it.each(bombs)(
    'of $name ends in $status, with no more memory than the limit explains',
    { timeout: 60_000 },
    async ({ bomb, status }) => {
      const before = await memory()
      const answer = await send(bomb())
      expect(answer.status).toBe(status)
      expect(JSON.parse(answer.text.slice(answer.text.indexOf('\r\n\r\n')))).toMatchObject({ status: String(status) })
      const after = await memory()
      expect(after.held - before.held).toBeLessThan(2 * limit)
      expect(after.peak - before.peak).toBeLessThan(40 * mebi)
    },
  )

  it('is at most the limit and what is on the way, however much would come', async () => {
    const { sent } = await send({ length: 'chunked', body: repeat(spaces, 100 * mebi) })
    expect(sent).toBeLessThan(limit + 20 * mebi)
  })

  it('of 64 clients at once holds 64 bodies at most', { timeout: 60_000 }, async () => {
    const before = await memory()
    const bomb = () => send({ length: 'chunked', body: repeat(spaces, 4 * mebi) })
    const answers = await Promise.all(Array.from({ length: 64 }, bomb))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([413]))
    const after = await memory()
    expect(after.held - before.held).toBeLessThan(2 * limit)
    expect(after.peak - before.peak).toBeLessThan(64 * 4 * limit)
  })
})
