import type { ChangeOutbox, MembershipPort, ResourceStore, StoreContext } from '@scimkit/server-kit'
import { parseDocument } from '../documents/stored-document.js'
import type { ServedTypes } from '../indexes/served-types.js'
import { queryResources } from '../query/query-resources.js'
import type { QuerySupport } from '../query/query-run.js'
import type { SqlSession } from '../sqlite/sql-session.js'
import { findDocument } from '../sqlite/statements/resources.js'
import { findScope } from '../sqlite/statements/scopes.js'
import { createMembershipPort } from './membership-port.js'
import { createOutboxPort } from './outbox-port.js'
import { createResource, deleteResource, type ResourceWrite, replaceResource } from './write-resources.js'

/** What the ports of a store share. */
export interface PortParts {
  readonly types: ServedTypes
  readonly now: () => Date
  readonly support: QuerySupport
}

/** The store port with the parts that are optional for other stores. */
export interface ResourcePort extends ResourceStore {
  transaction<R>(context: StoreContext, work: (store: ResourceStore) => Promise<R>): Promise<R>
  readonly members: MembershipPort
  readonly outbox: ChangeOutbox
}

/**
 * Creates the store port over a view of the database.
 *
 * @param parts Resource types, clock and view; a transaction creates a port of its own over the inner view.
 */
export function createResourcePort(parts: PortParts): ResourcePort {
  const { types, now, support } = parts
  const { session, tracker } = support
  const prepareToWrite = () => (session.committed ? types.prepareToWrite(session) : undefined)
  const prepareToRead = () => {
    if (!session.committed) return undefined
    tracker.checkOtherProcesses()
    return types.prepareToRead(session)
  }
  const write = async (context: StoreContext, work: (write: ResourceWrite) => void): Promise<void> => {
    await prepareToWrite()
    const type = types.find(context.resourceType)
    await session.write((transaction) => work({ transaction, context, type }))
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
      await write(context, (created) => createResource(created, resource))
      return resource
    },
    async replace(context, current, next) {
      await write(context, (replaced) => replaceResource(replaced, { current, next }))
      return next
    },
    async delete(context, current) {
      await write(context, (deleted) => deleteResource(deleted, { current, at: now().toISOString() }))
    },
    async query(context, query) {
      const preparation = prepareToRead()
      if (preparation) await preparation
      return queryResources(support, { context, type: types.find(context.resourceType), query })
    },
    async transaction(_context, work) {
      await prepareToWrite()
      return session.transaction((inner) => work(createResourcePort({ ...parts, support: within(support, inner) })))
    },
    members: createMembershipPort(session),
    resolvesMembership: true,
    outbox: createOutboxPort(session),
  }
}

/** Inside a transaction nothing is cached, because what it has written may be rolled back. */
function within({ tracker }: QuerySupport, session: SqlSession): QuerySupport {
  return { session, tracker, findScope }
}
