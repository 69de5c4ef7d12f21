import { enterpriseUser, urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { deviceUrn } from './device.js'
import { createUser, patchOp, resourcesOf, type StartHost } from './host.js'

const enterprise = enterpriseUser.urn

/**
 * `attributes` and `excludedAttributes`.
 *
 * @param start Starts a service provider.
 */
export function projectionRules(start: StartHost): void {
  const rich = {
    name: { givenName: 'Ada', familyName: 'Lovelace' },
    emails: [{ value: 'a@x.example', type: 'work' }],
    [enterprise]: { department: 'R', costCenter: '1' },
  }

  it.each([
    ['attributes=userName', ['id', 'schemas', 'userName']],
    ['attributes=USERNAME,%20Emails', ['emails', 'id', 'schemas', 'userName']],
    ['attributes=name.givenName', ['id', 'name', 'schemas']],
    ['attributes=noSuchAttribute', ['id', 'schemas']],
    [`attributes=${enterprise}`, ['id', 'schemas', enterprise]],
    ['attributes=department', ['id', 'schemas', enterprise]],
    ['attributes=userName&attributes=name', ['id', 'name', 'schemas', 'userName']],
    ['attributes=', ['emails', 'id', 'meta', 'name', 'schemas', enterprise, 'userName']],
    ['excludedAttributes=emails,id,schemas', ['id', 'meta', 'name', 'schemas', enterprise, 'userName']],
    [`excludedAttributes=${enterprise},meta`, ['emails', 'id', 'name', 'schemas', 'userName']],
  ])('PR-2, PR-3, PR-6, PR-8: %s', async (query, expected) => {
    const host = await start()
    const { id } = await createUser(host, 'ada', rich)
    const one = await host.send('GET', `/Users/${id}?${query}`)
    const [listed] = resourcesOf(await host.send('GET', `/Users?${query}`))
    expect(Object.keys(one.body).sort()).toEqual([...expected].sort())
    expect(listed).toEqual(one.body)
  })

  it('PR-5: every operation that answers a resource projects it', async () => {
    const host = await start()
    const body = { schemas: [urns.user], userName: 'ada', ...rich }
    const created = await host.send('POST', '/Users?attributes=userName', { body })
    expect(Object.keys(created.body).sort()).toEqual(['id', 'schemas', 'userName'])
    expect(created.headers.get('etag')).toBe('W/"1"')
    const path = `/Users/${created.body.id}`
    const replaced = await host.send('PUT', `${path}?excludedAttributes=meta,emails`, { body })
    expect(Object.keys(replaced.body).sort()).toEqual(['id', 'name', 'schemas', enterprise, 'userName'])
    const patched = await host.send('PATCH', `${path}?attributes=title`, {
      body: patchOp({ op: 'add', path: 'title', value: 'Dr' }),
    })
    expect(patched.body).toMatchObject({ title: 'Dr' })
    expect(Object.keys(patched.body).sort()).toEqual(['id', 'schemas', 'title'])
  })

  it('PR-1: both parameters are 400 invalidValue, before anything is written', async () => {
    const host = await start()
    const { id } = await createUser(host, 'ada')
    const query = '?attributes=id&excludedAttributes=name'
    const calls = [
      host.send('GET', `/Users${query}`),
      host.send('GET', `/Users/${id}${query}`),
      host.send('POST', `/Users${query}`, { body: { schemas: [urns.user], userName: 'grace' } }),
      host.send('PUT', `/Users/${id}${query}`, { body: { schemas: [urns.user], userName: 'grace' } }),
      host.send('PATCH', `/Users/${id}${query}`, { body: patchOp({ op: 'remove', path: 'title' }) }),
    ]
    for (const call of calls) expect((await call).body).toMatchObject({ status: '400', scimType: 'invalidValue' })
    expect((await host.send('GET', '/Users')).body.totalResults).toBe(1)
  })

  it('PR-8: strict refuses unknown names', async () => {
    const host = await start({ compatibility: 'strict' })
    const answer = await host.send('GET', '/Users?attributes=noSuchAttribute')
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue'])
  })

  it('PR-4: request is returned when it is named, always is never left out, never does not come', async () => {
    const host = await start()
    const body = { schemas: [deviceUrn], name: 'd', notes: 'n', label: 'l', secretNote: 's' }
    const { id } = (await host.send('POST', '/Devices', { body })).body
    const get = async (query: string): Promise<string[]> =>
      Object.keys((await host.send('GET', `/Devices/${id}${query}`)).body).sort()
    expect(await get('')).toEqual(['id', 'label', 'meta', 'name', 'schemas'])
    expect(await get('?attributes=notes,secretNote,pin')).toEqual(['id', 'label', 'notes', 'schemas'])
    expect(await get('?excludedAttributes=label,name,meta')).toEqual(['id', 'label', 'schemas'])
    const patched = await host.send('PATCH', `/Devices/${id}`, {
      body: patchOp({ op: 'replace', value: { notes: 'm', secretNote: 't' } }),
    })
    expect(patched.body).toMatchObject({ notes: 'm' })
    expect(patched.body).not.toHaveProperty('secretNote')
    const replaced = await host.send('PUT', `/Devices/${id}`, { body: { ...body, notes: undefined } })
    expect(replaced.body).not.toHaveProperty('notes')
  })

  it('PR-10: a filter and an order may use what the answer leaves out', async () => {
    const host = await start()
    await createUser(host, 'ada', { title: 'b' })
    await createUser(host, 'grace', { title: 'a' })
    const answer = await host.send('GET', '/Users?attributes=userName&sortBy=title&filter=title%20pr')
    expect(resourcesOf(answer).map(({ userName, title }) => [userName, title])).toEqual([
      ['grace', undefined],
      ['ada', undefined],
    ])
  })
}
