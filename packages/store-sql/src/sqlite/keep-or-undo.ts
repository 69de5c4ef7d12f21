import { toScimError } from './database-fault.js'

/** How a transaction or a savepoint ends. */
export interface Ending {
  keep(): void
  undo(): void
}

/**
 * Runs work, then keeps it, or undoes it when the work or the keeping fails.
 *
 * @param work Work inside an open transaction or savepoint.
 * @param ending Commits, or rolls back.
 * @returns What the work returns.
 * @throws {ScimError} For a fault of the database; other errors of the work are thrown as they are.
 */
export async function keepOrUndo<R>(work: () => R | Promise<R>, ending: Ending): Promise<R> {
  try {
    const result = await work()
    ending.keep()
    return result
  } catch (error) {
    try {
      ending.undo()
    } catch {
      // After a full disk and some other faults SQLite has already rolled back; the first error is the one to report.
    }
    throw toScimError(error)
  }
}
