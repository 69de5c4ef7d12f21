import type { CallScope } from './call.js'
import { OutOfTime, wait } from './run-within.js'

/** A server's wish that nothing be sent for a while; it holds for all calls of a client. */
export interface Pause {
  /** When it is over, in milliseconds of `performance.now()`. */
  until: number
  /** The answer with the wish. */
  cause: unknown
}

/**
 * Begins a pause, or makes the one that is on longer.
 *
 * @param pause The client's.
 * @param milliseconds How long it lasts from now on.
 * @param cause The answer with the wish.
 */
export function extendPause(pause: Pause, milliseconds: number, cause: unknown): void {
  const until = performance.now() + milliseconds
  if (until > pause.until) Object.assign(pause, { until, cause })
}

/**
 * @param pause The client's.
 * @returns Whether nothing shall be sent now.
 */
export function isPaused(pause: Pause): boolean {
  return performance.now() < pause.until
}

/**
 * Waits until the client may send.
 *
 * @param pause The client's.
 * @param scope Of the call that waits.
 * @throws {OutOfTime} At once, when the wait does not fit the call's budget; its cause is the answer with the wish.
 */
export async function awaitPause(pause: Pause, scope: CallScope): Promise<void> {
  while (isPaused(pause)) {
    const milliseconds = pause.until - performance.now()
    if (!scope.fits(milliseconds)) throw new OutOfTime('The server asked for a pause', { cause: pause.cause })
    await wait(milliseconds, scope.signal)
  }
}
