/** How long something may take. */
export interface TimeLimit {
  /** Milliseconds; `Infinity` for no limit. */
  readonly milliseconds: number
  /** Ends it early, with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/** Timers of more milliseconds, 24 days, fire at once. */
const maxTimer = 2 ** 31

/** The time of a {@link TimeLimit} is over. */
export class OutOfTime extends Error {}

/**
 * Runs something that may hang or ignore its signal.
 *
 * @param limit Milliseconds and the caller's signal.
 * @param run Given a signal of its own, which is aborted when the time is over.
 * @returns What `run` returns.
 * @throws {OutOfTime} When the time is over. When the caller's signal is aborted, its reason is thrown.
 */
export function runWithin<T>(limit: TimeLimit, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const { signal, milliseconds } = limit
    const controller = new AbortController()
    const end = (reason: unknown): void => {
      clean()
      reject(reason)
      controller.abort(reason)
    }
    const abort = (): void => end(signal?.reason)
    if (signal?.aborted) return abort()
    const timer =
      milliseconds < maxTimer ? setTimeout(() => end(new OutOfTime()), Math.max(0, milliseconds)) : undefined
    const clean = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    }
    signal?.addEventListener('abort', abort)
    run(controller.signal).then(resolve, reject).finally(clean)
  })
}

/**
 * Waits.
 *
 * @param milliseconds How long.
 * @param signal Ends the wait with the signal's reason.
 */
export function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  // A timer may fire up to a millisecond early, and a server counts that as not having waited.
  return runWithin({ milliseconds: Infinity, signal }, (ended) => {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.ceil(milliseconds) + 1)
      ended.addEventListener('abort', () => clearTimeout(timer))
    })
  })
}
