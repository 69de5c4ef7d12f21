import type { TrackedChange } from './change-tracker.js'
import { toScimError } from './database-fault.js'
import { keepOrUndo } from './keep-or-undo.js'
import type { SqlSession, Transaction } from './sql-session.js'
import { createWriteQueue } from './write-queue.js'

/**
 * Runs work on the inside of a transaction; whatever it starts has to end before it does.
 *
 * @param transaction The open transaction.
 * @param maxWait Milliseconds that a piece of work waits for its turn.
 * @param work Work that uses the inner session.
 * @returns What the work returns.
 */
export async function runInnerSession<R>(
  transaction: Transaction,
  maxWait: number,
  work: (session: SqlSession) => Promise<R>,
): Promise<R> {
  const inner = createInnerSession(transaction, maxWait)
  try {
    return await work(inner.session)
  } finally {
    inner.end()
  }
}

/** The work of an inner session queues up as well, so that whatever runs beside a nested transaction stays out of it. */
function createInnerSession(transaction: Transaction, maxWait: number): { session: SqlSession; end(): void } {
  const { connection } = transaction
  const queue = createWriteQueue(maxWait)
  let hasEnded = false

  async function enter<R>(work: () => R | Promise<R>): Promise<R> {
    return queue.run(() => {
      if (hasEnded) throw new Error('The transaction has ended; await everything that you start inside it')
      return work()
    })
  }

  async function atomically<R>(work: (nested: Transaction) => R | Promise<R>): Promise<R> {
    return enter(() => {
      const changes: TrackedChange[] = []
      connection.execute('SAVEPOINT nested')
      return keepOrUndo(() => work({ connection, track: (change) => changes.push(change) }), {
        keep() {
          connection.execute('RELEASE nested')
          for (const change of changes) transaction.track(change)
        },
        undo: () => connection.execute('ROLLBACK TO nested; RELEASE nested'),
      })
    })
  }

  const session: SqlSession = {
    committed: false,
    read: (work) =>
      enter(() => {
        try {
          return work(connection)
        } catch (error) {
          throw toScimError(error)
        }
      }),
    write: (work) => atomically(work),
    transaction: (work) => atomically((nested) => runInnerSession(nested, maxWait, work)),
  }
  return {
    session,
    end() {
      hasEnded = true
    },
  }
}
