import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Compatibility, enterpriseUser, groupResource, resourceFromSchemas, userResource } from '@scimkit/core'
import { bearerToken, createScimHandler, memoryStore, mount, type Note } from '@scimkit/server-kit'
import { toNodeListener } from '@scimkit/server-kit/node'
import { createSqlStore, openSqlite } from '@scimkit/store-sql'
import type { Target } from '../src/index.js'

/** Stores that every sample is replayed on. */
export const storeKinds = ['memory', 'sqlite'] as const

/** Ways from the request to the handler: a function call, or HTTP through Node's server. */
export const transports = ['in-process', 'socket'] as const

/** Name of a store that samples are replayed on. */
export type StoreKind = (typeof storeKinds)[number]

/** Name of a way from the request to the handler. */
export type Transport = (typeof transports)[number]

/** Options of {@link createProvider}. */
export interface ProviderOptions {
  /** How tolerant it is; `lenient` when absent. */
  readonly compatibility?: Compatibility | undefined
  /** `in-process` when absent. */
  readonly transport?: Transport | undefined
}

/** An empty service provider, and the notes it has made. */
export interface Provider {
  readonly target: Target
  readonly notes: readonly Note[]
  /** Errors that were answered 500. */
  readonly errors: readonly unknown[]
  close(): Promise<void>
}

const token = 'conformance-token-0001'
const people = userResource.extend(enterpriseUser)
/** Attributes of users and groups are texts and booleans; this type has a number. */
const rooms = resourceFromSchemas(
  [
    {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
      id: 'urn:example:params:scim:schemas:Room',
      name: 'Room',
      attributes: [
        { name: 'name', type: 'string', required: true },
        { name: 'floor', type: 'integer' },
      ],
    },
  ],
  { name: 'Room', endpoint: '/Rooms', schema: 'urn:example:params:scim:schemas:Room' },
)

/**
 * Creates a service provider without resources: users with the enterprise extension, and groups.
 *
 * @param kind Store that keeps the resources.
 * @param options How tolerant it is, and the way to it.
 * @returns The provider; close it when the replay is over.
 */
export async function createProvider(kind: StoreKind, options: ProviderOptions = {}): Promise<Provider> {
  const notes: Note[] = []
  const errors: unknown[] = []
  const { store, close } = await openStore(kind)
  const scim = createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(people, store), mount(groupResource, store), mount(rooms, store)],
    authenticate: bearerToken(token),
    compatibility: options.compatibility,
    onNote: (note) => notes.push(note),
    onError: (error) => errors.push(error),
  })
  if (options.transport !== 'socket') {
    return { target: { baseUrl: 'https://scim.example.com/scim/v2', token, fetch: scim.fetch }, notes, errors, close }
  }
  const server = createServer(toNodeListener(scim))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // listens on a port, never on a pipe
  return {
    target: { baseUrl: `http://127.0.0.1:${port}/scim/v2`, token, fetch },
    notes,
    errors,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await close()
    },
  }
}

async function openStore(kind: StoreKind) {
  if (kind === 'memory') return { store: memoryStore(), close: async () => {} }
  const database = openSqlite(':memory:')
  const store = createSqlStore({ database })
  return { store, close: async () => database.close() }
}
