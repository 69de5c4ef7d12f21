import { groupResource, urns } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import type { StoreContext, TenantId } from '../../src/store/store-context.js'
import { createUser, newName, userText } from './make-requests.js'
import { type Adapter, type Behind, token } from './start-adapters.js'

const total = 25_000

/**
 * What answers carry: versions, conditions, credentials, sizes.
 *
 * @param adapter What answers.
 * @param behind Gives its running handler.
 */
export function answerCases(adapter: Adapter, behind: () => Behind): void {
  describe('a request with a condition', () => {
    const conditions = [
      { method: 'GET', header: 'if-none-match', value: 'W/"1"', status: 304 },
      { method: 'HEAD', header: 'if-none-match', value: 'W/"1"', status: 304 },
      { method: 'GET', header: 'if-none-match', value: '"7", W/"1"', status: 304 },
      { method: 'GET', header: 'if-none-match', value: '*', status: 304 },
      { method: 'GET', header: 'if-none-match', value: 'W/"2"', status: 200 },
      { method: 'DELETE', header: 'if-match', value: 'W/"9"', status: 412 },
      { method: 'PUT', header: 'if-match', value: 'W/"9"', status: 412 },
      { method: 'PUT', header: 'if-match', value: 'W/"1"', status: 200 },
      { method: 'DELETE', header: 'If-Match', value: '*', status: 204 },
    ]
    it.each(conditions)(
      '$method with $header $value is answered $status',
      async ({ method, header, value, status }) => {
        const { id, userName } = await (await createUser(behind())).json()
        const body = method === 'PUT' ? { body: userText(userName, { title: 'Dr' }) } : {}
        const response = await behind().send(`/Users/${id}`, { method, headers: { [header]: value }, ...body })
        expect(response.status).toBe(status)
        const text = await response.text()
        if (status === 304) expect([text, response.headers.get('etag')]).toEqual(['', 'W/"1"'])
      },
    )
  })

  describe('a request without valid credentials', () => {
    const wrong = ['Bearer wrong', 'Bearer', '', 'Basic YTpi', `Bearer ${token}, Bearer ${token}`, `bearer${token}`]
    it.each(wrong)('%j is answered 401 with the challenge', async (authorization) => {
      const response = await behind().send('/Users', { headers: { authorization } })
      expect([response.status, (await response.json()).status]).toEqual([401, '401'])
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/)
    })

    it('is answered so before its body is looked at', async () => {
      const headers = { authorization: 'Bearer wrong', 'content-type': 'text/plain' }
      expect((await behind().send('/Nothing', { method: 'POST', body: 'no JSON', headers })).status).toBe(401)
    })

    it('reads what is open to all', async () => {
      const response = await behind().send('/ServiceProviderConfig', { headers: { authorization: 'none' } })
      expect(response.status).toBe(200)
      expect((await response.json()).meta.location).toContain(`${adapter.basePath}/ServiceProviderConfig`)
    })
  })

  describe('every answer may neither be stored nor be taken for another type', () => {
    const requests = [
      { method: 'GET', path: '/Users', status: 200 },
      { method: 'HEAD', path: '/Users', status: 200 },
      { method: 'GET', path: '/ServiceProviderConfig', status: 200 },
      { method: 'GET', path: '/Schemas', status: 200 },
      { method: 'GET', path: '/ResourceTypes/User', status: 200 },
      { method: 'GET', path: '/Users?filter=no', status: 400 },
      { method: 'GET', path: '/Users', status: 401, headers: { authorization: 'Bearer wrong' } },
      { method: 'GET', path: '/Nothing', status: 404 },
      { method: 'DELETE', path: '/Users', status: 405 },
      { method: 'POST', path: '/Users', status: 400, body: '{' },
      { method: 'POST', path: '/Users', status: 413, body: ' '.repeat(20_000) },
      { method: 'POST', path: '/Users', status: 415, body: '<a/>', headers: { 'content-type': 'text/xml' } },
      { method: 'POST', path: '/Me', status: 501, body: '{}' },
      {
        method: 'POST',
        path: '/Bulk',
        status: 200,
        body: JSON.stringify({ schemas: [urns.bulkRequest], Operations: [{ method: 'DELETE', path: '/Users/none' }] }),
      },
    ]
    const plain = (status: number) => !(adapter.parsed && [400, 413, 415].includes(status)) // its parser answers those itself
    it.each(requests.filter(({ status, body }) => body === undefined || plain(status)))(
      '$status to $method $path',
      async ({ path, status, ...init }) => {
        const response = await behind().send(path, init)
        expect(response.status).toBe(status)
        expectGuarded(response)
      },
    )

    it.each(['OPTIONS', 'PUT', 'PATCH', 'DELETE', 'If-None-Match'])('as one to a resource: %s', async (method) => {
      const created = await createUser(behind())
      expectGuarded(created)
      const { id, userName } = await created.json()
      const body = method === 'PUT' ? userText(userName) : '{}'
      const init = method === 'If-None-Match' ? { headers: { 'if-none-match': '*' } } : { method }
      const response = await behind().send(`/Users/${id}`, /^P/.test(method) ? { method, body } : init)
      expectGuarded(response)
    })

    function expectGuarded({ headers }: Response): void {
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('strict-transport-security')).toBeNull()
    }
  })

  it('gives every request an id of its own', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => behind().send('/Users/none')))
    expect(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size).toBe(20)
  })

  it('answers many requests at once, each with its own resource', async () => {
    const names = Array.from({ length: 40 }, newName)
    const created = await Promise.all(names.map(async (name) => (await createUser(behind(), name)).json()))
    const read = await Promise.all(created.map(async ({ id }) => (await behind().send(`/Users/${id}`)).json()))
    expect(read.map(({ userName }) => userName)).toEqual(names)
  })

  it('answers one of many writers of one name with 201, the others with 409', async () => {
    const name = newName()
    const answers = await Promise.all(Array.from({ length: 16 }, () => createUser(behind(), name)))
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([201, ...Array.from({ length: 15 }, () => 409)])
  })

  it('carries out parameters of projection', async () => {
    const { id, userName } = await (await createUser(behind())).json()
    const response = await behind().send(`/Users/${id}?attributes=userName`)
    expect(await response.json()).toEqual({ schemas: [urns.user], id, userName })
  })

  it('sends a large answer to a slow reader, whole', async () => {
    const now = '2026-01-01T00:00:00.000Z'
    const context: StoreContext = {
      tenantId: 'default' as TenantId, // as the handler brands it
      resourceType: 'Group',
      principal: { subject: 'test' },
      requestId: '1',
      signal: new AbortController().signal,
    }
    const id = crypto.randomUUID()
    const meta = { resourceType: 'Group', created: now, lastModified: now, version: '1' }
    const { store } = behind()
    await store.create(context, { schemas: [groupResource.schema.id], id, displayName: 'All', meta })
    const members = Array.from({ length: total }, (_, n) => ({ value: `m${n}`, type: 'User' }))
    await store.members?.add(context, id, members, { now })
    const response = await behind().send(`/Groups/${id}`)
    const decoder = new TextDecoder()
    let text = ''
    let chunks = 0
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      if (++chunks % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    }
    expect(new Set(JSON.parse(text).members.map(({ value }: { value: string }) => value)).size).toBe(total)
    await store.delete(context, (await store.get(context, id)) ?? { id, schemas: [], meta })
  })
}
