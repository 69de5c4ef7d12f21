import type { ClaimedChanges, OutboxClaim, OutboxLease, OutboxOutcome, PendingChange } from '../change-outbox.js'
import { findOrMake } from './find-or-make.js'

interface KeptChange {
  readonly sequence: number
  readonly change: PendingChange
  /** Milliseconds since 1970 until which somebody has it. */
  until: number
}

/** The changes of one tenant that after-hooks have still to be told about. Every method is one step. */
export class MemoryOutbox {
  readonly #byId = new Map<string, KeptChange>()
  /** Changes that concern a resource, in their order. */
  readonly #byResource = new Map<string, Set<KeptChange>>()
  #sequence = 0

  /** Number of changes that are kept. */
  get size(): number {
    return this.#byId.size
  }

  /** @returns Ids of those that are given to the caller. */
  keep(changes: readonly PendingChange[], lease: OutboxLease): readonly string[] {
    const added = changes.map((change): KeptChange => ({ sequence: ++this.#sequence, change, until: 0 }))
    for (const kept of added) {
      this.#byId.set(kept.change.id, kept)
      for (const id of kept.change.resources) findOrMake(this.#byResource, id, () => new Set<KeptChange>()).add(kept)
    }
    return this.#give(added, lease).map(({ id }) => id)
  }

  claim({ resources, after = 0, limit, ...lease }: OutboxClaim): ClaimedChanges {
    const wanted = [...(resources ? this.#concerning(resources) : this.#byId.values())]
      .filter(({ sequence, until }) => sequence > after && until <= lease.now)
      .sort((left, right) => left.sequence - right.sequence)
      .slice(0, limit)
    const last = wanted.at(-1)?.sequence
    return { changes: this.#give(wanted, lease), ...(last !== undefined && { last }) }
  }

  /** @returns Whether changes are kept that concern the same resources as those delivered. */
  settle({ delivered, released }: OutboxOutcome): boolean {
    for (const id of released) {
      const kept = this.#byId.get(id)
      if (kept) kept.until = 0
    }
    const resources = delivered.flatMap((id) => this.#byId.get(id)?.change.resources ?? [])
    for (const id of delivered) this.drop(id)
    return resources.some((id) => this.#byResource.has(id))
  }

  /** Drops a change; nothing happens when it is not kept. */
  drop(id: string): void {
    const kept = this.#byId.get(id)
    if (!kept) return
    this.#byId.delete(id)
    for (const resource of kept.change.resources) {
      const concerning = this.#byResource.get(resource)
      concerning?.delete(kept)
      if (concerning?.size === 0) this.#byResource.delete(resource)
    }
  }

  #concerning(resources: readonly string[]): ReadonlySet<KeptChange> {
    return new Set(resources.flatMap((id) => [...(this.#byResource.get(id) ?? [])]))
  }

  /** Gives out those that no other change holds up. */
  #give(wanted: readonly KeptChange[], { until }: OutboxLease): readonly PendingChange[] {
    const among = new Set(wanted)
    const firstOther = new Map<string, number>()
    const holdUp = (id: string): number =>
      findOrMake(firstOther, id, () => {
        for (const other of this.#byResource.get(id) ?? []) if (!among.has(other)) return other.sequence
        return Number.POSITIVE_INFINITY
      })
    const given = wanted.filter((kept) => {
      const isFree = kept.change.resources.every((id) => holdUp(id) > kept.sequence)
      if (!isFree) for (const id of kept.change.resources) firstOther.set(id, 0)
      return isFree
    })
    for (const kept of given) kept.until = until
    return given.map(({ change }) => change)
  }
}
