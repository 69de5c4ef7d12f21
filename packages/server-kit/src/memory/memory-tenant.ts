import type { StoreChange, StoredResource } from '../store/resource-store.js'
import type { StoreContext } from '../store/store-context.js'
import { MemoryOutbox } from './memory-outbox.js'
import { MemoryRelation } from './memory-relation.js'
import type { MemoryTable } from './memory-table.js'

/** Everything that one tenant has: its tables, who is in which group, and what changed. */
export class MemoryTenant {
  readonly tables = new Map<string, MemoryTable>()
  readonly relation = new MemoryRelation()
  readonly outbox = new MemoryOutbox()
  readonly changes: StoreChange[] = []
  readonly #keptChanges: number
  #sequence = 0
  #busy: Promise<unknown> | undefined
  #undo: (() => void)[] | undefined

  /** @param keptChanges Number of newest changes that the feed keeps. */
  constructor(keptChanges: number) {
    this.#keptChanges = keptChanges
  }

  /**
   * Runs one synchronous step as soon as no transaction is open.
   *
   * @param work The step.
   * @returns What it returns.
   */
  async run<R>(work: (tenant: MemoryTenant) => R): Promise<R> {
    while (this.#busy) await this.#busy
    return work(this)
  }

  /**
   * Finds a resource whose type is not known.
   *
   * @param id Id of the resource.
   * @returns The resource, of whatever type it is.
   */
  findResource(id: string): StoredResource | undefined {
    for (const table of this.tables.values()) {
      const found = table.byId.get(id)
      if (found) return found
    }
    return undefined
  }

  /**
   * Notes a change for the feed.
   *
   * @param change The change without its number.
   */
  record(change: Omit<StoreChange, 'sequence'>): void {
    this.changes.push({ sequence: ++this.#sequence, ...change })
    this.undoable(() => this.changes.pop())
    if (!this.#undo && this.changes.length > this.#keptChanges * 2)
      this.changes.splice(0, this.changes.length - this.#keptChanges)
  }

  /**
   * Notes how a step is taken back, while a transaction is open.
   *
   * @param step Takes the last step back.
   */
  undoable(step: () => void): void {
    this.#undo?.push(step)
  }

  /**
   * Runs work that happens as a whole or not at all; no one else reads or writes meanwhile.
   *
   * @param work Steps of the transaction.
   * @returns What the work returns.
   */
  async transact<R>(work: () => Promise<R>): Promise<R> {
    while (this.#busy) await this.#busy
    const running = this.#run(work)
    this.#busy = running
      .catch(() => undefined)
      .finally(() => {
        this.#busy = undefined
      })
    return running
  }

  async #run<R>(work: () => Promise<R>): Promise<R> {
    const undo: (() => void)[] = []
    this.#undo = undo
    try {
      return await work()
    } catch (error) {
      this.#undo = undefined
      for (const step of undo.reverse()) step()
      throw error
    } finally {
      this.#undo = undefined
    }
  }
}

/** Runs one synchronous step on the tenant of a request, as soon as no other's transaction is open. */
export type RunInTenant = <R>(context: Pick<StoreContext, 'tenantId'>, work: (tenant: MemoryTenant) => R) => Promise<R>
