/** A span of time in which a server accepts only so much of something. */
export interface QuotaWindow {
  /**
   * @param units How much, at most the quota.
   * @param now Milliseconds on a clock that does not go back.
   * @returns When that much may be taken: `now`, or later.
   */
  earliest(units: number, now: number): number
  /** Records that units are taken at a time. */
  take(units: number, at: number): void
  /** @returns Whether nothing that still counts was taken. */
  isEmpty(now: number): boolean
}

/**
 * Creates a window. It slides: no span of its length ever sees more than the quota, wherever it begins.
 *
 * @param count The quota.
 * @param seconds Length of the window.
 * @returns The window, with nothing taken.
 */
export function createQuotaWindow(count: number, seconds: number): QuotaWindow {
  const span = seconds * 1000
  /** What was taken, by time; what waits for its time is in it, too. */
  let taken: { readonly at: number; readonly units: number }[] = []
  const expire = (now: number): void => {
    const first = taken.findIndex(({ at }) => at > now - span)
    taken = first < 0 ? [] : taken.slice(first)
  }
  return {
    earliest(units, now) {
      expire(now)
      let sum = taken.reduce((total, entry) => total + entry.units, units)
      let at = now
      for (const entry of taken) {
        if (sum <= count) break
        sum -= entry.units
        at = entry.at + span
      }
      return at
    },
    take(units, at) {
      const later = taken.findIndex((entry) => entry.at > at)
      taken.splice(later < 0 ? taken.length : later, 0, { at, units })
    },
    isEmpty(now) {
      expire(now)
      return taken.length === 0
    },
  }
}
