import type { ResourceDefinition } from '@scimkit/core/schema'
import type { MembershipChange, MembershipPort, ResourceStore } from '../store.js'
import type { StoreContext } from '../store-context.js'
import { describeMembers, describeReplace } from './describe-write.js'
import type { HookedWrite } from './hooked-write.js'

/** How writes are recorded. */
export interface Recording {
  readonly write: HookedWrite
  readonly definitionOf: (resourceType: string) => ResourceDefinition | undefined
  /** Called when a change is noted and not written yet. */
  readonly onNoted: () => void
}

/**
 * Makes a store that notes every change on its way to another store, in the application's words.
 *
 * Whoever writes knows nothing of it: what joined and left is what the membership port says that really did.
 *
 * @param store Store that is written to.
 * @param recording Where changes are noted.
 * @returns The recording store, without transactions of its own.
 */
export function recordChanges(store: ResourceStore, recording: Recording): ResourceStore {
  const { write, definitionOf, onNoted } = recording
  return {
    get: (context, id) => store.get(context, id),
    query: (context, query) => store.query(context, query),
    async create(context, resource) {
      write.note(context, resource.id, { kind: 'provision', after: resource })
      for (const told of describeMembers(undefined, resource)) write.note(context, resource.id, told)
      onNoted()
      return store.create(context, resource)
    },
    async replace(context, current, next) {
      const definition = definitionOf(context.resourceType)
      const told = definition ? describeReplace(definition, current, next, write.hasPassword) : []
      for (const difference of told) write.note(context, current.id, difference)
      onNoted()
      return store.replace(context, current, next)
    },
    async delete(context, current) {
      write.note(context, current.id, { kind: 'deprovision', before: current })
      onNoted()
      return store.delete(context, current)
    },
    members: store.members && recordMembers(store.members, write),
  }
}

function recordMembers(port: MembershipPort, write: HookedWrite): MembershipPort {
  const note = (
    context: StoreContext,
    group: string,
    { added, removed }: MembershipChange,
    types = new Map<string, string>(),
  ): void => {
    for (const value of removed) write.note(context, group, { kind: 'leave', member: { value } })
    for (const value of added) {
      write.note(context, group, { kind: 'join', member: { value, type: types.get(value) } })
    }
  }
  return {
    async add(context, group, members, options) {
      const change = await port.add(context, group, members, options)
      note(context, group, change, new Map(members.map(({ value, type }) => [value, type])))
      return change
    },
    async remove(context, group, ids, options) {
      const change = await port.remove(context, group, ids, options)
      note(context, group, change)
      return change
    },
    async replace(context, group, members, options) {
      const change = await port.replace(context, group, members, options)
      note(context, group, change, new Map(members.map(({ value, type }) => [value, type])))
      return change
    },
    async forget(context, member, now) {
      const groups = (await port.groupsOf(context, [member])).get(member) ?? []
      const left = groups.filter(({ type }) => type === 'direct')
      for (const { group } of left) write.note(context, group, { kind: 'leave', member: { value: member } })
      return port.forget(context, member, now)
    },
    has: (context, group, ids) => port.has(context, group, ids),
    count: (context, group) => port.count(context, group),
    page: (context, group, page) => port.page(context, group, page),
    groupsOf: (context, ids) => port.groupsOf(context, ids),
  }
}
