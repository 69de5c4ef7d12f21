import { urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { createGroup, createUser, filtered, patchOp, type StartHost, tokens } from './host.js'

/**
 * Tenants, told apart by the caller's principal.
 *
 * @param start Starts a service provider.
 */
export function tenantRules(start: StartHost): void {
  const token = tokens.other

  it('MT-5: an id of another tenant is answered as an unknown one, to the byte, by every method', async () => {
    const host = await start()
    const user = await createUser(host, 'ada')
    const group = await createGroup(host, 'Sales', [user.id])
    const bodies: Readonly<Record<string, unknown>> = {
      GET: undefined,
      DELETE: undefined,
      PUT: { schemas: [urns.user], userName: 'stolen', displayName: 'stolen' },
      PATCH: patchOp({ op: 'replace', path: 'displayName', value: 'stolen' }),
    }
    for (const [path, id] of [
      ['/Users', user.id],
      ['/Groups', group.id],
    ] as const) {
      for (const [method, given] of Object.entries(bodies)) {
        const body = path === '/Groups' && method === 'PUT' ? { schemas: [urns.group], displayName: 'stolen' } : given
        const foreign = await host.send(method, `${path}/${id}`, { body, token })
        const unknown = await host.send(method, `${path}/00000000-0000-4000-8000-000000000000`, { body, token })
        expect([method, foreign.status, foreign.text]).toEqual([method, 404, unknown.text])
      }
    }
    expect((await host.send('GET', `/Users/${user.id}`)).body.meta).toEqual(user.meta)
    expect((await host.send('GET', `/Groups/${group.id}`)).body.members).toMatchObject([{ value: user.id }])
  })

  it('MT-3: the same userName in two tenants is not a conflict, and no list or filter crosses over', async () => {
    const host = await start()
    await createUser(host, 'ada', { externalId: 'e' })
    const answer = await host.send('POST', '/Users', {
      body: { schemas: [urns.user], userName: 'ADA', externalId: 'e' },
      token,
    })
    expect(answer.status).toBe(201)
    for (const query of ['', filtered('userName eq "ada"'), filtered('externalId eq "e"'), filtered('userName pr')]) {
      expect((await host.send('GET', `/Users${query}`)).body.totalResults).toBe(1)
      expect((await host.send('GET', `/Users${query}`, { token })).body.totalResults).toBe(1)
    }
  })

  it('a member of another tenant does not exist: 400, and nothing is changed', async () => {
    const host = await start()
    const foreign = await createUser(host, 'ada')
    const group = await host.send('POST', '/Groups', { body: { schemas: [urns.group], displayName: 'Spies' }, token })
    const members = [{ value: foreign.id, $ref: `${host.origin}/scim/v2/Users/${foreign.id}`, type: 'User' }]
    const answers = [
      await host.send('POST', '/Groups', { body: { schemas: [urns.group], displayName: 'New', members }, token }),
      await host.send('PUT', `/Groups/${group.body.id}`, {
        body: { schemas: [urns.group], displayName: 'Spies', members },
        token,
      }),
      await host.send('PATCH', `/Groups/${group.body.id}`, {
        body: patchOp({ op: 'add', path: 'members', value: members }),
        token,
      }),
    ]
    for (const answer of answers) expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue'])
    expect((await host.send('GET', '/Groups', { token })).body.totalResults).toBe(1)
    expect((await host.send('GET', `/Users/${foreign.id}`)).body).not.toHaveProperty('groups')
  })

  it('two callers of one tenant see the same resources', async () => {
    const host = await start()
    const { id } = await createUser(host, 'ada')
    expect((await host.send('GET', `/Users/${id}`, { token: tokens.second })).status).toBe(200)
  })

  it('an externalId is not an id', async () => {
    const host = await start()
    await createUser(host, 'ada', { externalId: 'E1' })
    for (const id of ['E1', '1', '../1', '%2e%2e', 'ada', '']) {
      expect([id, (await host.send('GET', `/Users/${id}x`)).status]).toEqual([id, 404])
    }
    expect((await host.send('GET', '/Users/E1')).status).toBe(404)
  })
}
