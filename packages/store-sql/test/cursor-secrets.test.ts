import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { urns, userResource } from '@scimkit/core'
import { createScimHandler, mount, type ScimHandler } from '@scimkit/server-kit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSqlStore, openSqlite } from '../src/index.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scimkit-cursors-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function start(file: string): { scim: ScimHandler; close: () => void | Promise<void> } {
  const database = openSqlite(join(folder, file))
  const store = createSqlStore({ database })
  const scim = createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(userResource, store)],
    authenticate: () => ({ subject: 'test' }),
  })
  return { scim, close: () => database.close() }
}

async function send(scim: ScimHandler, path: string, body?: object) {
  const headers = { 'content-type': 'application/scim+json' }
  const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : {}
  const response = await scim.fetch(new Request(`http://localhost/scim/v2${path}`, init))
  return response.json()
}

it('lets a listing by cursor go on after a restart, without any option', async () => {
  const first = start('a.db')
  for (const userName of ['a', 'b', 'c']) await send(first.scim, '/Users', { schemas: [urns.user], userName })
  const { nextCursor } = await send(first.scim, '/Users?cursor&count=2')
  await first.close()
  const second = start('a.db')
  expect(await send(second.scim, `/Users?cursor=${nextCursor}&count=2`)).toMatchObject({ itemsPerPage: 1 })
  await second.close()
  const foreign = start('b.db')
  expect(await send(foreign.scim, `/Users?cursor=${nextCursor}&count=2`)).toMatchObject({ scimType: 'invalidCursor' })
  await foreign.close()
})
