import { createStatementCache, type SqlConnection, type SqlValue } from './sql-connection.js'

/** The part of `node:sqlite` that is used; its types are newer than the oldest Node that we support. */
interface NodeSqlite {
  readonly DatabaseSync: new (
    file: string,
  ) => {
    prepare(text: string): {
      run(...parameters: readonly SqlValue[]): { readonly changes: number | bigint }
      get(...parameters: readonly SqlValue[]): unknown
      all(...parameters: readonly SqlValue[]): unknown[]
    }
    exec(text: string): void
    close(): void
  }
}

/**
 * Finds Node's own SQLite.
 *
 * @returns A function that opens files; `undefined` where this Node has no SQLite.
 */
export function findNodeSqlite(): ((file: string) => SqlConnection) | undefined {
  const sqlite = process.getBuiltinModule?.('node:sqlite') as NodeSqlite | undefined // not in the types of Node 20
  return sqlite && ((file) => connect(sqlite, file))
}

function connect(sqlite: NodeSqlite, file: string): SqlConnection {
  const database = new sqlite.DatabaseSync(file)
  const { statement, clear } = createStatementCache((text) => {
    const prepared = database.prepare(text)
    return {
      run: (...parameters) => Number(prepared.run(...parameters).changes),
      get: (...parameters) => prepared.get(...parameters),
      all: (...parameters) => prepared.all(...parameters),
    }
  })
  return {
    statement,
    execute: (text) => database.exec(text),
    close() {
      clear()
      database.close()
    },
  }
}
