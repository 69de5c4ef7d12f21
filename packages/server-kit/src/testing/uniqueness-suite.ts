import { ScimError } from '@scimkit/core/schema'
import { race, refuses, same } from './assertions.js'
import { lacking } from './known-attributes.js'
import type { StoreContract } from './store-contract.js'
import { changed, contractUrn, type StoreTest } from './store-fixture.js'

/**
 * Attributes with uniqueness `server`: compared by their case rule, within the tenant, at the moment of the write.
 *
 * @param test Registers a test.
 * @param contract What the store keeps.
 */
export function uniquenessSuite(test: StoreTest, contract: StoreContract): void {
  const collisions = [
    ['bjensen', 'BJensen'],
    ['straße', 'STRASSE'],
    ['Σίσυφος', 'ΣΊΣΥΦΟΣ'],
    ['e\u0301ric', '\u00c9RIC'],
  ] as const
  for (const [first, second] of collisions) {
    test(`UQ-2: ${first} collides with ${second}`, async (fixture) => {
      await fixture.createUser('u1', { userName: first })
      await refuses(fixture.createUser('u2', { userName: second }), 409, 'uniqueness')
      same(await fixture.findUsers(), ['u1'], 'users')
    })
  }

  test(
    'UQ-2: a caseExact attribute of an extension tells case apart',
    async (fixture) => {
      await fixture.createUser('u1', { [contractUrn]: { badge: 'AB' } })
      await fixture.createUser('u2', { [contractUrn]: { badge: 'ab' } })
      await refuses(fixture.createUser('u3', { [contractUrn]: { badge: 'ab' } }), 409, 'uniqueness')
    },
    lacking(contract.user, `${contractUrn}:badge`),
  )

  test('UQ-4: a resource does not collide with itself, and may change the case of its name', async (fixture) => {
    const created = await fixture.createUser('u1', { userName: 'ada' })
    const next = await fixture.store.replace(fixture.users, created, changed(created, { userName: 'ADA' }))
    same(next.userName, 'ADA', 'userName')
  })

  test('UQ-3: a replace onto a taken name is 409 and changes nothing', async (fixture) => {
    await fixture.createUser('u1', { userName: 'ada' })
    const grace = await fixture.createUser('u2', { userName: 'grace' })
    await refuses(fixture.store.replace(fixture.users, grace, changed(grace, { userName: 'Ada' })), 409, 'uniqueness')
    same(await fixture.requireUser('u2'), grace, 'grace')
  })

  test('UQ-4, DE-2: a name is free once its resource was renamed or deleted', async (fixture) => {
    const ada = await fixture.createUser('u1', { userName: 'ada' })
    const renamed = await fixture.store.replace(fixture.users, ada, changed(ada, { userName: 'countess' }))
    await fixture.createUser('u2', { userName: 'ada' })
    await fixture.store.delete(fixture.users, renamed)
    await fixture.createUser('u3', { userName: 'countess' })
    same(await fixture.findUsers(), ['u2', 'u3'], 'users')
  })

  test('UQ-5: externalId may occur twice', async (fixture) => {
    await fixture.createUser('u1', { externalId: 'x' })
    await fixture.createUser('u2', { externalId: 'x' })
    same(await fixture.findUsers(), ['u1', 'u2'], 'users')
  })

  test('UQ-3: of 64 creates of one name exactly one wins', async (fixture) => {
    const calls = Array.from({ length: 64 }, (_, n) => fixture.createUser(`u${n}`, { userName: n % 2 ? 'ada' : 'ADA' }))
    const { won, errors } = await race(calls)
    same([won, errors.length], [1, 63], 'outcomes')
    same(
      errors.every((error) => ScimError.is(error, 'uniqueness')),
      true,
      'every loser is told uniqueness',
    )
    same((await fixture.findUsers()).length, 1, 'users')
  })
}
