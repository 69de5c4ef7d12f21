import { type Connection, shareOf } from './connection.js'
import { runWithin, type TimeLimit } from './run-within.js'

/** Lets a limited number of exchanges run at once; the others wait in line. */
export interface ConcurrencyGate {
  /**
   * Waits for a turn.
   *
   * @param limit How long to wait.
   * @param again Whether the call has had a turn before; such calls go first, since their budget is running.
   * @returns The function that ends the turn.
   */
  enter(limit: TimeLimit, again: boolean): Promise<() => void>
}

/** The gate of a client. */
export const gateOf: (connection: Connection) => ConcurrencyGate = /* @__PURE__ */ shareOf(({ concurrency }) =>
  createConcurrencyGate(concurrency),
)

/**
 * Makes a gate.
 *
 * @param size Number of exchanges that may run at once.
 * @returns The gate.
 */
function createConcurrencyGate(size: number): ConcurrencyGate {
  let running = 0
  const repeats = new Set<() => void>()
  const newcomers = new Set<() => void>()
  const leave = (): void => {
    for (const line of [repeats, newcomers]) {
      for (const next of line) {
        line.delete(next)
        next() // the turn changes hands, so `running` stays
        return
      }
    }
    running--
  }
  return {
    async enter(limit, again) {
      if (running < size) {
        running++
        return leave
      }
      const line = again ? repeats : newcomers
      let next: (() => void) | undefined
      try {
        await runWithin(limit, () => {
          return new Promise<void>((resolve) => {
            next = resolve
            line.add(resolve)
          })
        })
      } catch (error) {
        if (next && !line.delete(next)) leave() // the turn came in the same moment: pass it on
        throw error
      }
      return leave
    },
  }
}
