import { urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { createGroup, createUser, type Host, patchOp, type StartHost } from './host.js'

/**
 * Entity tags and conditional requests.
 *
 * @param start Starts a service provider.
 */
export function versionRules(start: StartHost): void {
  it('ET-1, ET-2, ET-9: each change gives a new tag, equal to meta.version, in every answer', async () => {
    const host = await start({ now: () => new Date(0) })
    const { id } = await createUser(host, 'ada')
    const seen = new Set<string | null>()
    for (const title of ['a', 'b', 'c']) {
      const answer = await host.send('PATCH', `/Users/${id}`, {
        body: patchOp({ op: 'replace', path: 'title', value: title }),
      })
      const etag = answer.headers.get('etag')
      expect(answer.body.meta).toMatchObject({ version: etag })
      expect(etag).toMatch(/^W\/"/)
      seen.add(etag)
    }
    expect(seen.size).toBe(3)
    expect((await host.send('GET', `/Users/${id}`)).headers.get('etag')).toBe([...seen].at(-1))
  })

  it('a clock that goes back an hour takes no lastModified back, whatever writes', async () => {
    let now = Date.parse('2026-06-01T12:00:00.000Z')
    const host = await start({ now: () => new Date(now) })
    const [ada, bob] = [await createUser(host, 'ada'), await createUser(host, 'bob')]
    const group = await createGroup(host, 'g', [bob.id])
    const noon = { created: '2026-06-01T12:00:00.000Z', lastModified: '2026-06-01T12:00:00.000Z' }
    now -= 3_600_000
    const path = `/Groups/${group.id}`
    const member = { op: 'add', path: 'members', value: [{ value: ada.id }] }
    const name = { op: 'replace', path: 'displayName', value: 'h' }
    await host.send('PATCH', `/Users/${ada.id}`, { body: patchOp({ op: 'add', path: 'title', value: 'x' }) })
    await host.send('PUT', `/Users/${ada.id}`, { body: { schemas: [urns.user], userName: 'ada', title: 'y' } })
    const meta = async (of: string) => (await host.send('GET', of)).body.meta
    expect(await meta(`/Users/${ada.id}`)).toMatchObject({ ...noon, version: 'W/"3"' })
    await host.send('PATCH', path, { body: patchOp(member, name) })
    expect(await meta(path)).toMatchObject(noon)
    await host.send('PUT', path, { body: { schemas: [urns.group], displayName: 'i', members: [{ value: bob.id }] } })
    await host.send('DELETE', `/Users/${bob.id}`)
    expect(await meta(path)).toMatchObject(noon)
    now += 3_600_001
    await host.send('PATCH', `/Users/${ada.id}`, { body: patchOp({ op: 'add', path: 'title', value: 'z' }) })
    expect(await meta(`/Users/${ada.id}`)).toMatchObject({ lastModified: '2026-06-01T12:00:00.001Z' })
  })

  it.each(['W/"1"', '"1"', '*', 'W/"9", W/"1"', '"a","1"'])(
    'ET-3: If-None-Match %s of this version is 304 without body',
    async (tag) => {
      const host = await start()
      const { id } = await createUser(host, 'ada')
      const answer = await host.send('GET', `/Users/${id}?attributes=id`, { headers: { 'if-none-match': tag } })
      expect([answer.status, answer.text, answer.headers.get('etag')]).toEqual([304, '', 'W/"1"'])
    },
  )

  it.each(['W/"2"', '"0"', 'W/"11"', '1', 'W/1'])('ET-3: If-None-Match %s of another version is 200', async (tag) => {
    const host = await start()
    const { id } = await createUser(host, 'ada')
    expect((await host.send('GET', `/Users/${id}`, { headers: { 'if-none-match': tag } })).status).toBe(200)
  })

  const writes: readonly (readonly [
    string,
    (host: Host, id: string, headers: Record<string, string>) => ReturnType<Host['send']>,
  ])[] = [
    [
      'PUT',
      (host, id, headers) =>
        host.send('PUT', `/Users/${id}`, { body: { schemas: [urns.user], userName: 'x' }, headers }),
    ],
    [
      'PATCH',
      (host, id, headers) =>
        host.send('PATCH', `/Users/${id}`, { body: patchOp({ op: 'add', path: 'title', value: 'x' }), headers }),
    ],
    ['DELETE', (host, id, headers) => host.send('DELETE', `/Users/${id}`, { headers })],
  ]
  for (const [method, write] of writes) {
    it(`ET-4, ET-9: ${method} with another version is 412 with an Error, and changes nothing`, async () => {
      const host = await start()
      const user = await createUser(host, 'ada')
      for (const headers of [
        { 'if-match': 'W/"2"' },
        { 'if-match': '"x", "y"' },
        { 'if-match': '' },
        { 'if-none-match': '*' },
        { 'if-none-match': 'W/"1"' },
      ]) {
        const answer = await write(host, user.id, headers)
        expect(answer.body).toMatchObject({ schemas: [urns.error], status: '412', detail: expect.any(String) })
      }
      expect((await host.send('GET', `/Users/${user.id}`)).body).toEqual(user)
    })

    it.each(['W/"1"', '"1"', '*', '"x", W/"1"'])(`ET-4: ${method} with If-Match %s is done`, async (tag) => {
      const host = await start()
      const { id } = await createUser(host, 'ada')
      expect((await write(host, id, { 'if-match': tag })).status).toBeLessThan(300)
    })

    it(`ET-4: ${method} of nothing is 404 even with If-Match`, async () => {
      expect((await write(await start(), 'unknown', { 'if-match': '*' })).status).toBe(404)
    })
  }

  it('ET-7: a membership change is a new version of the group', async () => {
    const host = await start()
    const { id } = await createUser(host, 'ada')
    const group = await createGroup(host, 'Sales')
    const before = (await host.send('GET', `/Groups/${group.id}`)).headers.get('etag') ?? ''
    const add = { body: patchOp({ op: 'add', path: 'members', value: [{ value: id }] }) }
    const answer = await host.send('PATCH', `/Groups/${group.id}`, { ...add, headers: { 'if-match': before } })
    expect([answer.status, answer.headers.get('etag') === before]).toEqual([204, false])
    expect((await host.send('GET', `/Groups/${group.id}`)).headers.get('etag')).toBe(answer.headers.get('etag'))
    expect((await host.send('PATCH', `/Groups/${group.id}`, { ...add, headers: { 'if-match': before } })).status).toBe(
      412,
    )
    const again = await host.send('PATCH', `/Groups/${group.id}`, add)
    expect(again.headers.get('etag')).toBe(answer.headers.get('etag'))
  })

  it('ET-8: a list has no tag, its resources have', async () => {
    const host = await start()
    await createUser(host, 'ada')
    const answer = await host.send('GET', '/Users')
    expect(answer.headers.get('etag')).toBeNull()
    expect(answer.body.Resources).toMatchObject([{ meta: { version: 'W/"1"' } }])
  })
}
