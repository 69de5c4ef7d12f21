import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createSqlStore, DatabaseSchemaError, migrate, openSqlite } from '../src/index.js'
import { newUser, users } from './store-data.js'
import { testDatabase, testFolder, testStore } from './test-store.js'

describe('migrate', () => {
  it('makes the schema, and does nothing the second time', async () => {
    const database = testDatabase()
    expect(await migrate(database)).toBe(2)
    const changes = () => database.writer.statement<{ n: number }>('SELECT total_changes() AS n').get()?.n
    const before = changes()
    expect(await migrate(database)).toBe(2)
    expect(changes()).toEqual(before)
  })

  it('keeps what is in the database', async () => {
    const file = `${testFolder()}/scim.db`
    await testStore(testDatabase(file)).create(users, newUser('a'))
    await migrate(testDatabase(file))
    expect(await testStore(testDatabase(file)).get(users, 'a')).toEqual(newUser('a'))
  })

  it('takes over a database of the first version with its resources and its feed', async () => {
    const file = `${testFolder()}/scim.db`
    const old = testDatabase(file)
    await testStore(old).create(users, newUser('a'))
    old.writer.execute('DROP TABLE pending_changes; DROP TABLE pending_resources; PRAGMA user_version = 1')
    const database = testDatabase(file)
    expect(() => testStore(database, { migrate: false })).toThrow(/schema version 1/)
    expect(await migrate(database)).toBe(2)
    const store = testStore(database)
    expect(await store.get(users, 'a')).toEqual(newUser('a'))
    expect(await store.changes(users.tenantId, 0, 10)).toHaveLength(1)
    expect(await store.outbox.waiting()).toEqual(new Map())
  })

  it('refuses a newer schema by name and leaves it alone', async () => {
    const database = testDatabase()
    database.writer.execute('PRAGMA user_version = 99')
    await expect(migrate(database)).rejects.toThrow(DatabaseSchemaError)
    expect(() => createSqlStore({ database, dialect: 'sqlite' })).toThrow(/schema version 99/)
    expect(database.reader.statement("SELECT name FROM sqlite_schema WHERE type = 'table'").all()).toEqual([])
  })

  it('is asked for by a store that may not migrate itself', () => {
    const database = testDatabase()
    expect(() => createSqlStore({ database, dialect: 'sqlite', migrate: false })).toThrow(/call migrate\(database\)/)
  })

  it('killed at any statement, completes on the next run', () => {
    const file = `${testFolder()}/scim.db`
    const child = fileURLToPath(new URL('migrate-and-die.ts', import.meta.url))
    const source = ['--conditions=@scimkit/source', '--import', 'tsx']
    const seen = new Set<unknown>()
    let outcome = ''
    for (let statements = 0; outcome !== 'migrated' && statements < 60; statements += 4) {
      const { stdout, signal, stderr } = spawnSync(process.execPath, [...source, child, file, String(statements)], {
        encoding: 'utf8',
      })
      outcome = signal ?? stdout.trim()
      expect(['SIGKILL', 'migrated'], stderr).toContain(outcome)
      const database = openSqlite(file)
      const { reader } = database
      const names = reader.statement<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'").all()
      const has = (table: string) => names.some(({ name }) => name === table)
      const version = reader.statement<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0
      expect([outcome, has('resources'), has('changes'), has('pending_changes'), has('pending_resources')]).toEqual([
        outcome,
        version >= 1,
        version >= 1,
        version >= 2,
        version >= 2,
      ])
      seen.add(version)
      database.close()
    }
    expect(outcome).toBe('migrated')
    expect(seen).toEqual(new Set([0, 1, 2]))
  })
})

describe('openSqlite', () => {
  it.each([
    ['no file', () => openSqlite('')],
    ['an unknown durability', () => openSqlite(':memory:', { durability: 'none' as never })],
    ['no number of milliseconds', () => openSqlite(':memory:', { busyTimeout: Number.NaN })],
  ])('refuses %s', (_, open) => {
    expect(open).toThrow(TypeError)
  })

  it('keeps its promises of durability', () => {
    const read = (durability: 'full' | 'normal') =>
      testDatabase(undefined, { durability }).writer.statement('PRAGMA synchronous').get()
    expect(read('full')).toMatchObject({ synchronous: 2 })
    expect(read('normal')).toMatchObject({ synchronous: 1 })
  })
})

describe('createSqlStore', () => {
  it('says that postgres is not built yet', () => {
    const database = testDatabase(':memory:')
    expect(() => createSqlStore({ database, dialect: 'postgres' })).toThrow(/not built yet/)
    expect(() => createSqlStore({ database: {} as never, dialect: 'sqlite' })).toThrow(TypeError)
  })

  it('makes one secret for cursors for each database', async () => {
    const file = `${testFolder()}/scim.db`
    const [first] = await testStore(testDatabase(file)).cursorSecrets()
    expect(first).toMatch(/^[0-9a-f]{64}$/)
    expect(await testStore(testDatabase(file)).cursorSecrets()).toEqual([first])
    expect(await testStore().cursorSecrets()).not.toEqual([first])
  })
})
