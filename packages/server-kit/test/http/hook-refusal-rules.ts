import { ScimError, urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { type MadeChange, mount } from '../../src/index.js'
import { createGroup, createUser, type Host, patchOp, type StartHost, testUser } from './host.js'
import { brief, eachKind, kinds, patch } from './noting-hooks.js'

/**
 * Hooks before a write: they may refuse it, and hold up no other request.
 *
 * @param start Starts a service provider.
 */
export function hookRefusalRules(start: StartHost): void {
  it('a before-hook that refuses keeps everything of the request from being written', async () => {
    const refused = new Set<string>()
    const after: string[] = []
    const host = await start({
      hooks: {
        before: eachKind((change) => {
          if (refused.has(change.kind)) throw new ScimError(403, `no ${change.kind}`)
        }),
        after: eachKind<MadeChange>((change) => void after.push(brief(change))),
      },
    })
    const [a, b] = [await createUser(host, 'a'), await createUser(host, 'b')]
    const group = await createGroup(host, 'g', [a.id])
    const states = async () =>
      (await Promise.all(['/Users', '/Groups'].map((path) => host.send('GET', path)))).map(({ text }) => text)
    const before = await states()
    after.length = 0
    for (const kind of kinds) refused.add(kind)
    refused.delete('update') // what is allowed must not stay either, when the rest is refused
    const operations = [
      { op: 'replace', path: 'displayName', value: 'h' },
      { op: 'add', path: 'members', value: [{ value: b.id }] },
    ]
    const bulk = {
      schemas: [urns.bulkRequest],
      Operations: [
        { method: 'PATCH', path: `/Groups/${group.id}`, data: patchOp(...operations) },
        { method: 'DELETE', path: `/Users/${a.id}` },
      ],
    }
    const answers = [
      await host.send('POST', '/Users', { body: { schemas: [urns.user], userName: 'c' } }),
      await host.send('POST', '/Groups', { body: { schemas: [urns.group], displayName: 'c', members: [a] } }),
      await host.send('PATCH', `/Groups/${group.id}`, { body: patchOp(...operations) }),
      await host.send('PUT', `/Groups/${group.id}`, { body: { schemas: [urns.group], displayName: 'h' } }),
      await host.send('DELETE', `/Users/${a.id}`),
    ]
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403])
    const outcomes = (await host.send('POST', '/Bulk', { body: bulk })).body.Operations as { status: string }[] // the message has the list
    expect(outcomes.map(({ status }) => status)).toEqual(['403', '403'])
    expect(await states()).toEqual(before)
    expect(after).toEqual([])
  })

  it('a refused link of a bulk circle takes the created resource back, whatever hooks say of deletions', async () => {
    const host = await start({
      hooks: {
        before: eachKind(({ kind }) => {
          if (kind === 'join' || kind === 'deprovision') throw new ScimError(403, `no ${kind}`)
        }),
      },
    })
    const group = (bulkId: string, other: string) => ({
      method: 'POST',
      path: '/Groups',
      bulkId,
      data: { schemas: [urns.group], displayName: bulkId, members: [{ value: `bulkId:${other}` }] },
    })
    const body = { schemas: [urns.bulkRequest], Operations: [group('a', 'b'), group('b', 'a')] }
    const outcomes = (await host.send('POST', '/Bulk', { body })).body.Operations as { status: string }[] // the message has the list
    expect(outcomes.map(({ status }) => status)).toEqual(['403', '409'])
    expect((await host.send('GET', '/Groups')).body.totalResults).toBe(0)
  })

  it('on a store without transactions a before-hook and a hash are asked for before anything is written', async () => {
    const asked: string[] = []
    let refuses = false
    const host = await start({
      resources: ({ transaction, members, outbox, ...bare }) => [mount(testUser, bare)],
      hooks: {
        before: eachKind((change) => {
          asked.push(brief(change))
          if (refuses) throw new ScimError(403, 'not now')
        }),
        hashPassword: (password) => {
          if (password === 'short') throw new ScimError(400, 'password is too short', { scimType: 'invalidValue' })
          return `hash of ${password}`
        },
        setPassword: (_, __, hash) => void asked.push(hash),
      },
    })
    const { id } = await createUser(host, 'ada', { password: 'first' })
    const change = { op: 'add', value: { title: 'x', password: 'second' } }
    expect(await patch(host, `/Users/${id}`, change)).toBe(200)
    expect(asked).toEqual(['provision', 'hash of first', 'update title password', 'hash of second'])
    const state = (await host.send('GET', '/Users')).text
    const weak = { op: 'add', value: { title: 'y', password: 'short' } }
    expect(await patch(host, `/Users/${id}`, weak)).toBe(400)
    refuses = true
    const body = { schemas: [urns.user], userName: 'ada' }
    expect([
      await patch(host, `/Users/${id}`, { op: 'replace', path: 'active', value: false }),
      (await host.send('PUT', `/Users/${id}`, { body })).status,
      (await host.send('POST', '/Users', { body: { ...body, userName: 'b' } })).status,
      (await host.send('DELETE', `/Users/${id}`)).status,
    ]).toEqual([403, 403, 403, 403])
    expect((await host.send('GET', '/Users')).text).toBe(state)
  })

  it('a before-hook runs while no other request is held up', async () => {
    const host: Host = await start({
      hooks: {
        before: {
          // A hook that waits for another write would wait forever if it held a lock.
          update: async () => void (await createUser(host, 'meanwhile')),
          join: async () => void (await createUser(host, 'meanwhile2')),
        },
      },
    })
    const { id } = await createUser(host, 'ada')
    const group = await createGroup(host, 'g')
    expect(await patch(host, `/Users/${id}`, { op: 'replace', path: 'title', value: 'x' })).toBe(200)
    expect(await patch(host, `/Groups/${group.id}`, { op: 'add', path: 'members', value: [{ value: id }] })).toBe(204)
  })

  it('a before-hook is asked again when another write came between', async () => {
    const asked: string[] = []
    const host: Host = await start({
      hooks: {
        before: {
          update: async (change) => {
            asked.push(`${change.before.title} ${change.after.title}`)
            if (asked.length === 1) {
              await patch(host, `/Users/${change.id}`, { op: 'replace', path: 'title', value: 'other' })
            }
          },
        },
      },
    })
    const { id } = await createUser(host, 'ada', { title: 'first' })
    expect(await patch(host, `/Users/${id}`, { op: 'replace', path: 'title', value: 'mine' })).toBe(200)
    expect(asked).toEqual(['first mine', 'first other', 'other mine'])
  })

  it('hashing runs before the write while no other request is held up, and only the hash is kept', async () => {
    const kept: string[] = []
    const after: string[] = []
    const host: Host = await start({
      hooks: {
        hashPassword: async (password) => {
          if (password === 'short') throw new ScimError(400, 'password is too short', { scimType: 'invalidValue' })
          await createUser(host, `during-${password}`) // would wait forever behind a lock of its own request
          return `hash of ${password}`
        },
        setPassword: (_, __, hash) => void kept.push(hash),
        after: { update: (change) => void after.push(change.changed.join(' ')) },
      },
    })
    const { id } = await createUser(host, 'ada', { password: 'first' })
    await patch(
      host,
      `/Users/${id}`,
      { op: 'replace', path: 'password', value: 'second' },
      { op: 'add', path: 'title', value: 'x' },
    )
    await host.send('PUT', `/Users/${id}`, { body: { schemas: [urns.user], userName: 'ada', password: 'third' } })
    expect(kept).toEqual(['hash of first', 'hash of second', 'hash of third'])
    expect(after).toEqual(['title password', 'title password'])
    const total = async () => (await host.send('GET', '/Users')).body.totalResults
    expect(await total()).toBe(4)
    const refused = [
      await host.send('POST', '/Users', { body: { schemas: [urns.user], userName: 'b', password: 'short' } }),
      await host.send('PATCH', `/Users/${id}`, {
        body: patchOp({ op: 'add', value: { password: 'short', title: 'never' } }),
      }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([400, 400])
    expect(await total()).toBe(4)
    expect((await host.send('GET', `/Users/${id}`)).body).not.toHaveProperty('title')
  })

  it('a hash that could not be kept leaves the resource as it was', async () => {
    const host = await start({
      hooks: {
        hashPassword: (password) => `hash of ${password}`,
        setPassword: () => {
          throw new Error('on purpose')
        },
      },
    })
    const { id, meta } = await createUser(host, 'ada')
    expect(await patch(host, `/Users/${id}`, { op: 'replace', value: { password: 'x', title: 'y' } })).toBe(500)
    expect((await host.send('GET', `/Users/${id}`)).body).toMatchObject({ meta })
  })
}
