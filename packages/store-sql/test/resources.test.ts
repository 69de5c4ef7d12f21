import { ScimError, userResource } from '@scimkit/core/schema'
import { describe, expect, it } from 'vitest'
import { changed, contextOf, groups, newGroup, newUser, users } from './store-data.js'
import { testDatabase, testFolder, testStore } from './test-store.js'

describe('resources in SQLite', () => {
  it('come back as they were written', async () => {
    const store = testStore()
    const ada = newUser('a', {
      emails: [{ value: 'ada@x.org', primary: true }],
      title: 'nul \0, half \ud800, mark \uffff',
    })
    await store.create(users, ada)
    expect(await store.get(users, 'a')).toEqual(ada)
  })

  it('are there for another store on the same file, at once', async () => {
    const file = `${testFolder()}/scim.db`
    const first = testStore(testDatabase(file))
    const second = testStore(testDatabase(file))
    await first.create(users, newUser('a'))
    expect(await second.get(users, 'a')).toEqual(newUser('a'))
  })

  it('belong to one tenant and one type', async () => {
    const store = testStore()
    await store.create(users, newUser('a'))
    expect(await store.get(contextOf('User', 'other'), 'a')).toBeUndefined()
    expect(await store.get(groups, 'a')).toBeUndefined()
    await store.create(contextOf('User', 'other'), newUser('a'))
    expect((await store.query(users, { page: { startIndex: 1, count: 10 } })).totalResults).toBe(1)
  })

  it('never mix up ids and tenants that differ behind a NUL', async () => {
    const store = testStore()
    await store.create(contextOf('User', 't\0a'), newUser('a'))
    for (const tenant of ['t', 't\0b', 't\0']) expect(await store.get(contextOf('User', tenant), 'a')).toBeUndefined()
    for (const id of ['a\0', 'a\0b']) expect(await store.get(contextOf('User', 't\0a'), id)).toBeUndefined()
    expect(await store.get(contextOf('User', 't\0a'), 'a')).toEqual(newUser('a'))
  })

  it('are replaced only in the version that was read', async () => {
    const store = testStore()
    const first = await store.create(users, newUser('a'))
    const second = await store.replace(users, first, changed(first, { title: 'Dr.' }))
    await expect(store.replace(users, first, changed(first, { title: 'Prof.' }))).rejects.toMatchObject({ status: 412 })
    await expect(store.delete(users, first)).rejects.toMatchObject({ status: 412 })
    expect(await store.get(users, 'a')).toEqual(second)
    await store.delete(users, second)
    await expect(store.replace(users, second, changed(second, {}))).rejects.toMatchObject({ status: 412 })
    expect(await store.get(users, 'a')).toBeUndefined()
  })

  it('refuse a unique value that another resource has, by folded text, and name the attribute', async () => {
    const store = testStore()
    await store.create(users, newUser('a', { userName: 'Straße' }))
    const again = store.create(users, newUser('b', { userName: 'STRASSE' }))
    await expect(again).rejects.toSatisfy((error) => ScimError.is(error, 'uniqueness'))
    await expect(again).rejects.toMatchObject({ status: 409, detail: expect.stringContaining('userName') })
    expect(await store.get(users, 'b')).toBeUndefined()
    expect((await store.query(users, { page: { startIndex: 1, count: 10 } })).totalResults).toBe(1)
  })

  it('free their unique values when they change or go', async () => {
    const store = testStore()
    const ada = await store.create(users, newUser('a', { userName: 'ada' }))
    const king = await store.replace(users, ada, changed(ada, { userName: 'king' }))
    const second = await store.create(users, newUser('b', { userName: 'ada' }))
    await expect(store.replace(users, second, changed(second, { userName: 'KING' }))).rejects.toMatchObject({
      status: 409,
    })
    await store.delete(users, king)
    await store.replace(users, second, changed(second, { userName: 'KING' }))
  })

  it('let one of 64 create a userName', async () => {
    const store = testStore()
    const tries = Array.from({ length: 64 }, (_, n) => store.create(users, newUser(`u${n}`, { userName: 'ada' })))
    const outcomes = await Promise.allSettled(tries)
    const lost = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(lost).toHaveLength(63)
    for (const error of lost) expect(ScimError.is(error, 'uniqueness')).toBe(true)
    expect((await store.query(users, { page: { startIndex: 1, count: 10 } })).totalResults).toBe(1)
  })

  it('written together succeed or fail one by one', async () => {
    const store = testStore()
    const writes = Array.from({ length: 30 }, (_, n) =>
      store.create(users, newUser(`u${n}`, { userName: n % 3 === 0 ? 'same' : `name-${n}`, externalId: `x${n}` })),
    )
    const outcomes = await Promise.allSettled(writes)
    const made = outcomes.flatMap(({ status }, n) => (status === 'fulfilled' ? [`u${n}`] : []))
    expect(made).toHaveLength(21)
    const { resources, totalResults } = await store.query(users, { page: { startIndex: 1, count: 100 } })
    expect(new Set(resources.map(({ id }) => id))).toEqual(new Set(made))
    expect(totalResults).toBe(21)
    expect(await store.changes(users.tenantId, 0, 100)).toHaveLength(21)
  })

  it('appear in the change feed in the order in which they were changed', async () => {
    const store = testStore()
    const ada = await store.create(users, newUser('a'))
    await store.create(groups, newGroup('g'))
    await store.members.add(groups, 'g', [{ value: 'a', type: 'User' }], { now: ada.meta.created })
    const next = await store.replace(users, ada, changed(ada, {}))
    await store.delete(users, next)
    await store.create(contextOf('User', 'other'), newUser('b'))
    const feed = await store.changes(users.tenantId, 0, 10)
    expect(feed.map(({ kind, id, version }) => `${kind} ${id} ${version}`)).toEqual([
      'create a 1',
      'create g 1',
      'members g 2',
      'replace a 2',
      'delete a 2',
    ])
    expect(await store.changes(users.tenantId, feed[1]?.sequence ?? 0, 2)).toEqual(feed.slice(2, 4))
  })
})

describe('indexes', () => {
  it('are filled for resources that were there before the attribute was indexed', async () => {
    const file = `${testFolder()}/scim.db`
    const before = testStore(testDatabase(file))
    for (let n = 0; n < 1200; n++) {
      await before.create(users, newUser(`u${n}`, { name: { familyName: n % 2 ? 'King' : 'Byron' } }))
    }
    const after = testStore(testDatabase(file), { indexed: { User: ['name.familyName'] } })
    const filter = {
      kind: 'comparison',
      path: { name: 'name', subAttribute: 'familyName' },
      operator: 'eq',
      value: 'KING',
    } as const
    const page = await after.query(users, { filter, page: { startIndex: 1, count: 1 } })
    expect(page.totalResults).toBe(600)
  })

  it('stop the writes of a process that does not know them', async () => {
    const file = `${testFolder()}/scim.db`
    const old = testStore(testDatabase(file))
    await old.create(users, newUser('a'))
    const renewed = testStore(testDatabase(file), { indexed: { User: ['nickName'] } })
    await renewed.create(users, newUser('b', { nickName: 'b' }))
    await expect(old.create(users, newUser('c'))).rejects.toMatchObject({ status: 503 })
  })

  it('refuse a path that leads nowhere, and a secret', () => {
    expect(() => testStore(undefined, { indexed: { User: ['shoeSize'] } })).toThrow(TypeError)
    expect(() => testStore(undefined, { indexed: { User: ['password'] } })).toThrow(TypeError)
    expect(userResource.index.has('password')).toBe(true)
  })
})
