import { createRequire } from 'node:module'
import { createStatementCache, type SqlConnection, type SqlValue } from './sql-connection.js'

/** The part of `libsql` that is used. All parameters travel as one list, which also lets one of them be `null`. */
interface Libsql {
  new (
    file: string,
  ): {
    prepare(text: string): {
      run(parameters: readonly SqlValue[]): { readonly changes: number }
      get(parameters: readonly SqlValue[]): unknown
      all(parameters: readonly SqlValue[]): unknown[]
    }
    exec(text: string): void
    close(): void
  }
}

/**
 * Finds the `libsql` package.
 *
 * @returns A function that opens files; `undefined` when the package is not installed.
 */
export function findLibsql(): ((file: string) => SqlConnection) | undefined {
  try {
    const Database = createRequire(import.meta.url)('libsql') as Libsql // the package's own types are of another shape
    return (file) => connect(Database, file)
  } catch (error) {
    if ((error as { code?: unknown }).code === 'MODULE_NOT_FOUND') return undefined // any thrown value can be asked for its code
    throw error
  }
}

function connect(Database: Libsql, file: string): SqlConnection {
  const database = new Database(file)
  const { statement, clear } = createStatementCache((text) => {
    const prepared = database.prepare(text)
    return {
      run: (...parameters) => prepared.run(parameters.map(checkValue)).changes,
      get: (...parameters) => prepared.get(parameters.map(checkValue)),
      all: (...parameters) => prepared.all(parameters.map(checkValue)),
    }
  })
  return {
    statement,
    execute: (text) => database.exec(text),
    close() {
      // The driver cannot finalize a statement: each goes when it is garbage-collected, and the last one closes the files.
      clear()
      database.close()
    },
  }
}

/** The driver aborts the whole process on a value that it cannot bind, so none may reach it. */
function checkValue(value: SqlValue): SqlValue {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  throw new TypeError(`A statement cannot bind a value of type ${typeof value}`)
}
