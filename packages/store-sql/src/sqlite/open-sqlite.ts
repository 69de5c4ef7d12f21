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
   * `full` (default): what was acknowledged survives a power cut. `normal`: it survives the end of the process, but a
   * power cut may take the last changes with it.
   */
  readonly durability?: 'full' | 'normal' | undefined
  /** Milliseconds that a write waits for others, in this process and in others, before it answers 503; 10 000. */
  readonly busyTimeout?: number | undefined
  /** Default: `node:sqlite` where this Node has it, else the package `libsql`. */
  readonly driver?: SqliteDriver | undefined
}

/** An open SQLite database; {@link createSqlStore} and {@link migrate} are its users. */
export interface SqliteDatabase {
  readonly dialect: 'sqlite'
  /** Name of the file, or `:memory:`. */
  readonly file: string
  readonly driver: SqliteDriver
  /** Milliseconds that a write waits for others. */
  readonly busyTimeout: number
  /** Connection that sees committed data alone; for a database in memory it is the writer's. */
  readonly reader: SqlConnection
  readonly writer: SqlConnection
  /** Serialises everything that uses the writer. */
  readonly queue: WriteQueue
  readonly tracker: ChangeTracker
  readonly guard: FileGuard
  /** Writes everything into the one file and closes it; a second call does nothing. */
  close(): void
}

/**
 * Opens a SQLite database and makes the file when there is none.
 *
 * @param file Path of the file, or `:memory:`.
 * @param options Durability, patience and driver.
 * @returns The database, without tables until it is migrated.
 * @throws {TypeError} When an option is wrong or there is no driver; the message names the way out.
 * @throws {Error} When the file cannot be opened; the message says why.
 * @example
 * const database = openSqlite('scim.db')
 * const store = createSqlStore({ database, dialect: 'sqlite' })
 */
export function openSqlite(file: string, options: SqliteOptions = {}): SqliteDatabase {
  const { durability = 'full', busyTimeout = 10_000 } = options
  if (typeof file !== 'string' || file === '') throw new TypeError('openSqlite needs the path of a file')
  if (durability !== 'full' && durability !== 'normal') throw new TypeError("durability is 'full' or 'normal'")
  if (!(busyTimeout >= 0)) throw new TypeError('busyTimeout is a number of milliseconds')
  const [driver, connect] = findDriver(options.driver)
  const { writer, reader } = explainStart(file, () => openBoth(file, connect, durability))
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
 * Opens a file as usual, or as one that never changes: where neither the file nor its folder can be written, and no
 * writer has left a log beside it.
 */
function openBoth(file: string, connect: Connect, durability: 'full' | 'normal') {
  const open = () => prepareConnection(connect(file), durability)
  try {
    const writer = open()
    return { writer, reader: file === ':memory:' ? writer : open() }
  } catch (error) {
    if (readFault(error) !== 'readOnly' || existsSync(`${file}-wal`)) throw error
    const unchanging = `${pathToFileURL(file).href}?immutable=1`
    return { writer: connect(unchanging), reader: connect(unchanging) }
  }
}

/** Drivers that leave connections open until they are collected do not merge the log by themselves. */
function checkpoint(writer: SqlConnection): void {
  try {
    writer.execute('PRAGMA wal_checkpoint(TRUNCATE)')
  } catch {
    // Another process uses the log, or the file is read-only; whoever closes last merges it.
  }
}

function findDriver(wanted: SqliteDriver | undefined): [SqliteDriver, Connect] {
  const node = wanted === 'libsql' ? undefined : findNodeSqlite()
  if (node) return ['node:sqlite', node]
  if (wanted === 'node:sqlite') throw new TypeError('This Node has no node:sqlite; use Node 22.13 or newer, or libsql')
  const libsql = findLibsql()
  if (libsql) return ['libsql', libsql]
  throw new TypeError('SQLite needs Node 22.13 or newer, or the package libsql: npm install libsql')
}

/** The short busy timeout covers a reader that meets a checkpoint; writers wait without blocking the process. */
function prepareConnection(connection: SqlConnection, durability: 'full' | 'normal'): SqlConnection {
  connection.execute('PRAGMA busy_timeout = 5000')
  connection.execute('PRAGMA journal_mode = WAL')
  connection.execute(`PRAGMA synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}`)
  connection.execute('PRAGMA foreign_keys = ON')
  connection.execute('PRAGMA busy_timeout = 20')
  return connection
}
