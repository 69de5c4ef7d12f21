import type { Member, MembershipPort } from '../store/resource-store.js'

/** Between the names of users in tests and the ids that they have in the store. */
export interface MemberNames {
  /** Creates the users of the given ids that do not exist. */
  make(ids: readonly string[]): Promise<void>
  toId(name: string): string
  toName(id: string): string
}

/**
 * Wraps a membership port, so that tests speak of members by name and each user exists before it becomes a member, as
 * the handler makes sure of.
 *
 * @param port Port of the store.
 * @param names Names and ids of users.
 * @returns The port by names.
 */
export function nameMembers(port: MembershipPort, names: MemberNames): MembershipPort {
  const { toId, toName } = names
  const make = async (members: readonly Member[]): Promise<readonly Member[]> => {
    const given = members.map((member) => ({ ...member, value: toId(member.value) }))
    await names.make(given.filter(({ type }) => type !== 'Group').map(({ value }) => value))
    return given
  }
  const told = async (change: ReturnType<MembershipPort['add']>): ReturnType<MembershipPort['add']> => {
    const { added, removed, differing, ...rest } = await change
    const renamed = differing && { differing: differing.map(toName) }
    return { ...rest, added: added.map(toName), removed: removed.map(toName), ...renamed }
  }
  return {
    add: async (context, group, members, write) => told(port.add(context, group, await make(members), write)),
    replace: async (context, group, members, write) => told(port.replace(context, group, await make(members), write)),
    remove: (context, group, ids, write) => told(port.remove(context, group, ids.map(toId), write)),
    has: async (context, group, ids) => new Set([...(await port.has(context, group, ids.map(toId)))].map(toName)),
    count: (context, group) => port.count(context, group),
    page: async (context, group, page) => {
      const { members, ...rest } = await port.page(context, group, page)
      return { ...rest, members: members.map((member) => ({ ...member, value: toName(member.value) })) }
    },
    groupsOf: async (context, ids) =>
      new Map([...(await port.groupsOf(context, ids.map(toId)))].map(([id, groups]) => [toName(id), groups])),
    forget: (context, id, now) => port.forget(context, toId(id), now),
  }
}
