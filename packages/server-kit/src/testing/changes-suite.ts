import type { StoreChange } from '../store/resource-store.js'
import { same } from './assertions.js'
import type { StoreContract } from './store-contract.js'
import { changed, later, type StoreFixture, type StoreTest } from './store-fixture.js'

/**
 * The feed of changes: every change once, in order, per tenant.
 *
 * @param test Registers a test.
 * @param contract What the store keeps.
 */
export function changesSuite(test: StoreTest, contract: StoreContract): void {
  const oneTenant = contract.tenants.length < 2 ? 'the store has one tenant' : undefined

  test('every change is told once, in order, with type, id and version', async (fixture) => {
    const created = await fixture.createUser('u1')
    const next = await fixture.store.replace(fixture.users, created, changed(created, { userName: 'x' }))
    await fixture.createGroup('g1')
    if (fixture.store.members) {
      await fixture.members.add(fixture.groups, 'g1', [{ value: 'u1', type: 'User' }], { now: later })
      await fixture.members.add(fixture.groups, 'g1', [{ value: 'u1', type: 'User' }], { now: later }) // no change
    }
    await fixture.store.delete(fixture.users, next)
    const expected = [
      ['create', contract.user.name, 'u1', '1'],
      ['replace', contract.user.name, 'u1', '2'],
      ['create', contract.group.name, 'g1', '1'],
      ...(fixture.store.members ? [['members', contract.group.name, 'g1', '2']] : []),
      ['delete', contract.user.name, 'u1'],
    ]
    const told = (await feed(fixture)).map(({ kind, resourceType, id, version }) =>
      kind === 'delete' ? [kind, resourceType, id] : [kind, resourceType, id, version],
    )
    same(told, expected, 'changes')
  })

  test('sequence numbers rise, and reading goes on behind one in pages', async (fixture) => {
    for (const id of ['u1', 'u2', 'u3', 'u4', 'u5']) await fixture.createUser(id)
    const all = await feed(fixture)
    same(
      all.every(({ sequence }, at) => at === 0 || sequence > (all[at - 1]?.sequence ?? 0)),
      true,
      'rising',
    )
    const ids: string[] = []
    let after = 0
    for (let page = await feed(fixture, after, 2); page.length > 0; page = await feed(fixture, after, 2)) {
      ids.push(...page.map(({ id }) => id))
      after = page.at(-1)?.sequence ?? after
    }
    same(ids, ['u1', 'u2', 'u3', 'u4', 'u5'], 'pages')
  })

  test(
    'another tenant has a feed of its own, and a failed write tells nothing',
    async (fixture) => {
      await fixture.createUser('u1', { userName: 'ada' })
      await fixture.createUser('u2', { userName: 'ADA' }).catch(() => undefined)
      same(await feed(fixture.asOther()), [], 'other tenant')
      same((await feed(fixture)).length, 1, 'changes')
    },
    oneTenant,
  )

  test('a transaction that fails tells nothing', async (fixture) => {
    await fixture.store
      .transaction?.(fixture.users, async (store) => {
        await store.create(fixture.users, fixture.user('inside'))
        throw new Error('on purpose')
      })
      .catch(() => undefined)
    same((await feed(fixture)).length, 0, 'changes')
  })
}

async function feed(fixture: StoreFixture, after = 0, limit = 1_000): Promise<readonly StoreChange[]> {
  if (!fixture.store.changes) throw new Error('the store has no changes')
  return fixture.store.changes(fixture.users.tenantId, after, limit)
}
