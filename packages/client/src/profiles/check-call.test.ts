import type { ServerProfile } from '@scimkit/core/profiles'
import { type PatchOperation, urns } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { type Call, createScope } from '../transport/call.js'
import { checkCall } from './check-call.js'

const scope = createScope({}, { timeout: 1, budget: 1 })
const profileOf = (facts: Partial<ServerProfile>) =>
  ({ name: 'x', title: 'X', evidence: {}, ...facts }) as ServerProfile // the facts are what is looked at
const call = (method: Call['method'], path: string, body?: unknown): Call => ({ method, path, scope, body })
const patch = (path: string, ...Operations: readonly PatchOperation[]) => call('PATCH', path, { Operations })
const members = (count: number) => Array.from({ length: count }, (_, at) => ({ value: `u${at}` }))
const search: Call = { ...call('POST', '/Users/.search', { attributes: ['id'], startIndex: 1 }), reads: true }

function check(facts: Partial<ServerProfile>, given: Call): string | undefined {
  try {
    checkCall(profileOf(facts), given, (sentence): never => {
      throw new TypeError(sentence)
    })
    return undefined
  } catch (error) {
    return (error as TypeError).message // nothing else is thrown
  }
}

describe('a request that the server does not support', () => {
  const table: readonly { facts: Partial<ServerProfile>; given: Call; want: string }[] = [
    { facts: { missing: ['bulk'] }, given: call('POST', '/Bulk'), want: 'has no /Bulk' },
    { facts: { missing: ['me'] }, given: call('GET', '/Me'), want: 'has no /Me' },
    { facts: { missing: ['search'] }, given: search, want: 'has no /.search' },
    {
      facts: { missing: ['replaceGroup'] },
      given: call('PUT', '/Groups/1', {}),
      want: 'does not support replacing a group; use patch',
    },
    {
      facts: { missing: ['deleteUser'] },
      given: call('DELETE', '/Users/1'),
      want: 'does not support deleting a user; set active to false',
    },
    {
      facts: { missing: ['indexPaging'] },
      given: call('GET', '/Users?startIndex=1'),
      want: 'does not support paging by startIndex',
    },
    { facts: { missing: ['indexPaging'] }, given: search, want: 'does not support paging by startIndex' },
    {
      facts: { missing: ['projection'] },
      given: call('GET', '/Users/1?attributes=id'),
      want: 'does not support attributes',
    },
    {
      facts: { missing: ['projection'] },
      given: call('GET', '/Users?excludedAttributes=id'),
      want: 'does not support excludedAttributes',
    },
    { facts: { missing: ['projection'] }, given: search, want: 'does not support attributes' },
    {
      facts: { missing: ['password'] },
      given: call('POST', '/Users', { Password: 'x' }),
      want: 'does not accept a password',
    },
    {
      facts: { missing: ['password'] },
      given: call('PUT', '/Me', { password: 'x' }),
      want: 'does not accept a password',
    },
    {
      facts: { missing: ['password'] },
      given: patch('/Users/1', { op: 'add', path: 'password', value: 'x' }),
      want: 'does not accept a password',
    },
    {
      facts: { missing: ['password'] },
      given: patch('/Users/1', { op: 'add', value: { password: 'x' } }),
      want: 'does not accept a password',
    },
    {
      facts: { maxValues: 1 },
      given: call('POST', '/Users', { emails: [1, 2] }),
      want: 'accepts at most 1 value of emails',
    },
    {
      facts: { maxValues: 1 },
      given: patch('/Users/1', { op: 'add', path: 'emails', value: [1, 2] }),
      want: 'accepts at most 1 value of emails',
    },
    {
      facts: { maxMembersInCreate: 2 },
      given: call('POST', '/Groups', { members: members(3) }),
      want: 'accepts at most 2 members in a new group; create it with fewer and add the others',
    },
    {
      facts: { quotas: [{ of: 'usersAddedToOneGroup', count: 2, seconds: 60 }] },
      given: call('POST', '/Groups', { members: members(3) }),
      want: 'accepts at most 2 members in a new group; create it with fewer and add the others',
    },
    {
      facts: { maxMembersInPatch: 2 },
      given: patch('/Groups/1', { op: 'add', path: 'members', value: members(3) }),
      want: 'changes at most 2 members in one PATCH',
    },
    {
      facts: { missing: ['replaceMembers'] },
      given: patch('/Groups/1', { op: 'replace', value: { members: [] } }),
      want: 'does not support replacing members; add and remove them',
    },
    {
      facts: { missing: ['removeAllMembers'] },
      given: patch('/Groups/1', { op: 'remove', path: `${urns.group}:members` }),
      want: 'does not support removing all members at once; name them',
    },
    {
      facts: { patchableGroupAttributes: ['members'] },
      given: patch('/Groups/1', { op: 'replace', path: 'displayName', value: 'x' }),
      want: 'does not support changing displayname of a group with PATCH',
    },
  ]
  test.each(table)('is refused: $want', ({ facts, given, want }) => {
    expect(check(facts, given)).toBe(want)
    expect(check({}, given)).toBeUndefined()
  })
})

describe('a request that only looks like one', () => {
  const table: readonly { name: string; facts: Partial<ServerProfile>; given: Call }[] = [
    { name: 'another endpoint', facts: { missing: ['bulk', 'me', 'search'] }, given: call('POST', '/Users') },
    { name: 'a new group', facts: { missing: ['replaceGroup'] }, given: call('POST', '/Groups', {}) },
    { name: 'a replaced user', facts: { missing: ['replaceGroup'] }, given: call('PUT', '/Users/1', {}) },
    { name: 'a deleted group', facts: { missing: ['deleteUser'] }, given: call('DELETE', '/Groups/1') },
    { name: 'a changed user', facts: { missing: ['deleteUser'] }, given: patch('/Users/1') },
    {
      name: 'a listing by cursor',
      facts: { missing: ['indexPaging', 'projection'] },
      given: call('GET', '/Users?cursor=x'),
    },
    {
      name: 'a user without password',
      facts: { missing: ['password'] },
      given: call('POST', '/Users', { userName: 'a' }),
    },
    { name: 'schemas', facts: { maxValues: 1 }, given: call('POST', '/Users', { schemas: ['a', 'b'], emails: [1] }) },
    { name: 'members of a group', facts: { maxValues: 1 }, given: call('POST', '/Groups', { members: members(3) }) },
    { name: 'few members', facts: { maxMembersInCreate: 2 }, given: call('POST', '/Groups', { members: members(2) }) },
    {
      name: 'few changes',
      facts: { maxMembersInPatch: 2 },
      given: patch('/Groups/1', { op: 'add', path: 'members', value: members(2) }),
    },
    {
      name: 'added members',
      facts: { missing: ['replaceMembers', 'removeAllMembers'] },
      given: patch('/Groups/1', { op: 'add', path: 'members', value: members(1) }),
    },
    {
      name: 'a removed member',
      facts: { missing: ['removeAllMembers'] },
      given: patch('/Groups/1', { op: 'remove', path: 'members[value eq "1"]' }),
    },
    {
      name: 'named members',
      facts: { missing: ['removeAllMembers'] },
      given: patch('/Groups/1', { op: 'remove', path: 'members', value: members(1) }),
    },
    {
      name: 'a patchable attribute',
      facts: { patchableGroupAttributes: ['Members'] },
      given: patch('/Groups/1', { op: 'add', path: 'members.value', value: members(1) }),
    },
  ]
  test.each(table)('is sent: $name', ({ facts, given }) => {
    expect(check(facts, given)).toBeUndefined()
  })
})
