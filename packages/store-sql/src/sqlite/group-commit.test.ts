import { describe, expect, it } from 'vitest'
import { testConnection } from '../../test/test-store.js'
import type { TrackedChange } from './change-tracker.js'
import { createGroupCommit } from './group-commit.js'
import { keepOrUndo } from './keep-or-undo.js'
import type { Transaction } from './sql-session.js'
import { readSetting, writeSetting } from './statements/settings.js'

const changeOf = (id: string): TrackedChange => ({ tenant: 1, scope: 1, id, kind: 'create' })

/** A group commit on a database in memory, and what it has done. */
function openGroupCommit(commit: () => void = () => undefined) {
  const connection = testConnection()
  const commits: string[][] = []
  const write = createGroupCommit(async (work) => {
    const tracked: string[] = []
    connection.execute('BEGIN')
    await keepOrUndo(() => work({ connection, track: ({ id }) => tracked.push(id) }), {
      keep() {
        commit()
        connection.execute('COMMIT')
      },
      undo: () => connection.execute('ROLLBACK'),
    })
    commits.push(tracked)
  })
  const set = (name: string) =>
    write((transaction: Transaction) => {
      writeSetting(transaction.connection, name, 'written')
      transaction.track(changeOf(name))
      return name
    })
  const fail = (name: string, error: unknown = new Error(name)) =>
    write((transaction: Transaction) => {
      writeSetting(transaction.connection, name, 'written')
      transaction.track(changeOf(name))
      throw error
    })
  const has = (...names: readonly string[]) => names.filter((name) => readSetting(connection, name) !== undefined)
  return { write, set, fail, has, commits }
}

describe('group commit', () => {
  it('commits what arrives together at once, and what arrives later apart', async () => {
    const { set, has, commits } = openGroupCommit()
    expect(await Promise.all(['a', 'b', 'c'].map(set))).toEqual(['a', 'b', 'c'])
    expect(await set('d')).toBe('d')
    expect(commits).toEqual([['a', 'b', 'c'], ['d']])
    expect(has('a', 'b', 'c', 'd')).toEqual(['a', 'b', 'c', 'd'])
  })

  it('undoes a write that fails alone', async () => {
    const { fail, set, has, commits } = openGroupCommit()
    await expect(fail('a')).rejects.toThrow('a')
    expect(await set('b')).toBe('b')
    expect([has('a', 'b'), commits]).toEqual([['b'], [['b']]])
  })

  it('undoes only those of a group that fail, with their changes, and tells each its own error', async () => {
    const { fail, set, has, commits } = openGroupCommit()
    const outcomes = await Promise.allSettled([fail('a'), set('b'), fail('c'), set('d')])
    expect(outcomes.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message))).toEqual([
      'a',
      'b',
      'c',
      'd',
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled'])
    expect([has('a', 'b', 'c', 'd'), commits]).toEqual([['b', 'd'], [['b', 'd']]])
  })

  it('turns faults of the database into errors of the protocol, and needs no reason to reject', async () => {
    const { fail, set } = openGroupCommit()
    const [full, nothing] = await Promise.allSettled([fail('a', { errcode: 13 }), fail('b', null), set('c')])
    expect(full).toMatchObject({ status: 'rejected', reason: { status: 507 } })
    expect(nothing).toMatchObject({ status: 'rejected', reason: new Error('A write failed without giving a reason') })
  })

  it('acknowledges nothing of a group whose commit fails', async () => {
    let broken = true
    const { set, has, commits } = openGroupCommit(() => {
      if (broken) throw Object.assign(new Error('disk'), { rawCode: 13 })
    })
    const outcomes = await Promise.allSettled([set('a'), set('b')])
    for (const one of outcomes) expect(one).toMatchObject({ status: 'rejected', reason: { status: 507 } })
    await expect(set('c')).rejects.toMatchObject({ status: 507 })
    broken = false
    expect(await set('d')).toBe('d')
    expect([has('a', 'b', 'c', 'd'), commits]).toEqual([['d'], [['d']]])
  })

  it('rejects everything that waits when the transaction cannot begin', async () => {
    let begins = 0
    const write = createGroupCommit(async () => {
      begins++
      throw new Error('busy')
    })
    const outcomes = await Promise.allSettled([write(() => 'a'), write(() => 'b')])
    expect(outcomes.map((one) => one.status === 'rejected' && one.reason.message)).toEqual(['busy', 'busy'])
    await expect(write(() => 'c')).rejects.toThrow('busy')
    expect(begins).toBe(2)
  })

  it('stops a group at a fault that has ended the transaction', async () => {
    const { write, set, has } = openGroupCommit()
    const rollBack = write(({ connection }) => {
      connection.execute('ROLLBACK')
      throw Object.assign(new Error('disk'), { errcode: 13 })
    })
    const outcomes = await Promise.allSettled([set('a'), rollBack, set('b')])
    for (const one of outcomes) expect(one).toMatchObject({ status: 'rejected', reason: { status: 507 } })
    expect(has('a', 'b')).toEqual([])
  })
})
