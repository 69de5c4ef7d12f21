import { type AttributeTarget, findAttribute, type ResourceDefinition } from '@scimkit/core/schema'
import { compileFilter, parseFilter } from '@scimkit/filter-parser'
import type { StoredResource, StoreQuery } from '../store/resource-store.js'
import { same } from './assertions.js'
import { lacking } from './known-attributes.js'
import type { StoreContract } from './store-contract.js'
import { contractUrn, idsOf, type StoreFixture, type StoreTest, user } from './store-fixture.js'

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

/** Users in which every attribute of the filters below is absent, present and present twice, as far as a definition has it. */
const everyone: readonly { readonly id: string; readonly [attribute: string]: unknown }[] = [
  {
    id: 'u1',
    userName: 'ada',
    externalId: 'A1',
    active: true,
    title: 'Analyst',
    name: { familyName: 'Lovelace', givenName: 'Ada' },
    emails: [
      { value: 'ada@work.example', type: 'work', primary: true },
      { value: 'ada@home.example', type: 'home' },
    ],
    [enterprise]: { department: 'Engines', manager: { value: 'u3' } },
    [contractUrn]: { level: 3, score: 1.5, since: '2020-01-01T00:00:00Z', tags: ['x', 'y'], select: '*' },
  },
  {
    id: 'u2',
    userName: 'Grace',
    externalId: 'a1',
    active: false,
    title: '',
    name: { familyName: 'Hopper' },
    emails: [{ value: 'grace@navy.example', type: 'work' }],
    [contractUrn]: { level: 10, score: 1, since: '2020-01-01T02:00:00+02:00', constructor: 'c' },
  },
  {
    id: 'u3',
    userName: 'straße',
    displayName: 'ß',
    emails: [{ value: 'x@work.example', type: 'other', primary: true }],
  },
  {
    id: 'u4',
    userName: '100%_sure\\',
    [enterprise]: { department: 'engines' },
    [contractUrn]: { 'order-by': 'z' },
  },
  {
    id: 'u5',
    userName: '\u{1F4A1}idea',
    active: true,
    [contractUrn]: { level: -1, since: '2019-06-01T00:00:00.5Z' },
  },
  {
    id: 'u6',
    userName: '\uFF5Ewave',
    nickName: 'ada',
    externalId: 'A1',
  },
]

const filters = [
  'userName eq "ADA"',
  'userName eq "STRASSE"',
  'userName ne "ada"',
  'userName co "RAC"',
  'userName sw "a"',
  'userName ew "E"',
  'userName co "%"',
  'userName co "_"',
  'userName ew "\\\\"',
  'userName sw ""',
  'userName gt "grace"',
  'userName le "grace"',
  'externalId eq "A1"',
  'externalId eq "a1"',
  'id eq "u2"',
  'id eq "U2"',
  'title pr',
  'not (title pr)',
  'title eq ""',
  'title eq null',
  'active eq true',
  'active ne true',
  'not (active eq true)',
  'name.familyName eq "hopper"',
  'name pr',
  'name.givenName pr',
  'emails pr',
  'emails eq "ada@work.example"',
  'emails.value co "WORK"',
  'emails[type eq "work"]',
  'emails[type eq "work" and value ew "navy.example"]',
  'emails[type eq "home" or primary eq true]',
  'emails[not (type eq "work")]',
  'emails.type eq "work" and emails.value co "home"',
  'emails.type ne "work"',
  'emails[primary eq true and value co "work"] or nickName eq "ADA"',
  `${enterprise}:department eq "engines"`,
  `${enterprise}:manager eq "u3"`,
  `${enterprise}:manager.value eq "U3"`,
  'department pr',
  `${contractUrn}:level gt 3`,
  `${contractUrn}:level ge 3`,
  `${contractUrn}:level lt 0`,
  `${contractUrn}:score eq 1.0`,
  `${contractUrn}:since eq "2020-01-01T00:00:00.000Z"`,
  `${contractUrn}:since lt "2020-01-01T00:00:00Z"`,
  `${contractUrn}:tags eq "Y"`,
  `${contractUrn}:constructor eq "C"`,
  `${contractUrn}:order-by pr`,
  `${contractUrn}:select eq "*"`,
  `schemas eq "urn:ietf:params:scim:schemas:core:2.0:User"`,
  'meta.created gt "2020-01-01T00:00:00Z"',
  'meta.resourceType eq "User"',
  'userName eq "ada" or userName eq "grace" and active eq false',
  'not (userName eq "ada" or active eq false)',
  'title pr and (name.familyName sw "h" or name.familyName sw "l")',
  'constructor pr',
  'noSuchAttribute eq "x" or userName eq "ada"',
]

const sorts = [
  { path: 'userName', ascending: ['u4', 'u1', 'u2', 'u3', 'u6', 'u5'] },
  { path: 'externalId', ascending: ['u1', 'u6', 'u2', 'u3', 'u4', 'u5'] },
  { path: 'active', ascending: ['u2', 'u1', 'u5', 'u3', 'u4', 'u6'] },
  { path: 'emails.value', ascending: ['u1', 'u2', 'u3', 'u4', 'u5', 'u6'] },
  { path: 'emails.type', ascending: ['u3', 'u1', 'u2', 'u4', 'u5', 'u6'] },
  { path: `${contractUrn}:level`, ascending: ['u5', 'u1', 'u2', 'u3', 'u4', 'u6'] },
  { path: `${contractUrn}:since`, ascending: ['u5', 'u1', 'u2', 'u3', 'u4', 'u6'] },
  { path: 'id', ascending: ['u1', 'u2', 'u3', 'u4', 'u5', 'u6'] },
]

/**
 * Filters as the predicate of `compileFilter` decides them, order, and both kinds of paging.
 *
 * @param test Registers a test.
 * @param contract What the store keeps.
 */
export function querySuite(test: StoreTest, contract: StoreContract): void {
  const people = everyone.map(({ id, ...attributes }) => user(contract.user, id, attributes))
  const all = people.map(({ id }) => id)
  const createPeople = async (fixture: StoreFixture): Promise<void> => {
    for (const person of people) await fixture.store.create(fixture.users, person)
  }
  matching(test, contract, people)

  for (const { path, ascending } of sorts) {
    const body = async (fixture: StoreFixture): Promise<void> => {
      await createPeople(fixture)
      const sortBy = requireTarget(contract.user, path)
      same(await fixture.findUsers({ sortBy, sortOrder: 'ascending' }), ascending, 'ascending')
      const keyless = ascending.filter((id) => keyOf(people, id, sortBy) === undefined)
      const found = await fixture.findUsers({ sortBy, sortOrder: 'descending' })
      same(found.slice(0, keyless.length), keyless, 'without a value first when descending')
      same([...found].sort(), [...ascending].sort(), 'all of them')
    }
    test(
      `SO-3, SO-4, SO-5, SO-6: sorted by ${path}, without a value last, ties by id`,
      body,
      lacking(contract.user, path),
    )
  }

  test('PG-1 to PG-4: pages by index, with the number of all matches', async (fixture) => {
    await createPeople(fixture)
    const filter = parseFilter('userName pr')
    const pages = [
      { startIndex: 1, count: 2, ids: ['u1', 'u2'] },
      { startIndex: 3, count: 3, ids: ['u3', 'u4', 'u5'] },
      { startIndex: 6, count: 10, ids: ['u6'] },
      { startIndex: 7, count: 10, ids: [] },
      { startIndex: Number.MAX_SAFE_INTEGER, count: 10, ids: [] },
      { startIndex: 1, count: 0, ids: [] },
    ]
    for (const { ids, ...page } of pages) {
      const plain = await fixture.store.query(fixture.users, { page })
      const filtered = await fixture.store.query(fixture.users, { filter, page })
      same([idsOf(plain), plain.totalResults], [ids, 6], `plain ${JSON.stringify(page)}`)
      same([idsOf(filtered), filtered.totalResults], [ids, 6], `filtered ${JSON.stringify(page)}`)
    }
  })

  test('pages by index go through a sorted and filtered list', async (fixture) => {
    await createPeople(fixture)
    const query = { filter: parseFilter('externalId pr'), sortBy: requireTarget(contract.user, 'userName') }
    const second = await fixture.store.query(fixture.users, { ...query, page: { startIndex: 2, count: 1 } })
    same([idsOf(second), second.totalResults], [['u2'], 3], 'second page')
  })

  for (const { name, filter, path } of [
    { name: 'all' },
    { name: 'filtered', filter: parseFilter('userName pr') },
    { name: 'sorted by userName', path: 'userName' },
    { name: 'sorted by emails.value', path: 'emails.value' },
  ]) {
    const body = async (fixture: StoreFixture): Promise<void> => {
      await createPeople(fixture)
      const query = path === undefined ? { filter } : { sortBy: requireTarget(contract.user, path) }
      for (const count of [1, 2, 4, 6, 7]) {
        same([...(await walk(fixture, query, count))].sort(), all, `pages of ${count}`)
      }
    }
    test(`pages behind a position give each once: ${name}`, body, path && lacking(contract.user, path))
  }

  test('CU-13: who is there all along is given exactly once, though others come and go', async (fixture) => {
    await createPeople(fixture)
    const seen = await walk(fixture, {}, 2, async (page) => {
      if (page !== 1) return
      await fixture.store.delete(fixture.users, await fixture.requireUser('u2'))
      await fixture.createUser('u0')
      await fixture.createUser('u7')
    })
    same(seen, ['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7'], 'walk')
  })

  test('an empty store has an empty page', async (fixture) => {
    const page = await fixture.store.query(fixture.users, { page: { startIndex: 1, count: 10 } })
    same([page.resources, page.totalResults], [[], 0], 'page')
    const behind = await fixture.store.query(fixture.users, { page: { after: undefined, count: 10 } })
    same([behind.resources, behind.next], [[], undefined], 'page behind nothing')
  })
}

/** Attributes that the definition does not have are asked for as well: they have no value. */
function matching(test: StoreTest, { user: definition }: StoreContract, people: readonly StoredResource[]): void {
  test('filters find what the compiled predicate finds, in the order of the ids', async (fixture) => {
    for (const person of people) await fixture.store.create(fixture.users, person)
    for (const text of filters) {
      const filter = parseFilter(text)
      const expected = people.filter(compileFilter(filter, definition)).map(({ id }) => id)
      const page = await fixture.store.query(fixture.users, { filter, page: { startIndex: 1, count: 100 } })
      same([idsOf(page), page.totalResults], [expected, expected.length], text)
    }
  })
}

async function walk(
  fixture: StoreFixture,
  query: Partial<StoreQuery>,
  count: number,
  between: (page: number) => Promise<void> = () => Promise.resolve(),
): Promise<readonly string[]> {
  const seen: string[] = []
  let after: string | undefined
  for (let number = 1; ; number++) {
    const page = await fixture.store.query(fixture.users, { ...query, page: { after, count } })
    seen.push(...idsOf(page))
    if (page.next === undefined) return seen
    if (number > 100) throw new Error('the walk through the pages does not end')
    after = page.next
    await between(number)
  }
}

function requireTarget(definition: ResourceDefinition, path: string): AttributeTarget {
  const target = findAttribute(definition, path)
  if (!target) throw new Error(`the contract has no attribute ${path}`)
  return target
}

/** Enough of a key to tell who has none. */
function keyOf(people: readonly StoredResource[], id: string, target: AttributeTarget): unknown {
  const { extension, attribute, subAttribute } = target
  const person: Readonly<Record<string, unknown>> | undefined = people.find((candidate) => candidate.id === id)
  const container = extension ? (person?.[extension.id] as Readonly<Record<string, unknown>> | undefined) : person // containers are objects
  const value = attribute && container?.[attribute.name]
  const element: unknown = Array.isArray(value) ? value[0] : value
  return subAttribute ? (element as Readonly<Record<string, unknown>> | undefined)?.[subAttribute.name] : element // as above
}
