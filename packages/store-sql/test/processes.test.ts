import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseFilter } from '@scimkit/filter-parser'
import { expect, it } from 'vitest'
import type { SqlStore } from '../src/index.js'
import { groups, newGroup, newUser, users } from './store-data.js'
import { testDatabase, testFolder, testStore } from './test-store.js'

it('three processes on one file lose no change and wait for each other', async () => {
  const file = `${testFolder()}/scim.db`
  const store = testStore(testDatabase(file))
  await store.create(users, newUser('counter', { title: '0' }))
  await store.create(groups, newGroup('g'))
  const program = fileURLToPath(new URL('count-up.ts', import.meta.url))
  const run = async (name: string) => {
    const args = ['--conditions=@scimkit/source', '--import', 'tsx', program, file, name, '60']
    const [status] = await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'exit')
    return status
  }
  expect(await Promise.all(['a', 'b', 'c'].map(run))).toEqual([0, 0, 0])
  expect(await store.get(users, 'counter')).toMatchObject({ title: '180', meta: { version: '181' } })
  expect(await store.members.count(groups, 'g')).toBe(180)
  expect((await store.get(groups, 'g'))?.meta.version).toBe('181')
  const page = await store.query(users, { page: { startIndex: 1, count: 10 } })
  expect(page.totalResults).toBe(1)
})

it('four processes that start at once on a file that does not exist create its tables once, and one secret', async () => {
  const file = `${testFolder()}/scim.db`
  const program = fileURLToPath(new URL('start-and-create.ts', import.meta.url))
  const at = String(Date.now() + 4_000)
  const run = async (id: string) => {
    const args = ['--conditions=@scimkit/source', '--import', 'tsx', program, file, id, at]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let secret = ''
    child.stdout.on('data', (chunk) => {
      secret += chunk
    })
    const [status] = await once(child, 'close')
    return { status, secret }
  }
  const ended = await Promise.all(['a', 'b', 'c', 'd'].map(run))
  const store = testStore(testDatabase(file))
  const [secret] = await store.cursorSecrets()
  expect(ended).toEqual(Array.from({ length: 4 }, () => ({ status: 0, secret })))
  const { resources } = await store.query(users, { page: { startIndex: 1, count: 10 } })
  expect(resources.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
})

it('processes with different indexes find the same, and those with the old ones no longer write', async () => {
  const file = `${testFolder()}/scim.db`
  const open = (indexed: readonly string[]) => testStore(testDatabase(file), { indexed: { User: indexed } })
  const old = open(['title', 'nickName'])
  await old.create(users, newUser('a', { title: 'Dr.', nickName: 'ada' }))
  const filters = ['title eq "dr."', 'nickName eq "ADA"', 'nickName sw "a"', 'userName eq "user-a"']
  const find = async (store: SqlStore) =>
    Promise.all(
      filters.map(async (text) => {
        const page = await store.query(users, { filter: parseFilter(text), page: { startIndex: 1, count: 10 } })
        return page.resources.map(({ id }) => id).join()
      }),
    )
  expect(await find(old)).toEqual(['a', 'a', 'a', 'a'])
  const renewed = open(['title'])
  await renewed.create(users, newUser('b', { title: 'DR.', nickName: 'Ada' }))
  const both = ['a,b', 'a,b', 'a,b', 'a']
  expect([await find(renewed), await find(old)]).toEqual([both, both])
  await expect(old.create(users, newUser('c'))).rejects.toMatchObject({ status: 503 })
  const first = await old.get(users, 'a')
  if (!first) throw new Error('a is gone')
  await expect(old.delete(users, first)).rejects.toMatchObject({ status: 503 })
  await renewed.delete(users, first)
  expect(await find(old)).toEqual(['b', 'b', 'b', ''])
})
