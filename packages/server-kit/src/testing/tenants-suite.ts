import { compileFilter, type Filter } from '@scimkit/filter-parser'
import { refuses, same } from './assertions.js'
import type { StoreContract } from './store-contract.js'
import { changed, contractUrn, type StoreTest } from './store-fixture.js'

/** Texts that mean something to JavaScript objects, to SQL, to LIKE, to JSON or to Unicode. */
const hostile = [
  '__proto__',
  'constructor',
  'toString',
  "' OR 1=1 --",
  '"; DROP TABLE users; --',
  '%',
  '_',
  'a\\b',
  '$.id',
  '💡',
  '\u202Eabc',
  ' leading and trailing ',
  '.',
  '..',
  'İ',
]

/**
 * Tenants never see each other, and no text is anything but text.
 *
 * @param test Registers a test.
 * @param contract What the store keeps.
 */
export function tenantsSuite(test: StoreTest, contract: StoreContract): void {
  const oneTenant = contract.tenants.length < 2 ? 'the store has one tenant' : undefined
  test(
    'MT-3: two tenants may have the same userName and even the same id',
    async (fixture) => {
      const other = fixture.asOther()
      const first = await fixture.createUser('u1', { externalId: 'first' })
      const second = await other.createUser('u1', { externalId: 'second' })
      same(await fixture.requireUser('u1'), first, 'first tenant')
      same(await other.requireUser('u1'), second, 'second tenant')
    },
    oneTenant,
  )

  test(
    'MT-5: no read, write or query reaches another tenant',
    async (fixture) => {
      const other = fixture.asOther()
      const created = await fixture.createUser('u1')
      same(await other.store.get(other.users, 'u1'), undefined, 'read')
      same(await other.findUsers(), [], 'queried')
      await refuses(other.store.replace(other.users, created, changed(created, { userName: 'stolen' })), 412)
      await refuses(other.store.delete(other.users, created), 412)
      same(await fixture.requireUser('u1'), created, 'afterwards')
    },
    oneTenant,
  )

  for (const text of hostile) {
    test(`SC-6: ${JSON.stringify(text)} is an id and a name like any other`, async (fixture) => {
      await fixture.createUser('plain', { userName: 'plain', [contractUrn]: { select: 'x' } })
      const created = await fixture.createUser(text, { userName: text, [contractUrn]: { constructor: text } })
      same(await fixture.store.get(fixture.users, text), created, 'read')
      for (const filter of filtersFor(text)) await agrees(fixture, filter)
      await fixture.store.delete(fixture.users, created)
      same(await fixture.findUsers(), ['plain'], 'afterwards')
    })
  }

  async function agrees(fixture: Parameters<Parameters<StoreTest>[1]>[0], filter: Filter): Promise<void> {
    const matches = compileFilter(filter, contract.user)
    const expected = (await Promise.all((await fixture.findUsers()).map((id) => fixture.requireUser(id))))
      .filter(matches)
      .map(({ id }) => id)
    same(await fixture.findUsers({ filter }), expected, JSON.stringify(filter))
  }
}

function filtersFor(value: string): readonly Filter[] {
  const operators = ['eq', 'ne', 'co', 'sw', 'ew'] as const
  const paths = [{ name: 'userName' }, { name: 'id' }, { urn: contractUrn, name: 'constructor' }]
  return paths.flatMap((path) => operators.map((operator) => ({ kind: 'comparison', path, operator, value }) as const))
}
