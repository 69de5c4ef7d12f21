import type { ResourceDefinition } from '@scimkit/core/schema'
import { sameJson } from '../json.js'
import type { ActivateChange, DeactivateChange, JoinChange, LeaveChange, UpdateChange } from '../service/scim-change.js'
import type { StoredResource } from '../store.js'

type Told<C> = C extends unknown ? Pick<C, Extract<keyof C, 'kind' | 'before' | 'after' | 'changed' | 'member'>> : never

/** What a replaced resource came to, without who did it and when. */
export type Difference = Told<UpdateChange | ActivateChange | DeactivateChange | JoinChange | LeaveChange>

/**
 * Puts the difference between two states of a resource into the application's words.
 *
 * @param definition Definition of the resource.
 * @param before Resource before the write.
 * @param after Resource after it.
 * @param hasPassword Whether the write set or removed a password, which neither of them shows.
 * @returns The differences, `update` first; empty when there is none beyond `meta`.
 */
export function describeReplace(
  definition: ResourceDefinition,
  before: StoredResource,
  after: StoredResource,
  hasPassword: boolean,
): readonly Difference[] {
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
 * Tells who is in a group whose store keeps members inside its documents.
 *
 * @param before Group before a write; `undefined` for a new one.
 * @param after Group after it.
 * @returns A `leave` or `join` for each element that went or came.
 */
export function describeMembers(
  before: StoredResource | undefined,
  after: StoredResource,
): readonly Told<JoinChange | LeaveChange>[] {
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

function toObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {} // any object may be asked for its members
}
