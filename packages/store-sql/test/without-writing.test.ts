import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { groupResource, urns, userResource } from '@scimkit/core'
import { parseFilter } from '@scimkit/filter-parser'
import { createScimHandler, mount } from '@scimkit/server-kit'
import { describe, expect, it } from 'vitest'
import { createSqlStore, openSqlite, type SqliteDatabase } from '../src/index.js'
import { newUser, users } from './store-data.js'
import { testDatabase, testFolder, testStore } from './test-store.js'

const reads = [
  '/Users?filter=userName%20eq%20%22ada%22',
  '/Users?filter=title%20pr',
  '/Users?sortBy=userName',
  '/Users',
  '/Users?cursor&count=1',
  '/Groups',
  '/?filter=displayName%20pr',
]

function handlerOn(database: SqliteDatabase) {
  const store = createSqlStore({ database })
  const scim = createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(userResource, store), mount(groupResource, store)],
    authenticate: () => ({ subject: 'test' }),
  })
  return async (method: string, path: string, body?: object) => {
    const headers = { 'content-type': 'application/scim+json' }
    const init = body ? { method, headers, body: JSON.stringify(body) } : { method }
    const response = await scim.fetch(new Request(`http://localhost/scim/v2${path}`, init))
    return { status: response.status, body: response.status === 204 ? {} : await response.json() }
  }
}

/** A file with a user that no process has open. */
async function writtenFile(folder = testFolder()): Promise<{ readonly file: string; readonly id: string }> {
  const file = `${folder}/scim.db`
  const database = openSqlite(file)
  const send = handlerOn(database)
  const { body } = await send('POST', '/Users', { schemas: [urns.user], userName: 'ada', title: 'Dr.' })
  await send('POST', '/Groups', { schemas: [urns.group], displayName: 'g', members: [{ value: body.id }] })
  database.close()
  return { file, id: body.id }
}

describe('reading needs no write:', () => {
  it('every kind of read is answered by a process that starts while another holds the write lock', async () => {
    const { file, id } = await writtenFile()
    const other = testDatabase(file)
    other.writer.execute('BEGIN IMMEDIATE')
    const send = handlerOn(testDatabase(file, { busyTimeout: 20 }))
    for (const path of [`/Users/${id}`, ...reads]) {
      const { status, body } = await send('GET', path)
      expect([path, status, body.totalResults ?? 1]).toEqual([path, 200, 1])
    }
    expect(await send('POST', '/Users', { schemas: [urns.user], userName: 'bob' })).toMatchObject({ status: 503 })
    other.writer.execute('ROLLBACK')
    expect(await send('POST', '/Users', { schemas: [urns.user], userName: 'bob' })).toMatchObject({ status: 201 })
  })

  it('a read-only database stays byte for byte as it is while everything is read', async () => {
    const { file, id } = await writtenFile()
    const database = testDatabase(file)
    database.writer.execute('PRAGMA query_only = ON')
    const send = handlerOn(database)
    const changes = () => database.writer.statement<{ n: number }>('SELECT total_changes() AS n').get()?.n
    const before = changes()
    for (const path of [`/Users/${id}`, ...reads]) expect([path, (await send('GET', path)).status]).toEqual([path, 200])
    expect(changes()).toBe(before)
    expect(statSync(`${file}-wal`).size).toBe(0)
  })

  it('a new index is made by the first write; reads before it find the same', async () => {
    const file = `${testFolder()}/scim.db`
    await testStore(testDatabase(file)).create(users, newUser('a', { title: 'Dr.' }))
    const other = testDatabase(file)
    other.writer.execute('BEGIN IMMEDIATE')
    const store = testStore(testDatabase(file, { busyTimeout: 20 }), { indexed: { User: ['title'] } })
    const query = { filter: parseFilter('title eq "dr."'), page: { startIndex: 1, count: 1 } }
    expect(await store.query(users, query)).toMatchObject({ totalResults: 1 })
    await expect(store.create(users, newUser('b'))).rejects.toMatchObject({ status: 503 })
    other.writer.execute('ROLLBACK')
    await store.create(users, newUser('b', { title: 'DR.' }))
    expect(await store.query(users, query)).toMatchObject({ totalResults: 2 })
  })

  it.each([
    ['a read-only file', 0o777],
    ['a read-only file in a read-only folder', 0o555],
  ])('%s is read, and written with 503', async (_, mode) => {
    const folder = `${testFolder()}/data`
    mkdirSync(folder)
    const { file, id } = await writtenFile(folder)
    chmodSync(file, 0o444)
    chmodSync(folder, mode)
    const statuses = readWithoutRights(file, [`/Users/${id}`, ...reads])
    chmodSync(folder, 0o777)
    expect(statuses).toEqual([...reads.map(() => 200), 200, 503])
  })
})

/** In a process of a user to whom rights apply, which they do not for root. */
function readWithoutRights(file: string, paths: readonly string[]): unknown {
  const program = fileURLToPath(new URL('read-without-rights.ts', import.meta.url))
  const args = ['--conditions=@scimkit/source', '--import', 'tsx', program, file, ...paths]
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return stdout.startsWith('[') ? JSON.parse(stdout) : stderr
}
