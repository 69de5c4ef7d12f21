import { describe, expect, it } from 'vitest'
import { testDatabase, testFolder } from '../../test/test-store.js'
import { migrateNow } from '../migrations/migrate.js'
import type { TrackedChange } from './change-tracker.js'
import { createSession } from './create-session.js'
import type { SqlConnection } from './sql-connection.js'
import { readSetting, writeSetting } from './statements/settings.js'

const changeOf = (id: string): TrackedChange => ({ tenant: 1, scope: 1, id, kind: 'create' })

function openSession(file = `${testFolder()}/a.db`, busyTimeout = 10_000) {
  const database = testDatabase(file, { busyTimeout })
  migrateNow(database)
  const announced: string[] = []
  database.tracker.listen({ changed: ({ id }) => announced.push(id), invalidate: () => announced.push('all') })
  return { database, session: createSession(database), announced }
}

const has = (name: string) => (connection: SqlConnection) => readSetting(connection, name) !== undefined

describe.each([
  { name: 'a file', file: () => `${testFolder()}/a.db` },
  { name: 'memory', file: () => ':memory:' },
])('a session on $name', ({ file }) => {
  it('announces changes when they are committed, and not when they are undone', async () => {
    const { session, announced } = openSession(file())
    const failed = session.transaction(async (inner) => {
      await inner.write(({ track }) => track(changeOf('undone')))
      throw new Error('undo')
    })
    await expect(failed).rejects.toThrow('undo')
    await session.transaction(async (inner) => {
      await inner.write(({ track }) => track(changeOf('a')))
      await inner.write(({ track }) => track(changeOf('b')))
      expect(announced).toEqual([])
    })
    await session.write(({ track }) => track(changeOf('c')))
    expect(announced).toEqual(['a', 'b', 'c'])
    expect([session.committed, await session.transaction(async (inner) => inner.committed)]).toEqual([true, false])
  })

  it('undoes a failed write inside a transaction, its change included, and keeps the rest', async () => {
    const { session, announced } = openSession(file())
    await session.transaction(async (inner) => {
      const failing = inner.write(({ connection, track }) => {
        writeSetting(connection, 'a', 'x')
        track(changeOf('a'))
        throw Object.assign(new Error('driver'), { errcode: 13 })
      })
      await expect(failing).rejects.toMatchObject({ status: 507 })
      const nested = inner.transaction(async (deep) => {
        await deep.write(({ connection, track }) => {
          writeSetting(connection, 'b', 'x')
          track(changeOf('b'))
        })
        expect(await deep.read(has('b'))).toBe(true)
      })
      await nested
      expect([await inner.read(has('a')), await inner.read(has('b'))]).toEqual([false, true])
    })
    expect([await session.read(has('a')), await session.read(has('b')), announced]).toEqual([false, true, ['b']])
  })

  it('turns faults of reads into errors of the protocol, inside a transaction as well', async () => {
    const { session } = openSession(file())
    const broken = () => {
      throw Object.assign(new Error('driver'), { errcode: 10 })
    }
    await expect(session.read(broken)).rejects.toMatchObject({ status: 503 })
    await session.transaction(async (inner) => {
      await expect(inner.read(broken)).rejects.toMatchObject({ status: 503 })
    })
  })

  it('refuses what begins after the end of its transaction', async () => {
    const { session } = openSession(file())
    const inner = await session.transaction(async (inside) => inside)
    const late = [inner.read(has('a')), inner.write(() => undefined), inner.transaction(async () => undefined)]
    for (const one of late) await expect(one).rejects.toThrow('The transaction has ended')
  })
})

describe('a session', () => {
  it('waits for the transaction of another process, up to its busy timeout', async () => {
    const file = `${testFolder()}/a.db`
    const { session } = openSession(file)
    const other = openSession(file, 0)
    other.database.writer.execute('BEGIN IMMEDIATE')
    const write = session.write(({ connection }) => writeSetting(connection, 'a', 'x'))
    await expect(createSession(other.database).write(() => undefined)).rejects.toThrow()
    setTimeout(() => other.database.writer.execute('ROLLBACK'), 30)
    await write
    expect(await session.read(has('a'))).toBe(true)
  })

  it('does not wait for anything but a lock', async () => {
    const { session, database } = openSession()
    const { statement } = database.writer
    Object.assign(database.writer, {
      statement: (text: string) => {
        if (text === 'BEGIN IMMEDIATE') throw Object.assign(new Error('driver'), { errcode: 10 })
        return statement(text)
      },
    })
    await expect(session.write(() => undefined)).rejects.toMatchObject({
      status: 503,
      detail: expect.stringContaining('cannot be reached'),
    })
  })
})
