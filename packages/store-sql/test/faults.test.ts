import { spawnSync } from 'node:child_process'
import { copyFileSync, renameSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import { changed, groups, newGroup, newUser, now, users } from './store-data.js'
import { testDatabase, testFolder, testStore } from './test-store.js'

describe('a database in trouble', () => {
  it('that another process has locked answers 503, and works again afterwards', async () => {
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

  it('that is read-only answers 503 and keeps serving reads', async () => {
    const database = testDatabase()
    const store = testStore(database)
    await store.create(users, newUser('a'))
    database.writer.execute('PRAGMA query_only = ON')
    await expect(store.create(users, newUser('b'))).rejects.toMatchObject({ status: 503 })
    expect(await store.get(users, 'a')).toEqual(newUser('a'))
    database.writer.execute('PRAGMA query_only = OFF')
    await store.create(users, newUser('b'))
  })

  it.each(['removed', 'replaced'])(
    'whose file was %s answers 503 to writes, and works again when it is back',
    async (what) => {
      const file = `${testFolder()}/scim.db`
      const store = testStore(testDatabase(file))
      const ada = await store.create(users, newUser('a'))
      await store.create(groups, newGroup('g'))
      renameSync(file, `${file}.away`)
      if (what === 'replaced') copyFileSync(`${file}.away`, file)
      const away = { status: 503, detail: expect.stringContaining('removed or replaced') }
      await expect(store.create(users, newUser('b'))).rejects.toMatchObject(away)
      await expect(store.replace(users, ada, changed(ada, {}))).rejects.toMatchObject(away)
      await expect(store.members.add(groups, 'g', [{ value: 'a', type: 'User' }], { now })).rejects.toMatchObject(away)
      await expect(store.transaction(users, async () => 'done')).rejects.toMatchObject(away)
      renameSync(`${file}.away`, file)
      await store.create(users, newUser('b'))
      expect(await store.members.count(groups, 'g')).toBe(0)
    },
  )

  it('whose file was replaced answers 503 to reads as well, after a second', async () => {
    const file = `${testFolder()}/scim.db`
    const database = testDatabase(file)
    const store = testStore(database)
    await store.create(users, newUser('a'))
    renameSync(file, `${file}.away`)
    expect(await store.get(users, 'a')).toEqual(newUser('a'))
    const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 1_001)
    await expect(store.get(users, 'a')).rejects.toMatchObject({ status: 503 })
    clock.mockRestore()
  })

  it('that a newer version has migrated in the meantime answers 503 to writes and, later, to reads', async () => {
    const file = `${testFolder()}/scim.db`
    const store = testStore(testDatabase(file))
    await store.create(users, newUser('a'))
    const newer = testDatabase(file)
    newer.writer.execute('PRAGMA user_version = 99')
    const other = { status: 503, detail: expect.stringContaining('another schema version') }
    await expect(store.create(users, newUser('b'))).rejects.toMatchObject(other)
    const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 1_001)
    await expect(store.get(users, 'a')).rejects.toMatchObject(other)
    clock.mockRestore()
  })

  it('a write that waits for another process ends in time when the clock of the system is set back', async () => {
    const file = `${testFolder()}/scim.db`
    const store = testStore(testDatabase(file, { busyTimeout: 60 }))
    await store.create(users, newUser('a'))
    const other = testDatabase(file)
    other.writer.execute('BEGIN IMMEDIATE')
    let hours = 0
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => -3_600_000 * hours++)
    await expect(store.create(users, newUser('b'))).rejects.toMatchObject({ status: 503 })
    clock.mockRestore()
    other.writer.execute('ROLLBACK')
  })

  it('a file that has reached its size limit answers 507, keeps serving reads, and keeps what it acknowledged', () => {
    const program = fileURLToPath(new URL('fill-up.ts', import.meta.url))
    const node = [
      process.execPath,
      '--conditions=@scimkit/source',
      '--import',
      'tsx',
      program,
      `${testFolder()}/scim.db`,
    ]
    const { stdout, stderr } = spawnSync('sh', ['-c', `ulimit -f 400; exec ${node.join(' ')}`], { encoding: 'utf8' })
    expect(stdout, stderr).toMatch(/^\{/)
    const { made, status, found } = JSON.parse(stdout)
    expect(made).toBeGreaterThan(0)
    expect([status, found]).toEqual([507, made])
  })

  it.each([
    ['a full disk', 13, 507],
    ['a refused write', 778, 507],
    ['a broken disk', 1034, 503],
    ['a damaged file', 11, 503],
  ])('a commit that fails by %s leaves nothing behind, and the store goes on', async (_, errcode, status) => {
    const database = testDatabase()
    const store = testStore(database)
    await store.create(users, newUser('a'))
    const { statement } = database.writer
    const breakCommit = (text: string) => {
      const run = () => {
        throw Object.assign(new Error('as the driver throws it'), { errcode })
      }
      return text === 'COMMIT' ? { ...statement(text), run } : statement(text)
    }
    Object.assign(database.writer, { statement: breakCommit })
    const both = [store.create(users, newUser('b')), store.create(users, newUser('c'))]
    for (const write of both) await expect(write).rejects.toMatchObject({ status })
    await expect(store.transaction(users, (inside) => inside.create(users, newUser('d')))).rejects.toMatchObject({
      status,
    })
    Object.assign(database.writer, { statement })
    await store.create(users, newUser('e'))
    const { resources } = await store.query(users, { page: { startIndex: 1, count: 10 } })
    expect(resources.map(({ id }) => id)).toEqual(['a', 'e'])
    expect((await store.changes(users.tenantId, 0, 10)).map(({ id }) => id)).toEqual(['a', 'e'])
  })
})
