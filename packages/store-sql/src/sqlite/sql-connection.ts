/** A value that a statement accepts or returns. Booleans travel as 0 and 1. */
export type SqlValue = string | number | null

/** A prepared statement; every value travels as a parameter. */
export interface SqlStatement<Row> {
  /** @returns Number of rows changed. */
  run(...parameters: readonly SqlValue[]): number
  get(...parameters: readonly SqlValue[]): Row | undefined
  all(...parameters: readonly SqlValue[]): readonly Row[]
}

/** One connection to a database; all calls are synchronous. */
export interface SqlConnection {
  /**
   * Returns the prepared statement for a text; it is prepared on first use and cached.
   *
   * @param text SQL with `?` for every value.
   */
  statement<Row>(text: string): SqlStatement<Row>
  /**
   * Runs SQL without parameters, one statement or several.
   *
   * @param text SQL of our own, never text from outside.
   */
  execute(text: string): void
  close(): void
}

/** Prepares a statement on a driver. */
export type PrepareStatement = (text: string) => SqlStatement<unknown>

/** Prepared statements by their text. */
export interface StatementCache {
  readonly statement: SqlConnection['statement']
  /** Drops all statements, so that a driver which finalizes them on garbage collection can do so. */
  clear(): void
}

/**
 * Creates a cache that prepares every text once.
 *
 * @param prepare Prepares a statement on the driver.
 */
export function createStatementCache(prepare: PrepareStatement): StatementCache {
  const statements = new Map<string, SqlStatement<unknown>>()
  return {
    statement: <Row>(text: string) => {
      const cached = statements.get(text)
      if (cached) return cached as SqlStatement<Row> // the caller's text says which columns a row has
      const prepared = prepare(text)
      statements.set(text, prepared)
      return prepared as SqlStatement<Row> // as above
    },
    clear: () => statements.clear(),
  }
}

/**
 * Returns the row that a statement with `RETURNING` must have given.
 *
 * @throws {Error} When there is none, which would be a fault of ours.
 */
export function requireRow<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new Error('A statement did not return the row that it wrote')
  return row
}
