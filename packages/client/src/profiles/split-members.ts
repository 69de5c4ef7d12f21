import { isObject } from '@scimkit/core/internal'
import { type PatchOperation, urns } from '@scimkit/core/schema'
import type { Call } from '../transport/call.js'

/**
 * Cuts a PATCH of a group so that no part changes more members than the server accepts at once. The order stays.
 *
 * @param operations Operations of the whole PATCH.
 * @param max Number of members that one PATCH may change at most.
 * @param refuse Throws; receives what cannot be cut, as the end of a sentence.
 * @returns The operations of each part, at least one part.
 */
export function splitMembers(
  operations: readonly PatchOperation[],
  max: number,
  refuse: (what: string) => never,
): readonly (readonly PatchOperation[])[] {
  if (countMembers(operations) <= max) return [operations]
  const parts: PatchOperation[][] = [[]]
  let room = max
  const push = (operation: PatchOperation, members: number): void => {
    if (members > room) {
      parts.push([])
      room = max
    }
    room -= members
    parts.at(-1)?.push(operation)
  }
  for (const operation of operations.flatMap(separateMembers)) {
    const members = membersOf(operation)
    if (operation.op === 'replace' && members.length > max) {
      // The first part would remove the members that the later ones bring back.
      refuse(`replaces at most ${max} members in one PATCH; remove members and add others instead`)
    }
    if (members.length <= 1 || operation.op === 'replace') push(operation, members.length)
    else {
      let rest = members
      while (rest.length > 0) {
        const size = room > 0 ? room : max
        const value = rest.slice(0, size)
        push({ ...operation, value }, value.length)
        rest = rest.slice(size)
      }
    }
  }
  return parts.filter((part) => part.length > 0)
}

/**
 * @param operations Operations of a PATCH of a group.
 * @returns How many members they add, remove or set.
 */
export function countMembers(operations: readonly PatchOperation[]): number {
  return operations.flatMap(separateMembers).reduce((sum, operation) => sum + membersOf(operation).length, 0)
}

/**
 * @param path Path of an operation.
 * @returns The attribute that it begins with, in lower case and without the URN of Group.
 */
export function rootOf(path: string): string {
  const bare = path.toLowerCase().startsWith(`${urns.group}:`.toLowerCase()) ? path.slice(urns.group.length + 1) : path
  return bare.split(/[.[]/)[0]?.toLowerCase() ?? ''
}

/**
 * Takes `members` out of the value of an operation without a path.
 *
 * @param operation Operation.
 * @returns The operation itself, or one for the members and one for the rest.
 */
export function separateMembers(operation: PatchOperation): PatchOperation[] {
  const { op, path, value } = operation
  if (path !== undefined || !isObject(value)) return [operation]
  const isMembers = ([name]: [string, unknown]) => rootOf(name) === 'members'
  const entries = Object.entries(value)
  const members = entries.find(isMembers)
  if (!members) return [operation]
  const rest = entries.filter((entry) => !isMembers(entry))
  const alone = { op, path: 'members', value: members[1] }
  return rest.length === 0 ? [alone] : [{ op, value: Object.fromEntries(rest) }, alone]
}

/** The members that an operation names; one that a filter selects counts once. */
function membersOf({ path, value }: PatchOperation): readonly unknown[] {
  if (path === undefined || rootOf(path) !== 'members') return []
  if (Array.isArray(value)) return value
  return value === undefined && !path.includes('[') ? [] : [value]
}

/**
 * Repeats the name inside the value where members are added, as Salesforce documents it.
 *
 * @param call A request.
 * @returns The request in that form; itself where it adds no members.
 */
export function nestMembers(call: Call): Call {
  const { method, path, body } = call
  if (method !== 'PATCH' || !path.startsWith('/Groups/') || !isObject(body) || !Array.isArray(body.Operations))
    return call
  const Operations = (body.Operations as readonly PatchOperation[]).map((operation) => {
    const adds = operation.op === 'add' && operation.path !== undefined && rootOf(operation.path) === 'members'
    if (!adds || (isObject(operation.value) && 'members' in operation.value)) return operation
    const { value } = operation
    return { ...operation, value: { members: Array.isArray(value) ? value : [value] } }
  })
  return { ...call, body: { ...body, Operations } }
}
