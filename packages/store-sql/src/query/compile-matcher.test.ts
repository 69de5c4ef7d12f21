import { findAttribute, groupResource, type ResourceDefinition, userResource } from '@scimkit/core/schema'
import { parseFilter } from '@scimkit/filter-parser'
import { beforeEach, describe, expect, it } from 'vitest'
import { contextOf, newGroup, newUser } from '../../test/store-data.js'
import { testConnection, testType } from '../../test/test-store.js'
import { unknownType } from '../indexes/served-type.js'
import type { SqlConnection } from '../sqlite/sql-connection.js'
import { insertMembership } from '../sqlite/statements/memberships.js'
import { insertRow } from '../sqlite/statements/resources.js'
import { requireScope, type Scope } from '../sqlite/statements/scopes.js'
import { compileMatcher, findReach } from './compile-matcher.js'

let connection: SqlConnection
let userScope: Scope
let groupScope: Scope

beforeEach(() => {
  connection = testConnection()
  userScope = requireScope(connection, contextOf('User'))
  groupScope = requireScope(connection, contextOf('Group'))
  for (const [id, members] of [
    ['g', ['a', 'b']],
    ['h', ['g']],
    ['empty', []],
  ] as const) {
    const group = { resource: insertRow(connection, groupScope.scope, newGroup(id)), tenant: groupScope.tenant }
    for (const value of members) insertMembership(connection, group, { value, type: 'User', display: `D ${value}` })
  }
})

const users = testType(userResource)
const groups = testType(groupResource)

describe('compileMatcher', () => {
  it.each([
    { filter: 'displayName eq "group-g"', want: ['g'] },
    { filter: 'members.value eq "b"', want: ['g'] },
    { filter: 'members.value ne "b"', want: ['g', 'h', 'empty'] },
    { filter: 'not (members.value eq "b")', want: ['h', 'empty'] },
    { filter: 'members.display sw "d a"', want: ['g'] },
    { filter: 'members pr', want: ['g', 'h'] },
    { filter: 'not (members pr)', want: ['empty'] },
    { filter: 'members.value eq "b" and displayName eq "group-h"', want: [] },
    { filter: 'members.value eq "b" or displayName eq "group-h"', want: ['g', 'h'] },
    { filter: 'displayName pr and (members.value eq "g" or members.value eq "a")', want: ['g', 'h'] },
  ])('of groups: $filter matches $want', ({ filter, want }) => {
    const matches = compileMatcher(parseFilter(filter), groups, groupScope)
    expect(['g', 'h', 'empty'].filter((id) => matches(newGroup(id), connection))).toEqual(want)
  })

  it.each([
    { filter: 'groups.value eq "g"', want: ['a', 'b'] },
    { filter: 'groups.value eq "h"', want: ['a', 'b'] },
    { filter: 'groups[value eq "h" and type eq "direct"]', want: [] },
    { filter: 'groups.display eq "group-g"', want: ['a', 'b'] },
    { filter: 'not (groups pr)', want: ['c'] },
    { filter: 'groups pr and userName eq "user-a"', want: ['a'] },
  ])('of users: $filter matches $want', ({ filter, want }) => {
    const matches = compileMatcher(parseFilter(filter), users, userScope)
    expect(['a', 'b', 'c'].filter((id) => matches(newUser(id), connection))).toEqual(want)
  })

  it('reads every page of the members of a large group', () => {
    const group = { resource: insertRow(connection, groupScope.scope, newGroup('l')), tenant: groupScope.tenant }
    for (let n = 0; n < 2_000; n++) insertMembership(connection, group, { value: `u${10_000 + n}`, type: 'User' })
    const matches = (filter: string) =>
      compileMatcher(parseFilter(filter), groups, groupScope)(newGroup('l'), connection)
    expect([matches('members.value sw "u11999"'), matches('members.value sw "v"')]).toEqual([true, false])
  })

  it('of a type that is not served tests the document itself', () => {
    const matches = compileMatcher(parseFilter('members.value eq "a"'), unknownType, groupScope)
    expect(matches(newGroup('g'), connection)).toBe(false)
    expect(matches({ ...newGroup('x'), members: [{ value: 'a' }] }, connection)).toBe(true)
  })
})

describe('findReach', () => {
  const both: ResourceDefinition = {
    ...userResource,
    index: new Map([...groupResource.index, ...userResource.index]),
  } as ResourceDefinition // a type whose resources are members and have members
  const target = (path: string, definition: ResourceDefinition) => findAttribute(definition, path)

  it.each([
    { name: 'a plain filter', filter: 'title pr', want: 'none' },
    { name: 'a filter on groups', filter: 'groups.value eq "g"', want: 'others' },
    { name: 'a filter on groups deep inside', filter: 'title pr and (title pr or not (groups pr))', want: 'others' },
    { name: 'a plain order', sortBy: 'title', want: 'none' },
    { name: 'an order by groups', sortBy: 'groups.display', want: 'others' },
    { name: 'neither', want: 'none' },
  ])('$name of users: $want', ({ filter, sortBy, want }) => {
    const query = {
      filter: filter === undefined ? undefined : parseFilter(filter),
      sortBy: sortBy === undefined ? undefined : target(sortBy, userResource as ResourceDefinition), // any definition
      page: { startIndex: 1, count: 1 },
    }
    expect(findReach(query, users)).toBe(want)
  })

  it('of groups: their members change with them', () => {
    const page = { startIndex: 1, count: 1 }
    expect(findReach({ filter: parseFilter('members.value eq "a"'), page }, groups)).toBe('none')
    expect(findReach({ sortBy: findAttribute(groupResource, 'members'), page }, groups)).toBe('none')
  })

  it('of a type that is in groups and has members: everything', () => {
    const page = { startIndex: 1, count: 1 }
    const type = { ...unknownType, definition: both }
    expect(findReach({ filter: parseFilter('groups pr'), page }, type)).toBe('all')
    expect(findReach({ filter: parseFilter('members pr'), page }, type)).toBe('none')
  })
})
