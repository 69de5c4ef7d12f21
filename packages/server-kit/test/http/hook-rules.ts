import { urns } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import { createGroup, createUser, patchOp, resourcesOf, type StartHost } from './host.js'
import { brief, patch, startNoting } from './noting-hooks.js'

/**
 * Hooks: the application is told what a request came to, in its own words.
 *
 * @param start Starts a service provider.
 */
export function hookRules(start: StartHost): void {
  it('a new resource is told as provision, with who asked for it', async () => {
    const { host, before, after } = await startNoting(start)
    const { id } = await createUser(host, 'ada', { title: 'Countess' })
    expect(before).toEqual(['provision'])
    expect(after).toEqual([
      {
        kind: 'provision',
        changeId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        sequence: expect.any(Number),
        tenantId: 'default',
        resourceType: 'User',
        id,
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        principal: { subject: 'main' },
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        method: 'POST',
        after: expect.objectContaining({ id, userName: 'ada', title: 'Countess' }),
      },
    ])
  })

  it('a PATCH of attributes and active is told as update and deactivate, with both states', async () => {
    const { host, before, after } = await startNoting(start)
    const { id } = await createUser(host, 'ada', { active: true, title: 'x' })
    after.length = 0
    before.length = 0
    await patch(
      host,
      `/Users/${id}`,
      { op: 'replace', path: 'title', value: 'y' },
      { op: 'replace', path: 'active', value: false },
      { op: 'add', path: `${urns.enterpriseUser}:department`, value: 'd' },
    )
    const update = `update title ${urns.enterpriseUser}:department`
    expect(before).toEqual([update, 'deactivate'])
    expect(after.map(brief)).toEqual([update, 'deactivate'])
    expect(after[0]).toMatchObject({ before: { title: 'x', active: true }, after: { title: 'y', active: false } })
    await host.send('PUT', `/Users/${id}`, { body: { schemas: [urns.user], userName: 'ada', active: true } })
    expect(after.map(brief).slice(2)).toEqual([update, 'activate'])
  })

  it('active alone is not an update, and what changes nothing calls no hook', async () => {
    const { host, after } = await startNoting(start)
    const { id } = await createUser(host, 'ada')
    await patch(host, `/Users/${id}`, { op: 'replace', path: 'active', value: 'False' })
    await patch(host, `/Users/${id}`, { op: 'replace', path: 'active', value: false })
    await patch(host, `/Users/${id}`, { op: 'add', path: 'active', value: true })
    expect(after.map(brief)).toEqual(['provision', 'deactivate', 'activate'])
  })

  describe.each(['lenient', 'interop', 'strict'] as const)('a disabled user in %s', (compatibility) => {
    const remove = { op: 'remove', path: 'active' }
    const setNull = { op: 'replace', path: 'active', value: null }
    const pathless = { op: 'replace', value: { active: null } }
    const byPath = [
      { name: 'remove', operation: remove },
      { name: 'null', operation: setNull },
    ]
    const ways =
      compatibility === 'interop' ? byPath : [...byPath, { name: 'null without a path', operation: pathless }]

    it.each([
      { name: 'without active', given: {} },
      { name: 'with null', given: { active: null } },
    ])('is not enabled by a PUT $name', async ({ given }) => {
      const { host, after } = await startNoting(start, { compatibility })
      const { id } = await createUser(host, 'ada', { active: false })
      const put = { body: { schemas: [urns.user], userName: 'ada', title: 'Dr', ...given } }
      expect((await host.send('PUT', `/Users/${id}`, put)).body).toMatchObject({ active: false, title: 'Dr' })
      await patch(host, `/Users/${id}`, { op: 'replace', path: 'title', value: 'Prof' })
      expect((await host.send('GET', `/Users/${id}`)).body.active).toBe(false)
      expect(after.map(brief)).toEqual(['provision', 'update title', 'update title'])
    })

    it.each(ways)(
      'loses active by PATCH $name, which is an update, and the next true is told as activate',
      async ({ operation }) => {
        const { host, after } = await startNoting(start, { compatibility })
        const { id } = await createUser(host, 'ada', { active: false })
        expect(await patch(host, `/Users/${id}`, operation)).toBe(200)
        expect((await host.send('GET', `/Users/${id}`)).body).not.toHaveProperty('active')
        await patch(host, `/Users/${id}`, { op: 'replace', path: 'title', value: 'Dr' })
        await patch(host, `/Users/${id}`, { op: 'add', path: 'active', value: true })
        expect(after.map(brief)).toEqual(['provision', 'update active', 'update title', 'activate'])
      },
    )

    it('is enabled by a PUT with true alone, also within a bulk request', async () => {
      const { host, after } = await startNoting(start, { compatibility })
      const { id } = await createUser(host, 'ada', { active: false })
      const put = (data: object) => ({ method: 'PUT', path: `/Users/${id}`, data })
      const data = { schemas: [urns.user], userName: 'ada' }
      const Operations = [put({ ...data, title: 'Dr' }), put({ ...data, active: true })]
      await host.send('POST', '/Bulk', { body: { schemas: [urns.bulkRequest], Operations } })
      expect(after.map(brief)).toEqual(['provision', 'update title', 'update title', 'activate'])
    })
  })

  it('a PATCH of members is told as a join or leave for each that really came or went', async () => {
    const { host, before, after } = await startNoting(start)
    const users = await Promise.all(['a', 'b', 'c', 'd'].map((name) => createUser(host, name)))
    const [a, b, c, d] = users.map(({ id }) => id)
    const group = await createGroup(host, 'g', [a as string]) // four users were created
    after.length = 0
    before.length = 0
    await patch(
      host,
      `/Groups/${group.id}`,
      { op: 'add', path: 'members', value: [a, b, c, d].map((value) => ({ value })) },
      { op: 'remove', path: `members[value eq "${a}"]` },
      { op: 'replace', path: 'displayName', value: 'h' },
    )
    const told = ['update displayName', `join ${b}`, `join ${c}`, `join ${d}`, `leave ${a}`]
    expect(before.toSorted()).toEqual(told.toSorted())
    expect(after.map(brief).toSorted()).toEqual(told.toSorted())
    expect(after.find(({ kind }) => kind === 'join')).toMatchObject({
      resourceType: 'Group',
      id: group.id,
      member: { type: 'User' },
    })
  })

  it('a PUT of a group and the creation of one tell who joined and left', async () => {
    const { host, after } = await startNoting(start)
    const [a, b] = [await createUser(host, 'a'), await createUser(host, 'b')]
    after.length = 0
    const group = await createGroup(host, 'g', [a.id])
    const body = { schemas: [urns.group], displayName: 'g', members: [{ value: b.id }] }
    await host.send('PUT', `/Groups/${group.id}`, { body })
    expect(after.map(brief)).toEqual(['provision', `join ${a.id}`, `leave ${a.id}`, `join ${b.id}`])
  })

  it('a deleted user leaves its groups and is then told as deprovisioned', async () => {
    const { host, after } = await startNoting(start)
    const { id } = await createUser(host, 'ada')
    const groups = [await createGroup(host, 'g', [id]), await createGroup(host, 'h', [id])]
    await createGroup(host, 'over', [groups[0]?.id as string]) // two groups were created
    after.length = 0
    await host.send('DELETE', `/Users/${id}`)
    expect(after.map(brief)).toEqual([`leave ${id}`, `leave ${id}`, 'deprovision'])
    expect(new Set(after.slice(0, 2).map((change) => change.id))).toEqual(new Set(groups.map((group) => group.id)))
    expect(after[2]).toMatchObject({ id, before: { userName: 'ada' } })
  })

  it('a deleted group is told as deprovisioned alone', async () => {
    const { host, after } = await startNoting(start)
    const { id } = await createUser(host, 'ada')
    const group = await createGroup(host, 'g', [id])
    after.length = 0
    await host.send('DELETE', `/Groups/${group.id}`)
    expect(after.map(brief)).toEqual(['deprovision'])
  })

  it('what is refused, fails or is not found is told to no hook afterwards', async () => {
    const { host, after } = await startNoting(start)
    await createUser(host, 'ada')
    await host.send('POST', '/Users', { body: { schemas: [urns.user], userName: 'ADA' } })
    await host.send('DELETE', '/Users/nobody')
    await host.send('PATCH', '/Users/nobody', { body: patchOp({ op: 'replace', path: 'title', value: 'x' }) })
    expect(after.map(brief)).toEqual(['provision'])
    expect(await host.redeliver()).toEqual({ delivered: 0, left: 0 })
  })

  it('each operation of a bulk request is told, and circular references at last as joins', async () => {
    const { host, after } = await startNoting(start)
    const body = {
      schemas: [urns.bulkRequest],
      Operations: [
        {
          method: 'POST',
          path: '/Groups',
          bulkId: 'g',
          data: { schemas: [urns.group], displayName: 'g', members: [{ value: 'bulkId:u' }] },
        },
        { method: 'POST', path: '/Users', bulkId: 'u', data: { schemas: [urns.user], userName: 'ada' } },
      ],
    }
    await host.send('POST', '/Bulk', { body })
    const [user] = resourcesOf(await host.send('GET', '/Users'))
    expect(after.map(brief)).toEqual(['provision', 'provision', `join ${user?.id}`])
  })
}
