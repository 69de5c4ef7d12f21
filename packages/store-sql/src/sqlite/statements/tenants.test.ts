import type { KeptChange, StoreContext } from '@scimkit/server-kit'
import { beforeEach, describe, expect, it } from 'vitest'
import { changed, contextOf, newGroup, newUser, now } from '../../../test/store-data.js'
import { testConnection } from '../../../test/test-store.js'
import type { SqlConnection } from '../sql-connection.js'
import { deleteChangesBefore, insertChange, readChanges } from './changes.js'
import {
  deleteSharedValue,
  deleteUniqueValue,
  findByRange,
  findByValue,
  findDocumentByValue,
  insertSharedValue,
  insertUniqueValue,
} from './index-values.js'
import {
  readGroupIdsWith,
  readGroupsOf,
  readGroupsOfMember,
  readMembersOf,
  readMembersWithin,
} from './membership-graph.js'
import {
  countMembers,
  deleteMembership,
  deleteMembershipsOfGroup,
  insertMemberDisplay,
  insertMembership,
  readMemberDisplay,
  readMemberIds,
  readMembersAfter,
  readMembersAmong,
} from './memberships.js'
import { countPending, PendingChanges } from './pending-changes.js'
import {
  deleteRow,
  findDocument,
  findIdAfter,
  findKeys,
  findModifiedBetween,
  findResource,
  findRow,
  findScopedRow,
  insertRow,
  readRows,
  readRowsAfter,
  touchRow,
  updateRow,
} from './resources.js'
import { addToTotal, findScope, findTenant, listTenants, readTotal, requireScope, type Scope } from './scopes.js'

// Two tenants have the same ids, and every statement is asked about one of them. Theirs differ in everything but the id.

interface Tenant {
  readonly users: Scope
  readonly groups: Scope
  /** Numbers of rows by the ids of resources. */
  readonly rows: ReadonlyMap<string, number>
}

let connection: SqlConnection
let ours: Tenant
let theirs: Tenant

beforeEach(() => {
  connection = testConnection()
  ours = fill('ours')
  theirs = fill('theirs')
})

const userContext = (tenant: string): StoreContext => contextOf('User', tenant)
const ids = ['a', 'b', 'c']

function fill(tenant: string): Tenant {
  const users = requireScope(connection, userContext(tenant))
  const groups = requireScope(connection, contextOf('Group', tenant))
  const rows = new Map<string, number>()
  for (const id of ids) {
    rows.set(id, insertRow(connection, users.scope, newUser(id, { title: tenant })))
    addToTotal(connection, users.scope, 1)
  }
  for (const id of ['g', 'h']) rows.set(id, insertRow(connection, groups.scope, newGroup(id, `${tenant} ${id}`)))
  return { users, groups, rows }
}

/** libsql tells in each row how long it took. */
function numbersOf({ scope, tenant }: Scope): Scope {
  return { scope, tenant }
}

function rowOf(tenant: Tenant, id: string): number {
  const row = tenant.rows.get(id)
  if (row === undefined) throw new Error(id)
  return row
}

function join(tenant: Tenant, group: string, member: string, display?: string): boolean {
  const row = { resource: rowOf(tenant, group), tenant: tenant.users.tenant }
  return insertMembership(connection, row, { value: member, type: 'User', display })
}

describe('scopes', () => {
  it('are one for each tenant and type', () => {
    const scopes = [ours.users, ours.groups, theirs.users, theirs.groups]
    expect(new Set(scopes.map(({ scope }) => scope)).size).toBe(4)
    expect(ours.users.tenant).toBe(ours.groups.tenant)
    expect(ours.users.tenant).not.toBe(theirs.users.tenant)
    expect(requireScope(connection, userContext('ours'))).toMatchObject(numbersOf(ours.users))
    expect(findScope(connection, userContext('theirs'))).toMatchObject(numbersOf(theirs.users))
    expect(findScope(connection, contextOf('Other', 'ours'))).toBeUndefined()
    expect(findScope(connection, userContext('nobody'))).toBeUndefined()
    expect([findTenant(connection, 'ours'), findTenant(connection, 'nobody')]).toEqual([ours.users.tenant, undefined])
    expect(listTenants(connection)).toEqual([ours.users.tenant, theirs.users.tenant])
  })

  it('keep a total each', () => {
    addToTotal(connection, ours.users.scope, 1)
    addToTotal(connection, theirs.users.scope, -1)
    const totals = [ours.users, theirs.users, ours.groups].map(({ scope }) => readTotal(connection, scope))
    expect(totals).toEqual([4, 2, 0])
    expect(readTotal(connection, 99)).toBe(0)
  })
})

describe('resources', () => {
  it('are found in their scope only', () => {
    const { scope } = ours.users
    const titleOf = (document: string | undefined) => document && JSON.parse(document).title
    expect(titleOf(findDocument(connection, scope, 'a'))).toBe('ours')
    expect(findDocument(connection, ours.groups.scope, 'a')).toBeUndefined()
    expect(findResource(connection, scope, 'a')).toBe(rowOf(ours, 'a'))
    expect(findResource(connection, ours.groups.scope, 'a')).toBeUndefined()
    expect(findRow(connection, scope, 'a')?.resource).toBe(rowOf(ours, 'a'))
    const row = findScopedRow(connection, userContext('theirs'), 'a')
    expect(row).toMatchObject({ id: 'a', version: 1, created: now, last_modified: now, ...numbersOf(theirs.users) })
    expect(row?.resource).toBe(rowOf(theirs, 'a'))
    expect(findScopedRow(connection, contextOf('Group', 'ours'), 'a')).toBeUndefined()
    expect(findScopedRow(connection, userContext('nobody'), 'a')).toBeUndefined()
  })

  it('are listed in their scope only', () => {
    const { scope } = ours.users
    const numbers = ids.map((id) => rowOf(ours, id))
    const both = [...ids.map((id) => rowOf(theirs, id)), ...numbers.toReversed(), 999]
    expect(readRows(connection, scope, both).map(({ resource }) => resource)).toEqual(numbers.toReversed())
    expect(readRows(connection, scope, [])).toEqual([])
    const page = (after: string, count: number) =>
      readRowsAfter(connection, scope, { after, count }).map(({ resource }) => resource)
    expect([page('', 9), page('a', 1), page('c', 9)]).toEqual([numbers, [numbers[1]], []])
    const idAfter = (after: string, offset: number) => findIdAfter(connection, scope, { after, offset })
    expect([idAfter('', 0), idAfter('', 2), idAfter('a', 1), idAfter('', 3)]).toEqual(['a', 'c', 'c', undefined])
    expect(findKeys(connection, scope, ['c', 'x', 'a', 'g'])).toEqual([
      { id: 'a', resource: rowOf(ours, 'a') },
      { id: 'c', resource: rowOf(ours, 'c') },
    ])
  })

  it('are changed and deleted by their row only, and only in the version that was read', () => {
    const resource = rowOf(ours, 'a')
    const next = changed(newUser('a'), { title: 'next' })
    expect(updateRow(connection, { resource, version: 2 }, next)).toBe(false)
    expect(updateRow(connection, { resource, version: 1 }, next)).toBe(true)
    expect(findScopedRow(connection, userContext('ours'), 'a')?.version).toBe(2)
    expect(touchRow(connection, resource, '2026-11-25T00:00:00.000Z')).toBe('2026-11-25T00:00:00.000Z')
    expect(touchRow(connection, resource, '2026-11-23T00:00:00.000Z')).toBe('2026-11-25T00:00:00.000Z')
    const document = JSON.parse(findDocument(connection, ours.users.scope, 'a') ?? '')
    expect(document).toMatchObject({ title: 'next', meta: { version: '4', lastModified: '2026-11-25T00:00:00.000Z' } })
    const between = (from: string, to: string) =>
      findModifiedBetween(connection, ours.users.scope, { from, to }).map(({ id }) => id)
    expect(between('2026-11-25T00:00:00.000Z', '2026-11-25T00:00:00.000Z')).toEqual(['a'])
    expect(between('', '2026-11-24T23:00:00.000Z')).toEqual(['b', 'c'])
    deleteRow(connection, resource)
    expect(findDocument(connection, ours.users.scope, 'a')).toBeUndefined()
    expect(JSON.parse(findDocument(connection, theirs.users.scope, 'a') ?? '')).toMatchObject({ title: 'theirs' })
    expect(findScopedRow(connection, userContext('theirs'), 'a')?.version).toBe(1)
    expect(() => touchRow(connection, resource, now)).toThrow('did not return')
  })
})

describe('index values', () => {
  const at = (scope: Scope, value: string, attribute = 1) => ({ attribute, scope: scope.scope, value })
  const keysOf = (tenant: Tenant, ...wanted: readonly string[]) =>
    wanted.map((id) => ({ id, resource: rowOf(tenant, id) }))
  const range = (scope: Scope, attribute = 1) => ({ attribute, scope: scope.scope, from: 'x', to: 'y' })

  it('are unique in a scope, and may be the same in others', () => {
    expect(insertUniqueValue(connection, at(ours.users, 'x'), rowOf(ours, 'a'))).toBe(true)
    expect(insertUniqueValue(connection, at(ours.users, 'x'), rowOf(ours, 'b'))).toBe(false)
    expect(insertUniqueValue(connection, at(theirs.users, 'x'), rowOf(theirs, 'b'))).toBe(true)
    expect(insertUniqueValue(connection, at(ours.users, 'x', 2), rowOf(ours, 'c'))).toBe(true)
    expect(findByValue(connection, at(ours.users, 'x'), true)).toEqual(keysOf(ours, 'a'))
    expect(findByValue(connection, at(theirs.users, 'x'), true)).toEqual(keysOf(theirs, 'b'))
    expect(findByValue(connection, at(ours.users, 'y'), true)).toEqual([])
    expect(findByValue(connection, at(ours.users, 'x'), false)).toEqual([])
    expect(findByRange(connection, range(ours.users), true)).toEqual(keysOf(ours, 'a'))
    expect(JSON.parse(findDocumentByValue(connection, at(ours.users, 'x', 2)) ?? '')).toMatchObject({ id: 'c' })
    expect(findDocumentByValue(connection, at(theirs.users, 'x', 2))).toBeUndefined()
    deleteUniqueValue(connection, at(ours.users, 'x'), rowOf(ours, 'b'))
    expect(findByValue(connection, at(ours.users, 'x'), true)).toEqual(keysOf(ours, 'a'))
    deleteUniqueValue(connection, at(ours.users, 'x'), rowOf(ours, 'a'))
    expect(findByValue(connection, at(ours.users, 'x'), true)).toEqual([])
    expect(findByValue(connection, at(theirs.users, 'x'), true)).toEqual(keysOf(theirs, 'b'))
    expect(findByValue(connection, at(ours.users, 'x', 2), true)).toEqual(keysOf(ours, 'c'))
  })

  it('are shared in a scope, and kept apart from others', () => {
    for (const tenant of [ours, theirs]) {
      for (const key of keysOf(tenant, 'b', 'a')) insertSharedValue(connection, at(tenant.users, 'x'), key)
    }
    insertSharedValue(connection, at(ours.users, 'y'), { id: 'a', resource: rowOf(ours, 'a') })
    insertSharedValue(connection, at(ours.users, 'w'), { id: 'a', resource: rowOf(ours, 'a') })
    expect(findByValue(connection, at(ours.users, 'x'), false)).toEqual(keysOf(ours, 'a', 'b'))
    expect(findByValue(connection, at(ours.users, 'x', 2), false)).toEqual([])
    expect(findByRange(connection, range(ours.users), false)).toEqual(keysOf(ours, 'a', 'b'))
    expect(findByRange(connection, range(ours.users, 2), false)).toEqual([])
    deleteSharedValue(connection, at(ours.users, 'x'), 'b')
    expect(findByValue(connection, at(ours.users, 'x'), false)).toEqual(keysOf(ours, 'a'))
    expect(findByValue(connection, at(ours.users, 'y'), false)).toEqual(keysOf(ours, 'a'))
    expect(findByValue(connection, at(theirs.users, 'x'), false)).toEqual(keysOf(theirs, 'a', 'b'))
  })
})

describe('members', () => {
  it('are of one group of one tenant', () => {
    expect([join(ours, 'g', 'a', 'Ada'), join(ours, 'g', 'a', 'Other'), join(ours, 'g', 'b')]).toEqual([
      true,
      false,
      true,
    ])
    expect([join(ours, 'h', 'a'), join(theirs, 'g', 'a'), join(theirs, 'g', 'c', 'Carl')]).toEqual([true, true, true])
    const group = rowOf(ours, 'g')
    const display = (row: number, value: string) => readMemberDisplay(connection, row, value)
    const name = (value: string, text: string) => insertMemberDisplay(connection, group, { value, display: text })
    expect([display(group, 'a'), display(group, 'b'), display(group, 'c')]).toEqual(['Ada', undefined, undefined])
    expect([name('b', 'Bob'), name('b', 'Bert'), name('a', 'X'), name('c', 'X')]).toEqual([true, false, false, false])
    expect([display(group, 'b'), display(group, 'a'), display(rowOf(theirs, 'g'), 'c')]).toEqual(['Bob', 'Ada', 'Carl'])
    expect(display(rowOf(ours, 'h'), 'a')).toBeUndefined()
    expect(countMembers(connection, group)).toBe(2)
    expect(readMemberIds(connection, group)).toEqual(['a', 'b'])
    expect(readMembersAmong(connection, group, ['c', 'b', 'x'])).toEqual(['b'])
    const page = (after: string, count: number) => readMembersAfter(connection, group, { after, count })
    const [ada, bob] = [
      { value: 'a', type: 'User', display: 'Ada' },
      { value: 'b', type: 'User', display: 'Bob' },
    ]
    expect([page('', 9), page('', 1), page('a', 9), page('b', 9)]).toEqual([[ada, bob], [ada], [bob], []])
    expect(readMembersAfter(connection, rowOf(ours, 'h'), { after: '', count: 9 })).toEqual([
      { value: 'a', type: 'User' },
    ])
    expect([deleteMembership(connection, group, 'a'), deleteMembership(connection, group, 'c')]).toEqual([true, false])
    expect([countMembers(connection, group), countMembers(connection, rowOf(ours, 'h'))]).toEqual([1, 1])
    deleteMembershipsOfGroup(connection, group)
    expect([group, rowOf(ours, 'h'), rowOf(theirs, 'g')].map((row) => countMembers(connection, row))).toEqual([0, 1, 2])
  })

  it('lead up and down their own tenant only', () => {
    join(ours, 'g', 'a')
    join(ours, 'h', 'g')
    join(theirs, 'h', 'a')
    join(theirs, 'g', 'h')
    join(theirs, 'g', 'b')
    const { tenant } = ours.users
    const groupsOf = (number: number, ...members: readonly string[]) =>
      Object.fromEntries(readGroupsOf(connection, number, members))
    const [direct, indirect] = ['direct', 'indirect']
    expect(groupsOf(tenant, 'a', 'b', 'g', 'h')).toEqual({
      a: [
        { group: 'g', display: 'ours g', type: direct },
        { group: 'h', display: 'ours h', type: indirect },
      ],
      g: [{ group: 'h', display: 'ours h', type: direct }],
    })
    expect(groupsOf(theirs.users.tenant, 'a', 'b')).toEqual({
      a: [
        { group: 'g', display: 'theirs g', type: indirect },
        { group: 'h', display: 'theirs h', type: direct },
      ],
      b: [{ group: 'g', display: 'theirs g', type: direct }],
    })
    expect(groupsOf(tenant, 'b')).toEqual({})
    expect(readGroupsOfMember(connection, tenant, 'a')).toEqual([
      { resource: rowOf(ours, 'g'), scope: ours.groups.scope, id: 'g', type: 'Group', version: 1 },
    ])
    expect(readMembersWithin(connection, tenant, 'h')).toEqual(['a', 'g'])
    expect(readMembersWithin(connection, tenant, 'g')).toEqual(['a'])
    expect(readMembersWithin(connection, theirs.users.tenant, 'g')).toEqual(['a', 'b', 'h'])
    expect(readGroupIdsWith(connection, ours.groups, 'a')).toEqual(['g'])
    expect(readGroupIdsWith(connection, ours.users, 'a')).toEqual([])
    expect(readGroupIdsWith(connection, theirs.groups, 'a')).toEqual(['h'])
    const membersOf = (scope: Scope, id: string) =>
      readMembersOf(connection, { scope: scope.scope, id }, { after: '', count: 9 }).map(({ value }) => value)
    expect([membersOf(ours.groups, 'h'), membersOf(theirs.groups, 'h'), membersOf(ours.users, 'h')]).toEqual([
      ['g'],
      ['a'],
      [],
    ])
  })

  it('of groups that contain each other are visited once', () => {
    join(ours, 'g', 'h')
    join(ours, 'h', 'g')
    join(ours, 'g', 'a')
    join(ours, 'h', 'a')
    const { tenant } = ours.users
    const found = readGroupsOf(connection, tenant, ['a', 'g'])
    expect(found.get('a')?.map(({ group, type }) => `${group} ${type}`)).toEqual(['g direct', 'h direct'])
    expect(found.get('g')?.map(({ group, type }) => `${group} ${type}`)).toEqual(['h direct'])
    expect(readMembersWithin(connection, tenant, 'g')).toEqual(['a', 'h'])
  })
})

describe('the change feed', () => {
  const add = (tenant: Tenant, id: string, at = now) =>
    insertChange(connection, tenant.users.tenant, { resourceType: 'User', id, kind: 'create', version: '1', at })
  const feed = (tenantId: string, after = 0, limit = 99) =>
    readChanges(connection, tenantId, { after, limit }).map(({ sequence, id }) => `${sequence} ${id}`)

  it('is numbered and read for each tenant apart', () => {
    for (const [tenant, id] of [
      [ours, 'a'],
      [theirs, 'a'],
      [theirs, 'b'],
      [ours, 'c'],
    ] as const) {
      add(tenant, id)
    }
    expect([feed('ours'), feed('theirs'), feed('nobody')]).toEqual([['1 a', '2 c'], ['1 a', '2 b'], []])
    expect([feed('ours', 1), feed('ours', 0, 1), feed('ours', 2)]).toEqual([['2 c'], ['1 a'], []])
    expect(readChanges(connection, 'ours', { after: 0, limit: 1 })).toEqual([
      { sequence: 1, resourceType: 'User', id: 'a', kind: 'create', version: '1', at: now },
    ])
  })

  it('is trimmed for each tenant apart, up to the first entry that is new enough, and never of its newest', () => {
    const days = [20, 21, 24, 21, 25].map((day) => `2026-11-${day}T00:00:00.000Z`)
    for (const tenant of [ours, theirs]) for (const at of days) add(tenant, at.slice(8, 10), at)
    expect(deleteChangesBefore(connection, ours.users.tenant, '2026-11-21T00:00:00.000Z')).toBe(1)
    expect(feed('ours')).toEqual(['2 21', '3 24', '4 21', '5 25'])
    expect(deleteChangesBefore(connection, ours.users.tenant, '2026-11-22T00:00:00.000Z')).toBe(1)
    expect(deleteChangesBefore(connection, ours.users.tenant, '2026-11-22T00:00:00.000Z')).toBe(0)
    expect(deleteChangesBefore(connection, ours.users.tenant, '2027-01-01T00:00:00.000Z')).toBe(2)
    expect([feed('ours'), feed('theirs')]).toEqual([['5 25'], ['1 20', '2 21', '3 24', '4 21', '5 25']])
    add(ours, 'next')
    expect(feed('ours')).toEqual(['5 25', '6 next'])
  })
})

describe('pending changes', () => {
  const lease = { holder: 'h', duration: 100 }
  const insert = (tenant: Tenant, id: string, more: object = {}) =>
    pendingOf(tenant).insert({ id, resource: 'a', payload: '{}', ...more })
  const pendingOf = (tenant: Tenant) => new PendingChanges(connection, tenant.users.tenant)
  const idsOf = (changes: readonly Pick<KeptChange, 'id'>[]) => changes.map(({ id }) => id)

  it('are listed, given out, released and deleted for their tenant only', () => {
    for (const id of ['1', '2', '3']) insert(ours, `ours ${id}`)
    insert(theirs, 'theirs')
    const all = ['ours 1', 'ours 2', 'ours 3', 'theirs']
    const [mine, foreign] = [pendingOf(ours), pendingOf(theirs)]
    expect(idsOf(mine.list({ limit: 9 }))).toEqual(all.slice(0, 3))
    expect(idsOf(mine.list({ limit: 2 }))).toEqual(all.slice(0, 2))
    expect(idsOf(mine.list({ ids: all, limit: 9 }))).toEqual(all.slice(0, 3))
    expect(idsOf(mine.list({ keys: [{ resource: 'a' }], limit: 9 }))).toEqual(all.slice(0, 3))
    expect(idsOf(mine.list({ resource: 'a', limit: 9 }))).toEqual(all.slice(0, 3))
    expect(idsOf(foreign.list({ resource: 'a', limit: 9 }))).toEqual(['theirs'])
    mine.hold(['ours 1', 'theirs'], lease, 1_000)
    expect(idsOf(foreign.listFree({ limit: 9 }, 1_050))).toEqual(['theirs'])
    expect(idsOf(mine.listFree({ limit: 9 }, 1_050))).toEqual(['ours 2', 'ours 3'])
    foreign.hold(['theirs'], lease, 1_000)
    expect(mine.release(['theirs'], 'h')).toEqual([])
    expect(mine.deleteHeld(['theirs', 'ours 2'], 'h')).toEqual([])
    expect(mine.delete('theirs')).toBe(false)
    expect(countPending(connection)).toEqual(
      new Map([
        ['ours', 3],
        ['theirs', 1],
      ]),
    )
    expect(mine.delete('ours 2')).toBe(true)
    expect(mine.deleteHeld(['ours 1'], 'h')).toEqual([{ resource: 'a', sequence: 1 }])
    expect(idsOf(mine.list({ limit: 9 }))).toEqual(['ours 3'])
  })

  it('have their holder from the time of a lease until its end', () => {
    insert(ours, '1')
    const pending = pendingOf(ours)
    pending.hold(['1'], lease, 1_000)
    const free = (at: number) => pending.listFree({ limit: 9 }, at).length
    expect([999, 1_000, 1_099, 1_100].map(free)).toEqual([1, 0, 0, 1])
    const held = (at: number) => pending.listOfKey({ resource: 'a' }, at)
    expect([999, 1_000, 1_099, 1_100].map((at) => held(at)[0]?.held)).toEqual([0, 1, 1, 0])
    pending.hold(['1'], { ...lease, holder: 'next' }, 1_200)
    expect(pending.release(['1'], 'h')).toEqual([])
    expect([held(1_250), pending.release(['1'], 'next'), held(1_250)]).toEqual([
      [{ sequence: 1, held: 1 }],
      [{ resource: 'a', sequence: 1 }],
      [{ sequence: 1, held: 0 }],
    ])
  })

  it('count failed attempts, and once parked are given out by their id only', () => {
    insert(ours, '1')
    const pending = pendingOf(ours)
    const settle = (outcome?: Parameters<PendingChanges['release']>[2]) => {
      pending.hold(['1'], lease, 1_000)
      pending.release(['1'], 'h', outcome)
      return pending.list({ limit: 9 })[0]
    }
    expect(settle()).toMatchObject({ attempts: 0, parked: false })
    expect(settle({ failed: 1 })).toMatchObject({ attempts: 1, parked: false })
    expect(settle({ failed: 1, parked: 1 })).toMatchObject({ attempts: 2, parked: true })
    expect(settle({ failed: 1 })).toMatchObject({ attempts: 3, parked: true })
    expect(pending.listFree({ limit: 9 }, 5_000)).toEqual([])
    expect(idsOf(pending.listFree({ ids: ['1'], limit: 9 }, 5_000))).toEqual(['1'])
  })

  it('keep what they are about, and are selected by it', () => {
    const kept = [
      insert(ours, '1', { member: 'm', urgency: 'overtakes', payload: '{"a":1}' }),
      insert(ours, '2'),
      insert(ours, '3', { resource: 'b', member: 'm' }),
    ]
    const pending = pendingOf(ours)
    expect(pending.list({ limit: 9 })).toEqual(kept)
    expect(kept[0]).toEqual({
      id: '1',
      resource: 'a',
      member: 'm',
      urgency: 'overtakes',
      payload: '{"a":1}',
      sequence: 1,
      attempts: 0,
      parked: false,
      overtaken: false,
    })
    const select = (selection: object) => idsOf(pending.list({ limit: 9, ...selection }))
    expect(select({ after: 1 })).toEqual(['2', '3'])
    expect(select({ resource: 'a' })).toEqual(['1', '2'])
    expect(select({ keys: [{ resource: 'a', member: 'm' }] })).toEqual(['1'])
    expect(select({ keys: [{ resource: 'a' }, { resource: 'b', member: 'm' }] })).toEqual(['2', '3'])
    expect(select({ ids: ['3', '1', 'x'] })).toEqual(['1', '3'])
    expect(select({ ids: [] })).toEqual([])
    expect(select({ ids: ['1', '2'], resource: 'a', after: 1 })).toEqual(['2'])
  })

  it.each([
    { name: 'an urgent change of a member', change: { member: 'm', urgency: 'overtakes' }, left: '1 2! 3 5 other' },
    { name: 'the end of a membership', change: { member: 'm', urgency: 'ends' }, left: '1 3 5 other' },
    { name: 'an urgent change of a resource', change: { urgency: 'overtakes' }, left: '1! 2 3 5 other' },
    { name: 'the end of a resource', change: { urgency: 'ends' }, left: '3 5 other' },
  ] as const)('$name overtakes what is older and about the same', ({ change, left }) => {
    insert(theirs, 'other')
    insert(ours, '1')
    insert(ours, '2', { member: 'm' })
    insert(ours, '3', { resource: 'b' })
    const urgent = insert(ours, '4', change)
    insert(ours, '5')
    const pending = pendingOf(ours)
    pending.delete('4')
    pending.overtake(urgent)
    const rest = [...pending.list({ limit: 9 }), ...pendingOf(theirs).list({ limit: 9 })]
    expect(rest.map(({ id, overtaken }) => `${id}${overtaken ? '!' : ''}`).join(' ')).toBe(left)
  })
})
