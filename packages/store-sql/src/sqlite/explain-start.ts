import { closeSync, existsSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { readFault } from './database-fault.js'

/**
 * Runs work that opens or migrates a database, and explains in one sentence why it failed.
 *
 * @param file Path of the database file.
 * @param start Work that opens or migrates the file.
 * @returns What the work returns.
 * @throws {Error} Names the file, what is wrong with it and the way out; its cause is the driver's error.
 */
export function explainStart<R>(file: string, start: () => R): R {
  try {
    return start()
  } catch (error) {
    const sentence = explain(file, error)
    throw sentence === undefined ? error : new Error(sentence, { cause: error })
  }
}

function explain(file: string, error: unknown): string | undefined {
  const fault = readFault(error)
  switch (fault) {
    case 'busy':
      return `${file} is locked by another process; wait until its transaction has ended, or stop it`
    case 'full':
      return `${file} cannot grow: the disk is full, or the file has reached a size limit; free some space and start again`
    case 'damaged':
      return `${file} is not a SQLite database, or it is damaged; choose another file or restore a backup`
    case 'readOnly':
      return `${file} cannot be written; give this process write permission for the file and its folder`
    case 'unavailable':
      return explainPath(file)
    case 'constraint':
    case undefined:
      // For a file that it cannot open, libsql throws an error without a code.
      return error instanceof Error && error.message.startsWith('ConnectionFailed') ? explainPath(file) : undefined
    default:
      return fault satisfies never
  }
}

function explainPath(file: string): string {
  const folder = dirname(file)
  if (!isFolder(folder)) return `The folder ${folder} does not exist; create it before you open the database`
  if (isFolder(file)) return `${file} is a folder; give the path of a file inside it`
  if (!existsSync(file)) return `${file} cannot be created; give this process write permission for ${folder}`
  if (!isReadable(file)) return `${file} cannot be read; give this process read and write permission for it`
  return `${file} cannot be opened; check that its disk and folder can be read and written`
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** Opens the file, because `access` asks about the user who started the process, not the one that it runs as now. */
function isReadable(file: string): boolean {
  try {
    closeSync(openSync(file, 'r'))
    return true
  } catch {
    return false
  }
}
