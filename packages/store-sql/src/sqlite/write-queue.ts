import { busyError } from './database-fault.js'

/** Lets one piece of work run at a time, in the order of asking. */
export interface WriteQueue {
  /**
   * Runs work when all work before it has ended. When nobody is before it, it starts at once.
   *
   * @param work Called once; the next work waits until its promise is settled.
   * @throws {ScimError} 503 when the work could not start in time.
   */
  run<R>(work: () => R | Promise<R>): Promise<R>
}

/**
 * @param patience Milliseconds that work waits for its turn. It also ends what waits for itself, such as work that calls
 * the outer store from within a transaction.
 * @returns An empty queue.
 */
export function createWriteQueue(patience: number): WriteQueue {
  const waiting = new Set<() => void>()
  let taken = false

  function takeTurn(): Promise<void> | undefined {
    if (!taken) {
      taken = true
      return undefined
    }
    return new Promise((resolve, reject) => {
      const start = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        waiting.delete(start)
        reject(busyError())
      }, patience)
      waiting.add(start)
    })
  }

  /** The turn is handed on, not given back, so that nobody slips in between. */
  function passTurn(): void {
    for (const next of waiting) {
      waiting.delete(next)
      next()
      return
    }
    taken = false
  }

  return {
    async run(work) {
      const turn = takeTurn()
      if (turn) await turn
      try {
        return await work()
      } finally {
        passTurn()
      }
    },
  }
}
