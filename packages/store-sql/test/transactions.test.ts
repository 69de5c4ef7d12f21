import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { changed, contextOf, groups, newGroup, newUser, now, users } from './store-data.js'
import { testDatabase, testFolder, testStore } from './test-store.js'

describe('transactions', () => {
  it('commit everything or nothing', async () => {
    const store = testStore()
    await store.transaction(users, async (inside) => {
      await inside.create(users, newUser('a'))
      await inside.create(groups, newGroup('g'))
      await inside.members?.add(groups, 'g', [{ value: 'a', type: 'User' }], { now })
    })
    const failed = store.transaction(users, async (inside) => {
      await inside.create(users, newUser('b'))
      await inside.members?.remove(groups, 'g', ['a'], { now })
      throw new Error('changed my mind')
    })
    await expect(failed).rejects.toThrow('changed my mind')
    expect(await store.get(users, 'b')).toBeUndefined()
    expect(await store.members.has(groups, 'g', ['a', 'b'])).toEqual(new Set(['a']))
    expect(await store.changes(users.tenantId, 0, 10)).toHaveLength(3)
  })

  it('show nothing to others before they have ended, and everything to themselves', async () => {
    const store = testStore()
    await store.create(users, newUser('a'))
    const page = { startIndex: 1, count: 10 }
    await store.transaction(users, async (inside) => {
      await inside.create(users, newUser('b'))
      expect(await store.get(users, 'b')).toBeUndefined()
      expect((await store.query(users, { page })).totalResults).toBe(1)
      expect((await inside.query(users, { page })).resources.map(({ id }) => id)).toEqual(['a', 'b'])
    })
    expect((await store.query(users, { page })).totalResults).toBe(2)
  })

  it('are never entered by writes that run beside them', async () => {
    const store = testStore()
    const outside: Promise<unknown>[] = []
    const failed = store.transaction(users, async (inside) => {
      await inside.create(users, newUser('inside'))
      for (let n = 0; n < 20; n++) {
        outside.push(store.create(users, newUser(`outside-${n}`)))
        await delay(1)
      }
      throw new Error('roll back')
    })
    await expect(failed).rejects.toThrow('roll back')
    await Promise.all(outside)
    const { resources } = await store.query(users, { page: { startIndex: 1, count: 100 } })
    expect(resources.map(({ id }) => id)).not.toContain('inside')
    expect(resources).toHaveLength(20)
  })

  it('nest: a failed inner one undoes its own work only', async () => {
    const store = testStore()
    await store.transaction(users, async (inside) => {
      await inside.create(users, newUser('a'))
      const inner = inside.transaction?.(users, async (deep) => {
        await deep.create(users, newUser('b'))
        throw new Error('inner')
      })
      await expect(inner).rejects.toThrow('inner')
      await inside.create(users, newUser('c'))
    })
    const { resources } = await store.query(users, { page: { startIndex: 1, count: 10 } })
    expect(resources.map(({ id }) => id)).toEqual(['a', 'c'])
  })

  it('undo a refused write as a whole even if its error is caught inside', async () => {
    const store = testStore()
    await store.create(users, newUser('a', { userName: 'ada', externalId: 'x' }))
    await store.transaction(users, async (inside) => {
      const refused = inside.create(users, newUser('b', { userName: 'ADA', externalId: 'y' }))
      await expect(refused).rejects.toMatchObject({ status: 409 })
      await inside.create(users, newUser('c', { externalId: 'z' }))
    })
    expect((await store.query(users, { page: { startIndex: 1, count: 10 } })).totalResults).toBe(2)
  })

  it('refuse what is done after their end', async () => {
    const store = testStore()
    let late: Promise<unknown> | undefined
    await store.transaction(users, async (inside) => {
      late = delay(5).then(() => inside.create(users, newUser('late')))
    })
    await expect(late).rejects.toThrow('has ended')
    expect(await store.get(users, 'late')).toBeUndefined()
  })

  it('that wait for themselves end with 503, and the store goes on', async () => {
    const store = testStore(testDatabase(undefined, { busyTimeout: 50 }))
    const stuck = store.transaction(users, async () => store.create(users, newUser('a')))
    await expect(stuck).rejects.toMatchObject({ status: 503 })
    await store.create(users, newUser('b'))
  })

  it('of two connections take turns', async () => {
    const file = `${testFolder()}/scim.db`
    const stores = [testStore(testDatabase(file)), testStore(testDatabase(file))]
    await stores[0]?.create(users, newUser('a', { title: '0' }))
    const raise = async (store: (typeof stores)[number]) => {
      for (let n = 0; n < 25; n++) {
        await store.transaction(users, async (inside) => {
          const current = await inside.get(users, 'a')
          if (!current) throw new Error('lost')
          await inside.replace(users, current, changed(current, { title: String(Number(current.title) + 1) }))
        })
      }
    }
    await Promise.all(stores.map(raise))
    expect(await stores[1]?.get(users, 'a')).toMatchObject({ title: '50', meta: { version: '51' } })
  })

  it('work on a database in memory, where readers wait for them', async () => {
    const store = testStore(testDatabase(':memory:'))
    const seen: (string | undefined)[] = []
    let read: Promise<unknown> | undefined
    await store.transaction(users, async (inside) => {
      await inside.create(users, newUser('a'))
      read = store.get(users, 'a').then((found) => seen.push(`outside ${found?.id}`))
      await delay(5)
      seen.push((await inside.get(users, 'a'))?.id)
    })
    await read
    expect(seen).toEqual(['a', 'outside a'])
    expect(await store.get(contextOf('User', 'other'), 'a')).toBeUndefined()
  })
})
