import type { ResourceStore } from '../../src/index.js'

/**
 * Puts a resource into a store that is answered only when its client leaves: the id `waiting`.
 *
 * @param store Store that does the rest.
 * @param waiting Counts what happens.
 * @returns The same store, but for that id.
 */
export function watchStore(store: ResourceStore, waiting: { asked: number; aborted: number }): ResourceStore {
  return {
    ...store,
    async get(context, id) {
      if (id !== 'waiting') return store.get(context, id)
      waiting.asked++
      await new Promise<void>((resolve) => {
        if (context.signal.aborted) resolve()
        else context.signal.addEventListener('abort', () => resolve(), { once: true })
      })
      waiting.aborted++
      return undefined
    },
  }
}
