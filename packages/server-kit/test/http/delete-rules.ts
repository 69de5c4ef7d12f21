import { expect, it } from 'vitest'
import { createGroup, createUser, filtered, type StartHost } from './host.js'

/**
 * `DELETE` of a resource.
 *
 * @param start Starts a service provider.
 */
export function deleteRules(start: StartHost): void {
  it('DE-1: 204 without a body; afterwards every operation is 404 and no query finds it', async () => {
    const host = await start()
    const { id } = await createUser(host, 'ada')
    const answer = await host.send('DELETE', `/Users/${id}`)
    expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([204, '', null])
    for (const method of ['GET', 'DELETE']) expect((await host.send(method, `/Users/${id}`)).status).toBe(404)
    const body = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'ada' }
    expect((await host.send('PUT', `/Users/${id}`, { body })).status).toBe(404)
    expect((await host.send('GET', `/Users${filtered('userName eq "ada"')}`)).body.totalResults).toBe(0)
  })

  it('DE-2, UQ-4: a deleted name is free', async () => {
    const host = await start()
    const { id } = await createUser(host, 'ada')
    await host.send('DELETE', `/Users/${id}`)
    expect((await createUser(host, 'ada')).id).not.toBe(id)
  })

  it('DE-3: a stale If-Match is 412 and deletes nothing', async () => {
    const host = await start()
    const { id } = await createUser(host, 'ada')
    expect((await host.send('DELETE', `/Users/${id}`, { headers: { 'if-match': 'W/"9"' } })).status).toBe(412)
    expect((await host.send('DELETE', `/Users/${id}`, { headers: { 'if-match': 'W/"1"' } })).status).toBe(204)
  })

  it('DE-4: a deleted user leaves its groups, which get new versions', async () => {
    const host = await start()
    const ada = await createUser(host, 'ada')
    const grace = await createUser(host, 'grace')
    const group = await createGroup(host, 'Sales', [ada.id, grace.id])
    const before = await host.send('GET', `/Groups/${group.id}`)
    await host.send('DELETE', `/Users/${ada.id}`)
    const after = await host.send('GET', `/Groups/${group.id}`)
    expect(after.body.members).toMatchObject([{ value: grace.id }])
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'))
  })

  it('DE-4: a deleted group is no longer a group of its members', async () => {
    const host = await start()
    const ada = await createUser(host, 'ada')
    const inner = await createGroup(host, 'Inner', [ada.id])
    const outer = await createGroup(host, 'Outer', [inner.id])
    await host.send('DELETE', `/Groups/${inner.id}`)
    expect((await host.send('GET', `/Users/${ada.id}`)).body).not.toHaveProperty('groups')
    expect((await host.send('GET', `/Groups/${outer.id}`)).body).not.toHaveProperty('members')
  })
}
