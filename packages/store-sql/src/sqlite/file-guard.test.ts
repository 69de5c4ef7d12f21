import { copyFileSync, renameSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { testDatabase, testFolder } from '../../test/test-store.js'
import { migrateNow } from '../migrations/migrate.js'
import { createFileGuard } from './file-guard.js'
import { schemaVersion } from './migrations.js'

function guardOf(file: string) {
  const database = testDatabase(file)
  migrateNow(database)
  return { guard: createFileGuard(file), connection: database.writer }
}

const moved = { status: 503, detail: expect.stringContaining('removed or replaced') }
const migrated = { status: 503, detail: expect.stringContaining('another schema version') }

function thrownBy(call: () => void): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  return undefined
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('the file guard', () => {
  it('notices at once that a file is gone, or another one, and that it is back', () => {
    const file = `${testFolder()}/a.db`
    const { guard, connection } = guardOf(file)
    expect(thrownBy(() => guard.check(connection))).toBeUndefined()
    renameSync(file, `${file}.away`)
    expect(thrownBy(() => guard.check(connection))).toMatchObject(moved)
    copyFileSync(`${file}.away`, file)
    expect(thrownBy(() => guard.check(connection))).toMatchObject(moved)
    renameSync(`${file}.away`, file)
    expect(thrownBy(() => guard.check(connection))).toBeUndefined()
  })

  it('notices another schema version, in memory as well', () => {
    const { guard, connection } = guardOf(':memory:')
    expect(thrownBy(() => guard.check(connection))).toBeUndefined()
    connection.execute('PRAGMA user_version = 99')
    expect(thrownBy(() => guard.check(connection))).toMatchObject(migrated)
  })

  it('lets reads rely on the last check for a second', () => {
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => now)
    const { guard, connection } = guardOf(':memory:')
    const read = () => thrownBy(() => guard.checkNowAndThen(connection))
    connection.execute('PRAGMA user_version = 99')
    expect(read()).toMatchObject(migrated)
    connection.execute(`PRAGMA user_version = ${schemaVersion}`)
    expect(read()).toBeUndefined()
    connection.execute('PRAGMA user_version = 99')
    now = 999
    expect(read()).toBeUndefined()
    now = 1_000
    expect(read()).toMatchObject(migrated)
    expect(read()).toMatchObject(migrated)
    connection.execute(`PRAGMA user_version = ${schemaVersion}`)
    expect(thrownBy(() => guard.check(connection))).toBeUndefined()
    connection.execute('PRAGMA user_version = 99')
    now = 1_999
    expect(read()).toBeUndefined()
    now = 2_000
    expect(read()).toMatchObject(migrated)
  })
})
