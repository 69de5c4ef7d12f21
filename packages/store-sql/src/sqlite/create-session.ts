import { setTimeout as delay } from 'node:timers/promises'
import type { TrackedChange } from './change-tracker.js'
import { readFault, toScimError } from './database-fault.js'
import { createGroupCommit } from './group-commit.js'
import { runInnerSession } from './inner-session.js'
import { keepOrUndo } from './keep-or-undo.js'
import type { SqliteDatabase } from './open-sqlite.js'
import type { SqlConnection } from './sql-connection.js'
import type { SqlSession, Transaction } from './sql-session.js'

/**
 * Creates the view of committed data. Transactions queue up, so that no work gets into the transaction of another; plain
 * writes that arrive together share a commit; reads use a connection of their own and never see uncommitted data.
 *
 * @param database Open database.
 */
export function createSession(database: SqliteDatabase): SqlSession {
  const { queue, reader, writer, tracker, guard } = database

  async function atomically<R>(work: (transaction: Transaction) => R | Promise<R>): Promise<R> {
    return queue.run(async () => {
      const changes: TrackedChange[] = []
      const checkedWork = () => {
        guard.check(writer)
        return work({ connection: writer, track: (change) => changes.push(change) })
      }
      await begin(database)
      const result = await keepOrUndo(checkedWork, {
        keep: () => writer.statement('COMMIT').run(),
        undo: () => writer.execute('ROLLBACK'),
      })
      tracker.announce(changes)
      return result
    })
  }

  function readNow<R>(work: (connection: SqlConnection) => R): R {
    try {
      guard.checkNowAndThen(reader)
      return work(reader)
    } catch (error) {
      throw toScimError(error)
    }
  }

  return {
    committed: true,
    // One connection serves a database in memory, so reads have to wait there until a transaction has ended.
    read: async (work) => (reader === writer ? queue.run(() => readNow(work)) : readNow(work)),
    write: createGroupCommit(atomically),
    transaction: (work) => atomically((transaction) => runInnerSession(transaction, database.busyTimeout, work)),
  }
}

/** Waits for writers of other processes without blocking this one. */
async function begin({ writer, busyTimeout }: SqliteDatabase): Promise<void> {
  const deadline = performance.now() + busyTimeout // a clock that no one can set back
  for (;;) {
    try {
      writer.statement('BEGIN IMMEDIATE').run()
      return
    } catch (error) {
      if (readFault(error) !== 'busy' || performance.now() >= deadline) throw toScimError(error)
    }
    await delay(2 + Math.random() * 10)
  }
}
