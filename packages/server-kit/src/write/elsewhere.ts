import type { ResourceContext } from '../service/request-context.js'
import type { ServedResource } from '../service/served-resource.js'

/**
 * Resources in stores other than the one that a request writes to. They are looked for before its transaction begins: two
 * stores may share one database or one lock, and then the other would wait for the transaction, and the transaction for it.
 */
export class Elsewhere {
  readonly #context: ResourceContext
  readonly #known = new Map<ServedResource, Map<string, boolean>>()

  /** @param context Request that writes. */
  constructor(context: ResourceContext) {
    this.#context = context
  }

  /**
   * @param type Served type.
   * @returns Whether resources of the type live in another store.
   */
  holds(type: ServedResource): boolean {
    return type.store !== this.#context.served.store
  }

  /**
   * @param type Type that lives in another store.
   * @param id Id of a resource.
   * @returns Whether there is such a resource; `undefined` when nothing has looked for it.
   */
  has(type: ServedResource, id: string): boolean | undefined {
    return this.#known.get(type)?.get(id)
  }

  /**
   * Looks for a resource until one of the types has it; those in the store of the request are left out.
   *
   * @param types Types that the resource may have.
   * @param id Its id.
   */
  async look(types: readonly ServedResource[], id: string): Promise<void> {
    for (const type of types.filter((other) => this.holds(other))) {
      const known = this.#known.get(type) ?? new Map<string, boolean>()
      this.#known.set(type, known)
      const found = known.get(id) ?? (await type.store.get(this.#context.for(type).storeContext, id)) !== undefined
      known.set(id, found)
      if (found) return
    }
  }
}
