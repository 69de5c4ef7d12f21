import type { ResourceDefinition } from '@scimkit/core/schema'
import type {
  ChangeOutbox,
  MembershipPort,
  ResourceStore,
  StoreChange,
  StoreContext,
  TenantId,
} from '@scimkit/server-kit'
import { createServedTypes, type ServedTypes } from './indexes/served-type.js'
import { findCursorSecrets } from './migrations/cursor-secrets.js'
import { checkSchemaVersion, migrateNow } from './migrations/migrate.js'
import { createQueryMemory } from './query/query-memory.js'
import { type QuerySupport, queryResources } from './query/query-resources.js'
import { backUp } from './sqlite/back-up.js'
import { createSession, type SqlSession } from './sqlite/create-session.js'
import type { SqliteDatabase } from './sqlite/open-sqlite.js'
import { readChanges } from './sqlite/statements/changes.js'
import { findDocument, parseDocument } from './sqlite/statements/resources.js'
import { findScope, knownScopes } from './sqlite/statements/scopes.js'
import { createMembershipPort } from './store/membership-port.js'
import { createOutboxPort } from './store/outbox-port.js'
import { trimChanges } from './store/trim-changes.js'
import { createResource, deleteResource, replaceResource } from './store/write-resources.js'

/** Options of {@link createSqlStore}. */
export interface SqlStoreOptions {
  readonly database: SqliteDatabase
  readonly dialect: 'sqlite' | 'postgres'
  /** Whether the store brings the database's schema up to date by itself; `true`. */
  readonly migrate?: boolean | undefined
  /**
   * Attribute paths to index beside the usual ones, by the name of the resource type:
   * `{ User: ['name.familyName'] }`. Unique attributes, `externalId`, `displayName` and `emails.value` are indexed
   * anyway. A new path is filled in at the first request after the start.
   */
  readonly indexed?: Readonly<Record<string, readonly string[]>> | undefined
  /** The clock behind the change feed's time of a deletion. Default: the system's. */
  readonly now?: (() => Date) | undefined
}

/** A store on a SQL database; it serves any number of mounts. */
export interface SqlStore extends ResourceStore {
  serve(definition: ResourceDefinition): void
  transaction<R>(context: StoreContext, work: (store: ResourceStore) => Promise<R>): Promise<R>
  changes(tenantId: TenantId, after: number, limit: number): Promise<readonly StoreChange[]>
  /**
   * Drops old entries of the change feed, of every tenant: to be called now and again by whoever knows that all readers of
   * the feed are past them. What after-hooks have still to be told is kept elsewhere and never dropped by it.
   *
   * @param options Entries older than `before` go; the newest of each tenant stays.
   * @returns Number of entries dropped.
   */
  trimChanges(options: { readonly before: Date }): Promise<number>
  /**
   * Writes a copy of the database as it is at one moment, in one file that needs no other; requests go on, and wait
   * while the database writes it.
   *
   * @param file Path of the copy; there must be no file of that name.
   * @throws {Error} When there is one, or it cannot be written; the message says why.
   */
  backup(file: string): Promise<void>
  readonly members: MembershipPort
  readonly outbox: ChangeOutbox
  /**
   * @returns Secrets of cursors, which `createScimHandler` asks for by itself: made at random once for each database, so
   * cursors stay good when the process starts anew, and for all processes on the database.
   */
  cursorSecrets(): Promise<readonly string[]>
}

/**
 * Makes a store on a database.
 *
 * @param options Database, dialect, and what to index.
 * @returns The store, for `mount`.
 * @throws {TypeError} When an option is wrong.
 * @throws {DatabaseSchemaError} When the database is of a newer version, or not migrated and not to be.
 * @example
 * const store = createSqlStore({ database: openSqlite('scim.db'), dialect: 'sqlite' })
 * const scim = createScimHandler({ basePath: '/scim/v2', resources: [mount(userResource, store)], authenticate })
 */
export function createSqlStore(options: SqlStoreOptions): SqlStore {
  checkOptions(options)
  const { database, indexed = {}, now = () => new Date() } = options
  if (options.migrate ?? true) migrateNow(database)
  else checkSchemaVersion(database)
  const types = createServedTypes(indexed)
  database.tracker.listen(types)
  const session = createSession(database)
  const memory = createQueryMemory()
  database.tracker.listen(memory)
  const { tracker } = database
  const port = createPort({ types, now, support: { session, memory, tracker, findScope: knownScopes() } })
  return {
    ...port,
    serve: (definition) => types.serve(definition),
    async changes(tenantId, after, limit) {
      return session.read((connection) => readChanges(connection, tenantId, after, limit))
    },
    trimChanges: ({ before }) => trimChanges(session, before),
    backup: (file) => backUp(session, database, file),
    cursorSecrets: () => findCursorSecrets(session),
  }
}

const optionNames: readonly string[] = ['database', 'dialect', 'migrate', 'indexed', 'now']

function checkOptions(options: SqlStoreOptions): void {
  const [unknown] = Object.entries(options).filter(
    ([name, value]) => value !== undefined && !optionNames.includes(name),
  )
  if (unknown) {
    throw new TypeError(`createSqlStore has no option ${unknown[0]}; there are ${optionNames.join(', ')}`)
  }
  const { database, dialect, indexed } = options
  if (dialect === 'postgres') throw new TypeError("dialect: 'postgres' is not built yet; use 'sqlite'")
  if (dialect !== 'sqlite') throw new TypeError("dialect is 'sqlite'")
  if (database?.dialect !== 'sqlite') throw new TypeError('database is what openSqlite(file) gives')
  for (const [type, paths] of Object.entries(indexed ?? {})) {
    if (!Array.isArray(paths)) throw new TypeError(`indexed: ${type} needs a list of attribute paths`)
  }
}

interface PortParts {
  readonly types: ServedTypes
  readonly now: () => Date
  readonly support: QuerySupport
}

type Port = ResourceStore & Pick<SqlStore, 'transaction' | 'members' | 'outbox'>

/** The port over one session; within a transaction it is made once more over the inner one. */
function createPort(parts: PortParts): Port {
  const { types, now, support } = parts
  const { session } = support
  const ready = () => (session.committed ? types.ready(session) : undefined)
  const readable = () => {
    if (!session.committed) return undefined
    support.tracker.checkOthers()
    return types.readable(session)
  }
  return {
    async get(context, id) {
      return session.read((connection) => {
        const scope = support.findScope(connection, context)
        const document = scope && findDocument(connection, scope.scope, id)
        return document === undefined ? undefined : parseDocument(document)
      })
    },
    async create(context, resource) {
      await ready()
      await session.write((access) => createResource(access, context, types.find(context.resourceType), resource))
      return resource
    },
    async replace(context, current, next) {
      await ready()
      const type = types.find(context.resourceType)
      await session.write((access) => replaceResource(access, context, type, { current, next }))
      return next
    },
    async delete(context, current) {
      await ready()
      const type = types.find(context.resourceType)
      const at = now().toISOString()
      await session.write((access) => deleteResource(access, context, type, { current, at }))
    },
    async query(context, query) {
      const pending = readable()
      if (pending) await pending
      return queryResources(support, context, types.find(context.resourceType), query)
    },
    async transaction(_context, work) {
      await ready()
      return session.transaction((inner) => work(createPort({ ...parts, support: within(support, inner) })))
    },
    members: createMembershipPort(session),
    resolvesMembership: true,
    outbox: createOutboxPort(session),
  }
}

function within({ tracker }: QuerySupport, session: SqlSession): QuerySupport {
  return { session, tracker, findScope }
}
