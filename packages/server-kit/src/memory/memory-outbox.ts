import type {
  ClaimedChanges,
  KeptChange,
  KeptChanges,
  OutboxChange,
  OutboxKey,
  OutboxLease,
  OutboxOutcome,
  OutboxSelection,
} from '../store/change-outbox.js'
import { findOrMake } from './find-or-make.js'

interface MemoryChange {
  kept: KeptChange
  readonly key: string
  holder: string | undefined
  /** Milliseconds of the monotonic clock. */
  heldUntil: number
}

/** The changes of one tenant that after-hooks have still to be told about. Every method is one step. */
export class MemoryOutbox {
  readonly #byId = new Map<string, MemoryChange>()
  readonly #byKey = new Map<string, Set<MemoryChange>>()
  /** Changes of a resource and of the memberships in it. */
  readonly #byResource = new Map<string, Set<MemoryChange>>()
  #sequence = 0

  /** Number of changes that are kept. */
  get size(): number {
    return this.#byId.size
  }

  keep(changes: readonly OutboxChange[], lease: OutboxLease): KeptChanges {
    const added = changes.map((change): MemoryChange => {
      const kept = { ...change, sequence: ++this.#sequence, attempts: 0, parked: false, overtaken: false }
      return { kept, key: keyOf(change), holder: undefined, heldUntil: 0 }
    })
    for (const change of added) {
      this.#byId.set(change.kept.id, change)
      findOrMake(this.#byKey, change.key, () => new Set<MemoryChange>()).add(change)
      findOrMake(this.#byResource, change.kept.resource, () => new Set<MemoryChange>()).add(change)
    }
    const given = this.#give(added, lease).map(({ id }) => id)
    return { sequences: added.map(({ kept }) => kept.sequence), given }
  }

  claim(selection: OutboxSelection, lease: OutboxLease): ClaimedChanges {
    const now = performance.now()
    const wanted = this.#select(selection)
      .filter(({ kept, heldUntil }) => heldUntil <= now && (selection.ids || !kept.parked))
      .slice(0, selection.limit)
    const last = wanted.at(-1)?.kept.sequence
    return { changes: this.#give(wanted, lease), ...(last !== undefined && { last }) }
  }

  settle({ holder, delivered, failed, parked, released }: OutboxOutcome): boolean {
    const held = (ids: readonly string[]): readonly MemoryChange[] =>
      ids.flatMap((id) => this.#byId.get(id) ?? []).filter((change) => change.holder === holder)
    const dropped = held(delivered)
    const isFailed = new Set([...failed, ...parked])
    const isParked = new Set(parked)
    const tried = [...dropped, ...held([...isFailed])].map(({ kept }) => kept)
    for (const change of held([...isFailed, ...released])) {
      const { id, attempts } = change.kept
      const kept = {
        ...change.kept,
        attempts: isFailed.has(id) ? attempts + 1 : attempts,
        parked: change.kept.parked || isParked.has(id),
      }
      Object.assign(change, { kept, holder: undefined, heldUntil: 0 })
    }
    for (const { kept } of dropped) this.drop(kept.id)
    for (const change of tried) if (change.urgency) this.#overtake(change)
    return dropped.some(({ key }) => this.#byKey.has(key))
  }

  list(selection: OutboxSelection): readonly KeptChange[] {
    return this.#select(selection)
      .slice(0, selection.limit)
      .map(({ kept }) => kept)
  }

  /** Drops a change. @returns Whether it was kept. */
  drop(id: string): boolean {
    const change = this.#byId.get(id)
    if (!change) return false
    this.#byId.delete(id)
    forget(this.#byKey, change.key, change)
    forget(this.#byResource, change.kept.resource, change)
    return true
  }

  /** Deals with what was made before an urgent change that the application has been told. */
  #overtake({ resource, member, sequence, urgency }: KeptChange): void {
    const isWhole = urgency === 'ends' && member === undefined
    const about = isWhole ? this.#byResource.get(resource) : this.#byKey.get(keyOf({ resource, member }))
    for (const earlier of [...(about ?? [])]) {
      if (earlier.kept.sequence >= sequence) continue
      if (urgency === 'ends') this.drop(earlier.kept.id)
      else earlier.kept = { ...earlier.kept, overtaken: true }
    }
  }

  #select({ ids, keys, resource, after = 0 }: OutboxSelection): readonly MemoryChange[] {
    const asked = keys && new Set(keys.map(keyOf))
    return [...this.#candidates({ ids, keys, resource })]
      .filter(({ kept, key }) => kept.sequence > after && (!asked || asked.has(key)))
      .filter(({ kept }) => resource === undefined || kept.resource === resource)
      .sort((left, right) => left.kept.sequence - right.kept.sequence)
  }

  #candidates({ ids, keys, resource }: Omit<OutboxSelection, 'limit'>): Iterable<MemoryChange> {
    if (ids) return [...new Set(ids)].flatMap((id) => this.#byId.get(id) ?? [])
    if (resource !== undefined) return this.#byResource.get(resource) ?? []
    if (keys) return new Set(keys.flatMap((key) => [...(this.#byKey.get(keyOf(key)) ?? [])]))
    return this.#byId.values()
  }

  /** Gives out those that no other change of their key holds up. */
  #give(wanted: readonly MemoryChange[], { holder, duration }: OutboxLease): readonly KeptChange[] {
    const now = performance.now()
    const among = new Set(wanted)
    const blocked = new Map<string, (change: MemoryChange) => boolean>()
    const given = wanted.filter((change) => {
      const isBlocked = findOrMake(blocked, change.key, () => this.#findBlocked(change.key, among, now))
      return !isBlocked(change)
    })
    for (const change of given) Object.assign(change, { holder, heldUntil: now + duration })
    return given.map(({ kept }) => kept)
  }

  /** Tells of the changes of one key which cannot be given out. */
  #findBlocked(key: string, among: ReadonlySet<MemoryChange>, now: number): (change: MemoryChange) => boolean {
    const others = [...(this.#byKey.get(key) ?? [])].filter((other) => !among.has(other))
    if (others.some(({ heldUntil }) => heldUntil > now)) return () => true
    const first = others[0]?.kept.sequence ?? Number.POSITIVE_INFINITY
    return ({ kept }) => !kept.urgency && kept.sequence > first
  }
}

function keyOf({ resource, member }: OutboxKey): string {
  return JSON.stringify([resource, member])
}

function forget(index: Map<string, Set<MemoryChange>>, key: string, change: MemoryChange): void {
  const changes = index.get(key)
  changes?.delete(change)
  if (changes?.size === 0) index.delete(key)
}
