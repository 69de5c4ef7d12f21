import { compareText } from '@scimkit/core/schema'
import type { Member } from '../store/resource-store.js'
import { findOrMake } from './find-or-make.js'
import { OrderedIds } from './ordered-ids.js'

interface MemberList {
  readonly byId: Map<string, Member>
  readonly ids: OrderedIds
  /** Members in the order of their ids, until one comes or goes: reading on in a large group looks none of them up. */
  ordered: readonly Member[] | undefined
}

/** Who is in which group, within one tenant: indexed both ways, so that no change depends on the size of a group. */
export class MemoryRelation {
  readonly #members = new Map<string, MemberList>()
  readonly #groups = new Map<string, Set<string>>()

  /** @returns Whether the member was new to the group. */
  add(groupId: string, member: Member): boolean {
    const list = findOrMake(this.#members, groupId, emptyList)
    if (list.byId.has(member.value)) return false
    list.byId.set(member.value, member)
    list.ids.add(member.value)
    list.ordered = undefined
    findOrMake(this.#groups, member.value, () => new Set<string>()).add(groupId)
    return true
  }

  /** @returns The member that was taken out; `undefined` when it was none. */
  remove(groupId: string, memberId: string): Member | undefined {
    const list = this.#members.get(groupId)
    const member = list?.byId.get(memberId)
    if (!list || !member) return undefined
    list.byId.delete(memberId)
    list.ids.delete(memberId)
    list.ordered = undefined
    if (list.byId.size === 0) this.#members.delete(groupId)
    const groups = this.#groups.get(memberId)
    groups?.delete(groupId)
    if (groups?.size === 0) this.#groups.delete(memberId)
    return member
  }

  /** @returns The member as it is kept; `undefined` when it is none. */
  find(groupId: string, memberId: string): Member | undefined {
    return this.#members.get(groupId)?.byId.get(memberId)
  }

  has(groupId: string, memberId: string): boolean {
    return this.#members.get(groupId)?.byId.has(memberId) ?? false
  }

  count(groupId: string): number {
    return this.#members.get(groupId)?.byId.size ?? 0
  }

  /** @returns Members in the order of their ids, behind the id `after`. */
  page(groupId: string, after: string | undefined, count: number): readonly Member[] {
    const list = this.#members.get(groupId)
    if (!list) return []
    list.ordered ??= list.ids.list().flatMap((id) => list.byId.get(id) ?? [])
    const start = list.ids.startBehind(after)
    return list.ordered.slice(start, start + count)
  }

  /** @returns Ids of the groups that the resource is a direct member of. */
  groupsOf(memberId: string): ReadonlySet<string> {
    return this.#groups.get(memberId) ?? none
  }

  /** @returns Ids of all groups that the resource is in, in their order, each with whether it is a direct member. */
  allGroupsOf(memberId: string): ReadonlyMap<string, 'direct' | 'indirect'> {
    const found = new Map<string, 'direct' | 'indirect'>()
    for (const group of this.groupsOf(memberId)) found.set(group, 'direct')
    // A map's own iteration visits what is added meanwhile, so nested groups need no queue, and circles end.
    for (const group of found.keys()) {
      for (const parent of this.groupsOf(group)) {
        if (!found.has(parent)) found.set(parent, 'indirect')
      }
    }
    found.delete(memberId) // a group in a circle is not in itself
    return found.size > 1 ? new Map([...found].sort(([left], [right]) => compareText(left, right))) : found
  }

  /** @returns Ids of all direct and indirect members of a group. */
  allMembersOf(groupId: string): ReadonlySet<string> {
    const groups = new Set([groupId])
    const found = new Set<string>()
    for (const group of groups) {
      for (const id of this.#members.get(group)?.byId.keys() ?? []) {
        found.add(id)
        if (this.#members.has(id)) groups.add(id)
      }
    }
    found.delete(groupId)
    return found
  }
}

function emptyList(): MemberList {
  return { byId: new Map(), ids: new OrderedIds(), ordered: undefined }
}

const none: ReadonlySet<string> = new Set()
