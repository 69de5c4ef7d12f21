import { groupResource, ScimError, urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { type BeforeHooks, type MadeChange, mount, type ScimChange, type ScimChanges } from '../../src/index.js'
import { createGroup, createUser, type Host, patchOp, resourcesOf, type StartHost, testUser } from './host.js'

const kinds: readonly (keyof ScimChanges)[] = [
  'provision',
  'update',
  'activate',
  'deactivate',
  'deprovision',
  'join',
  'leave',
]

/** Hooks of every kind that are one function. */
function eachKind<C extends ScimChange>(hook: (change: C) => void | Promise<void>): BeforeHooks {
  return Object.fromEntries(kinds.map((kind) => [kind, hook]))
}

/** A change in short: its kind, and for members who joined or left what. */
function brief(change: ScimChange): string {
  switch (change.kind) {
    case 'join':
    case 'leave':
      return `${change.kind} ${change.member.value}`
    case 'update':
      return `update ${change.changed.join(' ')}`
    default:
      return change.kind
  }
}

/** Starts a service provider that notes what its hooks are told. */
async function startNoting(start: StartHost): Promise<{ host: Host; before: string[]; after: MadeChange[] }> {
  const before: string[] = []
  const after: MadeChange[] = []
  const host = await start({
    hooks: {
      before: eachKind((change) => void before.push(brief(change))),
      after: eachKind<MadeChange>((change) => void after.push(change)),
    },
  })
  return { host, before, after }
}

async function patch(host: Host, path: string, ...operations: readonly object[]): Promise<number> {
  return (await host.send('PATCH', path, { body: patchOp(...operations) })).status
}

/**
 * Hooks: the application is asked before each change and told after it, in its own words.
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

  it('active alone is no update, and what changes nothing is not told', async () => {
    const { host, after } = await startNoting(start)
    const { id } = await createUser(host, 'ada')
    await patch(host, `/Users/${id}`, { op: 'replace', path: 'active', value: 'False' })
    await patch(host, `/Users/${id}`, { op: 'replace', path: 'active', value: false })
    await patch(host, `/Users/${id}`, { op: 'add', path: 'active', value: true })
    expect(after.map(brief)).toEqual(['provision', 'deactivate', 'activate'])
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

  it('a before-hook is asked while nobody is held up', async () => {
    const host: Host = await start({
      hooks: {
        before: {
          // A hook that waits for a write of somebody else would wait for ever if it held a lock.
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

  it('an after-hook that fails is no matter of the client, is reported, and is told again until it succeeds', async () => {
    const told: MadeChange[] = []
    const reported: unknown[] = []
    let fails = true
    const host = await start({
      onError: (error, { change }) => void reported.push([(error as Error).message, change?.kind]),
      hooks: {
        after: eachKind<MadeChange>((change) => {
          told.push(change)
          if (fails) throw new Error('on purpose')
        }),
      },
    })
    const { id } = await createUser(host, 'ada')
    expect(reported).toEqual([['on purpose', 'provision']])
    expect(await host.redeliver()).toEqual({ delivered: 0, left: 1 })
    fails = false
    expect(await host.redeliver()).toEqual({ delivered: 1, left: 0 })
    expect(await host.redeliver()).toEqual({ delivered: 0, left: 0 })
    expect(told.map(brief)).toEqual(['provision', 'provision', 'provision'])
    expect(told[2]).toEqual(told[0])
    expect(told[0]?.id).toBe(id)
  })

  it('an after-hook that never ends holds the answer up for a while only, and counts when it ends at last', async () => {
    let end: () => void = () => undefined
    const endless = new Promise<void>((resolve) => {
      end = resolve
    })
    const host = await start({ limits: { afterHookWait: 20 }, hooks: { after: { provision: () => endless } } })
    await createUser(host, 'ada')
    expect(await host.redeliver()).toEqual({ delivered: 0, left: 1 })
    end()
    await expect.poll(() => host.redeliver()).toEqual({ delivered: 0, left: 0 })
  })

  it('what comes behind a failed change of a resource waits for it, and other resources do not', async () => {
    const told: string[] = []
    const broken = new Set<string>(['ada'])
    const host = await start({
      hooks: {
        after: eachKind<MadeChange>((change) => {
          if (change.kind === 'provision' && broken.has(String(change.after.userName))) throw new Error('on purpose')
          told.push(change.kind === 'provision' ? `provision ${change.after.userName}` : brief(change))
        }),
      },
    })
    const ada = await createUser(host, 'ada')
    const bob = await createUser(host, 'bob')
    const group = await createGroup(host, 'g', [bob.id, ada.id])
    await patch(host, `/Users/${ada.id}`, { op: 'replace', path: 'title', value: 'x' })
    expect(told).toEqual(['provision bob', 'provision undefined', `join ${bob.id}`])
    told.length = 0
    expect(await host.redeliver()).toEqual({ delivered: 0, left: 3 })
    broken.clear()
    await patch(host, `/Users/${ada.id}`, { op: 'replace', path: 'title', value: 'y' }) // brings the rest along
    expect(told).toEqual(['provision ada', `join ${ada.id}`, 'update title', 'update title'])
    expect(await host.redeliver()).toEqual({ delivered: 0, left: 0 })
    expect(group.id).toBeDefined()
  })

  it('64 writers of one group: every join is told once, and nothing is left', async () => {
    const { host, after } = await startNoting(start)
    const users = await Promise.all(Array.from({ length: 64 }, (_, at) => createUser(host, `u${at}`)))
    const group = await createGroup(host, 'g')
    after.length = 0
    await Promise.all(
      users.map(({ id }) => patch(host, `/Groups/${group.id}`, { op: 'add', path: 'members', value: [{ value: id }] })),
    )
    expect(after.map(brief).toSorted()).toEqual(users.map(({ id }) => `join ${id}`).toSorted())
    expect(new Set(after.map(({ changeId }) => changeId)).size).toBe(64)
    expect(await host.redeliver()).toEqual({ delivered: 0, left: 0 })
  })

  it('redelivering at the same time tells nothing twice', async () => {
    const told: string[] = []
    let fails = true
    const host = await start({
      hooks: {
        after: {
          provision: async (change) => {
            if (fails) throw new Error('on purpose')
            told.push(change.changeId)
            await new Promise((resolve) => setTimeout(resolve, 1))
          },
        },
      },
    })
    for (let at = 0; at < 20; at++) await createUser(host, `u${at}`)
    fails = false
    const outcomes = await Promise.all([host.redeliver(), host.redeliver(), host.redeliver()])
    expect(outcomes.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(20)
    expect(new Set(told).size).toBe(20)
    expect(told).toHaveLength(20)
  })

  it('changes of each tenant are told with its id', async () => {
    const { host, after } = await startNoting(start)
    const body = { schemas: [urns.user], userName: 'ada' }
    await host.send('POST', '/Users', { body, token: 'other-token-0123456789' })
    await createUser(host, 'ada')
    expect(after.map(({ tenantId }) => tenantId)).toEqual(['other', 'default'])
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

  it('hashing runs before the write while nobody is held up, and the hash alone is kept', async () => {
    const kept: string[] = []
    const after: string[] = []
    const host: Host = await start({
      hooks: {
        hashPassword: async (password) => {
          if (password === 'short') throw new ScimError(400, 'password is too short', { scimType: 'invalidValue' })
          await createUser(host, `during-${password}`) // would wait for ever behind a lock of its own request
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

  it('users and groups on a store each: leaves are told though they cannot be one transaction', async () => {
    const { memoryStore } = await import('../../src/index.js')
    const after: string[] = []
    const host = await start({
      resources: (store) => [mount(testUser, store), mount(groupResource, memoryStore())],
      hooks: { after: eachKind<MadeChange>((change) => void after.push(brief(change))) },
    })
    const { id } = await createUser(host, 'ada')
    await createGroup(host, 'g', [id])
    after.length = 0
    expect((await host.send('DELETE', `/Users/${id}`)).status).toBe(204)
    expect(after).toEqual(['deprovision', `leave ${id}`])
    expect(await host.redeliver()).toEqual({ delivered: 0, left: 0 })
  })
}
