import { isObject, type JsonObject } from '@scimkit/core/internal'
import type { ServerProfile } from '@scimkit/core/profiles'
import type { PatchOperation } from '@scimkit/core/schema'
import type { Call } from '../transport/call.js'
import { maxAddedMembers } from './pacer.js'
import { countMembers, rootOf, separateMembers } from './split-members.js'

type Refuse = (what: string) => never

/**
 * Refuses a request that the server would refuse, or take for something else.
 *
 * @param profile What is known of the server.
 * @param call The request.
 * @param refuse Throws; receives what the server does not do, as the end of a sentence.
 */
export function checkCall(profile: ServerProfile, call: Call, refuse: Refuse): void {
  const { method, body } = call
  const [path = '', query = ''] = call.path.split('?')
  checkEndpoint(profile, { method, path }, refuse)
  const asked = call.reads && isObject(body) ? body : Object.fromEntries(new URLSearchParams(query))
  const { missing = [] } = profile
  if (missing.includes('indexPaging') && asked.startIndex !== undefined) refuse('does not support paging by startIndex')
  for (const name of ['attributes', 'excludedAttributes']) {
    if (missing.includes('projection') && asked[name] !== undefined) refuse(`does not support ${name}`)
  }
  if (!isObject(body) || call.reads) return
  const operations = method === 'PATCH' && Array.isArray(body.Operations) ? body.Operations : undefined
  if (path.startsWith('/Users') || path === '/Me') checkUser(profile, body, operations, refuse)
  if (path.startsWith('/Groups')) checkGroup(profile, body, operations, refuse)
}

function checkEndpoint(
  { missing = [] }: ServerProfile,
  { method, path }: Pick<Call, 'method' | 'path'>,
  refuse: Refuse,
): void {
  if (missing.includes('bulk') && path === '/Bulk') refuse('has no /Bulk')
  if (missing.includes('me') && path === '/Me') refuse('has no /Me')
  if (missing.includes('search') && path.endsWith('/.search')) refuse('has no /.search')
  if (missing.includes('replaceGroup') && method === 'PUT' && path.startsWith('/Groups/'))
    refuse('does not support replacing a group; use patch')
  if (missing.includes('deleteUser') && method === 'DELETE' && path.startsWith('/Users/')) {
    refuse('does not support deleting a user; set active to false')
  }
}

function checkUser(
  profile: ServerProfile,
  body: JsonObject,
  operations: PatchOperation[] | undefined,
  refuse: Refuse,
): void {
  const { missing = [], maxValues = Infinity } = profile
  for (const [name, value] of operations ? operations.flatMap(writesOf) : Object.entries(body)) {
    if (missing.includes('password') && name.toLowerCase() === 'password') refuse('does not accept a password')
    if (Array.isArray(value) && name !== 'schemas' && value.length > maxValues) {
      refuse(`accepts at most ${maxValues} value of ${name}`)
    }
  }
}

/** What an operation writes, by attribute. */
function writesOf({ path, value }: PatchOperation): [string, unknown][] {
  if (path !== undefined) return [[path, value]]
  return isObject(value) ? Object.entries(value) : []
}

function checkGroup(
  profile: ServerProfile,
  body: JsonObject,
  operations: PatchOperation[] | undefined,
  refuse: Refuse,
): void {
  const { missing = [], quotas = [], maxMembersInPatch = Infinity } = profile
  const maxMembersInCreate = Math.min(profile.maxMembersInCreate ?? Infinity, maxAddedMembers(quotas))
  if (!operations) {
    if (Array.isArray(body.members) && body.members.length > maxMembersInCreate) {
      refuse(`accepts at most ${maxMembersInCreate} members in a new group; create it with fewer and add the others`)
    }
    return
  }
  if (countMembers(operations) > maxMembersInPatch) refuse(`changes at most ${maxMembersInPatch} members in one PATCH`)
  for (const operation of operations.flatMap(separateMembers)) {
    for (const [name] of writesOf(operation)) checkPatchable(profile, rootOf(name), refuse)
    const { op, path, value } = operation
    if (path === undefined || rootOf(path) !== 'members') continue
    const all = !path.includes('[')
    if (missing.includes('replaceMembers') && op === 'replace')
      refuse('does not support replacing members; add and remove them')
    if (missing.includes('removeAllMembers') && op === 'remove' && all && value === undefined) {
      refuse('does not support removing all members at once; name them')
    }
  }
}

function checkPatchable({ patchableGroupAttributes: known }: ServerProfile, name: string, refuse: Refuse): void {
  if (known?.every((attribute) => attribute.toLowerCase() !== name))
    refuse(`does not support changing ${name} of a group with PATCH`)
}
