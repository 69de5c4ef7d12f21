import type { Quota, RateLimit } from '@scimkit/core/profiles'
import { type Call, isRead } from '../transport/call.js'
import { createQuotaWindows, type QuotaDemand } from './quotas.js'

/** What a request counts as. */
export interface Demand {
  readonly kinds: ReadonlySet<RateLimit['of']>
  /** What it takes of quotas; each at most the quota itself. */
  readonly quotas: readonly QuotaDemand[]
}

/** Keeps requests below a server's rates and quotas. */
export interface Pacer {
  /**
   * Takes a turn.
   *
   * @param demand What the request counts as.
   * @param now Milliseconds on a clock that does not go back.
   * @param most Longest wait in milliseconds.
   * @returns Milliseconds until the request may be sent; `undefined`, and no turn is taken, when that is `most` or more.
   */
  take(demand: Demand, now: number, most: number): number | undefined
  /**
   * Learns that the server found requests too fast: whatever burst they still had is gone.
   *
   * @param kinds What they count as.
   * @param from When the next one may be sent.
   */
  slow(kinds: Demand['kinds'], from: number): void
}

/**
 * Creates a pacer: for each rate a bucket that holds its burst and fills evenly. A rate without a burst lets one request
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
  const countedBy = (kinds: Demand['kinds']) => buckets.filter(({ of }) => kinds.has(of))
  const windows = createQuotaWindows()
  return {
    take({ kinds, quotas }, now, most) {
      const counted = countedBy(kinds)
      const asked = quotas.map((demand) => ({ window: windows.windowOf(demand, now), units: demand.units }))
      const delay = Math.max(
        0,
        ...counted.map(({ full, tolerance }) => full - tolerance - now),
        ...asked.map(({ window, units }) => window.earliest(units, now) - now),
      )
      if (delay >= most) return undefined
      // `full` is when the bucket would be full again if nothing more came.
      for (const bucket of counted) bucket.full = Math.max(bucket.full, now) + bucket.interval
      for (const { window, units } of asked) window.take(units, now + delay)
      return delay
    },
    slow(kinds, from) {
      for (const bucket of countedBy(kinds)) bucket.full = Math.max(bucket.full, from + bucket.tolerance)
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

/**
 * @param quotas Quotas of a server.
 * @returns Number of members that one PATCH of a group may add at most.
 */
export function maxAddedMembers(quotas: readonly Quota[]): number {
  return Math.min(...quotas.filter(({ of }) => of === 'usersAddedToOneGroup').map(({ count }) => count))
}
