import type {
  KeptChange,
  OutboxChange,
  OutboxKey,
  OutboxLease,
  OutboxOutcome,
  OutboxSelection,
} from '../store/change-outbox.js'

interface ModelChange extends KeptChange {
  /** Absent while no one holds it. */
  readonly holder?: string | undefined
}

/** The rules of the outbox in their shortest form. A lease of no duration has ended at once, any other never ends. */
export class OutboxModel {
  #kept: readonly ModelChange[] = []

  /** Number of changes that are kept. */
  get size(): number {
    return this.#kept.length
  }

  /** @returns Ids of those that are given. */
  keep(changes: readonly OutboxChange[], sequences: readonly number[], lease: OutboxLease): readonly string[] {
    const added = changes.map((change, at) => {
      return { ...change, sequence: sequences[at] ?? 0, attempts: 0, parked: false, overtaken: false }
    })
    this.#kept = [...this.#kept, ...added]
    return idsOf(this.#give(added, lease))
  }

  /** @returns Those that are given. */
  claim(selection: OutboxSelection, lease: OutboxLease): readonly KeptChange[] {
    const free = this.#select(selection).filter(({ holder, parked }) => !holder && (!parked || selection.ids))
    return this.#give(free.slice(0, selection.limit), lease).map(bare)
  }

  /** @returns Whether more is kept of the same keys. */
  settle({ holder, delivered, failed, parked, released }: OutboxOutcome): boolean {
    const tried = this.#kept.filter(
      (one) => one.holder === holder && [...delivered, ...failed, ...parked].includes(one.id),
    )
    const dropped = tried.filter(({ id }) => delivered.includes(id))
    this.#kept = this.#kept.filter((one) => !dropped.includes(one))
    for (const one of tried) {
      this.#kept = this.#kept.filter((other) => {
        const isEarlier = other.sequence < one.sequence && (isSame(other, one) || isWithin(other, one))
        return !(one.urgency === 'ends' && isEarlier)
      })
    }
    this.#kept = this.#kept.map((one) => {
      const overtaken =
        one.overtaken ||
        tried.some((other) => other.urgency === 'overtakes' && isSame(one, other) && one.sequence < other.sequence)
      const isFreed = one.holder === holder && [...failed, ...parked, ...released].includes(one.id)
      if (!isFreed) return { ...one, overtaken }
      const hasFailed = !released.includes(one.id)
      const isParked = one.parked || parked.includes(one.id)
      return { ...one, overtaken, holder: undefined, attempts: one.attempts + (hasFailed ? 1 : 0), parked: isParked }
    })
    return dropped.some((one) => this.#kept.some((other) => isSame(one, other)))
  }

  /** @returns Whether it was kept. */
  drop(id: string): boolean {
    const before = this.size
    this.#kept = this.#kept.filter((one) => one.id !== id)
    return this.size < before
  }

  /** @returns Those that are selected. */
  list(selection: OutboxSelection): readonly KeptChange[] {
    return this.#select(selection).slice(0, selection.limit).map(bare)
  }

  /** @returns Ids of those that a holder has. */
  heldBy(holder: string): readonly string[] {
    return idsOf(this.#kept.filter((one) => one.holder === holder))
  }

  #select({ ids, keys, resource, after = 0 }: OutboxSelection): readonly ModelChange[] {
    return this.#kept
      .filter((one) => !ids || ids.includes(one.id))
      .filter((one) => !keys || keys.some((key) => isSame(key, one)))
      .filter((one) => (resource === undefined || one.resource === resource) && one.sequence > after)
  }

  #give(wanted: readonly ModelChange[], { holder, duration }: OutboxLease): readonly ModelChange[] {
    const given = new Set<ModelChange>()
    for (const one of wanted) {
      const others = this.#kept.filter((other) => isSame(other, one) && !given.has(other) && other.id !== one.id)
      const isHeld = others.some((other) => other.holder)
      const isBehind = others.some((other) => other.sequence < one.sequence)
      if (!isHeld && (one.urgency || !isBehind)) given.add(one)
    }
    const ids = idsOf([...given])
    if (duration > 0) this.#kept = this.#kept.map((one) => (ids.includes(one.id) ? { ...one, holder } : one))
    return [...given]
  }
}

function isSame(left: OutboxKey, right: OutboxKey): boolean {
  return left.resource === right.resource && left.member === right.member
}

/** Whether a change is of a membership in the resource that another one is about. */
function isWithin(inner: OutboxKey, outer: OutboxKey): boolean {
  return outer.member === undefined && inner.resource === outer.resource
}

function bare({ holder, ...kept }: ModelChange): KeptChange {
  return kept
}

/**
 * @param changes Changes.
 * @returns Their ids, in their order.
 */
export function idsOf(changes: readonly OutboxChange[]): readonly string[] {
  return changes.map(({ id }) => id)
}

/**
 * Makes numbers that look random and are the same at every run.
 *
 * @param seed Any integer.
 * @returns A function that returns an integer from 0 to below its argument.
 */
export function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
