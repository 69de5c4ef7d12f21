import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openSqlite } from '../src/index.js'
import { groups, newGroup, newUser, now, users } from './store-data.js'
import { testDatabase, testFolder, testStore } from './test-store.js'

describe('backup', () => {
  it('copies everything committed into one file, while a transaction is open and others write', async () => {
    const folder = testFolder()
    const store = testStore(testDatabase(`${folder}/scim.db`))
    await store.create(users, newUser('a'))
    await store.create(groups, newGroup('g'))
    await store.members.add(groups, 'g', [{ value: 'a', type: 'User' }], { now })
    await store.transaction(users, async (inside) => {
      await inside.create(users, newUser('open'))
      await store.backup(`${folder}/copy.db`)
    })
    await store.create(users, newUser('later'))
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.db'])
    const copy = testStore(testDatabase(`${folder}/copy.db`))
    const { resources } = await copy.query(users, { page: { startIndex: 1, count: 10 } })
    expect(resources.map(({ id }) => id)).toEqual(['a'])
    expect((await copy.members.groupsOf(groups, ['a'])).get('a')).toMatchObject([{ group: 'g' }])
    expect(await copy.cursorSecrets()).toEqual(await store.cursorSecrets())
    expect(statSync(`${folder}/copy.db`).mode).toBe(statSync(`${folder}/scim.db`).mode)
    await copy.create(users, newUser('b'))
  })

  it('works on a database in memory and while another process holds the write lock', async () => {
    const folder = testFolder()
    const memory = testStore(testDatabase(':memory:'))
    await memory.create(users, newUser('a'))
    await memory.backup(`${folder}/memory.db`)
    expect(await testStore(testDatabase(`${folder}/memory.db`)).get(users, 'a')).toEqual(newUser('a'))
    const store = testStore(testDatabase(`${folder}/scim.db`))
    const other = testDatabase(`${folder}/scim.db`)
    other.writer.execute('BEGIN IMMEDIATE')
    await store.backup(`${folder}/locked.db`)
    other.writer.execute('ROLLBACK')
    openSqlite(`${folder}/locked.db`).close()
  })

  it('never overwrites a file, and says why it cannot write', async () => {
    const folder = testFolder()
    const store = testStore(testDatabase(`${folder}/scim.db`))
    writeFileSync(`${folder}/taken.db`, 'mine')
    await expect(store.backup(`${folder}/taken.db`)).rejects.toThrow('taken.db already exists; choose another name')
    await expect(store.backup(`${folder}/scim.db`)).rejects.toThrow('already exists')
    await expect(store.backup(`${folder}/missing/a.db`)).rejects.toThrow('missing does not exist')
    await expect(store.backup('')).rejects.toThrow(TypeError)
  })
})
