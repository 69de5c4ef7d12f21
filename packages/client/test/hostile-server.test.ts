import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect, promisify } from 'node:util'
import { userResource } from '@scimkit/core/schema'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearer, createScimClient, type ScimClient } from '../src/index.js'
import { behaviours, type HostileServer, startHostileServer } from './hostile-server.js'
import { collect } from './scripted-fetch.js'

const token = 'secret/token+of=the~client'
type Scim = ScimClient<{ users: typeof userResource }>

let server: HostileServer
beforeAll(async () => {
  server = await startHostileServer()
})
afterAll(() => server.close())

const get = (scim: Scim): Promise<unknown> => scim.users.get('1')
const create = (scim: Scim): Promise<unknown> => scim.users.create({ userName: 'ada' })
const remove = (scim: Scim): Promise<unknown> => scim.users.delete('1')
const change = (scim: Scim): Promise<unknown> => scim.users.patch('1', (p) => p.replace('active', false))
const all = (scim: Scim): Promise<unknown> => collect(scim.users.list())

const network = { name: 'ScimTransportError', reason: 'network' }
const timeout = { name: 'ScimTransportError', reason: 'timeout' }
const invalid = { name: 'ScimTransportError', reason: 'invalid-response' }
const answered = (status: number) => ({ name: 'ScimResponseError', status })
const paging = (reason: string) => ({ name: 'ScimPagingError', reason })

const table: readonly { name: string; call: (scim: Scim) => Promise<unknown>; want: object }[] = [
  { name: 'body without end', call: get, want: { ...invalid, outcome: 'not-applied' } },
  { name: 'body without end', call: create, want: { ...invalid, outcome: 'unknown' } },
  { name: 'body of ten gigabytes announced', call: get, want: invalid },
  { name: 'gzip bomb', call: get, want: invalid },
  { name: 'error body without end', call: get, want: invalid },
  { name: 'body drop by drop', call: get, want: { ...timeout, outcome: 'not-applied' } },
  { name: 'body drop by drop', call: change, want: { ...timeout, outcome: 'unknown' } },
  // Which of the two limits comes first, that of time or that of size, is the machine's to say.
  {
    name: 'body in crumbs',
    call: get,
    want: { ...timeout, reason: expect.stringMatching(/^(timeout|invalid-response)$/) },
  },
  { name: 'no answer', call: get, want: timeout },
  { name: 'no answer', call: create, want: { ...timeout, outcome: 'unknown' } },
  { name: 'head without end', call: get, want: timeout },
  { name: 'head of a megabyte', call: get, want: network },
  { name: 'no HTTP', call: get, want: network },
  { name: 'reset before the head', call: get, want: { ...network, outcome: 'not-applied' } },
  { name: 'reset before the head', call: remove, want: { ...network, outcome: 'unknown' } },
  { name: 'reset in the body', call: get, want: network },
  { name: 'connection closed in the body', call: get, want: network },
  { name: 'JSON cut off', call: get, want: invalid },
  { name: 'JSON cut off', call: create, want: { ...invalid, outcome: 'unknown' } },
  { name: 'HTML with 200', call: get, want: invalid },
  { name: 'HTML with 200', call: create, want: { ...invalid, outcome: 'unknown' } },
  { name: 'HTML with 500', call: get, want: answered(500) },
  { name: 'no UTF-8', call: get, want: invalid },
  { name: 'nothing with 200', call: get, want: invalid },
  { name: 'nothing with 204', call: get, want: invalid },
  { name: 'nothing with 204', call: create, want: { ...invalid, outcome: 'unknown' } },
  { name: 'null', call: get, want: invalid },
  { name: 'list for a GET', call: get, want: invalid },
  { name: 'error with 200', call: get, want: invalid },
  { name: 'error with 200', call: create, want: { ...invalid, outcome: 'unknown' } },
  { name: 'another id', call: get, want: invalid },
  { name: 'another id', call: change, want: { ...invalid, outcome: 'unknown' } },
  { name: 'no id', call: get, want: invalid },
  { name: 'nested a hundred thousand deep', call: get, want: answered(400) },
  { name: 'redirection to another origin', call: get, want: invalid },
  { name: 'redirection to another origin', call: create, want: { ...invalid, outcome: 'not-applied' } },
  { name: 'permanent redirection to another origin', call: all, want: invalid },
  { name: 'redirection to another scheme', call: get, want: invalid },
  { name: 'redirection in a circle', call: get, want: invalid },
  { name: 'redirection by 302', call: get, want: invalid },
  { name: 'redirection by 303', call: create, want: { ...invalid, outcome: 'unknown' } },
  { name: 'redirection without a place', call: get, want: invalid },
  { name: 'Retry-After of thirty years', call: get, want: answered(429) },
  { name: 'Retry-After that is not a time', call: get, want: { id: '1' } },
  { name: '429 without end', call: create, want: answered(429) },
  { name: '401 without end', call: get, want: answered(401) },
  { name: 'token echoed', call: get, want: { ...answered(400), requestId: 'r1' } },
  { name: 'token echoed in HTML', call: get, want: answered(403) },
  { name: 'token echoed in JSON cut off', call: get, want: invalid },
  { name: 'Location at another origin', call: create, want: { id: '1' } },
  { name: 'pages without end', call: all, want: paging('endless') },
  { name: 'total that runs ahead', call: all, want: paging('endless') },
  { name: 'total that runs ahead of a cursor', call: all, want: paging('endless') },
  { name: 'empty pages without end', call: all, want: paging('endless') },
  { name: 'cursor loop', call: all, want: paging('endless') },
  { name: 'same page forever', call: all, want: paging('duplicate') },
  { name: 'total too high', call: all, want: paging('total') },
  { name: 'page of strangers', call: all, want: invalid },
  { name: 'page that is not a list', call: all, want: invalid },
  { name: 'cursor that always expires', call: all, want: { ...answered(400), scimType: 'expiredCursor' } },
  { name: 'prototype in the body', call: get, want: { id: '1' } },
]

describe('a hostile server', () => {
  test('has a test for each behaviour', () => {
    expect(new Set(table.map(({ name }) => name))).toEqual(new Set(Object.keys(behaviours)))
  })

  test.each(table)('$name: a typed error or the right result, and the token stays', async ({ name, call, want }) => {
    const scim = createScimClient({
      baseUrl: server.urlOf(name),
      authenticate: bearer(() => token),
      resources: { users: userResource },
      timeout: 1000,
      budget: 5000,
      retries: 1,
      maxBodyBytes: 1_000_000,
    })
    const got = await call(scim).catch((error: unknown) => error)
    expect(got).toMatchObject(want)
    const shown = `${inspect(got, { depth: 10, getters: true })} ${JSON.stringify(got)} ${got instanceof Error ? got.stack : ''}`
    expect(shown).not.toContain(token)
    expect(shown).not.toContain(encodeURIComponent(token))
    expect(server.strayed).toEqual([])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  const large = ['body without end', 'body of ten gigabytes announced', 'gzip bomb', 'error body without end']
  test.each(large)('%s costs no more memory than maxBodyBytes allows', async (name) => {
    const directory = await mkdtemp(join(tmpdir(), 'scim-client-'))
    const outfile = join(directory, 'read-endless-body.mjs')
    const entry = join(import.meta.dirname, 'read-endless-body.ts')
    const conditions = ['@scimkit/source']
    await build({ entryPoints: [entry], outfile, bundle: true, format: 'esm', platform: 'node', conditions })
    const { stdout } = await promisify(execFile)(process.execPath, [outfile, server.urlOf(name)])
    await rm(directory, { recursive: true })
    const { reason, megabytes } = JSON.parse(stdout) as { reason: string; megabytes: number } // what the script prints
    expect(reason).toBe('invalid-response')
    expect(megabytes).toBeLessThan(200)
  })

  test('a write in doubt is never sent twice without a look', () => {
    for (const [name, requests] of server.requests) {
      if (/^4\d\d/.test(name)) continue // a refusal leaves no doubt
      requests.forEach((request, at) => {
        if (request.startsWith('POST') && at > 0) expect(requests[at - 1]).not.toBe(request)
      })
    }
  })
})
