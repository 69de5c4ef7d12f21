import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { type ChangeTracker, createChangeTracker } from './change-tracker.js'
import { readFault } from './database-fault.js'
import { explainStart } from './explain-start.js'
import { createFileGuard, type FileGuard } from './file-guard.js'
import { findLibsql } from './libsql.js'
import { findNodeSqlite } from './node-sqlite.js'
import type { SqlConnection } from './sql-connection.js'
import { createWriteQueue, type WriteQueue } from './write-queue.js'

/** The SQLite builds that can be used. */
export type SqliteDriver = 'node:sqlite' | 'libsql'

/** Options of {@link openSqlite}. */
export interface SqliteOptions {
  /**
   * `full` (default): acknowledged writes survive a power cut. `normal`: they survive the end of the process, but a
   * power cut may lose the last of them.
   */
  readonly durability?: 'full' | 'normal' | undefined
  /** Milliseconds that a write waits for other writes, of any process, before it responds with 503; 10 000. */
  readonly busyTimeout?: number | undefined
  /** Default: `node:sqlite` where this Node has it, else the package `libsql`. */
  readonly driver?: SqliteDriver | undefined
}

/** An open SQLite database, for `createSqlStore` and `migrate`. */
export interface SqliteDatabase {
  readonly dialect: 'sqlite'
  /** Name of the file, or `:memory:`. */
  readonly file: string
  readonly driver: SqliteDriver
  /** Milliseconds that a write waits for other writes. */
  readonly busyTimeout: number
  /** Connection that sees committed data only; for a database in memory it is the writer. */
  readonly reader: SqlConnection
  readonly writer: SqlConnection
  /** Serializes everything that uses the writer. */
  readonly queue: WriteQueue
  readonly tracker: ChangeTracker
  readonly guard: FileGuard
  /** Merges the log into the file and closes it; a second call does nothing. */
  close(): void
}

/**
 * Opens a SQLite database; a file that does not exist is created.
 *
 * @param file Path of the file, or `:memory:`.
 * @param options Durability, busy timeout and driver.
 * @returns The database; it has no tables until it is migrated.
 * @throws {TypeError} When an option is wrong or no driver is installed; the message names the way out.
 * @throws {Error} When the file cannot be opened; the message says why.
 * @example
 * const database = openSqlite('scim.db')
 * const store = createSqlStore({ database })
 */
export function openSqlite(file: string, options: SqliteOptions = {}): SqliteDatabase {
  const { durability = 'full', busyTimeout = 10_000 } = options
  if (typeof file !== 'string' || file === '')
    throw new TypeError("openSqlite: file must be the path of a file, or ':memory:'")
  if (durability !== 'full' && durability !== 'normal')
    throw new TypeError("openSqlite: durability must be 'full' or 'normal'")
  if (!(busyTimeout >= 0)) throw new TypeError('openSqlite: busyTimeout must be a number of milliseconds')
  const [driver, connect] = findDriver(options.driver)
  const { writer, reader } = explainStart(file, () => connectTwice(file, connect, durability))
  let isOpen = true
  return {
    dialect: 'sqlite',
    file,
    driver,
    busyTimeout,
    reader,
    writer,
    queue: createWriteQueue(busyTimeout),
    tracker: createChangeTracker(writer),
    guard: createFileGuard(file),
    close() {
      if (!isOpen) return
      isOpen = false
      if (reader !== writer) reader.close()
      checkpoint(writer)
      writer.close()
    },
  }
}

type Connect = (file: string) => SqlConnection

/**
 * Opens a file for writing and for reading. Where neither the file nor its folder can be written and no writer has left
 * a log beside it, it is opened as one that never changes.
 */
function connectTwice(file: string, connect: Connect, durability: 'full' | 'normal') {
  const open = () => prepareConnection(connect(file), durability)
  try {
    const writer = open()
    return { writer, reader: file === ':memory:' ? writer : open() }
  } catch (error) {
    if (readFault(error) !== 'readOnly' || existsSync(`${file}-wal`)) throw error
    const immutable = `${pathToFileURL(file).href}?immutable=1`
    return { writer: connect(immutable), reader: connect(immutable) }
  }
}

/** A driver that keeps connections open until they are garbage-collected does not merge the log by itself. */
function checkpoint(writer: SqlConnection): void {
  try {
    writer.execute('PRAGMA wal_checkpoint(TRUNCATE)')
  } catch {
    // Another process uses the log, or the file is read-only; the last process to close the file merges it.
  }
}

function findDriver(requested: SqliteDriver | undefined): [SqliteDriver, Connect] {
  const node = requested === 'libsql' ? undefined : findNodeSqlite()
  if (node) return ['node:sqlite', node]
  if (requested === 'node:sqlite')
    throw new TypeError('This Node has no node:sqlite; use Node 22.13 or newer, or the driver libsql')
  const libsql = findLibsql()
  if (libsql) return ['libsql', libsql]
  throw new TypeError('SQLite needs Node 22.13 or newer, or the package libsql; run: npm install libsql')
}

/** Milliseconds that a statement blocks the process: enough for a read during a checkpoint; writes wait without blocking. */
export const shortBusyTimeout = 20

function prepareConnection(connection: SqlConnection, durability: 'full' | 'normal'): SqlConnection {
  connection.execute('PRAGMA busy_timeout = 5000')
  connection.execute('PRAGMA journal_mode = WAL')
  connection.execute(`PRAGMA synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}`)
  connection.execute('PRAGMA foreign_keys = ON')
  connection.execute(`PRAGMA busy_timeout = ${shortBusyTimeout}`)
  return connection
}
