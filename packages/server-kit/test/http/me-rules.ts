import { urns, userResource } from '@scimkit/core'
import { expect, it } from 'vitest'
import { bearer, createScimClient } from '../../../client/src/index.js'
import type { Principal } from '../../src/index.js'
import { createGroup, createUser, type Host, patchOp, type StartHost } from './host.js'

/** Starts a service provider whose caller is a user who may manage all others. */
async function startAs(
  start: StartHost,
): Promise<{ host: Host; principal: { -readonly [K in keyof Principal]: Principal[K] } }> {
  const principal: { -readonly [K in keyof Principal]: Principal[K] } = { subject: 'ada', scopes: ['scim'] }
  return { host: await start({ authenticate: () => ({ ...principal }) }), principal }
}

/**
 * `/Me`, the resource of the caller.
 *
 * @param start Starts a service provider.
 */
export function meRules(start: StartHost): void {
  it('ME-1: without a user for the credentials /Me is 501', async () => {
    const host = await start()
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'POST']) {
      const body = method === 'GET' || method === 'DELETE' ? undefined : { schemas: [urns.user], userName: 'a' }
      expect([method, (await host.send(method, '/Me', { body })).status]).toEqual([method, 501])
    }
    expect((await host.send('GET', '/Me/1')).status).toBe(404)
  })

  it('ME-2: a caller whose user does not exist, or in another tenant alone, is answered 404', async () => {
    const { host, principal } = await startAs(start)
    const { id } = await createUser(host, 'ada')
    principal.userId = id
    expect((await host.send('GET', '/Me')).status).toBe(200)
    principal.tenantId = 'other'
    for (const method of ['GET', 'DELETE']) expect((await host.send(method, '/Me')).status).toBe(404)
    expect((await host.send('PATCH', '/Me', { body: patchOp({ op: 'add', path: 'title', value: 'x' }) })).status).toBe(
      404,
    )
  })

  it('ME-2: POST to /Me is 501, since no one can say whom the new resource belongs to', async () => {
    const { host, principal } = await startAs(start)
    principal.userId = (await createUser(host, 'ada')).id
    const answer = await host.send('POST', '/Me', { body: { schemas: [urns.user], userName: 'b' } })
    expect(answer.status).toBe(501)
    expect((await host.send('GET', '/Users')).body.totalResults).toBe(1)
  })

  it('ME-1, ME-3: GET, PUT, PATCH and DELETE answer as at /Users/{id}, with its permanent address', async () => {
    const { host, principal } = await startAs(start)
    const { id } = await createUser(host, 'ada')
    principal.userId = id
    const location = `${host.origin}/scim/v2/Users/${id}`
    const own = await host.send('GET', `/Users/${id}`)
    const got = await host.send('GET', '/Me')
    expect([got.status, got.text, got.headers.get('etag')]).toEqual([200, own.text, own.headers.get('etag')])
    expect(got.body.meta).toMatchObject({ location })
    const put = await host.send('PUT', '/Me', { body: { schemas: [urns.user], userName: 'ada', title: 'x' } })
    expect([put.status, put.body.title]).toEqual([200, 'x'])
    const patched = await host.send('PATCH', '/Me?attributes=title', {
      body: patchOp({ op: 'replace', path: 'title', value: 'y' }),
    })
    expect([patched.status, patched.body.title]).toEqual([200, 'y'])
    const etag = patched.headers.get('etag') ?? ''
    expect((await host.send('GET', '/Me', { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await host.send('DELETE', '/Me', { headers: { 'if-match': 'W/"1"' } })).status).toBe(412)
    const deleted = await host.send('DELETE', '/Me')
    expect(deleted.status).toBe(204)
    expect((await host.send('GET', `/Users/${id}`)).status).toBe(404)
    for (const { headers } of [got, put, patched, deleted]) expect(headers.get('location')).toBe(location)
  })

  it('a signed-in user without the scope `scim` reaches /Me and discovery alone, by whatever route', async () => {
    const { host, principal } = await startAs(start)
    const { id } = await createUser(host, 'ada')
    const bob = await createUser(host, 'bob')
    const group = await createGroup(host, 'g', [bob.id])
    const state = async () =>
      (await Promise.all(['/Users', '/Groups'].map((path) => host.send('GET', path)))).map(({ text }) => text)
    const before = await state()
    const all = principal.scopes
    Object.assign(principal, { userId: id, scopes: ['scim:read', 'SCIM', 'noscim'] })
    const user = { schemas: [urns.user], userName: 'eve' }
    const search = { schemas: [urns.searchRequest] }
    const change = patchOp({ op: 'replace', path: 'active', value: false })
    const operation = { method: 'DELETE', path: `/Users/${bob.id}` }
    const requests: readonly (readonly [string, string, unknown?])[] = [
      ['GET', '/Users'],
      ['HEAD', '/Users'],
      ['GET', '/v2/Users'],
      ['GET', '/Users?filter=userName%20pr'],
      ['POST', '/Users', user],
      ['POST', '/Users/.search', search],
      ['GET', `/Users/${bob.id}`],
      ['GET', `/Users/${id}`],
      ['PUT', `/Users/${bob.id}`, user],
      ['PATCH', `/Users/${bob.id}`, change],
      ['DELETE', `/Users/${bob.id}`],
      ['GET', '/Users/nobody'],
      ['GET', '/Groups'],
      ['PATCH', `/Groups/${group.id}`, patchOp({ op: 'add', path: 'members', value: [{ value: id }] })],
      ['DELETE', `/Groups/${group.id}`],
      ['GET', '/Devices'],
      ['GET', '/'],
      ['GET', ''],
      ['POST', '/.search', search],
      ['POST', '/Bulk', { schemas: [urns.bulkRequest], Operations: [operation] }],
    ]
    for (const [method, path, body] of requests) {
      const answer = await host.send(method, path, { body })
      expect([method, path, answer.status]).toEqual([method, path, 403])
      if (method !== 'HEAD') expect(answer.body.detail).toMatch(/reaches only \/Me.*scope "scim"/)
    }
    for (const path of ['/Me', '/ServiceProviderConfig', '/ResourceTypes', '/ResourceTypes/User', '/Schemas']) {
      expect([path, (await host.send('GET', path)).status]).toEqual([path, 200])
    }
    expect((await host.send('PATCH', '/Me', { body: patchOp({ op: 'add', path: 'title', value: 'x' }) })).status).toBe(
      200,
    )
    principal.scopes = 'noscim' as never // what an application without types may give
    expect((await host.send('GET', '/Users')).status).toBe(403)
    await host.send('PATCH', '/Me', { body: patchOp({ op: 'remove', path: 'title' }) })
    principal.scopes = all
    const [, groups] = await state()
    expect(groups).toBe(before[1])
    expect((await host.send('GET', '/Users')).body.totalResults).toBe(2)
  })

  it('SC-8: users cannot raise their own privileges at /Me', async () => {
    const { host, principal } = await startAs(start)
    const { id } = await createUser(host, 'ada', { roles: [{ value: 'reader' }] })
    principal.userId = id
    for (const operation of [
      { op: 'add', path: 'roles', value: [{ value: 'admin' }] },
      { op: 'replace', value: { title: 'x', entitlements: [{ value: 'all' }] } },
      { op: 'remove', path: 'roles' },
    ]) {
      const answer = await host.send('PATCH', '/Me', { body: patchOp(operation) })
      expect([answer.status, answer.body.scimType]).toEqual([403, 'sensitive'])
    }
    const roles = [{ value: 'admin' }]
    const put = await host.send('PUT', '/Me', { body: { schemas: [urns.user], userName: 'ada', title: 'y', roles } })
    expect([put.status, put.body.title, put.body.roles]).toEqual([200, 'y', [{ value: 'reader' }]])
    expect((await host.send('GET', `/Users/${id}`)).body).toMatchObject({ title: 'y', roles: [{ value: 'reader' }] })
  })

  it('a deleted caller is gone from the groups too, and hooks are told', async () => {
    const told: string[] = []
    const principal: { subject: string; userId?: string } = { subject: 'ada' }
    const host = await start({
      authenticate: () => ({ ...principal }),
      hooks: {
        after: {
          leave: ({ id }) => void told.push(id),
          deprovision: ({ principal: { userId } }) => void told.push(`${userId}`),
        },
      },
    })
    const { id } = await createUser(host, 'ada')
    const group = await createGroup(host, 'g', [id])
    principal.userId = id
    expect((await host.send('DELETE', '/Me')).status).toBe(204)
    delete principal.userId
    expect((await host.send('GET', `/Groups/${group.id}`)).body.members).toBeUndefined()
    expect(told).toEqual([group.id, id])
  })

  it('the client reads, replaces, changes and deletes its own resource', async () => {
    const { host, principal } = await startAs(start)
    const { id } = await createUser(host, 'ada')
    principal.userId = id
    const scim = createScimClient({
      baseUrl: `${host.origin}/scim/v2`,
      fetch: (request) => host.fetch(request),
      authenticate: bearer('token-of-ada'),
      allowInsecure: true,
      resources: { users: userResource },
    })
    const { me } = scim
    expect((await me.get()).id).toBe(id)
    expect(await me.replace({ userName: 'ada', title: 'x' })).toMatchObject({ title: 'x' })
    await me.patch((p) => p.replace('title', 'y'))
    expect(await me.get()).toMatchObject({ id, title: 'y' })
    await me.delete()
    expect((await host.send('GET', `/Users/${id}`)).status).toBe(404)
  })
}
