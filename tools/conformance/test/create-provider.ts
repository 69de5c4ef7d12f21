import { type Compatibility, enterpriseUser, groupResource, userResource } from '@scimkit/core'
import { bearerToken, createScimHandler, memoryStore, mount, type Note } from '@scimkit/server-kit'
import { createSqlStore, openSqlite } from '@scimkit/store-sql'
import type { Target } from '../src/index.js'

/** Stores that every sample is replayed on. */
export const storeKinds = ['memory', 'sqlite'] as const

/** Name of a store that samples are replayed on. */
export type StoreKind = (typeof storeKinds)[number]

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

/**
 * Creates a service provider without resources: users with the enterprise extension, and groups.
 *
 * @param kind Store that keeps the resources.
 * @param compatibility How tolerant it is; `lenient` when absent.
 * @returns The provider; close it when the replay is over.
 */
export async function createProvider(kind: StoreKind, compatibility: Compatibility = 'lenient'): Promise<Provider> {
  const notes: Note[] = []
  const errors: unknown[] = []
  const { store, close } = await openStore(kind)
  const scim = createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(people, store), mount(groupResource, store)],
    authenticate: bearerToken(token),
    compatibility,
    onNote: (note) => notes.push(note),
    onError: (error) => errors.push(error),
  })
  return { target: { baseUrl: 'https://scim.example.com/scim/v2', token, fetch: scim.fetch }, notes, errors, close }
}

async function openStore(kind: StoreKind) {
  if (kind === 'memory') return { store: memoryStore(), close: async () => {} }
  const database = openSqlite(':memory:')
  const store = createSqlStore({ database, dialect: 'sqlite' })
  return { store, close: async () => database.close() }
}
