import { describe, expect, it } from 'vitest'
import { changed, contextOf, groups, newGroup, newUser, now, users } from './store-data.js'
import { testStore } from './test-store.js'

const user = (value: string) => ({ value, type: 'User' })
const later = '2026-11-25T08:00:00.000Z'

describe('members', () => {
  it('are added once, and the version rises only when something has changed', async () => {
    const store = testStore()
    await store.create(groups, newGroup('g'))
    const first = await store.members.add(groups, 'g', [user('a'), user('b'), user('a')], { now: later })
    expect(first).toMatchObject({ added: ['a', 'b'], removed: [], meta: { version: '2', lastModified: later } })
    const second = await store.members.add(groups, 'g', [user('a')], { now: later })
    expect(second).toMatchObject({ added: [], meta: { version: '2' } })
    const third = await store.members.remove(groups, 'g', ['b', 'nobody'], { now: later })
    expect(third).toMatchObject({ removed: ['b'], meta: { version: '3' } })
    expect((await store.get(groups, 'g'))?.meta).toEqual(third.meta)
  })

  it('are replaced as a whole with one new version', async () => {
    const store = testStore()
    await store.create(groups, newGroup('g'))
    await store.members.add(groups, 'g', ['a', 'b', 'c'].map(user), { now })
    const change = await store.members.replace(groups, 'g', ['b', 'd'].map(user), { now })
    expect(change).toMatchObject({ added: ['d'], removed: ['a', 'c'], meta: { version: '3' } })
    expect(await store.members.count(groups, 'g')).toBe(2)
  })

  it('answer 412 for another version and 404 without the group', async () => {
    const store = testStore()
    await store.create(groups, newGroup('g'))
    const stale = store.members.add(groups, 'g', [user('a')], { now, expectedVersion: '7' })
    await expect(stale).rejects.toMatchObject({ status: 412 })
    await expect(store.members.add(groups, 'h', [user('a')], { now })).rejects.toMatchObject({ status: 404 })
    const other = contextOf('Group', 'other')
    await expect(store.members.add(other, 'g', [user('a')], { now })).rejects.toMatchObject({ status: 404 })
    expect(await store.members.count(groups, 'g')).toBe(0)
  })

  it('survive a change of the group itself, whose version keeps rising', async () => {
    const store = testStore()
    const group = await store.create(groups, newGroup('g'))
    await store.members.add(groups, 'g', [user('a')], { now })
    await expect(store.replace(groups, group, changed(group, {}))).rejects.toMatchObject({ status: 412 })
    const current = (await store.get(groups, 'g')) ?? group
    await store.replace(groups, current, changed(current, { displayName: 'New' }))
    expect(await store.members.has(groups, 'g', ['a'])).toEqual(new Set(['a']))
  })

  it('are paged by id without a gap', async () => {
    const store = testStore()
    await store.create(groups, newGroup('g'))
    const ids = Array.from({ length: 25 }, (_, n) => `u${String(n).padStart(2, '0')}`)
    await store.members.add(groups, 'g', ids.map(user), { now })
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await store.members.page(groups, 'g', { after, count: 10 })
      seen.push(...page.members.map(({ value }) => value))
      after = page.next
    } while (after !== undefined)
    expect(seen).toEqual(ids)
  })

  it('find their groups through nested ones, even in circles', async () => {
    const store = testStore()
    for (const id of ['g1', 'g2', 'g3']) await store.create(groups, newGroup(id))
    await store.members.add(groups, 'g1', [user('a'), { value: 'g3', type: 'Group' }], { now })
    await store.members.add(groups, 'g2', [{ value: 'g1', type: 'Group' }], { now })
    await store.members.add(groups, 'g3', [{ value: 'g2', type: 'Group' }, user('a')], { now })
    const found = await store.members.groupsOf(groups, ['a', 'nobody'])
    expect(found.get('a')).toEqual([
      { group: 'g1', display: 'group-g1', type: 'direct' },
      { group: 'g2', display: 'group-g2', type: 'indirect' },
      { group: 'g3', display: 'group-g3', type: 'direct' },
    ])
    expect(found.get('nobody') ?? []).toEqual([])
    const elsewhere = await store.members.groupsOf(contextOf('User', 'other'), ['a'])
    expect(elsewhere.get('a') ?? []).toEqual([])
  })

  it('leave all groups when they are forgotten, each with a new version', async () => {
    const store = testStore()
    for (const id of ['g1', 'g2', 'g3']) await store.create(groups, newGroup(id))
    await store.members.add(groups, 'g1', [user('a'), user('b')], { now })
    await store.members.add(groups, 'g2', [user('a')], { now })
    await store.members.forget(users, 'a', later)
    const versions = await Promise.all(
      ['g1', 'g2', 'g3'].map(async (id) => (await store.get(groups, id))?.meta.version),
    )
    expect(versions).toEqual(['3', '3', '1'])
    expect(await store.members.count(groups, 'g1')).toBe(1)
  })

  it('go with their group, even if a new one takes its place', async () => {
    const store = testStore()
    const group = await store.create(groups, newGroup('g'))
    const { meta } = await store.members.add(groups, 'g', [user('a')], { now })
    await store.delete(groups, { ...group, meta })
    await store.create(groups, newGroup('h'))
    expect(await store.members.count(groups, 'h')).toBe(0)
    expect((await store.members.groupsOf(groups, ['a'])).get('a') ?? []).toEqual([])
  })

  it('never set the time of their group back, however they change', async () => {
    const store = testStore()
    const [today, yesterday] = [later, now]
    await store.create(groups, newGroup('g'))
    const added = await store.members.add(groups, 'g', ['a', 'b', 'c'].map(user), { now: today })
    expect(added.meta.lastModified).toBe(today)
    const changes = [
      await store.members.add(groups, 'g', [user('d')], { now: yesterday }),
      await store.members.remove(groups, 'g', ['a'], { now: yesterday }),
      await store.members.replace(groups, 'g', [user('b'), user('c')], { now: yesterday }),
    ]
    for (const { meta } of changes) expect(meta.lastModified).toBe(today)
    await store.members.forget(users, 'b', yesterday)
    expect((await store.get(groups, 'g'))?.meta).toMatchObject({ version: '6', lastModified: today })
    const feed = await store.changes(groups.tenantId, 1, 10)
    expect(feed.map(({ at }) => at)).toEqual([today, today, today, today, today])
  })

  it('added by 64 writers, 50 each, are exactly their union', async () => {
    const store = testStore()
    await store.create(users, newUser('a'))
    await store.create(groups, newGroup('g'))
    await Promise.all(
      Array.from({ length: 64 }, async (_, writer) => {
        for (let n = 0; n < 50; n++) await store.members.add(groups, 'g', [user(`w${writer}-${n}`)], { now })
      }),
    )
    expect(await store.members.count(groups, 'g')).toBe(3200)
    expect((await store.get(groups, 'g'))?.meta.version).toBe('3201')
  })
})
