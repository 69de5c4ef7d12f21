import type { RateLimit } from '@scimkit/core/profiles'
import { type Call, isRead } from '../call.js'

/** Keeps requests below a server's rates. */
export interface Pacer {
  /**
   * Takes a turn.
   *
   * @param kinds What the request counts as.
   * @param now Milliseconds on a clock that does not go back.
   * @param most Longest wait in milliseconds.
   * @returns Milliseconds until the request may be sent; `undefined`, and no turn is taken, when that is `most` or more.
   */
  take(kinds: ReadonlySet<RateLimit['of']>, now: number, most: number): number | undefined
}

/**
 * Makes a pacer: for each rate a bucket that holds its burst and fills evenly. A rate without a burst lets one request
 * through at a time, since a burst before a window's end and one after it would be twice the rate.
 *
 * @param rates The server's rates.
 * @returns The pacer.
 */
export function createPacer(rates: readonly RateLimit[]): Pacer {
  const buckets = rates.map(({ of, requests, seconds, burst = 1 }) => {
    const interval = (seconds * 1000) / requests
    return { of, interval, tolerance: (burst - 1) * interval, full: -Infinity }
  })
  return {
    take(kinds, now, most) {
      const counted = buckets.filter(({ of }) => kinds.has(of))
      const delay = Math.max(0, ...counted.map(({ full, tolerance }) => full - tolerance - now))
      if (delay >= most) return undefined
      // `full` is when the bucket would be full again if nothing more came.
      for (const bucket of counted) bucket.full = Math.max(bucket.full, now) + bucket.interval
      return delay
    },
  }
}

/**
 * Tells what a request counts as.
 *
 * @param call The request.
 * @returns The rates that it falls under.
 */
export function kindsOf(call: Call): ReadonlySet<RateLimit['of']> {
  const reads = isRead(call)
  const kinds = new Set<RateLimit['of']>(['requests', reads ? 'reads' : 'writes'])
  if (/^\/Users\b/.test(call.path)) kinds.add(reads ? 'userReads' : 'userWrites')
  if (!/^\/Groups\b/.test(call.path)) return kinds
  const updates = call.method === 'PATCH' || call.method === 'PUT'
  return kinds.add(reads ? 'groupReads' : updates ? 'groupUpdates' : 'groupWrites')
}
