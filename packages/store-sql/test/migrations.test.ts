import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createSqlStore, DatabaseSchemaError, migrate, openSqlite } from '../src/index.js'
import { migrations, schemaVersion } from '../src/sqlite/migrations.js'
import { newUser, users } from './store-data.js'
import { testDatabase, testFolder, testStore } from './test-store.js'

describe('migrate', () => {
  it('creates the schema, and does nothing the second time', async () => {
    const database = testDatabase()
    expect(await migrate(database)).toBe(schemaVersion)
    const changes = () => database.writer.statement<{ n: number }>('SELECT total_changes() AS n').get()?.n
    const before = changes()
    expect(await migrate(database)).toBe(schemaVersion)
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
    old.writer.execute('DROP TABLE pending_changes; PRAGMA user_version = 1')
    const database = testDatabase(file)
    expect(() => testStore(database, { migrate: false })).toThrow(/schema version 1/)
    expect(await migrate(database)).toBe(schemaVersion)
    const store = testStore(database)
    expect(await store.get(users, 'a')).toEqual(newUser('a'))
    expect(await store.changes(users.tenantId, 0, 10)).toHaveLength(1)
    expect(await store.outbox.waiting()).toEqual(new Map())
  })

  it('takes over changes that hooks have not heard of yet, each with its subject and its number', async () => {
    const file = `${testFolder()}/scim.db`
    const old = testDatabase(file)
    for (const { version, statements } of migrations.slice(0, 2)) {
      old.writer.execute(`${statements}; PRAGMA user_version = ${version}`)
    }
    const add = old.writer.statement(
      'INSERT INTO pending_changes (sequence, tenant, id, resources, claimed_until, payload) VALUES (?, 1, ?, ?, 0, ?)',
    )
    old.writer.execute("INSERT INTO tenants VALUES (1, 'default')")
    const given = [
      [3, 'a', ['u1'], 'update'],
      [4, 'b', ['g1', 'u1'], 'leave'],
      [7, 'c', ['u1'], 'deactivate'],
    ] as const
    for (const [sequence, id, resources, kind] of given) {
      add.run(sequence, id, JSON.stringify(resources), JSON.stringify({ kind }))
    }
    old.writer.execute("DELETE FROM pending_changes WHERE id = 'c'")
    const store = testStore(testDatabase(file))
    const { tenantId } = users
    const rest = { attempts: 0, parked: false, overtaken: false }
    expect(await store.outbox.list(tenantId, { limit: 9 })).toEqual([
      { id: 'a', resource: 'u1', sequence: 3, payload: '{"kind":"update"}', ...rest },
      { id: 'b', resource: 'g1', member: 'u1', urgency: 'ends', sequence: 4, payload: '{"kind":"leave"}', ...rest },
    ])
    const lease = { holder: 'h', duration: 1_000 }
    const kept = await store.transaction(users, async (inside) =>
      inside.outbox?.keep(users, [{ id: 'd', resource: 'u1', payload: '{}' }], lease),
    )
    expect(kept).toEqual({ sequences: [8], given: [] })
  })

  it('refuses a newer schema by name and leaves it as it is', async () => {
    const database = testDatabase()
    database.writer.execute('PRAGMA user_version = 99')
    await expect(migrate(database)).rejects.toThrow(DatabaseSchemaError)
    expect(() => createSqlStore({ database })).toThrow(/schema version 99/)
    expect(database.reader.statement("SELECT name FROM sqlite_schema WHERE type = 'table'").all()).toEqual([])
  })

  it('is required by a store that may not migrate', () => {
    const database = testDatabase()
    expect(() => createSqlStore({ database, migrate: false })).toThrow(/call migrate\(database\)/)
  })

  it('killed at any statement, completes on the next run', () => {
    const file = `${testFolder()}/scim.db`
    const child = fileURLToPath(new URL('migrate-and-die.ts', import.meta.url))
    const source = ['--conditions=@scimkit/source', '--import', 'tsx']
    const seen = new Set<unknown>()
    let outcome = ''
    let statements = 0
    for (let runs = 0; outcome !== 'migrated' && runs < 40; runs++) {
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
      expect([
        outcome,
        has('resources'),
        has('pending_changes'),
        has('pending_resources'),
        has('kept_changes'),
      ]).toEqual([outcome, version >= 1, version >= 2, version === 2, false])
      statements = seen.has(version) ? statements + 4 : 0
      seen.add(version)
      database.close()
    }
    expect(outcome).toBe('migrated')
    expect(seen).toEqual(new Set([0, 1, 2, 3]))
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
  it('takes the dialect from the database, and refuses another one by name', async () => {
    const database = testDatabase(':memory:')
    for (const dialect of [undefined, 'sqlite'] as const) {
      expect(await createSqlStore({ database, dialect }).cursorSecrets()).toHaveLength(1)
    }
    const other = { database, dialect: 'postgres' as never } // untyped callers can pass it
    expect(() => createSqlStore(other)).toThrow(
      new TypeError("createSqlStore: dialect is 'postgres', but the database is 'sqlite'; omit dialect"),
    )
  })

  it('names the option that is wrong', () => {
    const database = testDatabase(':memory:')
    expect(() => createSqlStore({ database: {} as never })).toThrow(
      new TypeError('createSqlStore: database must come from openSqlite(file)'),
    )
    const misspelt = { database, migrations: false }
    expect(() => createSqlStore(misspelt)).toThrow(
      new TypeError(
        'createSqlStore: migrations is not an option; the options are database, dialect, migrate, indexed, now',
      ),
    )
    expect(() => createSqlStore({ database, indexed: { User: 'title' as never } })).toThrow(
      new TypeError('createSqlStore: indexed.User must be a list of attribute paths'),
    )
  })

  it('creates one secret for cursors for each database', async () => {
    const file = `${testFolder()}/scim.db`
    const [first] = await testStore(testDatabase(file)).cursorSecrets()
    expect(first).toMatch(/^[0-9a-f]{64}$/)
    expect(await testStore(testDatabase(file)).cursorSecrets()).toEqual([first])
    expect(await testStore().cursorSecrets()).not.toEqual([first])
  })
})
