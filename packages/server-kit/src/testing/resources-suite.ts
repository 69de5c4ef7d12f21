import { ScimError } from '@scimkit/core/schema'
import { race, refuses, same } from './assertions.js'
import { lacking } from './known-attributes.js'
import type { StoreContract } from './store-contract.js'
import { changed, type StoreTest } from './store-fixture.js'

const rich = {
  userName: 'Ada@Example.com',
  externalId: '',
  name: { givenName: 'Ada', familyName: 'Ünïcøde 💡' },
  active: false,
  emails: [
    { value: 'ada@example.com', type: 'work', primary: true },
    { value: 'ada@home.example', type: 'home' },
  ],
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'R&D', manager: { value: 'm1' } },
}

/**
 * Create, read, replace and delete, each by the version that was read.
 *
 * @param test Registers a test.
 * @param contract What the store keeps.
 */
export function resourcesSuite(test: StoreTest, contract: StoreContract): void {
  test('a created resource is read back as it was, to the last member', async (fixture) => {
    const created = await fixture.createUser('u1', rich)
    same(created, fixture.user('u1', rich), 'created')
    same(await fixture.store.get(fixture.users, 'u1'), fixture.user('u1', rich), 'read')
  })

  test('an unknown id is undefined', async (fixture) => {
    same(await fixture.store.get(fixture.users, 'nobody'), undefined, 'read')
  })

  test('types are apart: a user is not a group', async (fixture) => {
    await fixture.createUser('u1')
    same(await fixture.store.get(fixture.groups, 'u1'), undefined, 'read as a group')
  })

  test('an id is given once', async (fixture) => {
    await fixture.createUser('u1')
    await refuses(fixture.createUser('u1', { userName: 'other' }), 409, 'uniqueness')
  })

  test('replace puts the new resource in the place of the one that was read', async (fixture) => {
    const created = await fixture.createUser('u1', rich)
    const next = changed(created, { userName: 'Grace' })
    await fixture.store.replace(fixture.users, created, next)
    same(await fixture.store.get(fixture.users, 'u1'), next, 'read')
  })

  test(
    'replace takes away what the new resource does not have',
    async (fixture) => {
      const created = await fixture.createUser('u1', rich)
      const { emails, ...next } = changed(created, {})
      await fixture.store.replace(fixture.users, created, next)
      same([emails === undefined, await fixture.store.get(fixture.users, 'u1')], [false, next], 'read')
    },
    lacking(contract.user, 'emails'),
  )

  test('replace by an old version is 412 and changes nothing', async (fixture) => {
    const created = await fixture.createUser('u1')
    const second = await fixture.store.replace(fixture.users, created, changed(created, { userName: 'second' }))
    await refuses(fixture.store.replace(fixture.users, created, changed(created, { userName: 'lost' })), 412)
    same(await fixture.store.get(fixture.users, 'u1'), second, 'read')
  })

  test('replace of what is gone is 412', async (fixture) => {
    const created = await fixture.createUser('u1')
    await fixture.store.delete(fixture.users, created)
    await refuses(fixture.store.replace(fixture.users, created, changed(created, {})), 412)
    same(await fixture.store.get(fixture.users, 'u1'), undefined, 'read')
  })

  test('of 16 replaces of one version exactly one wins', async (fixture) => {
    const created = await fixture.createUser('u1')
    const calls = Array.from({ length: 16 }, (_, n) =>
      fixture.store.replace(fixture.users, created, changed(created, { userName: `name ${n}` })),
    )
    const { won, errors } = await race(calls)
    same([won, errors.every((error) => ScimError.is(error) && error.status === 412)], [1, true], 'winners')
    same((await fixture.requireUser('u1')).meta.version, '2', 'version')
  })

  test('delete takes the resource away, from queries too', async (fixture) => {
    const created = await fixture.createUser('u1')
    await fixture.createUser('u2')
    await fixture.store.delete(fixture.users, created)
    same(await fixture.store.get(fixture.users, 'u1'), undefined, 'read')
    same(await fixture.findUsers(), ['u2'], 'queried')
  })

  test('delete by an old version, or twice, is 412', async (fixture) => {
    const created = await fixture.createUser('u1')
    const next = await fixture.store.replace(fixture.users, created, changed(created, {}))
    await refuses(fixture.store.delete(fixture.users, created), 412)
    await fixture.store.delete(fixture.users, next)
    await refuses(fixture.store.delete(fixture.users, next), 412)
  })
}
