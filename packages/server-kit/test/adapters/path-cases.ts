import { expect, it } from 'vitest'
import { createUser, newName } from './make-requests.js'
import type { Adapter, Behind } from './start-adapters.js'

/**
 * Where requests lead: base path, slashes, percent-encoding, queries, ids.
 *
 * @param adapter What answers.
 * @param behind Gives its running handler.
 */
export function pathCases(adapter: Adapter, behind: () => Behind): void {
  const listPaths = ['/Users', '/Users/', '/%55sers', '/v2/Users', '/Users?count=1', '/Users?', '/Users?unknown=1&&=']
  it.each(listPaths)('%s lists users', async (path) => {
    await createUser(behind())
    const response = await behind().send(path)
    expect(response.status).toBe(200)
    expect((await response.json()).totalResults).toBeGreaterThan(0)
  })

  const names: readonly (readonly [string, (text: string) => string])[] = [
    ['a b', encodeURIComponent],
    ['a b', (text) => encodeURIComponent(text).replaceAll('%20', '+')],
    ['a+b', encodeURIComponent],
    ['a&b=c', encodeURIComponent],
    ['100%', encodeURIComponent],
    ['#1?', encodeURIComponent],
    ['a/b', encodeURIComponent],
    ['a/b', (text) => encodeURIComponent(text).replaceAll('%2F', '/')],
    ["it's", encodeURIComponent],
    ['Ådå Λόβελεϊς 🦊', encodeURIComponent],
    ['lower', (text) => encodeURIComponent(text).toLowerCase()],
    ['every letter', (text) => Array.from(text, (letter) => `%${letter.charCodeAt(0).toString(16)}`).join('')],
  ]
  it.each(names)('finds %j by a filter in the query (%#)', async (text, encode) => {
    const userName = `${newName()} ${text}`
    await createUser(behind(), userName)
    const found = await behind().send(`/Users?filter=${encode(`userName eq "${userName}"`)}`)
    expect(await found.json()).toMatchObject({ totalResults: 1, Resources: [{ userName }] })
  })

  const ids = ['Ünï çødé', '🦊', 'a?b#c', '100%', 'a+b', "it's", '~tilde', '.well-known', '%41', 'x'.repeat(300)]
  it.each(ids)('leads to the id %s and back', async (id) => {
    behind().ids.push(id)
    const { meta } = await (await createUser(behind())).json()
    const { pathname, search, hash } = new URL(meta.location)
    expect([pathname.startsWith(`${adapter.basePath}/Users/`), search, hash]).toEqual([true, '', ''])
    const response = await behind().send(pathname.slice(adapter.basePath.length))
    expect(await response.json()).toMatchObject({ id, meta: { location: meta.location } })
    const deleted = await behind().send(pathname.slice(adapter.basePath.length), { method: 'DELETE' })
    expect(deleted.status).toBe(204)
  })

  const refusals = [
    { path: '/Nothing', status: 404 },
    { path: '/users', status: 404 },
    { path: '/Users/%2e%2e%2fGroups', status: 404 },
    { path: '/Users/a%2Fb', status: 404 },
    { path: '/Users/a/b', status: 404 },
    { path: '/Users/none', status: 404 },
    { path: `/Users/${'x'.repeat(400)}`, status: 404 },
    { path: '/Users/%00', status: 404 },
    { path: '/v3/Users', status: 400 },
    { path: '/Users?filter=%zz', status: 400 },
    { path: '/Users?count=many', status: 400 },
    { path: '/Users/%zz', status: 400 },
    { path: '/Users/%ff', status: 400 },
  ]
  // The routers of Fastify and Hono look at percent-encoding themselves.
  const reached = refusals.filter(({ path }) => !adapter.name.startsWith('Fastify') || !/s\/%(zz|ff)/.test(path))
  it.each(reached)('$path is answered by a SCIM error $status', async ({ path, status }) => {
    const response = await behind().send(path)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/scim+json')
    expect(await response.json()).toMatchObject({ status: String(status), detail: expect.any(String) })
  })

  it.each(['/Users//', '//Users'])('doubledSlashes: %s is read as /Users', async (path) => {
    const response = await behind().send(path)
    expect([response.status, (await response.json()).totalResults]).toEqual([200, expect.any(Number)])
  })

  it('leaves nothing of another path to the service root', async () => {
    const response = await behind().send('/Users/../Groups')
    expect(await response.json()).toMatchObject({ totalResults: expect.any(Number) })
  })
}
