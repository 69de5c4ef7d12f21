import type { Connection } from './connection.js'

/**
 * Remembers a module that is loaded on first use: asking the platform's loader each time costs more than a request.
 *
 * @param load Imports the module.
 * @returns A function that returns the module; after a failure the next call tries again.
 */
export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined
      throw error
    })
    return loading
  }
}

/**
 * Creates something once for each client, with the first call that asks for it: the first screen of an app needs none
 * of it.
 *
 * @param create Creates it.
 * @returns A function that returns it, the same for all calls of a client.
 */
export function oncePerClient<T>(create: (connection: Connection) => T): (connection: Connection) => T {
  const created = new WeakMap<Connection, { readonly value: T }>()
  return (connection) => {
    const known = created.get(connection)
    if (known) return known.value
    const value = create(connection)
    created.set(connection, { value })
    return value
  }
}
