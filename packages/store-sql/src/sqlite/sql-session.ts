import type { TrackedChange } from './change-tracker.js'
import type { SqlConnection } from './sql-connection.js'

/** An open transaction, as the work inside it sees it. */
export interface Transaction {
  readonly connection: SqlConnection
  /** Notes a change; listeners hear of it once everything is committed. */
  track(change: TrackedChange): void
}

/**
 * A view of the database: committed data, or the inside of a transaction.
 *
 * Work is synchronous, so nothing runs between its statements.
 */
export interface SqlSession {
  /** Whether the view shows committed data, which may be cached. */
  readonly committed: boolean
  read<R>(work: (connection: SqlConnection) => R): Promise<R>
  /** Commits all of the work or none of it. */
  write<R>(work: (transaction: Transaction) => R): Promise<R>
  /** Commits everything done through the inner session or none of it; other sessions see it once it has ended. */
  transaction<R>(work: (session: SqlSession) => Promise<R>): Promise<R>
}
