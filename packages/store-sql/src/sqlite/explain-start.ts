import { closeSync, existsSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { readFault } from './database-fault.js'

/**
 * Runs what opens or migrates a database, and says in one sentence why it failed.
 *
 * @param file Path of the database file.
 * @param start The work.
 * @returns What the work returns.
 * @throws {Error} That names the file, what is wrong with it and the way out, with the driver's error as its cause.
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
      return `${file} is locked by another process; wait until it has ended its transaction, or stop it`
    case 'full':
      return `${file} cannot grow: the disk is full, or a limit of file sizes is reached; make room and start again`
    case 'damaged':
      return `${file} is not a SQLite database, or it is damaged; give another file or restore a backup`
    case 'readOnly':
      return `${file} cannot be written; give this process the right to write the file and its folder`
    case 'unavailable':
      return explainPath(file)
    case 'constraint':
    case undefined:
      // libsql tells a file that it cannot open by an error without a code.
      return error instanceof Error && error.message.startsWith('ConnectionFailed') ? explainPath(file) : undefined
    default:
      return fault satisfies never
  }
}

function explainPath(file: string): string {
  const folder = dirname(file)
  if (!isFolder(folder)) return `The folder ${folder} does not exist; make it before the database is opened`
  if (isFolder(file)) return `${file} is a folder; give the path of a file in it`
  if (!existsSync(file)) return `${file} cannot be made; give this process the right to write ${folder}`
  if (!isReadable(file)) return `${file} cannot be read; give this process the right to read and write it`
  return `${file} cannot be opened; look whether its disk and folder can be read and written`
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** Opens the file, since `access` asks about the user who started the process, not about the one that it acts as. */
function isReadable(file: string): boolean {
  try {
    closeSync(openSync(file, 'r'))
    return true
  } catch {
    return false
  }
}
