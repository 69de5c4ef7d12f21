import { compareText, ScimError } from '@scimkit/core/schema'
import type {
  Member,
  Membership,
  MembershipChange,
  MembershipPort,
  MembershipWrite,
  StoredResource,
} from '../store/resource-store.js'
import type { StoreContext } from '../store/store-context.js'
import type { MemoryTable } from './memory-table.js'
import type { MemoryTenant, RunInTenant } from './memory-tenant.js'

/** What a write did; `named` where a known member got its `display`. */
interface Changed extends Partial<Omit<MembershipChange, 'meta'>> {
  readonly named?: boolean
}

/**
 * Makes the membership port of a memory store.
 *
 * @param run Runs a step on the tenant.
 * @param tableOf Gives the table of a type.
 * @returns The port.
 */
export function memoryMembers(
  run: RunInTenant,
  tableOf: (tenant: MemoryTenant, resourceType: string) => MemoryTable,
): MembershipPort {
  const change = (
    context: StoreContext,
    groupId: string,
    write: MembershipWrite,
    work: (tenant: MemoryTenant) => Changed,
  ): Promise<MembershipChange> =>
    run(context, (tenant) => {
      const table = tableOf(tenant, context.resourceType)
      const group = requireGroup(table, groupId, write.expectedVersion)
      const { added = [], removed = [], named = false, differing } = work(tenant)
      const isChanged = named || added.length > 0 || removed.length > 0
      const { meta } = isChanged ? touch(tenant, table, group, write.now) : group
      return { meta, added, removed, differing }
    })
  return {
    add: (context, groupId, members, write) =>
      change(context, groupId, write, (tenant) => addAll(tenant, groupId, members)),
    remove: (context, groupId, ids, write) =>
      change(context, groupId, write, (tenant) => ({ removed: removeAll(tenant, groupId, ids) })),
    replace: (context, groupId, members, write) =>
      change(context, groupId, write, (tenant) => {
        const wanted = new Set(members.map(({ value }) => value))
        const surplus = allMembers(tenant, groupId).flatMap(({ value }) => (wanted.has(value) ? [] : [value]))
        return { removed: removeAll(tenant, groupId, surplus), ...addAll(tenant, groupId, members) }
      }),
    has: (context, groupId, ids) =>
      run(context, ({ relation }) => new Set(ids.filter((id) => relation.has(groupId, id)))),
    count: (context, groupId) => run(context, ({ relation }) => relation.count(groupId)),
    page: (context, groupId, { after, count }) =>
      run(context, ({ relation }) => {
        const found = relation.page(groupId, after, count + 1)
        const members = found.slice(0, count)
        const next = found.length > count ? members.at(-1)?.value : undefined
        return { members, ...(next === undefined ? {} : { next }) }
      }),
    groupsOf: (context, ids) =>
      run(context, (tenant) => {
        const found = new Map<string, readonly Membership[]>()
        for (const id of ids) {
          if (tenant.relation.groupsOf(id).size > 0) found.set(id, membershipsOf(tenant, id))
        }
        return found
      }),
    forget: (context, memberId, now) =>
      run(context, (tenant) => {
        const table = tableOf(tenant, context.resourceType)
        for (const groupId of [...tenant.relation.groupsOf(memberId)].sort(compareText)) {
          removeAll(tenant, groupId, [memberId])
          const group = table.byId.get(groupId)
          if (group) touch(tenant, table, group, now)
        }
      }),
  }
}

function requireGroup(table: MemoryTable, groupId: string, expectedVersion: string | undefined): StoredResource {
  const group = table.byId.get(groupId)
  if (!group) throw new ScimError(404, 'There is no group with this id')
  if (expectedVersion !== undefined && group.meta.version !== expectedVersion) {
    throw new ScimError(412, 'The group has another version')
  }
  return group
}

function touch(tenant: MemoryTenant, table: MemoryTable, group: StoredResource, now: string): StoredResource {
  const version = String(Number(group.meta.version) + 1)
  const lastModified = now > group.meta.lastModified ? now : group.meta.lastModified
  const next = { ...group, meta: { ...group.meta, lastModified, version } }
  table.update(group, next)
  tenant.undoable(() => table.update(next, group))
  tenant.record({
    resourceType: group.meta.resourceType,
    id: group.id,
    kind: 'members',
    version,
    at: next.meta.lastModified,
  })
  return next
}

function addAll(tenant: MemoryTenant, groupId: string, members: readonly Member[]): Changed {
  const added: string[] = []
  const differing: string[] = []
  let named = false
  for (const member of members) {
    const { value, display } = member
    const known = tenant.relation.find(groupId, value)
    if (!known) {
      put(tenant, groupId, member)
      added.push(value)
    } else if (display !== undefined && known.display === undefined) {
      removeAll(tenant, groupId, [value])
      put(tenant, groupId, { ...known, display })
      named = true
    } else if (display !== undefined && known.display !== display) differing.push(value)
  }
  return { added, named, differing }
}

function put(tenant: MemoryTenant, groupId: string, member: Member): void {
  tenant.relation.add(groupId, member)
  tenant.undoable(() => tenant.relation.remove(groupId, member.value))
}

/** Also used when a group is deleted: its relation goes with it. */
export function removeAll(tenant: MemoryTenant, groupId: string, ids: readonly string[]): string[] {
  return ids.flatMap((id) => {
    const member = tenant.relation.remove(groupId, id)
    if (!member) return []
    tenant.undoable(() => tenant.relation.add(groupId, member))
    return [id]
  })
}

/**
 * @param tenant Tenant of the group.
 * @param groupId Id of the group.
 * @returns All its direct members.
 */
export function allMembers(tenant: MemoryTenant, groupId: string): readonly Member[] {
  return tenant.relation.page(groupId, undefined, Number.MAX_SAFE_INTEGER)
}

function membershipsOf(tenant: MemoryTenant, id: string): readonly Membership[] {
  return Array.from(tenant.relation.allGroupsOf(id), ([group, type]) => {
    const display = tenant.findResource(group)?.displayName
    return { group, type, ...(typeof display === 'string' && { display }) }
  })
}
