import { classifyFailure, isOutcomeUnknown, statusOf } from './outcome.js'
import { retryDelay } from './retry-delay.js'

/**
 * Whether a write may have been applied by an attempt that failed: `none`, no attempt was ambiguous; `open`, one was;
 * `settled`, one was, and a look at the server has shown since that it was not applied. A read leaves no doubt.
 */
export type Doubt = 'none' | 'open' | 'settled'

/** What is known about a call when one of its attempts has failed. */
export interface CallState {
  /** Number of attempts so far, 1 or more. */
  readonly attempts: number
  /** Attempts allowed after the first. */
  readonly retries: number
  /** Milliseconds left of the call's budget; `Infinity` before it has begun. */
  readonly remaining: number
  /** Whether the request changes nothing at the server. */
  readonly reads: boolean
  /** Whether the call can look up if a write was applied. */
  readonly canSettle: boolean
  /** Whether the caller accepts this failure as a response, and wants no other attempt. */
  readonly isFinal: boolean
  /** Left by earlier attempts. */
  readonly doubt: Doubt
  /** Number from 0 to 1 that spreads the waits of clients. */
  readonly random: number
}

/** What happens after a failed attempt. */
export interface Decision {
  /** `settle` looks up whether the write was applied; where it was not, `again` says how the call goes on. */
  readonly action: 'retry' | 'throw' | 'settle'
  /** Whether another attempt follows. */
  readonly again: boolean
  /** Milliseconds to wait before the look-up and the next attempt. */
  readonly delay: number
  /** What this attempt and the earlier ones leave. */
  readonly doubt: Doubt
}

/**
 * Decides what happens after a failed attempt; the one place where the client's promises about outcomes are kept.
 *
 * - *An error that will not change* (400, 403, 501 …) is thrown.
 * - *A rejected attempt* (429, 425, a connection that failed before anything was sent) is repeated as it is.
 * - *An ambiguous attempt* (408, 5xx, a reset or a time-out after the request was sent) of a read is repeated. A write is
 *   settled: POST by one look-up, PATCH by a look at the resource, before either is sent again; PUT and DELETE are safe
 *   to repeat. A call that cannot settle is repeated, so a POST or PATCH must bring a way to settle.
 * - *A response that cannot be used* (invalid-response with an unknown outcome) is settled, and never followed by another
 *   attempt.
 * - *A trace of the write's own success*, after an ambiguous attempt, is settled: 404 for a DELETE, 412 for a PUT or PATCH,
 *   409 for a POST may come from the first attempt. Without an ambiguous attempt before they are errors like any other.
 * - *A wait that does not fit the budget*, whether Retry-After asks for it or not, ends the call at once with the error
 *   of the response. So does the last attempt, after it was settled.
 *
 * @param error What the attempt threw.
 * @param state What is known about the call.
 * @returns The decision. Who throws while the doubt is `open` reports the outcome as `unknown`.
 */
export function decide(error: unknown, state: CallState): Decision {
  const failure = state.isFinal ? 'final' : classifyFailure(error)
  const isAmbiguous = failure === 'ambiguous' || isOutcomeUnknown(error)
  const doubt = isAmbiguous && !state.reads ? 'open' : state.doubt
  const delay = failure === 'final' ? 0 : retryDelay(error, state.attempts, state.random)
  const settles = isAmbiguous || (failure === 'final' && state.doubt !== 'none' && isOwnTrace(error))
  const again = failure !== 'final' && state.attempts <= state.retries
  if (delay >= state.remaining || (failure === 'final' && !settles)) {
    return { action: 'throw', again: false, delay, doubt }
  }
  if (settles && state.canSettle) return { action: 'settle', again, delay, doubt }
  return { action: again ? 'retry' : 'throw', again, delay, doubt }
}

/** Whether an error may come from the write's own success: already gone, already taken, already changed. */
function isOwnTrace(error: unknown): boolean {
  return [404, 409, 412].includes(statusOf(error) ?? 0)
}
