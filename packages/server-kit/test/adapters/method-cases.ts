import { urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { createUser, newName, userText } from './make-requests.js'
import type { Adapter, Behind } from './start-adapters.js'

/**
 * What each method does, and what it is answered.
 *
 * @param adapter What answers.
 * @param behind Gives its running handler.
 */
export function methodCases(adapter: Adapter, behind: () => Behind): void {
  it('creates, reads, replaces, patches and deletes', async () => {
    const created = await createUser(behind())
    expect(created.status).toBe(201)
    const { id, meta, userName } = await created.json()
    expect(created.headers.get('location')).toBe(meta.location)
    expect([created.headers.get('etag'), meta.version]).toEqual(['W/"1"', 'W/"1"'])
    expect(new URL(meta.location).pathname).toBe(`${adapter.basePath}/Users/${id}`)
    const path = `/Users/${id}`
    const read = await behind().send(path)
    expect([read.status, read.headers.get('content-type')]).toEqual([200, 'application/scim+json'])
    const replaced = await behind().send(path, { method: 'PUT', body: userText(userName, { title: 'Dr' }) })
    expect(await replaced.json()).toMatchObject({ title: 'Dr' })
    const operations = { schemas: [urns.patchOp], Operations: [{ op: 'remove', path: 'title' }] }
    const patched = await behind().send(path, { method: 'PATCH', body: JSON.stringify(operations) })
    expect(await patched.json()).not.toHaveProperty('title')
    const deleted = await behind().send(path, { method: 'DELETE' })
    expect([deleted.status, await deleted.text()]).toEqual([204, ''])
    expect(['content-type', 'content-length'].map((name) => deleted.headers.get(name) ?? '0')).toEqual(['0', '0'])
    expect((await behind().send(path)).status).toBe(404)
  })

  it('answers the PATCH of a group with 204, its new version and no body', async () => {
    const { id: value } = await (await createUser(behind())).json()
    const group = JSON.stringify({ schemas: [urns.group], displayName: newName() })
    const { id } = await (await behind().send('/Groups', { method: 'POST', body: group })).json()
    const Operations = [{ op: 'add', path: 'members', value: [{ value }] }]
    const body = JSON.stringify({ schemas: [urns.patchOp], Operations })
    const patched = await behind().send(`/Groups/${id}`, { method: 'PATCH', body })
    expect([patched.status, patched.headers.get('etag'), await patched.text()]).toEqual([204, 'W/"2"', ''])
    const { members } = await (await behind().send(`/Groups/${id}`)).json()
    expect(new URL(members[0].$ref).pathname).toBe(`${adapter.basePath}/Users/${value}`)
  })

  it.each(['/Users', '/ServiceProviderConfig', '/Schemas'])('answers HEAD %s as GET, without a body', async (path) => {
    const [head, get] = [await behind().send(path, { method: 'HEAD' }), await behind().send(path)]
    expect([head.status, await head.text()]).toEqual([200, ''])
    for (const name of ['content-type', 'etag']) expect(head.headers.get(name)).toBe(get.headers.get(name))
    const { byteLength } = await get.arrayBuffer()
    expect(Number(head.headers.get('content-length'))).toBe(byteLength)
  })

  it('answers HEAD of a user with its version, and of none with 404', async () => {
    const { id } = await (await createUser(behind())).json()
    const head = await behind().send(`/Users/${id}`, { method: 'HEAD' })
    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, 'W/"1"', ''])
    const missing = await behind().send('/Users/none', { method: 'HEAD' })
    expect([missing.status, await missing.text()]).toEqual([404, ''])
  })

  const allowed = [
    { path: '/Users', allow: 'GET, HEAD, POST, OPTIONS' },
    { path: '/Users/1', allow: 'GET, HEAD, PUT, PATCH, DELETE, OPTIONS' },
    { path: '/ServiceProviderConfig', allow: 'GET, HEAD, OPTIONS' },
    { path: '/Bulk', allow: 'POST, OPTIONS' },
    { path: '/.search', allow: 'POST, OPTIONS' },
  ]
  it.each(allowed)('tells by OPTIONS what $path allows', async ({ path, allow }) => {
    const response = await behind().send(path, { method: 'OPTIONS' })
    expect([response.status, response.headers.get('allow'), await response.text()]).toEqual([204, allow, ''])
  })

  const wrong = [
    { method: 'DELETE', path: '/Users' },
    { method: 'PUT', path: '/Users' },
    { method: 'PATCH', path: '/Users' },
    { method: 'POST', path: '/Users/1' },
    { method: 'POST', path: '/Schemas' },
    { method: 'GET', path: '/Bulk' },
    { method: 'GET', path: '/.search' },
  ]
  it.each(wrong)('answers $method $path with 405 and what is allowed', async ({ method, path }) => {
    const response = await behind().send(path, { method })
    expect([response.status, (await response.json()).status]).toEqual([405, '405'])
    expect(response.headers.get('allow')).toContain('OPTIONS')
    expect(response.headers.get('allow')).not.toContain(`${method},`)
  })

  it('answers 501 for what it does not do', async () => {
    const response = await behind().send('/?cursor')
    expect([response.status, (await response.json()).status]).toEqual([501, '501'])
  })

  it('carries out a bulk request and a search', async () => {
    const [userName, schemas] = [newName(), [urns.bulkRequest]]
    const Operations = [{ method: 'POST', path: '/Users', bulkId: '1', data: JSON.parse(userText(userName)) }]
    const bulk = await behind().send('/Bulk', { method: 'POST', body: JSON.stringify({ schemas, Operations }) })
    const { Operations: outcomes } = await bulk.json()
    expect(outcomes).toMatchObject([{ status: '201', bulkId: '1' }])
    const search = { schemas: [urns.searchRequest], filter: `userName eq "${userName}"` }
    const found = await behind().send('/Users/.search', { method: 'POST', body: JSON.stringify(search) })
    expect((await found.json()).Resources[0].meta.location).toBe(outcomes[0].location)
  })
}
