import { chmodSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { migrate, openSqlite } from '../src/index.js'
import { groups, newGroup, newUser, now, users } from './store-data.js'
import { testDatabase, testFolder, testStore } from './test-store.js'

describe('a database in trouble', () => {
  it('that is locked by another answers 503 and goes on afterwards', async () => {
    const file = `${testFolder()}/scim.db`
    const store = testStore(testDatabase(file, { busyTimeout: 60 }))
    await store.create(users, newUser('a'))
    const other = testDatabase(file)
    other.writer.execute('BEGIN IMMEDIATE')
    await expect(store.create(users, newUser('b'))).rejects.toMatchObject({ status: 503 })
    expect(await store.get(users, 'a')).toEqual(newUser('a'))
    other.writer.execute('ROLLBACK')
    await store.create(users, newUser('b'))
  })

  it('that is full answers 507, keeps serving reads, and recovers', async () => {
    const database = testDatabase()
    const store = testStore(database)
    await store.create(users, newUser('a'))
    await store.create(groups, newGroup('g'))
    const { page_count: pages } = database.writer.statement<{ page_count: number }>('PRAGMA page_count').get() ?? {
      page_count: 0,
    }
    database.writer.execute(`PRAGMA max_page_count = ${pages}`)
    const large = newUser('b', { title: 'x'.repeat(100_000) })
    await expect(store.create(users, large)).rejects.toMatchObject({ status: 507 })
    expect(await store.get(users, 'a')).toEqual(newUser('a'))
    expect(await store.get(users, 'b')).toBeUndefined()
    database.writer.execute('PRAGMA max_page_count = 100000')
    expect(await store.create(users, large)).toEqual(large)
    await store.members.add(groups, 'g', [{ value: 'a', type: 'User' }], { now })
  })

  it('that fills up under many writers keeps what it acknowledged and nothing else', async () => {
    const database = testDatabase()
    const store = testStore(database)
    await store.create(users, newUser('first'))
    const pages = database.writer.statement<{ page_count: number }>('PRAGMA page_count').get()?.page_count ?? 0
    database.writer.execute(`PRAGMA max_page_count = ${pages + 40}`)
    const ids = Array.from({ length: 60 }, (_, n) => `u${n}`)
    const outcomes = await Promise.allSettled(
      ids.map((id, n) => store.create(users, newUser(id, { title: 'x'.repeat(n % 5 === 0 ? 20_000 : 10) }))),
    )
    expect(new Set(outcomes.map(({ status }) => status))).toContain('rejected')
    for (const [n, id] of ids.entries()) {
      expect([id, (await store.get(users, id)) !== undefined]).toEqual([id, outcomes[n]?.status === 'fulfilled'])
    }
  })

  it('that may not be written answers 503 and keeps serving reads', async () => {
    const database = testDatabase()
    const store = testStore(database)
    await store.create(users, newUser('a'))
    database.writer.execute('PRAGMA query_only = ON')
    await expect(store.create(users, newUser('b'))).rejects.toMatchObject({ status: 503 })
    expect(await store.get(users, 'a')).toEqual(newUser('a'))
    database.writer.execute('PRAGMA query_only = OFF')
    await store.create(users, newUser('b'))
  })

  it('that is no database is refused when it is opened', async () => {
    const folder = testFolder()
    chmodSync(folder, 0o700)
    expect(() => openSqlite(`${folder}/missing/scim.db`)).toThrow()
    await expect((async () => migrate(openSqlite(folder)))()).rejects.toThrow()
  })
})
