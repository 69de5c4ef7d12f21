/** A value that a statement takes or gives. Truth values travel as 0 and 1. */
export type SqlValue = string | number | null

/** A prepared statement; every value travels as a parameter. */
export interface SqlStatement<Row> {
  /**
   * @returns Number of rows changed.
   */
  run(...parameters: readonly SqlValue[]): number
  get(...parameters: readonly SqlValue[]): Row | undefined
  all(...parameters: readonly SqlValue[]): readonly Row[]
}

/** One connection to a database; all calls are synchronous. */
export interface SqlConnection {
  /**
   * Gives the prepared statement of a text; it is prepared on its first use and kept.
   *
   * @param text SQL with `?` for every value.
   */
  statement<Row>(text: string): SqlStatement<Row>
  /**
   * Runs SQL without parameters, several statements if need be.
   *
   * @param text SQL of our own, never text from outside.
   */
  execute(text: string): void
  close(): void
}

/** What a driver prepares; {@link SqlConnection} keeps one for every text. */
export type PrepareStatement = (text: string) => SqlStatement<unknown>

/** Prepared statements by their text. */
export interface KeptStatements {
  readonly statement: SqlConnection['statement']
  /** Lets go of all of them, so that a driver that ends statements when they are collected can do so. */
  forget(): void
}

/**
 * Keeps prepared statements by their text.
 *
 * @param prepare Prepares a statement on the driver.
 * @returns A function that prepares every text once, and one that forgets them.
 */
export function keepStatements(prepare: PrepareStatement): KeptStatements {
  const statements = new Map<string, SqlStatement<unknown>>()
  return {
    statement: <Row>(text: string) => {
      const known = statements.get(text)
      if (known) return known as SqlStatement<Row> // the caller's text says which columns a row has
      const prepared = prepare(text)
      statements.set(text, prepared)
      return prepared as SqlStatement<Row> // as above
    },
    forget: () => statements.clear(),
  }
}
