import { chmodSync, closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { SqlSession } from './create-session.js'
import { explainStart } from './explain-start.js'
import type { SqliteDatabase } from './open-sqlite.js'

/**
 * Writes a copy of a database as it is at one moment, while others read and write. The copy gets its name when it is
 * whole and on the disk.
 *
 * @param session Session over committed data.
 * @param database The database.
 * @param file Path of the copy; there must be no file yet.
 * @throws {Error} When there is one, or it cannot be written.
 */
export async function backUp(session: SqlSession, database: SqliteDatabase, file: string): Promise<void> {
  if (typeof file !== 'string' || file === '') throw new TypeError('backup needs the path of a file')
  if (existsSync(file)) throw new Error(`${file} exists already; give a name that is free`)
  const part = `${file}.part`
  rmSync(part, { force: true })
  try {
    // Of the right to read the copy, others get no more than of the original, and not before it is whole.
    if (existsSync(dirname(part))) closeSync(openSync(part, 'wx', 0o600))
    await session.read((connection) => explainStart(part, () => connection.statement('VACUUM INTO ?').run(part)))
    if (database.file !== ':memory:') chmodSync(part, statSync(database.file).mode)
    toDisk(part)
    renameSync(part, file)
  } finally {
    rmSync(part, { force: true })
  }
}

function toDisk(file: string): void {
  const descriptor = openSync(file, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
