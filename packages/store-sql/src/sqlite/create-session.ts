import { setTimeout as delay } from 'node:timers/promises'
import type { TrackedChange } from './change-tracker.js'
import { readFault, toScimError } from './database-fault.js'
import { createGroupCommit } from './group-commit.js'
import type { SqliteDatabase } from './open-sqlite.js'
import type { SqlConnection } from './sql-connection.js'
import { createWriteQueue } from './write-queue.js'

/** What a piece of writing work is given. */
export interface WriteAccess {
  readonly connection: SqlConnection
  /** Tells of a change; it is announced when everything is committed. */
  track(change: TrackedChange): void
}

/**
 * A view of the database: committed data, or the inside of a transaction.
 *
 * Work is synchronous, so that nothing comes between its statements.
 */
export interface SqlSession {
  /** Whether the view is of committed data, about which things may be remembered. */
  readonly committed: boolean
  read<R>(work: (connection: SqlConnection) => R): Promise<R>
  /** All of the work or nothing. */
  write<R>(work: (access: WriteAccess) => R): Promise<R>
  /** All or nothing of what is done through the inner session; the others see it when it has ended. */
  transaction<R>(work: (session: SqlSession) => Promise<R>): Promise<R>
}

/**
 * The view of committed data. Transactions queue up, so that the work of one never gets into another; plain writes that
 * come together share a commit; readers have a connection of their own and never see what is not committed.
 *
 * @param database Open database.
 * @returns The session.
 */
export function createSession(database: SqliteDatabase): SqlSession {
  const { queue, reader, writer, tracker } = database

  async function atomically<R>(work: (access: WriteAccess) => R | Promise<R>): Promise<R> {
    return queue.run(async () => {
      const changes: TrackedChange[] = []
      await begin(database)
      const result = await settle(() => enter({ connection: writer, track: (change) => changes.push(change) }, work), {
        keep: () => void writer.statement('COMMIT').run(),
        undo: () => writer.execute('ROLLBACK'),
      })
      tracker.committed(changes)
      return result
    })
  }

  function enter<R>(access: WriteAccess, work: (access: WriteAccess) => R): R {
    database.guard.check(writer)
    return work(access)
  }

  return {
    committed: true,
    async read(work) {
      const guarded = () =>
        guard(() => {
          database.guard.checkNowAndThen(reader)
          return work(reader)
        })
      return reader === writer ? queue.run(guarded) : guarded()
    },
    write: createGroupCommit(atomically),
    transaction: (work) => atomically((access) => runInner(access, database.busyTimeout, work)),
  }
}

async function runInner<R>(
  access: WriteAccess,
  patience: number,
  work: (session: SqlSession) => Promise<R>,
): Promise<R> {
  const inner = createInnerSession(access, patience)
  try {
    return await work(inner.session)
  } finally {
    inner.end()
  }
}

/** Work of the inner session queues up too, so that what runs beside a nested transaction stays out of it. */
function createInnerSession(access: WriteAccess, patience: number): { session: SqlSession; end(): void } {
  const { connection } = access
  const queue = createWriteQueue(patience)
  let ended = false

  async function enter<R>(work: () => R | Promise<R>): Promise<R> {
    return queue.run(() => {
      if (ended) throw new Error('The transaction has ended; await everything that is done within it')
      return work()
    })
  }

  async function atomically<R>(work: (access: WriteAccess) => R | Promise<R>): Promise<R> {
    return enter(() => {
      const changes: TrackedChange[] = []
      connection.execute('SAVEPOINT nested')
      return settle(() => work({ connection, track: (change) => changes.push(change) }), {
        keep: () => {
          connection.execute('RELEASE nested')
          for (const change of changes) access.track(change)
        },
        undo: () => connection.execute('ROLLBACK TO nested; RELEASE nested'),
      })
    })
  }

  return {
    session: {
      committed: false,
      read: (work) => enter(() => guard(() => work(connection))),
      write: (work) => atomically(work),
      transaction: (work) => atomically((nested) => runInner(nested, patience, work)),
    },
    end() {
      ended = true
    },
  }
}

async function settle<R>(
  work: () => R | Promise<R>,
  outcome: { readonly keep: () => void; readonly undo: () => void },
): Promise<R> {
  try {
    const result = await work()
    outcome.keep()
    return result
  } catch (error) {
    try {
      outcome.undo()
    } catch {
      // A full disk and some other faults have rolled back already; the first error is the one to tell.
    }
    throw toScimError(error)
  }
}

function guard<R>(work: () => R): R {
  try {
    return work()
  } catch (error) {
    throw toScimError(error)
  }
}

/** Waits for writers of other processes without blocking this one. */
async function begin(database: SqliteDatabase): Promise<void> {
  const deadline = performance.now() + database.busyTimeout // a clock that nobody sets back
  for (;;) {
    try {
      database.writer.statement('BEGIN IMMEDIATE').run()
      return
    } catch (error) {
      if (readFault(error) !== 'busy' || performance.now() >= deadline) throw toScimError(error)
    }
    await delay(2 + Math.random() * 10)
  }
}
