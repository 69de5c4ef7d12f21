import { isObject, type JsonObject } from '@scimkit/core/internal'
import type { ResourceDefinition } from '@scimkit/core/schema'
import { sameJson } from '../json.js'
import type { ScimChange } from '../service/scim-change.js'
import type { MembershipChange, MembershipPort, StoredResource } from '../store/resource-store.js'
import type { StoreContext } from '../store/store-context.js'

type Told<C> = C extends unknown ? Pick<C, Extract<keyof C, 'kind' | 'before' | 'after' | 'changed' | 'member'>> : never

/** What a change is, without who made it and when. */
export type ToldChange = Told<ScimChange>

/**
 * Puts the difference between two states of a resource into the application's words.
 *
 * @param definition Definition of the resource.
 * @param write Both states, and whether a password was set or removed, which neither of them shows.
 * @returns The differences, `update` first; empty when there is none beyond `meta`.
 */
export function describeReplace(
  definition: ResourceDefinition,
  write: { readonly before: StoredResource; readonly after: StoredResource; readonly hasPassword: boolean },
): readonly ToldChange[] {
  const { before, after, hasPassword } = write
  const names = listChanged(definition, before, after)
  const turned = isSwitchable(definition) ? describeActive(before, after) : undefined
  const members = names.includes('members') ? describeMembers(before, after) : []
  const told = new Set([...(turned ? ['active'] : []), ...(members.length > 0 ? ['members'] : [])])
  const changed = [...names.filter((name) => !told.has(name)), ...(hasPassword ? ['password'] : [])]
  return [
    ...(changed.length > 0 ? [{ kind: 'update', before, after, changed } as const] : []),
    ...(turned ? [{ kind: turned, before, after }] : []),
    ...members,
  ]
}

/**
 * Describes who joined and left a group whose store keeps members inside its documents.
 *
 * @param before Group before a write; `undefined` for a new one.
 * @param after Group after it.
 * @returns A `leave` or `join` for each element that went or came.
 */
export function describeMembers(before: StoredResource | undefined, after: StoredResource): readonly ToldChange[] {
  const [old, now] = [memberIds(before), memberIds(after)]
  return [
    ...[...old].filter((value) => !now.has(value)).map((value) => ({ kind: 'leave', member: { value } }) as const),
    ...[...now].filter((value) => !old.has(value)).map((value) => ({ kind: 'join', member: { value } }) as const),
  ]
}

function listChanged(definition: ResourceDefinition, before: StoredResource, after: StoredResource): string[] {
  const urns = new Set(definition.extensions.map(({ extension }) => extension.urn))
  const names = changedKeys(before, after).filter((name) => name !== 'meta' && name !== 'schemas')
  return names.flatMap((name) => {
    if (!urns.has(name)) return [name]
    return changedKeys(toObject(before[name]), toObject(after[name])).map((inner) => `${name}:${inner}`)
  })
}

function changedKeys(before: object, after: object): string[] {
  const old = new Map(Object.entries(before))
  const now = new Map(Object.entries(after))
  return [...new Set([...old.keys(), ...now.keys()])].filter((key) => !sameJson(old.get(key), now.get(key)))
}

/** Only an explicit value turns a resource on or off: to lose `active` is an update, which permits nothing. */
function describeActive(before: StoredResource, after: StoredResource): 'activate' | 'deactivate' | undefined {
  if (before.active === after.active || typeof after.active !== 'boolean') return undefined
  return after.active ? 'activate' : 'deactivate'
}

function isSwitchable(definition: ResourceDefinition): boolean {
  return definition.index.get('active')?.attribute?.type === 'boolean'
}

function memberIds(group: StoredResource | undefined): ReadonlySet<string> {
  const members: unknown = group?.members
  const values = Array.isArray(members) ? members.map((member: unknown) => toObject(member).value) : []
  return new Set(values.filter((value) => typeof value === 'string'))
}

function toObject(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

/**
 * Makes a membership port that notes every change on its way to another one: what joined and left is what that port says.
 *
 * @param port Port that is written to.
 * @param note Notes a change of the group with an id.
 * @returns The port.
 */
export function recordMembers(
  port: MembershipPort,
  note: (context: StoreContext, groupId: string, change: ToldChange) => void,
): MembershipPort {
  const noteBoth = (
    context: StoreContext,
    group: string,
    { added, removed }: MembershipChange,
    types = new Map<string, string>(),
  ): void => {
    for (const value of removed) note(context, group, { kind: 'leave', member: { value } })
    for (const value of added) {
      note(context, group, { kind: 'join', member: { value, type: types.get(value) } })
    }
  }
  return {
    async add(context, group, members, options) {
      const change = await port.add(context, group, members, options)
      noteBoth(context, group, change, new Map(members.map(({ value, type }) => [value, type])))
      return change
    },
    async remove(context, group, ids, options) {
      const change = await port.remove(context, group, ids, options)
      noteBoth(context, group, change)
      return change
    },
    async replace(context, group, members, options) {
      const change = await port.replace(context, group, members, options)
      noteBoth(context, group, change, new Map(members.map(({ value, type }) => [value, type])))
      return change
    },
    async forget(context, member, now) {
      const groups = (await port.groupsOf(context, [member])).get(member) ?? []
      const left = groups.filter(({ type }) => type === 'direct')
      for (const { group } of left) note(context, group, { kind: 'leave', member: { value: member } })
      return port.forget(context, member, now)
    },
    has: (context, group, ids) => port.has(context, group, ids),
    count: (context, group) => port.count(context, group),
    page: (context, group, page) => port.page(context, group, page),
    groupsOf: (context, ids) => port.groupsOf(context, ids),
  }
}
