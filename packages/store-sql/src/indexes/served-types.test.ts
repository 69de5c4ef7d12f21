import { groupResource, userResource } from '@scimkit/core/schema'
import { describe, expect, it } from 'vitest'
import { testDatabase, testFolder } from '../../test/test-store.js'
import { migrateNow } from '../migrations/migrate.js'
import { createSession } from '../sqlite/create-session.js'
import { createServedTypes } from './served-types.js'

function open(file: string, further: Record<string, readonly string[]> = {}) {
  const database = testDatabase(file, { busyTimeout: 0 })
  migrateNow(database)
  const session = createSession(database)
  const types = createServedTypes(further)
  types.serve(userResource)
  const pathsOf = (name: string) => [...types.find(name).byPath.keys()].sort()
  return { database, session, types, pathsOf }
}

const usual = ['displayName', 'emails.value', 'externalId', 'userName']

describe('served types', () => {
  it('are known once they are prepared, and prepared once', async () => {
    const { session, types, pathsOf } = open(':memory:', { User: ['title'] })
    expect([pathsOf('User'), types.find('Other').definition]).toEqual([[], undefined])
    const [first, second] = [types.prepareToWrite(session), types.prepareToWrite(session)]
    expect(first).toBeDefined()
    expect(second).toBe(first)
    await first
    expect([types.prepareToWrite(session), pathsOf('User')]).toEqual([undefined, [...usual, 'title'].sort()])
    expect(types.find('User')).toMatchObject({ definition: userResource, generation: '1' })
    types.serve(groupResource)
    await types.prepareToWrite(session)
    expect(pathsOf('Group')).toEqual(['displayName', 'externalId'])
    expect(types.prepareToWrite(session)).toBeUndefined()
  })

  it('of which there are none need no preparation', () => {
    const { session } = open(':memory:')
    const none = createServedTypes({})
    expect([none.prepareToWrite(session), none.prepareToRead(session)]).toEqual([undefined, undefined])
  })

  it('take further paths from their own entry only', async () => {
    const { session, types, pathsOf } = open(':memory:', Object.create({ User: ['title'] }))
    await types.prepareToWrite(session)
    expect(pathsOf('User')).toEqual(usual)
  })

  it('are read as the database has them, without waiting for a write', async () => {
    const file = `${testFolder()}/a.db`
    const first = open(file)
    await first.types.prepareToWrite(first.session)
    const second = open(file, { User: ['title'] })
    first.database.writer.execute('BEGIN IMMEDIATE')
    await second.types.prepareToRead(second.session)
    expect([second.types.prepareToRead(second.session), second.pathsOf('User')]).toEqual([undefined, usual])
    first.database.writer.execute('ROLLBACK')
    await second.types.prepareToWrite(second.session)
    expect(second.pathsOf('User')).toEqual([...usual, 'title'].sort())
    expect(second.types.find('User').generation).toBe('2')
  })

  it('are read again when another process has written, and keep the generation they were prepared with', async () => {
    const file = `${testFolder()}/a.db`
    const first = open(file, { User: ['title'] })
    await first.types.prepareToWrite(first.session)
    expect(first.types.prepareToRead(first.session)).toBeDefined()
    await first.types.prepareToRead(first.session)
    const second = open(file)
    await second.types.prepareToWrite(second.session)
    first.types.changed({ tenant: 1, scope: 1, id: 'a', kind: 'create' })
    expect(first.types.prepareToRead(first.session)).toBeUndefined()
    first.types.invalidate()
    await first.types.prepareToRead(first.session)
    expect(first.pathsOf('User')).toEqual(usual)
    expect(first.types.find('User').generation).toBe('1')
    expect(second.types.find('User').generation).toBe('2')
    expect(first.types.prepareToWrite(first.session)).toBeUndefined()
  })

  it('whose indexes are current need no write at all', async () => {
    const file = `${testFolder()}/a.db`
    const first = open(file)
    await first.types.prepareToWrite(first.session)
    const second = open(file)
    await second.types.prepareToRead(second.session)
    first.database.writer.execute('BEGIN IMMEDIATE')
    await second.types.prepareToWrite(second.session)
    first.database.writer.execute('ROLLBACK')
    expect(second.types.find('User').generation).toBe('1')
  })

  it('are tried again after they could not be prepared', async () => {
    const file = `${testFolder()}/a.db`
    const first = open(file)
    const other = open(file)
    other.database.writer.execute('BEGIN IMMEDIATE')
    await expect(first.types.prepareToWrite(first.session)).rejects.toMatchObject({ status: 503 })
    other.database.writer.execute('ROLLBACK')
    await first.types.prepareToWrite(first.session)
    expect(first.pathsOf('User')).toEqual(usual)
  })
})
