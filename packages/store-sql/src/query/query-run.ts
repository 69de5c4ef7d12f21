import type { StoreQuery } from '@scimkit/server-kit'
import type { ServedType } from '../indexes/served-type.js'
import type { ChangeTracker } from '../sqlite/change-tracker.js'
import type { SqlSession } from '../sqlite/sql-session.js'
import type { FindScope, Scope } from '../sqlite/statements/scopes.js'
import type { Candidates } from './plan-candidates.js'
import type { QueryMemory } from './query-memory.js'

/** What all queries of a view of the database share. */
export interface QuerySupport {
  readonly session: SqlSession
  /** Absent within a transaction, whose data no one else may see. */
  readonly memory?: QueryMemory | undefined
  readonly tracker: ChangeTracker
  readonly findScope: FindScope
}

/** One query while it is answered. */
export interface QueryRun extends QuerySupport {
  readonly scope: Scope
  readonly type: ServedType
  readonly query: StoreQuery
  /** What an index finds; absent without a filter, or when no index helps. */
  readonly plan: Candidates | undefined
  readonly signal: AbortSignal
}
