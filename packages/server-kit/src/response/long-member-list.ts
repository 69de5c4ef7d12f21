import type { RequestContext } from '../request-context.js'
import type { Member } from '../resource-store.js'
import type { ServedResource } from '../served-resource.js'
import { encodeId } from './encode-id.js'

/** The port gives members page by page, so a store never loads a list as one piece. */
export const membersPerPage = 1_000

/**
 * Members of a group that are too many to be held at once: they are read while the answer is written. In an answer it
 * stands for itself, as a text that no client can guess, until it is replaced by its members.
 */
export class LongMemberList {
  readonly #context: RequestContext
  readonly #served: ServedResource
  readonly #groupId: string
  readonly #parts: ReadonlySet<string>
  readonly #mark = crypto.randomUUID()

  /**
   * @param context Request that is answered.
   * @param served Resource type of the group.
   * @param groupId Id of the group.
   * @param parts Sub-attributes that the answer carries.
   */
  constructor(context: RequestContext, served: ServedResource, groupId: string, parts: ReadonlySet<string>) {
    this.#context = context
    this.#served = served
    this.#groupId = groupId
    this.#parts = parts
  }

  /** @returns What stands for the list in JSON, until it is replaced. */
  toJSON(): string {
    return this.#mark
  }

  /**
   * Reads the list page by page. A member that is there all along is given exactly once, whoever comes and goes.
   *
   * @returns JSON text of the list, in pieces of one page.
   */
  async *read(): AsyncGenerator<string, void, undefined> {
    const { incoming } = this.#context
    const storeContext = this.#context.storeContext(this.#served)
    const stringify = createMemberWriter(this.#context, this.#parts)
    let after: string | undefined
    let separator = '['
    do {
      incoming.signal.throwIfAborted()
      const page = await this.#served.members?.page(storeContext, this.#groupId, { after, count: membersPerPage })
      let text = ''
      for (const member of page?.members ?? []) {
        text += separator + stringify(member)
        separator = ','
      }
      if (text !== '') yield text
      after = page?.next
    } while (after !== undefined)
    yield separator === '[' ? '[]' : ']'
  }
}

/** Members by the hundred thousand are worth a writer of their own: what needs no escaping is put together as it is. */
function createMemberWriter(context: RequestContext, parts: ReadonlySet<string>): (member: Member) => string {
  const opening = new Map<string, string>()
  const startOf = (type: string): string => {
    const known = opening.get(type)
    if (known !== undefined) return known
    const endpoint = context.service.byName.get(type)?.endpoint
    const hasReference = parts.has('$ref') && endpoint !== undefined
    const start = hasReference ? `"$ref":${JSON.stringify(`${context.baseUrl}${endpoint}/`).slice(0, -1)}` : ''
    opening.set(type, start)
    return start
  }
  const hasValue = parts.has('value')
  const hasType = parts.has('type')
  const hasDisplay = parts.has('display')
  return ({ value, type, display }) => {
    let text = hasValue ? `,"value":${quote(value)}` : ''
    const start = startOf(type)
    if (start !== '') text += `,${start}${encodeId(value)}"`
    if (hasType) text += `,"type":${quote(type)}`
    if (hasDisplay && display !== undefined) text += `,"display":${quote(display)}`
    return `{${text.slice(1)}}`
  }
}

function quote(text: string): string {
  return /^[\w .@~'()+-]*$/.test(text) ? `"${text}"` : JSON.stringify(text)
}
