import { describe, expect, it } from 'vitest'
import { testDatabase, testFolder } from '../../test/test-store.js'
import { createSession } from '../sqlite/create-session.js'
import { migrations, schemaVersion } from '../sqlite/migrations.js'
import { findCursorSecrets, requireCursorSecret } from './cursor-secrets.js'
import { checkSchemaVersion, DatabaseSchemaError, migrate, migrateNow } from './migrate.js'

const versionOf = (database: ReturnType<typeof testDatabase>) =>
  database.writer.statement<{ user_version: number }>('PRAGMA user_version').get()?.user_version

function thrownBy(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  return undefined
}

describe('migrate', () => {
  it.each([0, 1, 2, 3])('goes on behind version %i', async (from) => {
    const database = testDatabase()
    for (const { version, statements } of migrations.slice(0, from)) {
      database.writer.execute(`${statements}; PRAGMA user_version = ${version}`)
    }
    expect(await migrate(database)).toBe(schemaVersion)
    expect(versionOf(database)).toBe(schemaVersion)
    expect(thrownBy(() => checkSchemaVersion(database))).toBeUndefined()
    const timeout = database.writer.statement<{ timeout: number }>('PRAGMA busy_timeout').get()?.timeout
    expect(timeout).toBe(20)
  })

  it('skips a step that another process has taken since the version was read', () => {
    const file = `${testFolder()}/a.db`
    const database = testDatabase(file)
    const { execute } = database.writer
    let isFirst = true
    Object.assign(database.writer, {
      execute: (text: string) => {
        if (text === 'BEGIN IMMEDIATE' && isFirst) {
          isFirst = false
          migrateNow(testDatabase(file))
        }
        execute(text)
      },
    })
    expect(migrateNow(database)).toBe(schemaVersion)
    expect(versionOf(database)).toBe(schemaVersion)
  })

  it('needs no lock where there is nothing to do', () => {
    const file = `${testFolder()}/a.db`
    const database = testDatabase(file, { busyTimeout: 0 })
    migrateNow(database)
    testDatabase(file).writer.execute('BEGIN IMMEDIATE')
    expect(migrateNow(database)).toBe(schemaVersion)
  })

  it('undoes a step that fails as a whole', () => {
    const database = testDatabase()
    const { execute } = database.writer
    Object.assign(database.writer, {
      execute: (text: string) => {
        if (text.includes('user_version = 2')) throw Object.assign(new Error('disk'), { errcode: 13 })
        execute(text)
      },
    })
    expect(thrownBy(() => migrateNow(database))).toMatchObject({ message: expect.stringContaining('cannot grow') })
    expect(versionOf(database)).toBe(1)
    Object.assign(database.writer, { execute })
    expect(migrateNow(database)).toBe(schemaVersion)
  })

  it('refuses a newer schema, and names both versions', () => {
    const database = testDatabase()
    database.writer.execute('PRAGMA user_version = 99')
    const error = thrownBy(() => migrateNow(database))
    expect(error).toBeInstanceOf(DatabaseSchemaError)
    expect(error).toMatchObject({
      name: 'DatabaseSchemaError',
      found: 99,
      expected: schemaVersion,
      message: `${database.file} has schema version 99, but this version of @scimkit/store-sql knows versions up to ${schemaVersion}; use a newer one`,
    })
    expect(versionOf(database)).toBe(99)
  })

  it('is named by the check where it has not run', () => {
    const database = testDatabase()
    expect(thrownBy(() => checkSchemaVersion(database))).toMatchObject({
      found: 0,
      message: `${database.file} has schema version 0, not ${schemaVersion}; call migrate(database) first`,
    })
  })
})

describe('cursor secrets', () => {
  it('are written with the first migration, and stay', async () => {
    const database = testDatabase()
    migrateNow(database)
    const session = createSession(database)
    const [secret, ...others] = await findCursorSecrets(session)
    expect([secret, others]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), []])
    expect(requireCursorSecret(database.writer)).toBe(secret)
    expect(await findCursorSecrets(session)).toEqual([secret])
  })

  it('are written on demand into a database that an older version has migrated, and are none where that fails', async () => {
    const database = testDatabase()
    migrateNow(database)
    database.writer.execute('DELETE FROM settings; PRAGMA query_only = ON')
    const session = createSession(database)
    expect(await findCursorSecrets(session)).toEqual([])
    database.writer.execute('PRAGMA query_only = OFF')
    const secrets = await findCursorSecrets(session)
    expect([secrets.length, await findCursorSecrets(session)]).toEqual([1, secrets])
  })

  it('are an error where our own code fails', async () => {
    const database = testDatabase()
    migrateNow(database)
    database.writer.execute('DELETE FROM settings')
    const session = createSession(database)
    const broken = {
      ...session,
      write: async () => {
        throw new TypeError('ours')
      },
    }
    await expect(findCursorSecrets(broken)).rejects.toThrow('ours')
  })
})
