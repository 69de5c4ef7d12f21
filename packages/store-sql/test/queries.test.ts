import { compareText, findAttribute, groupResource, userResource } from '@scimkit/core/schema'
import { compileFilter, parseFilter } from '@scimkit/filter-parser'
import type { StoreContext, StoredResource, StoreQuery } from '@scimkit/server-kit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SqlStore } from '../src/index.js'
import { changed, contextOf, groups, newGroup, newUser, now, users } from './store-data.js'
import { testDatabase, testFolder, testStore } from './test-store.js'

const everything = { startIndex: 1, count: 1000 }

async function find(store: SqlStore, context: StoreContext, filter: string): Promise<readonly string[]> {
  const page = await store.query(context, { filter: parseFilter(filter), page: everything })
  expect(page.totalResults).toBe(page.resources.length)
  return page.resources.map(({ id }) => id)
}

/** Walks a query by cursor. */
async function walk(store: SqlStore, query: Omit<StoreQuery, 'page'>, count: number): Promise<readonly string[]> {
  const seen: string[] = []
  let after: string | undefined
  do {
    const page = await store.query(users, { ...query, page: { after, count } })
    seen.push(...page.resources.map(({ id }) => id))
    after = page.next
  } while (after !== undefined)
  return seen
}

async function fill(store: SqlStore, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const id = `u${String(n).padStart(4, '0')}`
    await store.create(users, newUser(id, { title: `t${n % 7}`, emails: [{ value: `${id}@X.org`, type: 'work' }] }))
  }
}

describe('queries', () => {
  it('find by the attributes that have an index, whatever the case', async () => {
    const store = testStore()
    await store.create(
      users,
      newUser('a', { userName: 'Ada', externalId: 'X1', emails: [{ value: 'ada@x.org', type: 'work' }] }),
    )
    await store.create(
      users,
      newUser('b', { userName: 'Byron', displayName: 'Ada', emails: [{ value: 'ADA@x.org', type: 'home' }] }),
    )
    const table: readonly (readonly [string, readonly string[]])[] = [
      ['userName eq "ADA"', ['a']],
      ['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "ada"', ['a']],
      ['externalId eq "X1"', ['a']],
      ['externalId eq "x1"', []],
      ['displayName eq "ada"', ['b']],
      ['id eq "b"', ['b']],
      ['emails eq "ada@X.ORG"', ['a', 'b']],
      ['emails[value eq "ada@x.org" and type eq "home"]', ['b']],
      ['userName eq "ada" or displayName eq "ada"', ['a', 'b']],
      ['userName sw "B" and displayName pr', ['b']],
      ['userName sw ""', ['a', 'b']],
      ['not (userName eq "ada")', ['b']],
    ]
    for (const [filter, want] of table) expect([filter, await find(store, users, filter)]).toEqual([filter, want])
  })

  it('resolve members and groups through the table of memberships', async () => {
    const store = testStore()
    for (const id of ['a', 'b', 'c']) await store.create(users, newUser(id))
    for (const id of ['g1', 'g2', 'g3']) await store.create(groups, newGroup(id))
    await store.members.add(
      groups,
      'g1',
      [
        { value: 'a', type: 'User', display: 'Ada' },
        { value: 'g2', type: 'Group' },
      ],
      { now },
    )
    await store.members.add(groups, 'g2', [{ value: 'b', type: 'User' }], { now })
    const table: readonly (readonly [StoreContext, string, readonly string[]])[] = [
      [groups, 'members.value eq "a"', ['g1']],
      [groups, 'members eq "a"', ['g1']],
      [groups, 'members[value eq "a" and display sw "x"]', []],
      [groups, 'members[value eq "a" and display sw "A"]', ['g1']],
      [groups, 'members.type eq "Group"', ['g1']],
      [groups, 'members pr', ['g1', 'g2']],
      [groups, 'not (members pr) or displayName eq "group-g1"', ['g1', 'g3']],
      [groups, 'members.value ne "a"', ['g1', 'g2', 'g3']],
      [users, 'groups.value eq "g1"', ['a', 'b']],
      [users, 'groups[value eq "g1" and type eq "direct"]', ['a']],
      [users, 'groups.display eq "GROUP-G2"', ['b']],
      [users, 'not (groups pr)', ['c']],
      [contextOf('User', 'other'), 'groups.value eq "g1"', []],
    ]
    for (const [context, filter, want] of table)
      expect([filter, await find(store, context, filter)]).toEqual([filter, want])
  })

  it('agree with the predicate over the documents, for random filters on random resources', async () => {
    const text = fc.constantFrom(
      '',
      'a',
      'A',
      'ab',
      'ß',
      'SS',
      'ς',
      'İ',
      '%',
      '_',
      'a\0',
      '\ud800',
      '\uffff',
      '😀',
      '\ud83d',
    )
    const operator = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'le')
    const path = fc.constantFrom('userName', 'userName', 'externalId', 'displayName', 'emails.value', 'emails', 'title')
    const literal = text.map((value) => JSON.stringify(value))
    const term = fc.oneof(
      fc.tuple(path, operator, literal).map((parts) => parts.join(' ')),
      path.map((name) => `${name} pr`),
      fc.tuple(operator, literal, literal).map(([op, a, b]) => `emails[value ${op} ${a} and type eq ${b}]`),
    )
    const filters = fc.oneof(
      term,
      fc.tuple(term, fc.constantFrom('and', 'or'), term).map((parts) => parts.join(' ')),
      term.map((inner) => `not (${inner})`),
    )
    const store = testStore(testDatabase(':memory:'))
    const made: StoredResource[] = []
    const random = fc.sample(
      fc.record(
        {
          userName: fc.tuple(text, text).map((parts) => parts.join('')),
          externalId: text,
          displayName: text,
          title: text,
          emails: fc.array(fc.record({ value: text, type: text }), { maxLength: 3 }),
        },
        { requiredKeys: ['userName'] },
      ),
      { numRuns: 300, seed: 7 },
    )
    for (const [n, attributes] of random.entries()) {
      const resource = newUser(`u${n}`, attributes)
      const refused = await store.create(users, resource).then(
        () => false,
        () => true,
      )
      if (!refused) made.push(resource)
    }
    made.sort((left, right) => compareText(left.id, right.id))
    expect(made.length).toBeGreaterThan(50)
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const matches = compileFilter(parseFilter(filter), userResource)
        const want = made.filter(matches).map(({ id }) => id)
        expect(await find(store, users, filter)).toEqual(want)
        expect(await walk(store, { filter: parseFilter(filter) }, 20)).toEqual(want)
      }),
      { numRuns: 600 },
    )
  })

  it('page by index with the true total, also past the end and for no resources at all', async () => {
    const store = testStore()
    await fill(store, 25)
    const filters = [undefined, parseFilter('title eq "t1"'), parseFilter('emails.value sw "u"')]
    for (const filter of filters) {
      const all = await store.query(users, { filter, page: everything })
      const ids = all.resources.map(({ id }) => id)
      for (const [startIndex, count] of [
        [1, 4],
        [5, 4],
        [3, 2],
        [24, 10],
        [26, 5],
        [1, 0],
        [1, 1000],
      ] as const) {
        const page = await store.query(users, { filter, page: { startIndex, count } })
        expect(page.totalResults).toBe(ids.length)
        expect(page.resources.map(({ id }) => id)).toEqual(ids.slice(startIndex - 1, startIndex - 1 + count))
      }
    }
  })

  it('page by index correctly after every create and delete of any process', async () => {
    const file = `${testFolder()}/scim.db`
    const store = testStore(testDatabase(file))
    const other = testStore(testDatabase(file))
    const filter = parseFilter('title pr')
    let alive: string[] = []
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            id: fc.integer({ min: 0, max: 60 }),
            startIndex: fc.integer({ min: 1, max: 40 }),
            mine: fc.boolean(),
            kind: fc.constantFrom('write', 'plain', 'filter', 'sorted'),
          }),
          { minLength: 20, maxLength: 60 },
        ),
        async (steps) => {
          for (const { id: n, startIndex, mine, kind } of steps) {
            const id = `u${n}`
            const writer = mine ? store : other
            const current = kind === 'write' ? await writer.get(users, id) : undefined
            if (kind === 'write' && current) await writer.delete(users, current)
            if (kind === 'write' && !current) await writer.create(users, newUser(id, { title: 't' }))
            if (kind === 'write') {
              alive = (current ? alive.filter((one) => one !== id) : [...alive, id]).sort(compareText)
              continue
            }
            const query =
              kind === 'plain' ? {} : kind === 'filter' ? { filter } : { sortBy: findAttribute(userResource, 'title') }
            const page = await store.query(users, { ...query, page: { startIndex, count: 5 } })
            expect(page.totalResults).toBe(alive.length)
            expect(page.resources.map((one) => one.id)).toEqual(alive.slice(startIndex - 1, startIndex + 4))
          }
        },
      ),
      { numRuns: 40 },
    )
  })

  it('by cursor deliver what stays exactly once, whatever comes and goes', async () => {
    const store = testStore()
    await fill(store, 60)
    const stays = (id: string) => Number(id.slice(1)) % 3 !== 0
    const queries = [
      {},
      { filter: parseFilter('title pr') },
      { sortBy: findAttribute(userResource, 'title'), sortOrder: 'descending' },
    ] as const
    for (const [round, query] of queries.entries()) {
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = await store.query(users, { ...query, page: { after, count: 7 } })
        seen.push(...page.resources.map(({ id }) => id))
        after = page.next
        const gone = await store.get(users, `u${String((seen.length * 3) % 60).padStart(4, '0')}`)
        if (gone && !stays(gone.id)) await store.delete(users, gone)
        await store.create(users, newUser(`new-${round}-${seen.length}`, { title: 't3' }))
      } while (after !== undefined && seen.length < 500)
      const staying = seen.filter((id) => id.startsWith('u') && stays(id))
      expect(staying).toHaveLength(40)
      expect(new Set(seen).size).toBe(seen.length)
    }
  })

  it('sort by value, then by id; without a value last, and first in descending order', async () => {
    const store = testStore()
    const titles = ['b', undefined, 'A', 'a', 'ä', undefined]
    for (const [n, title] of titles.entries())
      await store.create(users, newUser(`u${n}`, title === undefined ? {} : { title }))
    const sortBy = findAttribute(userResource, 'title')
    expect(await walk(store, { sortBy }, 2)).toEqual(['u2', 'u3', 'u0', 'u4', 'u1', 'u5'])
    expect(await walk(store, { sortBy, sortOrder: 'descending' }, 2)).toEqual(['u1', 'u5', 'u4', 'u0', 'u2', 'u3'])
  })

  it('sort several values by the primary one, dateTimes by instant', async () => {
    const store = testStore()
    const mails = (...values: readonly string[]) =>
      values.map((value, n) => ({ value, ...(n === 1 && { primary: true }) }))
    await store.create(users, newUser('a', { emails: mails('a@x', 'z@x') }))
    await store.create(users, newUser('b', { emails: mails('m@x') }))
    expect(await walk(store, { sortBy: findAttribute(userResource, 'emails') }, 1)).toEqual(['b', 'a'])
    const first = await store.get(users, 'a')
    if (first)
      await store.replace(users, first, {
        ...changed(first, {}),
        meta: { ...first.meta, version: '2', lastModified: '2026-11-25T00:00:00.000Z' },
      })
    const sortBy = findAttribute(userResource, 'meta.lastModified')
    expect(await walk(store, { sortBy, sortOrder: 'descending' }, 1)).toEqual(['a', 'b'])
    expect(await find(store, users, 'meta.lastModified gt "2026-11-24T12:00:00+01:00"')).toEqual(['a'])
    expect(await find(store, users, 'meta.lastModified lt "2026-11-24T12:00:00+01:00"')).toEqual(['b'])
  })

  it('sort by members and groups as by any attribute: by the first one, none last', async () => {
    const store = testStore()
    for (const id of ['a', 'b', 'c']) await store.create(users, newUser(id))
    for (const [id, name] of [
      ['g1', 'Z'],
      ['g2', 'A'],
      ['g3', 'M'],
    ] as const)
      await store.create(groups, newGroup(id, name))
    await store.members.add(groups, 'g1', [{ value: 'c', type: 'User', display: 'Carl' }], { now })
    await store.members.add(groups, 'g2', [{ value: 'b', type: 'User' }], { now })
    const sorted = async (context: StoreContext, path: string, sortOrder?: 'descending') => {
      const definition = context.resourceType === 'User' ? userResource : groupResource
      const query = { sortBy: findAttribute(definition, path), sortOrder, page: everything }
      return (await store.query(context, query)).resources.map(({ id }) => id)
    }
    expect(await sorted(users, 'groups.display')).toEqual(['b', 'c', 'a'])
    expect(await sorted(users, 'groups')).toEqual(['c', 'b', 'a'])
    expect(await sorted(users, 'groups.value', 'descending')).toEqual(['a', 'b', 'c'])
    expect(await sorted(groups, 'members')).toEqual(['g2', 'g1', 'g3'])
    expect(await sorted(groups, 'members.display')).toEqual(['g1', 'g2', 'g3'])
    // What is remembered of it goes with any change of the tenant.
    await store.members.add(groups, 'g3', [{ value: 'a', type: 'User' }], { now })
    expect(await sorted(groups, 'members')).toEqual(['g3', 'g2', 'g1'])
    expect(await sorted(users, 'groups')).toEqual(['c', 'b', 'a'])
    expect(await sorted(users, 'groups.display')).toEqual(['b', 'a', 'c'])
  })

  it('show the true total on every page of a walk, whatever changes between them', async () => {
    const store = testStore()
    await fill(store, 30)
    const queries = [
      { filter: parseFilter('title pr') },
      { filter: parseFilter('title pr'), sortBy: findAttribute(userResource, 'userName') },
      { filter: parseFilter('not (groups pr)') },
    ]
    for (const [round, query] of queries.entries()) {
      let after: string | undefined
      let expected = 30 + round * 6
      for (let n = 0; n < 6; n++) {
        const page = await store.query(users, { ...query, page: { after, count: 3 } })
        expect([round, n, page.totalResults]).toEqual([round, n, expected])
        after = page.next
        await store.create(users, newUser(`x${round}-${n}`, { title: 't' }))
        await store.create(contextOf('User', 'other'), newUser(`x${round}-${n}`, { title: 't' }))
        expected += 1
      }
    }
  })

  it('read only what has changed again, until that is too much', async () => {
    const database = testDatabase()
    const store = testStore(database)
    await store.transaction(users, async (inside) => {
      for (let n = 0; n < 1_200; n++) await inside.create(users, newUser(`u${n}`, { title: 't' }))
    })
    const query = { filter: parseFilter('title pr'), page: { startIndex: 1, count: 1 } }
    let rows = 0
    const { statement } = database.reader
    Object.assign(database.reader, {
      statement: (text: string) => {
        const prepared = statement(text)
        const counted = (found: readonly unknown[]) => {
          rows += text.includes('document') ? found.length : 0
          return found
        }
        return {
          ...prepared,
          all: (...given: never[]) => counted(prepared.all(...given)),
          get: (...given: never[]) => counted([prepared.get(...given)])[0],
        }
      },
    })
    const readBy = async () => {
      rows = 0
      await store.query(users, query)
      return rows
    }
    expect(await readBy()).toBe(1_201)
    expect(await readBy()).toBe(1)
    const first = await store.get(users, 'u0')
    if (first) await store.replace(users, first, changed(first, { title: 'x' }))
    expect(await readBy()).toBe(2)
    await store.transaction(users, async (inside) => {
      for (let n = 0; n < 600; n++) await inside.create(users, newUser(`v${n}`))
    })
    expect(await readBy()).toBe(1_801)
    expect((await store.query(users, query)).totalResults).toBe(1_200)
  })

  it('bring what they remember up to date from their own tenant only, where others have the same ids', async () => {
    const store = testStore()
    const other = contextOf('User', 'other')
    for (const context of [users, other]) {
      for (const id of ['a', 'b']) await store.create(context, newUser(id, { title: 't' }))
    }
    const query = { filter: parseFilter('title pr'), page: { startIndex: 1, count: 10 } }
    const find = async (context: StoreContext) => {
      const { resources, totalResults } = await store.query(context, query)
      return [totalResults, ...resources.map(({ id }) => id)]
    }
    expect([await find(users), await find(other)]).toEqual([
      [2, 'a', 'b'],
      [2, 'a', 'b'],
    ])
    await store.delete(users, newUser('a'))
    await store.replace(other, newUser('b'), changed(newUser('b'), {}))
    expect([await find(users), await find(other)]).toEqual([
      [1, 'b'],
      [1, 'a'],
    ])
  })

  it.each([
    ['a plain write', (store: SqlStore) => store.create(users, newUser('late', { title: 't' }))],
    [
      'a transaction',
      (store: SqlStore) => store.transaction(users, (inside) => inside.create(users, newUser('late', { title: 't' }))),
    ],
  ])('keep nothing that was read while %s came between', async (_, write) => {
    const store = testStore()
    await store.transaction(users, async (inside) => {
      for (let n = 0; n < 1_100; n++) await inside.create(users, newUser(`u${n}`, { title: 't' }))
    })
    const query = { filter: parseFilter('title pr'), page: { startIndex: 1, count: 1 } }
    await Promise.all([store.query(users, query), write(store)])
    expect((await store.query(users, query)).totalResults).toBe(1_101)
    const gone = await store.get(users, 'late')
    if (gone) await store.transaction(users, async (inside) => inside.delete(users, gone))
    expect((await store.query(users, query)).totalResults).toBe(1_100)
  })

  it('resolve negative membership filters by the members that exist', async () => {
    const store = testStore()
    for (const id of ['none', 'x', 'xy', 'y']) await store.create(groups, newGroup(id))
    const add = (group: string, ...ids: readonly string[]) =>
      store.members.add(
        groups,
        group,
        ids.map((value) => ({ value, type: 'User' })),
        { now },
      )
    await add('x', 'x')
    await add('xy', 'x', 'y')
    await add('y', 'y')
    const table: readonly (readonly [string, readonly string[]])[] = [
      ['members.value ne "x"', ['none', 'xy', 'y']],
      ['not (members.value eq "x")', ['none', 'y']],
      ['not (members.value ne "x")', ['x']],
      ['not (members pr)', ['none']],
      ['members.type ne "User"', ['none']],
      ['members[value ne "x"]', ['xy', 'y']],
    ]
    for (const [filter, want] of table) expect([filter, await find(store, groups, filter)]).toEqual([filter, want])
  })

  it('stop when the client has gone', async () => {
    const store = testStore()
    await fill(store, 3)
    const context = { ...users, signal: AbortSignal.abort(new Error('gone')) }
    await expect(store.query(context, { filter: parseFilter('title pr'), page: everything })).rejects.toThrow('gone')
  })

  it('answer 400 for a cursor that is not theirs', async () => {
    const store = testStore()
    await fill(store, 3)
    for (const after of ['', 'x', 'bnVsbA', 'WzFd', 'WyJhIiwiYiJd']) {
      const page = { after, count: 1 }
      await expect(store.query(users, { page })).rejects.toMatchObject({ status: 400, scimType: 'invalidCursor' })
    }
    expect(groupResource.name).toBe('Group')
  })

  it('use a finite set of statements, whatever is asked', async () => {
    const database = testDatabase()
    const texts = new Set<string>()
    for (const connection of [database.reader, database.writer]) {
      const { statement } = connection
      Object.assign(connection, {
        statement: (text: string) => {
          texts.add(text)
          return statement(text)
        },
      })
    }
    const store = testStore(database)
    await fill(store, 3)
    const hostile = [
      `' OR 1=1 --`,
      '"; DROP TABLE resources; --',
      '%',
      '_',
      '\\',
      `x' UNION SELECT value FROM settings --`,
    ]
    const ask = async (value: string) => {
      const literal = JSON.stringify(value)
      for (const path of ['userName', 'emails.value', 'id', 'title', 'groups.value', 'externalId']) {
        for (const operator of ['eq', 'sw', 'co', 'gt']) {
          expect(await find(store, users, `${path} ${operator} ${literal}`)).toEqual(
            path === 'groups.value' ? [] : expect.any(Array),
          )
        }
      }
      await store.get(contextOf('User', value), value)
      await store.members.groupsOf(contextOf('User', value), [value])
    }
    await ask('plain')
    const known = new Set(texts)
    for (const value of hostile) await ask(value)
    expect([...texts].filter((text) => !known.has(text))).toEqual([])
    expect((await store.query(users, { page: everything })).totalResults).toBe(3)
  })
})
