import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
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
