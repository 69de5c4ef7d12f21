import type { StoreChange } from '@scimkit/server-kit'
import type { Transaction } from '../sqlite/sql-session.js'
import { insertChange } from '../sqlite/statements/changes.js'
import type { Scope } from '../sqlite/statements/scopes.js'

/**
 * Writes a change into the feed, and notes it for the caches.
 *
 * @param transaction Transaction of the change.
 * @param scope Scope of the changed resource.
 * @param change The change.
 */
export function recordChange(
  transaction: Transaction,
  { scope, tenant }: Scope,
  change: Omit<StoreChange, 'sequence'>,
): void {
  insertChange(transaction.connection, tenant, change)
  transaction.track({ scope, tenant, id: change.id, kind: change.kind })
}
