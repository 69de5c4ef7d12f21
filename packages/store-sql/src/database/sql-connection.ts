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

/**
 * Keeps prepared statements by their text.
 *
 * @param prepare Prepares a statement on the driver.
 * @returns A function that prepares every text once.
 */
export function keepStatements(prepare: PrepareStatement): SqlConnection['statement'] {
  const statements = new Map<string, SqlStatement<unknown>>()
  return <Row>(text: string) => {
    const known = statements.get(text)
    if (known) return known as SqlStatement<Row> // the caller's text says which columns a row has
    const prepared = prepare(text)
    statements.set(text, prepared)
    return prepared as SqlStatement<Row> // as above
  }
}
