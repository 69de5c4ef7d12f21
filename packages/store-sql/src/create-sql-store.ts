import type { ResourceDefinition } from '@scimkit/core/schema'
import type {
  ChangeOutbox,
  MembershipPort,
  ResourceStore,
  StoreChange,
  StoreContext,
  TenantId,
} from '@scimkit/server-kit'
import { createServedTypes } from './indexes/served-types.js'
import { findCursorSecrets } from './migrations/cursor-secrets.js'
import { checkSchemaVersion, migrateNow } from './migrations/migrate.js'
import { createQueryMemory } from './query/query-memory.js'
import { backUp } from './sqlite/back-up.js'
import { createSession } from './sqlite/create-session.js'
import type { SqliteDatabase } from './sqlite/open-sqlite.js'
import { readChanges } from './sqlite/statements/changes.js'
import { cacheScopes } from './store/cache-scopes.js'
import { createResourcePort } from './store/resource-port.js'
import { trimChanges } from './store/trim-changes.js'

/** Options of {@link createSqlStore}. */
export interface SqlStoreOptions {
  /** Open database. */
  readonly database: SqliteDatabase
  /** The database's dialect; it need not be given, and must agree with `database` where it is. */
  readonly dialect?: 'sqlite' | undefined
  /** Whether the store itself brings the database's schema up to date; `true`. */
  readonly migrate?: boolean | undefined
  /**
   * Attribute paths to index besides the usual ones, by the name of the resource type: `{ User: ['name.familyName'] }`.
   * Unique attributes, `externalId`, `displayName` and `emails.value` are always indexed. A new path is filled in at the
   * first request after the start.
   */
  readonly indexed?: Readonly<Record<string, readonly string[]>> | undefined
  /** Clock for the time of a deletion in the change feed. Default: the system's. */
  readonly now?: (() => Date) | undefined
}

/** A store on a SQL database; it serves any number of mounts. */
export interface SqlStore extends ResourceStore {
  serve(definition: ResourceDefinition): void
  transaction<R>(context: StoreContext, work: (store: ResourceStore) => Promise<R>): Promise<R>
  /** Reads up to `limit` entries of a tenant's change feed behind the sequence number `after`, in commit order. */
  changes(tenantId: TenantId, after: number, limit: number): Promise<readonly StoreChange[]>
  /**
   * Deletes old entries of the change feed, of every tenant. Call it now and then with a time that all readers of the
   * feed are past. Changes that after-hooks are still waiting for are kept elsewhere and stay.
   *
   * @param options Entries older than `before` are deleted; the newest of each tenant stays.
   * @returns Number of entries deleted.
   */
  trimChanges(options: { readonly before: Date }): Promise<number>
  /**
   * Writes a copy of the database as it is at one moment into a single file. Requests go on, and wait while the database
   * writes the copy.
   *
   * @param file Path of the copy; no file of that name may exist yet.
   * @throws {Error} When such a file exists, or the copy cannot be written; the message says why.
   */
  backup(file: string): Promise<void>
  readonly members: MembershipPort
  readonly outbox: ChangeOutbox
  /**
   * Returns the secrets of cursors, for which `createScimHandler` asks by itself. They are created at random once for
   * each database, so cursors outlive the process and work in all processes on the database.
   */
  cursorSecrets(): Promise<readonly string[]>
}

/**
 * Creates a store on a database.
 *
 * @param options Database, and what to index.
 * @returns The store, for `mount`.
 * @throws {TypeError} When an option is wrong.
 * @throws {DatabaseSchemaError} When the database is of a newer version, or not migrated and `migrate` is false.
 * @example
 * const store = createSqlStore({ database: openSqlite('scim.db') })
 * const scim = createScimHandler({ basePath: '/scim/v2', resources: [mount(userResource, store)], authenticate })
 */
export function createSqlStore(options: SqlStoreOptions): SqlStore {
  checkOptions(options)
  const { database, indexed = {}, now = () => new Date() } = options
  if (options.migrate ?? true) migrateNow(database)
  else checkSchemaVersion(database)
  const { tracker } = database
  const types = createServedTypes(indexed)
  const memory = createQueryMemory()
  for (const listener of [types, memory]) tracker.listen(listener)
  const session = createSession(database)
  const support = { session, memory, tracker, findScope: cacheScopes() }
  return {
    ...createResourcePort({ types, now, support }),
    serve: (definition) => types.serve(definition),
    changes: (tenantId, after, limit) =>
      session.read((connection) => readChanges(connection, tenantId, { after, limit })),
    trimChanges: ({ before }) => trimChanges(session, before),
    backup: (file) => backUp(session, database, file),
    cursorSecrets: () => findCursorSecrets(session),
  }
}

const optionNames: readonly string[] = ['database', 'dialect', 'migrate', 'indexed', 'now']

function checkOptions(options: SqlStoreOptions): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || optionNames.includes(name)) continue
    throw new TypeError(`createSqlStore: ${name} is not an option; the options are ${optionNames.join(', ')}`)
  }
  const { database, dialect, indexed } = options
  if (database?.dialect !== 'sqlite') throw new TypeError('createSqlStore: database must come from openSqlite(file)')
  if (dialect !== undefined && dialect !== database.dialect) {
    throw new TypeError(
      `createSqlStore: dialect is '${dialect}', but the database is '${database.dialect}'; omit dialect`,
    )
  }
  for (const [type, paths] of Object.entries(indexed ?? {})) {
    if (!Array.isArray(paths)) throw new TypeError(`createSqlStore: indexed.${type} must be a list of attribute paths`)
  }
}
