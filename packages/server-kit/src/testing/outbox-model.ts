import type { OutboxLease, PendingChange } from '../change-outbox.js'

/** A kept change as the rules of the outbox have it. */
export interface ModelChange extends PendingChange {
  until: number
}

/**
 * Gives out those of the wanted changes that no earlier one of their resources holds up.
 *
 * @param kept All changes that are kept, in their order.
 * @param wanted Those of them that nobody has, in their order.
 * @param lease How long they are given.
 * @returns Ids of those that are given out.
 */
export function give(
  kept: readonly ModelChange[],
  wanted: readonly ModelChange[],
  lease: OutboxLease,
): readonly string[] {
  const given = new Set<ModelChange>()
  for (const one of wanted) {
    const earlier = kept.slice(0, kept.indexOf(one)).filter((other) => isAbout(other, one.resources))
    if (earlier.every((other) => given.has(other))) given.add(one)
  }
  for (const one of given) one.until = lease.until
  return idsOf([...given])
}

/** @returns Whether a change concerns one of the resources; any does when none are named. */
export function isAbout({ resources }: PendingChange, asked: readonly string[] | undefined): boolean {
  return asked === undefined || resources.some((id) => asked.includes(id))
}

/** @returns Ids of the changes in their order. */
export function idsOf(changes: readonly PendingChange[]): readonly string[] {
  return changes.map(({ id }) => id)
}

/**
 * Makes numbers that look random and are the same at every run.
 *
 * @param seed Any integer.
 * @returns A function that gives an integer from 0 to below its argument.
 */
export function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
