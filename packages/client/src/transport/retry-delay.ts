import { ScimResponseError } from './errors.js'

/** Longest wait that a server can ask for with Retry-After, in milliseconds. */
const maxRetryAfter = 60_000

/**
 * Chooses how long to wait before the next attempt: what Retry-After asks for, else a random time below a bound that
 * doubles with each attempt ("full jitter", which spreads clients best).
 *
 * @param error What the last attempt threw.
 * @param attempts Number of attempts so far, 1 or more.
 * @param random Number from 0 to 1.
 * @returns Milliseconds.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function retryDelay(error: unknown, attempts: number, random: number = Math.random()): number {
  const jitter = random * Math.min(20_000, 125 * 2 ** attempts)
  const asked = error instanceof ScimResponseError ? readRetryAfter(error.response.headers) : undefined
  return asked || jitter
}

/**
 * Reads Retry-After, in seconds or as a date. A date is compared with the response's own Date, since the two clocks
 * need not agree.
 *
 * @param headers Headers of the response, names in lower case.
 * @returns Milliseconds, at most 60,000; `undefined` when it is missing or unreadable.
 */
export function readRetryAfter(headers: Readonly<Record<string, string>>): number | undefined {
  const text = headers['retry-after']
  if (text === undefined) return undefined
  const now = Date.parse(headers.date ?? '')
  const milliseconds = /^\s*\d+(\.\d+)?\s*$/.test(text)
    ? Number(text) * 1000
    : Date.parse(text) - (Number.isNaN(now) ? Date.now() : now)
  return Number.isNaN(milliseconds) ? undefined : Math.min(maxRetryAfter, Math.max(0, milliseconds))
}
