import { chmodSync, closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { explainStart } from './explain-start.js'
import type { SqliteDatabase } from './open-sqlite.js'
import type { SqlSession } from './sql-session.js'

/**
 * Writes a copy of a database as it is at one moment, while others read and write. The copy gets its name once it is
 * complete and on the disk.
 *
 * @param session Session over committed data.
 * @param database The database.
 * @param file Path of the copy; no file of that name may exist yet.
 * @throws {Error} When such a file exists, or the copy cannot be written.
 */
export async function backUp(session: SqlSession, database: SqliteDatabase, file: string): Promise<void> {
  if (typeof file !== 'string' || file === '') throw new TypeError('backup needs the path of a file')
  if (existsSync(file)) throw new Error(`${file} already exists; choose another name`)
  const part = `${file}.part`
  rmSync(part, { force: true })
  try {
    // Until it is complete no other user may read the copy, and afterwards only those who may read the original.
    if (existsSync(dirname(part))) closeSync(openSync(part, 'wx', 0o600))
    await session.read((connection) => explainStart(part, () => connection.statement('VACUUM INTO ?').run(part)))
    if (database.file !== ':memory:') chmodSync(part, statSync(database.file).mode)
    flushToDisk(part)
    renameSync(part, file)
  } finally {
    rmSync(part, { force: true })
  }
}

function flushToDisk(file: string): void {
  const descriptor = openSync(file, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
