import { loadOnUse } from '../load-on-use.js'
import type { ResourceContext } from '../request-context.js'

/** The port gives members page by page, so a store never loads a list as one piece. */
export const membersPerPage = 1_000

const readMembers = /* @__PURE__ */ loadOnUse(
  () => import('./read-member-list.js'),
  (module, ...given: Parameters<typeof module.readMemberList>) => module.readMemberList(...given),
)

/**
 * Members of a group that are too many to be held at once: they are read while the answer is written. In an answer it
 * stands for itself, as a text that no client can guess, until it is replaced by its members.
 */
export class LongMemberList {
  readonly #context: ResourceContext
  readonly #groupId: string
  readonly #parts: ReadonlySet<string>
  readonly #mark = crypto.randomUUID()

  /**
   * @param context Request that is answered.
   * @param groupId Id of the group.
   * @param parts Sub-attributes that the answer carries.
   */
  constructor(context: ResourceContext, groupId: string, parts: ReadonlySet<string>) {
    this.#context = context
    this.#groupId = groupId
    this.#parts = parts
  }

  /** @returns What stands for the list in JSON, until it is replaced. */
  toJSON(): string {
    return this.#mark
  }

  /** @returns JSON text of the list, in pieces of one page; what reads it is loaded with the first such list. */
  async *read(): AsyncGenerator<string, void, undefined> {
    yield* await readMembers(this.#context, this.#groupId, this.#parts)
  }
}
