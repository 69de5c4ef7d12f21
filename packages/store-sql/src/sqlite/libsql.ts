import { createRequire } from 'node:module'
import { keepStatements, type SqlConnection, type SqlValue } from './sql-connection.js'

/** The part of `libsql` that is used. A single list stands for all parameters, which also lets one of them be `null`. */
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
 * @returns A function that opens files, or `undefined` when the package is not installed.
 */
export function findLibsql(): ((file: string) => SqlConnection) | undefined {
  try {
    const Database = createRequire(import.meta.url)('libsql') as Libsql // the package's own types are of another shape
    return (file) => connect(Database, file)
  } catch (error) {
    if ((error as { code?: unknown }).code === 'MODULE_NOT_FOUND') return undefined // any thrown value may be asked for its code
    throw error
  }
}

function connect(Database: Libsql, file: string): SqlConnection {
  const database = new Database(file)
  const { statement, forget } = keepStatements((text) => {
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
      // The driver has no call that ends a statement: each ends when it is collected, and the last takes the files along.
      forget()
      database.close()
    },
  }
}

/** The driver ends the whole process when it meets a value it cannot bind, so none may reach it. */
function checkValue(value: SqlValue): SqlValue {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  throw new TypeError(`A statement takes no ${typeof value}`)
}
