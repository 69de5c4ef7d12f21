import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { groupResource, userResource } from '@scimkit/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createScimHandler, memoryStore, mount, type ResourceStore, type ScimHandler } from '../src/index.js'
import { toNodeListener } from '../src/node.js'
import type { StoreContext, TenantId } from '../src/store/store-context.js'

const total = 12_345
const now = '2026-01-01T00:00:00.000Z'
const closing: (() => Promise<void>)[] = []

let pagesRead: number
let failAt: number
/** Whether the store's list never comes to an end, so that only a client's leaving can. */
let endless: boolean
let failures: unknown[]
let handler: ScimHandler

beforeEach(async () => {
  pagesRead = 0
  failAt = Number.POSITIVE_INFINITY
  endless = false
  failures = []
  const store = memoryStore()
  handler = createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(userResource, store), mount(groupResource, countPages(store))],
    authenticate: () => ({ subject: 'test' }),
    onError: (error) => failures.push(error),
  })
  await fill(store, 'large', total)
  await fill(store, 'small', 3)
  await fill(store, 'empty', 0)
})

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** The store itself, with an eye on how much of it is read. */
function countPages(store: ResourceStore): ResourceStore {
  const { members } = store
  if (!members) throw new Error('the memory store keeps members')
  return {
    ...store,
    members: {
      ...members,
      page: async (context, groupId, page) => {
        if (++pagesRead >= failAt) throw new Error('the disk is gone')
        return members.page(context, groupId, endless ? { ...page, after: undefined } : page)
      },
    },
  }
}

async function fill(store: ResourceStore, id: string, members: number): Promise<void> {
  const context: StoreContext = {
    tenantId: 'default' as TenantId, // as the handler brands it
    resourceType: 'Group',
    principal: { subject: 'test' },
    requestId: '1',
    signal: new AbortController().signal,
  }
  const meta = { resourceType: 'Group', created: now, lastModified: now, version: '1' }
  await store.create(context, { schemas: [groupResource.schema.id], id, displayName: `Group "${id}"`, meta })
  const list = Array.from({ length: members }, (_, n) => memberOf(n))
  if (members > 0) await store.members?.add(context, id, list, { now })
}

/** Names that need escaping in JSON, and ids that need it in a URL, are among them. */
function memberOf(n: number): { value: string; type: string; display?: string } {
  const value = n % 5 === 0 ? `ä/${String(n).padStart(6, '0')}` : `user-${String(n).padStart(6, '0')}`
  const display = [undefined, 'Ada King', 'a "quoted"\\ \n name', '🦊 \ud800', '\u2028'][n % 4]
  return { value, type: n % 7 === 0 ? 'Group' : 'User', ...(display === undefined ? {} : { display }) }
}

function wanted(origin: string, n: number): object {
  const { value, type, display } = memberOf(n)
  const $ref = `${origin}/scim/v2/${type}s/${encodeURIComponent(value)}`
  return { value, $ref, type, ...(display === undefined ? {} : { display }) }
}

function allWanted(origin: string): object[] {
  const elements = Array.from({ length: total }, (_, n) => wanted(origin, n) as { value: string }) // as made above
  return elements.sort((left, right) => (left.value < right.value ? -1 : 1))
}

function fetchHere(path: string, init?: RequestInit): Promise<Response> {
  return handler.fetch(new Request(`http://localhost/scim/v2${path}`, init))
}

async function listen(): Promise<string> {
  const server = createServer(toNodeListener(handler))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(() => resolve()))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}` // a TCP server has one
}

/** The text of JSON.parse without what UTF-8 cannot carry. */
function throughUtf8<T>(value: T): T {
  return JSON.parse(new TextDecoder().decode(new TextEncoder().encode(JSON.stringify(value))))
}

describe('while long lists are read', () => {
  it.each([1, 8])('the event loop turns at least once for each page of %i readers', async (readers) => {
    let turns = 0
    let done = false
    const turn = () => {
      turns++
      if (!done) setImmediate(turn)
    }
    setImmediate(turn)
    await Promise.all(Array.from({ length: readers }, async () => (await fetchHere('/Groups/large')).text()))
    done = true
    expect(pagesRead).toBe(readers * (Math.ceil(total / 1_000) + 1))
    expect(turns).toBeGreaterThanOrEqual(readers * Math.floor(total / 1_000))
  })
})

describe('a group with more members than one page', () => {
  it('is answered whole through fetch, each member once', async () => {
    const response = await fetchHere('/Groups/large')
    expect(response.headers.get('etag')).toBe('W/"2"')
    expect(response.headers.get('content-length')).toBeNull()
    const { members, ...group } = await response.json()
    expect(group).toMatchObject({ id: 'large', displayName: 'Group "large"', meta: { version: 'W/"2"' } })
    expect(members).toEqual(throughUtf8(allWanted('http://localhost')))
    expect(pagesRead).toBe(Math.ceil(total / 1_000) + 1)
  })

  it('is answered whole through Node, each member once', async () => {
    const origin = await listen()
    const response = await fetch(`${origin}/scim/v2/Groups/large`)
    expect([response.status, response.headers.get('transfer-encoding')]).toEqual([200, 'chunked'])
    expect((await response.json()).members).toEqual(throughUtf8(allWanted(origin)))
  })

  it('is answered whole by a handler that is wrapped', async () => {
    const inner = handler
    handler = { fetch: (request) => inner.fetch(request) }
    const origin = await listen()
    expect((await (await fetch(`${origin}/scim/v2/Groups/large`)).json()).members).toHaveLength(total)
  })

  const projections = [
    { query: 'attributes=members.value', keys: ['value'] },
    { query: 'attributes=members.$ref,members.display', keys: ['$ref', 'display'] },
    { query: 'attributes=members.type', keys: ['type'] },
    { query: 'attributes=MEMBERS', keys: ['value', '$ref', 'type', 'display'] },
    { query: 'excludedAttributes=members.display,members.$ref', keys: ['value', 'type'] },
  ]
  it.each(projections)('carries of each member what $query asks for', async ({ query, keys }) => {
    const { members } = await (await fetchHere(`/Groups/large?${query}`)).json()
    const want = allWanted('http://localhost').map((element) =>
      Object.fromEntries(Object.entries(element).filter(([key]) => keys.includes(key))),
    )
    expect(members).toEqual(throughUtf8(want))
  })

  it.each([
    ['HEAD', '', 1],
    ['GET', '?excludedAttributes=members', 0],
    ['GET', '?attributes=displayName', 0],
  ])('%s%s reads no more than it needs', async (method, query, pages) => {
    const response = await fetchHere(`/Groups/large${query}`, { method })
    expect(response.status).toBe(200)
    expect(response.headers.get('etag')).toBe('W/"2"')
    expect(await response.text()).not.toContain('members')
    expect(pagesRead).toBe(pages)
  })

  it('is answered 304 without being read', async () => {
    const response = await fetchHere('/Groups/large', { headers: { 'if-none-match': 'W/"2"' } })
    expect([response.status, pagesRead]).toEqual([304, 0])
  })

  it('is part of lists, of pages by cursor, of searches and of queries over all types', async () => {
    const search = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], startIndex: 1 }
    const init = { method: 'POST', body: JSON.stringify(search), headers: { 'content-type': 'application/scim+json' } }
    for (const response of [
      await fetchHere('/Groups'),
      await fetchHere('/Groups?cursor'),
      await fetchHere('/Groups/.search', init),
      await fetchHere('/'),
    ]) {
      const { Resources, itemsPerPage } = await response.json()
      expect(itemsPerPage).toBe(3)
      const sizes = Resources.map(({ id, members }: { id: string; members?: object[] }) => [id, members?.length])
      expect(Object.fromEntries(sizes)).toEqual({ large: total, small: 3, empty: undefined })
    }
  })

  it('is answered by PUT and PATCH too', async () => {
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp']
    const body = JSON.stringify({ schemas, Operations: [{ op: 'replace', path: 'displayName', value: 'New' }] })
    const headers = { 'content-type': 'application/scim+json' }
    const response = await fetchHere('/Groups/large?attributes=members.value', { method: 'PATCH', body, headers })
    expect((await response.json()).members).toHaveLength(total)
  })
})

it('answers a small group in one piece, with its length', async () => {
  const origin = await listen()
  const response = await fetch(`${origin}/scim/v2/Groups/small`)
  expect(Number(response.headers.get('content-length'))).toBeGreaterThan(0)
  expect((await response.json()).members).toHaveLength(3)
  expect(await (await fetch(`${origin}/scim/v2/Groups/empty`)).json()).not.toHaveProperty('members')
})

describe('a store that fails in the middle', () => {
  it('breaks off what fetch gives, and the application is told', async () => {
    failAt = 5
    const response = await fetchHere('/Groups/large')
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow()
    expect(failures).toEqual([new Error('the disk is gone')])
  })

  it('breaks the connection, so that no client takes the part for the whole', async () => {
    failAt = 5
    const { text, ended } = await readRaw(`${await listen()}/scim/v2/Groups/large`)
    expect(ended).toBe(false)
    expect(text).toContain('user-000001')
    expect(() => JSON.parse(text)).toThrow(SyntaxError)
    expect(failures).toHaveLength(1)
  })

  it('is a 500 as long as nothing was sent', async () => {
    failAt = 1
    expect((await fetchHere('/Groups/large')).status).toBe(500)
    expect(failures).toHaveLength(1)
  })
})

/** What came, and whether it came to its end. */
function readRaw(url: string): Promise<{ text: string; ended: boolean }> {
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece
      })
      response.on('error', () => undefined).on('close', () => resolve({ text, ended: response.complete }))
    }).on('error', reject)
  })
}

describe('a client that goes away', () => {
  it('stops the reading through fetch', async () => {
    const reader = (await fetchHere('/Groups/large')).body?.getReader()
    await reader?.read()
    await reader?.read()
    await reader?.cancel()
    expect(pagesRead).toBeLessThan(4)
  })

  it('stops the reading when the request is aborted and no one cancels the body', async () => {
    const leaving = new AbortController()
    const response = await fetchHere('/Groups/large', { signal: leaving.signal })
    const reader = response.body?.getReader()
    await reader?.read()
    leaving.abort()
    await expect(reader?.read()).rejects.toThrow()
    expect([pagesRead, failures]).toEqual([1, []])
  })

  it('stops the reading through Node', async () => {
    endless = true
    failAt = 1_000
    const url = `${await listen()}/scim/v2/Groups/large`
    const response = await new Promise<IncomingMessage>((resolve, reject) => get(url, resolve).on('error', reject))
    const whileNoneIsRead = await settledPages()
    response.on('error', () => undefined).destroy()
    await new Promise((resolve) => response.once('close', resolve))
    expect(await settledPages()).toBeLessThanOrEqual(whileNoneIsRead + 1)
    expect(failures).toEqual([])
  })
})

/** What the sockets hold is read ahead; then the reading waits for the client. */
async function settledPages(): Promise<number> {
  for (let before = -1; before !== pagesRead; ) {
    before = pagesRead
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return pagesRead
}
