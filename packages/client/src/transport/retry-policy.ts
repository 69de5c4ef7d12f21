import { ScimResponseError, ScimTransportError } from './errors.js'

/**
 * What a failure says about the request: `final` is the server's word; `refused` was not applied and may be sent
 * again; after `doubtful` nobody knows whether it was applied.
 */
export type Failure = 'final' | 'refused' | 'doubtful'

/** Longest wait that a server can ask for with Retry-After, in milliseconds. */
const longestWait = 60_000

/**
 * Judges a failed try.
 *
 * @param error What the try threw.
 * @returns What the failure says about the request.
 */
export function judgeFailure(error: unknown): Failure {
  if (error instanceof ScimTransportError) {
    if (!error.passing) return 'final'
    return error.outcome === 'unknown' ? 'doubtful' : 'refused'
  }
  if (!(error instanceof ScimResponseError)) return 'final'
  const { status } = error
  if (status === 429 || status === 425) return 'refused'
  return status === 408 || (status >= 500 && status !== 501 && status !== 505) ? 'doubtful' : 'final'
}

/**
 * How long to wait before the next try: what Retry-After asks for, else a random time below a bound that doubles
 * with each try ("full jitter", which spreads clients best).
 *
 * @param error What the last try threw.
 * @param tries Number of tries so far, 1 or more.
 * @returns Milliseconds.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function nextDelay(error: unknown, tries: number): number {
  const jitter = Math.random() * Math.min(20_000, 125 * 2 ** tries)
  const asked = error instanceof ScimResponseError ? readRetryAfter(error.response.headers) : undefined
  return asked || jitter
}

/**
 * Reads Retry-After, in seconds or as a date. A date is compared with the answer's own Date, since the two clocks
 * need not agree.
 *
 * @param headers Headers of the answer, names in lower case.
 * @returns Milliseconds, at most 60,000; `undefined` when there is none that can be read.
 */
export function readRetryAfter(headers: Readonly<Record<string, string>>): number | undefined {
  const text = headers['retry-after']
  if (text === undefined) return undefined
  const now = Date.parse(headers.date ?? '')
  const milliseconds = /^\s*\d+(\.\d+)?\s*$/.test(text)
    ? Number(text) * 1000
    : Date.parse(text) - (Number.isNaN(now) ? Date.now() : now)
  return Number.isNaN(milliseconds) ? undefined : Math.min(longestWait, Math.max(0, milliseconds))
}
