import type { Filter } from '@scimkit/filter-parser'
import { same } from './assertions.js'
import { add, membersOf, nest } from './member-calls.js'
import type { OptionalPart } from './store-contract.js'
import { later, type StoreTest } from './store-fixture.js'

/**
 * The groups that resources are in: read for many at once, nested ones included, and used in filters.
 *
 * @param test Registers a test.
 * @param without Parts that the store does not have, each with the reason.
 */
export function membershipsSuite(test: StoreTest, without: Readonly<Partial<Record<OptionalPart, string>>>): void {
  const nesting: StoreTest = (name, body) => test(name, body, without.nestedMembers)
  membershipsOfUsers(test, nesting)
  if (without.membershipFilters === undefined) filtering(test, nesting)
}

function membershipsOfUsers(test: StoreTest, nesting: StoreTest): void {
  test('RD-8: groupsOf tells the groups of many users in the order of the ids, with their names', async (fixture) => {
    await fixture.createGroup('g2', 'Second')
    await fixture.createGroup('g1', 'First')
    await add(fixture, 'g2', ['u1', 'u2'])
    await add(fixture, 'g1', ['u1'])
    const found = await fixture.members.groupsOf(fixture.groups, ['u1', 'u2', 'u3'])
    const told = (id: string) => (found.get(id) ?? []).map(({ group, display, type }) => `${group} ${display} ${type}`)
    same(['u1', 'u2', 'u3'].map(told), [['g1 First direct', 'g2 Second direct'], ['g2 Second direct'], []], 'groups')
  })

  nesting('RD-8: groupsOf tells direct and indirect groups, with their names', async (fixture) => {
    await fixture.createGroup('inner', 'Inner')
    await fixture.createGroup('middle', 'Middle')
    await fixture.createGroup('outer', 'Outer')
    await add(fixture, 'inner', ['u1'])
    await nest(fixture, 'middle', 'inner')
    await nest(fixture, 'outer', 'middle')
    const groups = (await fixture.members.groupsOf(fixture.groups, ['u1', 'u2'])).get('u1') ?? []
    const told = groups.map(({ group, display, type }) => `${group} ${display} ${type}`)
    same(told, ['inner Inner direct', 'middle Middle indirect', 'outer Outer indirect'], 'groups')
  })

  nesting('groupsOf tells groups in the order of their ids, however the member came into them', async (fixture) => {
    for (const id of ['g9', 'G5', 'g10', 'é', 'a']) await fixture.createGroup(id)
    for (const id of ['g9', 'é', 'G5', 'g10']) await add(fixture, id, ['u1'])
    await nest(fixture, 'a', 'g9')
    const groups = (await fixture.members.groupsOf(fixture.groups, ['u1'])).get('u1') ?? []
    const ids = groups.map(({ group }) => group)
    same(ids, ['G5', 'a', 'g10', 'g9', 'é'], 'groups')
  })

  nesting('a group that is reached on two ways is told once, as direct where one way is', async (fixture) => {
    for (const id of ['left', 'right', 'top']) await fixture.createGroup(id)
    await add(fixture, 'left', ['u1'])
    await add(fixture, 'right', ['u1'])
    await add(fixture, 'top', ['u1'])
    await nest(fixture, 'top', 'left')
    await nest(fixture, 'top', 'right')
    const groups = (await fixture.members.groupsOf(fixture.groups, ['u1'])).get('u1') ?? []
    same(
      groups.map(({ group, type }) => `${group} ${type}`).sort(),
      ['left direct', 'right direct', 'top direct'],
      'groups',
    )
  })

  nesting('groups in a circle end', async (fixture) => {
    for (const id of ['a', 'b']) await fixture.createGroup(id)
    await add(fixture, 'a', ['u1'])
    await nest(fixture, 'b', 'a')
    await nest(fixture, 'a', 'b')
    const groups = (await fixture.members.groupsOf(fixture.groups, ['u1'])).get('u1') ?? []
    same(groups.map(({ group, type }) => `${group} ${type}`).sort(), ['a direct', 'b indirect'], 'groups')
  })

  nesting('a group in a circle of groups is not told as in itself', async (fixture) => {
    for (const id of ['a', 'b', 'c']) await fixture.createGroup(id)
    const join = (group: string, member: string) =>
      fixture.members.add(fixture.groups, group, [{ value: member, type: 'Group' }], { now: later })
    await join('a', 'b')
    await join('b', 'c')
    await join('c', 'a')
    await join('c', 'c')
    const found = await fixture.members.groupsOf(fixture.groups, ['a', 'c'])
    const told = (id: string) => (found.get(id) ?? []).map(({ group, type }) => `${group} ${type}`).sort()
    same(told('a'), ['b indirect', 'c direct'], 'groups of a')
    same(told('c'), ['a indirect', 'b direct'], 'groups of c')
  })

  test('DE-4: forget takes a resource out of all groups, each with a new version', async (fixture) => {
    for (const id of ['g1', 'g2', 'g3']) await fixture.createGroup(id)
    await add(fixture, 'g1', ['u1', 'u2'])
    await add(fixture, 'g2', ['u1'])
    await add(fixture, 'g3', ['u2'])
    await fixture.members.forget(fixture.groups, 'u1', later)
    same([await membersOf(fixture, 'g1'), await membersOf(fixture, 'g2')], [['u2'], []], 'members')
    const versions = await Promise.all(
      ['g1', 'g2', 'g3'].map(async (id) => (await fixture.requireGroup(id)).meta.version),
    )
    same(versions, ['3', '3', '2'], 'versions')
  })
}

/** A filter on the ids of two users. */
type FilterOf = (first: string, second: string) => Filter

function filtering(test: StoreTest, nesting: StoreTest): void {
  const given: readonly { readonly filter: FilterOf; readonly groups: readonly string[] }[] = [
    { filter: (u1) => valueIs('members', u1), groups: ['g1', 'g2'] },
    {
      filter: (_, u2) => ({ kind: 'comparison', path: { name: 'members' }, operator: 'eq', value: u2 }),
      groups: ['g1'],
    },
    {
      filter: (u1) => ({ kind: 'valuePath', path: { name: 'Members' }, filter: eq('value', u1) }),
      groups: ['g1', 'g2'],
    },
    { filter: () => ({ kind: 'present', path: { name: 'members' } }), groups: ['g1', 'g2'] },
    { filter: () => ({ kind: 'not', filter: { kind: 'present', path: { name: 'members' } } }), groups: ['g3'] },
    { filter: (u1) => ({ kind: 'and', filters: [valueIs('members', u1), eq('displayName', 'G2')] }), groups: ['g2'] },
    {
      filter: (_, u2) => ({ kind: 'or', filters: [valueIs('members', u2), eq('displayName', 'g3')] }),
      groups: ['g1', 'g3'],
    },
    {
      filter: () => ({
        kind: 'comparison',
        path: { name: 'members', subAttribute: 'value' },
        operator: 'sw',
        value: 'u',
      }),
      groups: ['g1', 'g2'],
    },
    {
      filter: () => ({
        kind: 'comparison',
        path: { name: 'members', subAttribute: 'type' },
        operator: 'eq',
        value: 'user',
      }),
      groups: ['g1', 'g2'],
    },
  ]
  for (const { filter, groups } of given) {
    test(`groups are found by their members: ${JSON.stringify(filter('u1', 'u2'))}`, async (fixture) => {
      for (const id of ['g1', 'g2', 'g3']) await fixture.createGroup(id)
      await add(fixture, 'g1', ['u1', 'u2'])
      await add(fixture, 'g2', ['u1'])
      const page = await fixture.store.query(fixture.groups, {
        filter: filter(fixture.memberId('u1'), fixture.memberId('u2')),
        page: { startIndex: 1, count: 10 },
      })
      same([page.resources.map(({ id }) => id), page.totalResults], [groups, groups.length], 'groups')
      same(
        page.resources.some((group) => 'members' in group),
        false,
        'members stay out of documents',
      )
    })
  }

  nesting('users are found by their groups, nested ones included', async (fixture) => {
    for (const id of ['inner', 'outer']) await fixture.createGroup(id)
    for (const id of ['u1', 'u2', 'u3']) await fixture.createUser(id)
    await add(fixture, 'inner', ['u1'])
    await add(fixture, 'outer', ['u2'])
    await nest(fixture, 'outer', 'inner')
    same(await fixture.findUsers({ filter: valueIs('groups', 'outer') }), ['u1', 'u2'], 'in outer')
    same(await fixture.findUsers({ filter: valueIs('groups', 'inner') }), ['u1'], 'in inner')
    same(await fixture.findUsers({ filter: { kind: 'present', path: { name: 'groups' } } }), ['u1', 'u2'], 'in any')
    const direct: Filter = { kind: 'and', filters: [eq('value', 'outer'), eq('type', 'direct')] }
    const filter: Filter = { kind: 'valuePath', path: { name: 'groups' }, filter: direct }
    same(await fixture.findUsers({ filter }), ['u2'], 'directly in outer')
  })
}

function valueIs(name: string, value: string): Filter {
  return { kind: 'comparison', path: { name, subAttribute: 'value' }, operator: 'eq', value }
}

function eq(name: string, value: string): Filter {
  return { kind: 'comparison', path: { name }, operator: 'eq', value }
}
