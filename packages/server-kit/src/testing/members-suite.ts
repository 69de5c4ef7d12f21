import type { Member } from '../store/resource-store.js'
import { refuses, same } from './assertions.js'
import { add, membersOf, users } from './member-calls.js'
import type { OptionalPart, StoreContract } from './store-contract.js'
import { earlier, later, type StoreTest } from './store-fixture.js'

/**
 * The members of groups as a relation: read in pages, written in steps, never as a whole.
 *
 * @param test Registers a test.
 * @param contract What the store keeps.
 * @param without Parts that it does not have, each with the reason.
 */
export function membersSuite(
  test: StoreTest,
  contract: StoreContract,
  without: Readonly<Partial<Record<OptionalPart, string>>>,
): void {
  const nesting: StoreTest = (name, body) => test(name, body, without.nestedMembers)
  writing(test, contract)
  reading(test, nesting)
}

function writing(test: StoreTest, { tenants }: StoreContract): void {
  test('add says what it added, raises the version once and sets lastModified', async (fixture) => {
    await fixture.createGroup('g1')
    const change = await add(fixture, 'g1', ['u1', 'u2'])
    same([[...change.added].sort(), change.removed], [['u1', 'u2'], []], 'change')
    same([change.meta.version, change.meta.lastModified, change.meta.created], ['2', later, earlier], 'meta')
    same((await fixture.requireGroup('g1')).meta, change.meta, 'stored meta')
    same(await fixture.members.count(fixture.groups, 'g1'), 2, 'count')
  })

  test('PA-9: adding a member that the group has already changes nothing, and lists of one id add it once', async (fixture) => {
    await fixture.createGroup('g1')
    const first = await add(fixture, 'g1', ['u1', 'u1'])
    const second = await add(fixture, 'g1', ['u1'])
    same([first.added, second.added, second.meta], [['u1'], [], first.meta], 'changes')
  })

  test('remove ignores ids that are not members', async (fixture) => {
    await fixture.createGroup('g1')
    await add(fixture, 'g1', ['u1', 'u2', 'u3'])
    const change = await fixture.members.remove(fixture.groups, 'g1', ['u2', 'nobody', 'u2'], { now: later })
    same([change.removed, change.meta.version], [['u2'], '3'], 'change')
    const nothing = await fixture.members.remove(fixture.groups, 'g1', ['nobody'], { now: later })
    same(nothing.meta, change.meta, 'meta after no change')
    same(await membersOf(fixture, 'g1'), ['u1', 'u3'], 'members')
  })

  test('replace makes the given members the only ones, in one version', async (fixture) => {
    await fixture.createGroup('g1')
    await add(fixture, 'g1', ['u1', 'u2'])
    const change = await fixture.members.replace(fixture.groups, 'g1', users(['u2', 'u3']), { now: later })
    same([change.added, change.removed, change.meta.version], [['u3'], ['u1'], '3'], 'change')
    const again = await fixture.members.replace(fixture.groups, 'g1', users(['u3', 'u2']), { now: later })
    same(again.meta.version, '3', 'version after no change')
    await fixture.members.replace(fixture.groups, 'g1', [], { now: later })
    same(await fixture.members.count(fixture.groups, 'g1'), 0, 'count')
  })

  test('a membership write by a clock that went back leaves lastModified where it was', async (fixture) => {
    await fixture.createGroup('g1')
    const { meta } = await add(fixture, 'g1', ['u1', 'u2'])
    const write = { now: '2026-01-02T02:04:05.678Z' }
    const removed = await fixture.members.remove(fixture.groups, 'g1', ['u1'], write)
    same(removed.meta, { ...meta, version: '3' }, 'meta after a removal')
    const added = await fixture.members.add(fixture.groups, 'g1', users(['u3']), write)
    same(added.meta, { ...meta, version: '4' }, 'meta after an addition')
    same((await fixture.requireGroup('g1')).meta, added.meta, 'stored meta')
    await fixture.members.forget(fixture.groups, 'u2', write.now)
    same((await fixture.requireGroup('g1')).meta, { ...meta, version: '5' }, 'stored meta after a member was forgotten')
  })

  test('ET-4: a write that expects another version is 412 and changes nothing', async (fixture) => {
    await fixture.createGroup('g1')
    await add(fixture, 'g1', ['u1'])
    const write = { now: later, expectedVersion: '1' }
    await refuses(fixture.members.add(fixture.groups, 'g1', users(['u2']), write), 412)
    await refuses(fixture.members.remove(fixture.groups, 'g1', ['u1'], write), 412)
    await refuses(fixture.members.replace(fixture.groups, 'g1', [], write), 412)
    await fixture.members.add(fixture.groups, 'g1', users(['u3']), { now: later, expectedVersion: '2' })
    same(await membersOf(fixture, 'g1'), ['u1', 'u3'], 'members')
  })

  test('a write to a group that does not exist is 404', async (fixture) => {
    await refuses(add(fixture, 'nothing', ['u1']), 404)
    const group = await fixture.createGroup('g1')
    await fixture.store.delete(fixture.groups, group)
    await refuses(add(fixture, 'g1', ['u1']), 404)
    await refuses(fixture.members.remove(fixture.groups, 'g1', ['u1'], { now: later }), 404)
    await refuses(fixture.members.replace(fixture.groups, 'g1', [], { now: later }), 404)
  })

  test('a replaced group keeps its members; a deleted one and its successor have none', async (fixture) => {
    await fixture.createGroup('g1')
    const { meta } = await add(fixture, 'g1', ['u1'])
    const current = await fixture.requireGroup('g1')
    const next = { ...current, displayName: 'renamed', meta: { ...meta, version: '3' } }
    await fixture.store.replace(fixture.groups, current, next)
    same(await membersOf(fixture, 'g1'), ['u1'], 'members after replace')
    await fixture.store.delete(fixture.groups, next)
    same((await fixture.members.groupsOf(fixture.groups, ['u1'])).get('u1') ?? [], [], 'groups after delete')
    await fixture.createGroup('g1')
    same(await membersOf(fixture, 'g1'), [], 'members of the successor')
  })

  test('a membership change makes the version that replace expects an old one', async (fixture) => {
    const group = await fixture.createGroup('g1')
    await add(fixture, 'g1', ['u1'])
    await refuses(fixture.store.replace(fixture.groups, group, { ...group, displayName: 'lost' }), 412)
  })

  test('24 writers with up to 20 adds each at the same time end in the exact union', async (fixture) => {
    await fixture.createGroup('g1')
    const ids = await fixture.manyMembers(480)
    const writer = async (n: number): Promise<void> => {
      for (const id of ids.filter((_, at) => at % 24 === n)) await add(fixture, 'g1', [id])
    }
    await Promise.all(Array.from({ length: 24 }, (_, n) => writer(n)))
    same(await fixture.members.count(fixture.groups, 'g1'), ids.length, 'count')
    same((await fixture.requireGroup('g1')).meta.version, String(ids.length + 1), 'version')
  })

  test(
    'tenants have members of their own',
    async (fixture) => {
      const other = fixture.asOther()
      await fixture.createGroup('g1')
      await add(fixture, 'g1', ['u1'])
      await refuses(add(other, 'g1', ['u2']), 404)
      same(await membersOf(other, 'g1'), [], 'members')
      same((await other.members.groupsOf(other.groups, ['u1'])).get('u1') ?? [], [], 'groups')
    },
    tenants.length < 2 ? 'the store has one tenant' : undefined,
  )
}

function reading(test: StoreTest, nesting: StoreTest): void {
  test('a member keeps its type and display', async (fixture) => {
    await fixture.createGroup('g1')
    const members = [{ value: 'u1', type: 'User', display: 'Ada "L" 💡' }]
    await fixture.members.add(fixture.groups, 'g1', members, { now: later })
    same((await fixture.members.page(fixture.groups, 'g1', { count: 10 })).members, members, 'members')
  })

  nesting('a group that is a member keeps its type beside users', async (fixture) => {
    for (const id of ['g1', 'g2']) await fixture.createGroup(id)
    const members = [
      { value: 'g2', type: 'Group' },
      { value: 'u1', type: 'User' },
    ]
    await fixture.members.add(fixture.groups, 'g1', members, { now: later })
    const page = await fixture.members.page(fixture.groups, 'g1', { count: 10 })
    same([...page.members].sort(byValue), members, 'members')
  })

  test('a member that was removed and is added again has what it is added with, and nothing of before', async (fixture) => {
    await fixture.createGroup('g1')
    const read = async () => (await fixture.members.page(fixture.groups, 'g1', { count: 10 })).members
    const again = async (display?: string): Promise<void> => {
      const member: Member = { value: 'u1', type: 'User', ...(display !== undefined && { display }) }
      await fixture.members.remove(fixture.groups, 'g1', ['u1'], { now: later })
      await fixture.members.add(fixture.groups, 'g1', [member], { now: later })
      same(await read(), [{ value: 'u2', type: 'User' }, member].sort(byValue), `members after ${display}`)
    }
    await add(fixture, 'g1', ['u1', 'u2'])
    await again('Ada')
    await again('Countess')
    await again()
  })

  test('a known member gets the display that it lacks, in one new version, and keeps the one it has', async (fixture) => {
    await fixture.createGroup('g1')
    await add(fixture, 'g1', ['u1', 'u2'])
    const ada = { value: 'u1', type: 'User', display: 'Ada' }
    const write = { now: later }
    const named = await fixture.members.add(fixture.groups, 'g1', [ada], write)
    same([named.added, named.removed, named.differing ?? [], named.meta.version], [[], [], [], '3'], 'named')
    const again = await fixture.members.add(fixture.groups, 'g1', [ada], write)
    same([again.differing ?? [], again.meta.version], [[], '3'], 'the same once more')
    const other = [
      { ...ada, display: 'Countess' },
      { value: 'u2', type: 'User' },
    ]
    const kept = await fixture.members.replace(fixture.groups, 'g1', other, write)
    same([kept.differing, kept.meta.version], [['u1'], '3'], 'another')
    const { members } = await fixture.members.page(fixture.groups, 'g1', { count: 10 })
    same(members, [ada, { value: 'u2', type: 'User' }], 'members')
  })

  test('has tells which of many are members', async (fixture) => {
    await fixture.createGroup('g1')
    await add(fixture, 'g1', ['u1', 'u2'])
    const found = await fixture.members.has(fixture.groups, 'g1', ['u0', 'u2', 'u1', 'u9'])
    same([...found].sort(), ['u1', 'u2'], 'found')
    same((await fixture.members.has(fixture.groups, 'nothing', ['u1'])).size, 0, 'of no group')
  })

  test('up to 2,500 members are read in pages in the order of their ids, each once', async (fixture) => {
    await fixture.createGroup('g1')
    const ids = await fixture.manyMembers(2_500)
    await add(
      fixture,
      'g1',
      ids.map((_, n) => ids[(n * 7_919) % ids.length] ?? ''),
    )
    same(await membersOf(fixture, 'g1', Math.ceil(ids.length / 4.2)), ids, 'members')
  })

  test('a walk through the pages misses no member when others are removed meanwhile', async (fixture) => {
    await fixture.createGroup('g1')
    await add(fixture, 'g1', ['u1', 'u2', 'u3', 'u4'])
    const first = await fixture.members.page(fixture.groups, 'g1', { count: 2 })
    await fixture.members.remove(fixture.groups, 'g1', ['u1', 'u2'], { now: later })
    const second = await fixture.members.page(fixture.groups, 'g1', { after: first.next, count: 2 })
    same(
      [...first.members, ...second.members].map(({ value }) => value),
      ['u1', 'u2', 'u3', 'u4'],
      'walk',
    )
    same(second.next, undefined, 'position behind the last page')
  })
}

function byValue(left: Member, right: Member): number {
  return left.value < right.value ? -1 : 1
}
