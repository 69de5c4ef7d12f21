import type { OutboxLease } from '../change-outbox.js'
import type { Service } from '../service/service.js'

/** A lease of changes, and the time that is left of it. */
export interface DeliveryLease extends OutboxLease {
  /** @returns Whether a hook that is called now must have settled when the lease ends. */
  readonly hasTime: () => boolean
}

/**
 * Makes a lease that is long enough for a hook that uses all of its time.
 *
 * @param service Service provider.
 * @returns The lease, which begins now.
 */
export function createLease({ limits }: Service): DeliveryLease {
  const duration = 2 * limits.hookTimeout
  // The monotonic clock of the process. The store begins later to measure, so this end comes first.
  const last = performance.now() + duration - limits.hookTimeout
  return { holder: crypto.randomUUID(), duration, hasTime: () => performance.now() < last }
}
