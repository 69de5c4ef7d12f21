import { encodeId } from '../request/location.js'
import type { RequestContext, ResourceContext } from '../service/request-context.js'
import type { Member } from '../store/resource-store.js'

/** The port returns members page by page, so a store never loads a list as one piece. */
export const membersPerPage = 1_000

/**
 * Members of a group that are too many to be held at once: they are read while the response is written. In a response a
 * placeholder that no client can guess stands for it, until its members replace it.
 */
export class LongMemberList {
  readonly #context: ResourceContext
  readonly #groupId: string
  readonly #parts: ReadonlySet<string>
  readonly #mark = crypto.randomUUID()

  /**
   * @param context Request that is answered.
   * @param groupId Id of the group.
   * @param parts Sub-attributes that the response carries.
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

  /** @returns JSON text of the list, in pieces of one page. */
  read(): AsyncGenerator<string, void, undefined> {
    return readMemberList(this.#context, this.#groupId, this.#parts)
  }
}

/**
 * Reads the members of a group page by page. A member that is there all along is given exactly once, however many come
 * and go.
 *
 * @param context Request that is answered.
 * @param groupId Id of the group.
 * @param parts Sub-attributes that the response carries.
 * @returns JSON text of the list, in pieces of one page.
 */
async function* readMemberList(
  context: ResourceContext,
  groupId: string,
  parts: ReadonlySet<string>,
): AsyncGenerator<string, void, undefined> {
  const { served } = context
  const storeContext = context.storeContext
  const stringify = createMemberWriter(context, parts)
  let after: string | undefined
  let separator = '['
  do {
    context.incoming.signal.throwIfAborted()
    const page = await served.members?.page(storeContext, groupId, { after, count: membersPerPage })
    let text = ''
    for (const member of page?.members ?? []) {
      text += separator + stringify(member)
      separator = ','
    }
    if (text !== '') yield text
    after = page?.next
    if (after !== undefined) await waitForOwnTurn()
  } while (after !== undefined)
  yield separator === '[' ? '[]' : ']'
}

let lastTurn: Promise<void> = Promise.resolve()

/**
 * Waits for a turn of the event loop that no other list has: a store in memory and a fast client never make a reader
 * wait, so that one list would hold up every other request, and lists that yield together would do so together.
 */
function waitForOwnTurn(): Promise<void> {
  lastTurn = lastTurn.then(
    () => new Promise((resolve) => (typeof setImmediate === 'function' ? setImmediate(resolve) : setTimeout(resolve))),
  )
  return lastTurn
}

/** What surrounds the values of a member: the same for all members of a type. */
interface Frame {
  readonly type: string
  readonly value: string
  readonly reference: string
  readonly afterReference: string
  readonly display: string
}

/** Members by the hundred thousand are worth a writer of their own: what needs no escaping is put together as it is. */
function createMemberWriter(context: RequestContext, parts: ReadonlySet<string>): (member: Member) => string {
  let frame = frameOf(context, parts, '')
  return ({ value, type, display }) => {
    if (type !== frame.type) frame = frameOf(context, parts, type) // the next one is mostly of the same type
    const plain = /^[\w.~-]+$/.test(value)
    let text = '{'
    if (frame.value !== '') text += frame.value + (plain ? `"${value}"` : JSON.stringify(value))
    if (frame.reference !== '') text += `${frame.reference}${plain ? value : encodeId(value)}"`
    text += frame.afterReference
    if (frame.display !== '' && display !== undefined) text += frame.display + quote(display)
    return `${text}}`
  }
}

function frameOf(context: RequestContext, parts: ReadonlySet<string>, type: string): Frame {
  const endpoint = context.service.byName.get(type)?.endpoint
  const prefix = JSON.stringify(`${context.baseUrl}${endpoint}/`).slice(0, -1)
  let separator = ''
  const frame = (part: string, text: string): string => {
    if (!parts.has(part)) return ''
    const framed = separator + text
    separator = ','
    return framed
  }
  return {
    type,
    value: frame('value', '"value":'),
    reference: endpoint === undefined ? '' : frame('$ref', `"$ref":${prefix}`),
    afterReference: frame('type', `"type":${JSON.stringify(type)}`),
    display: frame('display', '"display":'),
  }
}

function quote(text: string): string {
  return /^[\w .@~'()+-]*$/.test(text) ? `"${text}"` : JSON.stringify(text)
}
