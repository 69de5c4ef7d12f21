import { type Connection, shareOf } from '../transport/connection.js'

/** Lets conditional writes of one client to one resource follow each other, so that none makes the next one's version stale. */
export type WriteOrder = <T>(key: string, write: () => Promise<T>) => Promise<T>

/** The order of a client's writes. */
export const orderOf: (connection: Connection) => WriteOrder = /* @__PURE__ */ shareOf(() => createWriteOrder())

/**
 * Makes an order of writes.
 *
 * @returns A function that runs a write when the earlier ones with its key have ended.
 */
function createWriteOrder(): WriteOrder {
  const last = new Map<string, Promise<unknown>>()
  return (key, write) => {
    const before = last.get(key)
    const turn = before ? before.then(write, write) : write()
    last.set(key, turn)
    const forget = (): void => {
      if (last.get(key) === turn) last.delete(key)
    }
    turn.then(forget, forget)
    return turn
  }
}
