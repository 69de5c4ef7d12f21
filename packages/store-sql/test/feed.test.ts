import { expect, it } from 'vitest'
import { changed, contextOf, newUser, users } from './store-data.js'
import { testStore } from './test-store.js'

const day = (n: number) => `2026-01-${String(n).padStart(2, '0')}T00:00:00.000Z`

function userOf(id: string, at: string) {
  const user = newUser(id)
  return { ...user, meta: { ...user.meta, created: at, lastModified: at } }
}

it('a trimmed feed keeps what is newer, and continues its numbers', async () => {
  const store = testStore()
  for (const n of [1, 2, 3, 4]) await store.create(users, userOf(`u${n}`, day(n)))
  expect(await store.trimChanges({ before: new Date(day(3)) })).toBe(2)
  expect((await store.changes(users.tenantId, 0, 10)).map(({ id, sequence }) => [id, sequence])).toEqual([
    ['u3', 3],
    ['u4', 4],
  ])
  expect(await store.trimChanges({ before: new Date(day(9)) })).toBe(1)
  expect(await store.trimChanges({ before: new Date(day(9)) })).toBe(0)
  await store.create(users, userOf('u5', day(5)))
  expect((await store.changes(users.tenantId, 4, 10)).map(({ id, sequence }) => [id, sequence])).toEqual([['u5', 5]])
})

it('an old entry behind a newer one stays as long as that one', async () => {
  const store = testStore()
  for (const n of [1, 8, 2, 9]) await store.create(users, userOf(`u${n}`, day(n)))
  expect(await store.trimChanges({ before: new Date(day(5)) })).toBe(1)
  expect(await store.trimChanges({ before: new Date(day(9)) })).toBe(2)
})

it('trims every tenant, more than a batch at a time, and touches no resource', async () => {
  const store = testStore()
  const other = contextOf('User', 'other')
  await store.create(other, userOf('o', day(1)))
  await store.create(other, userOf('p', day(1)))
  await store.transaction(users, async (inside) => {
    let current = await inside.create(users, userOf('u', day(1)))
    for (let n = 0; n < 11_000; n++) current = await inside.replace(users, current, changed(current, { title: `${n}` }))
  })
  expect(await store.trimChanges({ before: new Date(day(2)) })).toBe(11_001)
  expect((await store.changes(users.tenantId, 0, 10)).map(({ sequence }) => sequence)).toEqual([11_001])
  expect(await store.get(users, 'u')).toMatchObject({ title: '10999' })
})
