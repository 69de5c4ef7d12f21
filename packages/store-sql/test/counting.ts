import type { SqlConnection } from '../src/sqlite/sql-connection.js'

/** What went through a connection. */
export interface StatementCount {
  /** Rows that came back from statements which read documents. */
  documents: number
  /** Texts of all statements that were run, in their order. */
  readonly texts: string[]
}

/**
 * Counts what a connection does from now on.
 *
 * @param connection Connection to watch.
 * @returns The count, which goes on.
 */
export function countStatements(connection: SqlConnection): StatementCount {
  const count: StatementCount = { documents: 0, texts: [] }
  const { statement } = connection
  Object.assign(connection, {
    statement: (text: string) => {
      const prepared = statement(text)
      const note = (rows: readonly unknown[]) => {
        count.texts.push(text)
        if (text.includes('document')) count.documents += rows.filter((row) => row !== undefined).length
        return rows
      }
      return {
        run: (...parameters: never[]) => {
          count.texts.push(text)
          return prepared.run(...parameters)
        },
        get: (...parameters: never[]) => note([prepared.get(...parameters)])[0],
        all: (...parameters: never[]) => note(prepared.all(...parameters)),
      }
    },
  })
  return count
}
