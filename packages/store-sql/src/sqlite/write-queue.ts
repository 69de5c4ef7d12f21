import { busyError } from './database-fault.js'

/** Runs one piece of work at a time, in the order of arrival. */
export interface WriteQueue {
  /**
   * Runs work once all work before it has ended; on an empty queue it starts at once.
   *
   * @param work Called once; the next work waits until its promise has settled.
   * @throws {ScimError} 503 when the work could not start in time.
   */
  run<R>(work: () => R | Promise<R>): Promise<R>
}

/**
 * Creates an empty queue.
 *
 * @param maxWait Milliseconds that work waits for its turn. The limit also ends work that waits for itself, such as a
 * transaction that calls the outer store.
 */
export function createWriteQueue(maxWait: number): WriteQueue {
  const waiting = new Set<() => void>()
  let isTaken = false

  function takeTurn(): Promise<void> | undefined {
    if (!isTaken) {
      isTaken = true
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
      }, maxWait)
      waiting.add(start)
    })
  }

  /** Hands the turn straight to the next in line, so that no later work can slip in between. */
  function passTurn(): void {
    const [next] = waiting
    if (!next) {
      isTaken = false
      return
    }
    waiting.delete(next)
    next()
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
