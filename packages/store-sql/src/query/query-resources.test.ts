import { findAttribute, groupResource, userResource } from '@scimkit/core/schema'
import { parseFilter } from '@scimkit/filter-parser'
import type { StoreContext, StoreQuery } from '@scimkit/server-kit'
import { beforeEach, describe, expect, it } from 'vitest'
import { countStatements, type StatementCount } from '../../test/counting.js'
import { changed, groups, newGroup, newUser, now, users } from '../../test/store-data.js'
import { testDatabase, testFolder, testStore } from '../../test/test-store.js'
import type { SqlStore } from '../create-sql-store.js'

// How much is read for an answer, counted in documents: an index that is not used, or a listing that is not remembered,
// answers the same and reads more.

let store: SqlStore
let count: StatementCount
let file: string

beforeEach(async () => {
  file = `${testFolder()}/a.db`
  const database = testDatabase(file)
  store = testStore(database)
  await store.transaction(users, async (inside) => {
    for (let n = 0; n < 40; n++) {
      const id = `u${String(n).padStart(2, '0')}`
      const at = `2026-11-${String(1 + (n % 20)).padStart(2, '0')}T00:00:00.000Z`
      const user = newUser(id, { displayName: `Name ${n % 10}`, nickName: 'nick', externalId: `x${n}` })
      await inside.create(users, { ...user, meta: { ...user.meta, lastModified: at } })
    }
    for (const id of ['g', 'h', 'i']) await inside.create(groups, newGroup(id))
  })
  for (const [group, ids] of [
    ['g', ['u01', 'u02']],
    ['h', ['u03', 'g']],
  ] as const) {
    await store.members.add(
      groups,
      group,
      ids.map((value) => ({ value, type: 'User' })),
      { now },
    )
  }
  // What a store finds out once is not counted.
  await store.query(users, { page: { startIndex: 1, count: 0 } })
  count = countStatements(database.reader)
})

const firstPage: StoreQuery['page'] = { startIndex: 1, count: 2 }

async function read(query: Partial<StoreQuery>, context: StoreContext = users) {
  const before = count.documents
  const { resources, totalResults, next } = await store.query(context, { page: firstPage, ...query })
  return { ids: resources.map(({ id }) => id), totalResults, next, documents: count.documents - before }
}

const by = (path: string) => findAttribute(userResource, path)

describe('a query', () => {
  it.each([
    { filter: 'id eq "u07"', total: 1, documents: 1 },
    { filter: 'userName eq "USER-u07"', total: 1, documents: 1 },
    { filter: 'userName eq "nobody"', total: 0, documents: 0 },
    { filter: 'externalId eq "x7"', total: 1, documents: 1 },
    { filter: 'displayName eq "name 7"', total: 4, documents: 2 },
    { filter: 'userName sw "user-u0"', total: 10, documents: 12 },
    { filter: 'displayName sw "name 7"', total: 4, documents: 6 },
    { filter: 'groups.value eq "h"', total: 3, documents: 2 },
    { filter: 'groups.value eq "none"', total: 0, documents: 0 },
    { filter: 'meta.lastModified eq "2026-11-07T00:00:00Z"', total: 2, documents: 4 },
    { filter: 'meta.lastModified ge "2026-11-19T00:00:00Z"', total: 4, documents: 6 },
    { filter: 'meta.lastModified lt "2026-11-02T00:00:00Z"', total: 2, documents: 6 },
    { filter: 'displayName eq "name 7" and nickName eq "nick"', total: 4, documents: 6 },
    { filter: 'userName sw "user" and displayName eq "name 7"', total: 4, documents: 6 },
    { filter: 'displayName eq "name 7" and userName eq "user-u07"', total: 1, documents: 2 },
    { filter: 'userName eq "user-u07" or externalId eq "x8"', total: 2, documents: 2 },
    { filter: 'userName sw "user-u0" or externalId eq "x1"', total: 10, documents: 12 },
    { filter: 'nickName eq "nick"', total: 40, documents: 42 },
    { filter: 'userName eq "user-u07" or nickName eq "x"', total: 1, documents: 41 },
  ])('for $filter reads $documents documents to show two of $total', async ({ filter, total, documents }) => {
    const found = await read({ filter: parseFilter(filter) })
    expect({ ...found, ids: found.ids.length, next: undefined }).toEqual({
      ids: Math.min(2, total),
      totalResults: total,
      next: undefined,
      documents,
    })
  })

  it.each([
    { filter: 'members.value eq "u01"', ids: ['g'], documents: 1 },
    { filter: 'members.value eq "nobody"', ids: [], documents: 0 },
    { filter: 'displayName eq "group-g" and members.value eq "u01"', ids: ['g'], documents: 2 },
    { filter: 'not (members.value eq "u01")', ids: ['h', 'i'], documents: 5 },
  ])('for groups with $filter reads $documents documents', async ({ filter, ids, documents }) => {
    expect(await read({ filter: parseFilter(filter) }, groups)).toMatchObject({ ids, documents })
  })

  it('looks up the groups of a member once for all groups', async () => {
    const before = count.texts.length
    await read({ filter: parseFilter('not (members.value eq "u01")') }, groups)
    const lookUps = count.texts.slice(before).filter((text) => text.includes('FROM memberships'))
    expect(lookUps).toHaveLength(1)
  })

  it.each([
    { name: 'a filter without an index', query: { filter: parseFilter('nickName pr') }, first: 42 },
    { name: 'a filter that an index narrows down', query: { filter: parseFilter('userName sw "user-u1"') }, first: 12 },
    { name: 'an order', query: { sortBy: by('displayName') }, first: 42 },
    {
      name: 'an exact filter with an order',
      query: { filter: parseFilter('displayName eq "name 1"'), sortBy: by('userName') },
      first: 6,
    },
  ])('with $name is remembered: later pages read what they show', async ({ query, first }) => {
    expect((await read(query)).documents).toBe(first)
    expect((await read(query)).documents).toBe(2)
    expect((await read({ ...query, page: { startIndex: 3, count: 2 } })).documents).toBeLessThanOrEqual(2)
    expect((await read({ ...query, page: { startIndex: 1, count: 0 } })).documents).toBe(0)
    const user = await store.get(users, 'u11')
    if (user) await store.replace(users, user, changed(user, { nickName: 'other' }))
    expect((await read(query)).documents).toBe(3)
  })

  it('is remembered apart from others with another filter, order, attribute or scope', async () => {
    const pr = parseFilter('nickName pr')
    const queries: readonly Partial<StoreQuery>[] = [
      { filter: pr },
      { filter: parseFilter('nickName pr and title pr') },
      { filter: pr, sortBy: by('displayName') },
      { filter: pr, sortBy: by('displayName'), sortOrder: 'descending' },
      { filter: pr, sortBy: by('name.familyName') },
      { filter: pr, sortBy: by('name.givenName') },
      { sortBy: by('displayName') },
    ]
    for (const query of queries) expect((await read(query)).documents).toBeGreaterThanOrEqual(40)
    for (const query of queries) expect((await read(query)).documents).toBeLessThanOrEqual(2)
    expect((await read({ filter: parseFilter('displayName co "group"') }, groups)).ids).toEqual(['g', 'h'])
  })

  it('is not remembered where an index answers it at once', async () => {
    for (let n = 0; n < 2; n++) {
      const before = count.texts.length
      await read({ filter: parseFilter('displayName eq "name 7"') })
      expect(count.texts.slice(before).filter((text) => text.includes('indexed_values'))).toHaveLength(1)
    }
  })

  it('without a filter reads its page and no more, from a boundary on', async () => {
    expect(await read({ page: { startIndex: 11, count: 5 } })).toMatchObject({ documents: 5, totalResults: 40 })
    const skips = () => count.texts.filter((text) => text.includes('OFFSET')).length
    const before = skips()
    expect(await read({ page: { startIndex: 16, count: 5 } })).toMatchObject({ documents: 5 })
    expect(skips()).toBe(before)
    expect(await read({ page: { startIndex: 18, count: 5 } })).toMatchObject({ documents: 5 })
    expect(skips()).toBe(before + 1)
    expect(await read({ page: { startIndex: 41, count: 5 } })).toMatchObject({ documents: 0, ids: [] })
    expect(await read({ page: { startIndex: 3, count: 0 } })).toMatchObject({ documents: 0, totalResults: 40 })
    expect(await read({ page: { after: undefined, count: 3 } })).toMatchObject({ documents: 4 })
  })

  it('leads from a page by index to the next one by cursor, and no further than the last', async () => {
    const middle = await read({ page: { startIndex: 31, count: 5 } })
    expect((await read({ page: { after: middle.next, count: 2 } })).ids).toEqual(['u35', 'u36'])
    expect((await read({ page: { startIndex: 36, count: 4 } })).next).toBeDefined()
    expect((await read({ page: { startIndex: 36, count: 5 } })).next).toBeUndefined()
    const filtered = await read({ filter: parseFilter('nickName pr'), page: { startIndex: 38, count: 2 } })
    expect(filtered.next).toBeDefined()
    const last = await read({ filter: parseFilter('nickName pr'), page: { after: filtered.next, count: 2 } })
    expect([last.ids, last.next]).toEqual([['u39'], undefined])
  })

  it('reads on without a total when another process has written, and stops when its page is full', async () => {
    const filter = parseFilter('nickName pr')
    const first = await read({ filter, page: { after: undefined, count: 2 } })
    const other = testStore(testDatabase(file))
    await other.create(users, newUser('v', { nickName: 'nick' }))
    const second = await read({ filter, page: { after: first.next, count: 2 } })
    expect(second).toMatchObject({ ids: ['u02', 'u03'], totalResults: undefined })
    expect(second.documents).toBeLessThanOrEqual(42)
    const third = await read({ filter, page: { after: second.next, count: 50 } })
    expect([third.ids.length, third.ids.at(-1), third.next]).toEqual([37, 'v', undefined])
  })

  it('shows the one resource of a unique value on the first page only', async () => {
    const filter = parseFilter('userName eq "user-u07"')
    const pages: readonly StoreQuery['page'][] = [
      { startIndex: 1, count: 1 },
      { startIndex: 1, count: 0 },
      { startIndex: 2, count: 1 },
      { after: undefined, count: 1 },
      { after: Buffer.from('["u"]').toString('base64url'), count: 1 },
    ]
    const shown = []
    for (const page of pages) {
      const { ids, totalResults } = await read({ filter, page })
      shown.push([totalResults, ...ids])
    }
    expect(shown).toEqual([[1, 'u07'], [1], [1], [1, 'u07'], [1]])
    const invalid = { status: 400, scimType: 'invalidCursor' }
    await expect(read({ filter, page: { after: 'x', count: 1 } })).rejects.toMatchObject(invalid)
    const sorted = {
      filter,
      sortBy: by('title'),
      page: { after: Buffer.from('["u"]').toString('base64url'), count: 1 },
    }
    await expect(read(sorted)).rejects.toMatchObject(invalid)
  })

  it('sorted by members reads the first member of each group', async () => {
    const sortBy = findAttribute(groupResource, 'members')
    expect((await read({ sortBy, page: { startIndex: 1, count: 9 } }, groups)).ids).toEqual(['h', 'g', 'i'])
  })
})
