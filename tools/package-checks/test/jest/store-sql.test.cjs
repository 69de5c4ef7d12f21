const { mkdtempSync, rmSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { groupResource, urns, userResource } = require('@scimkit/core')
const { createScimHandler, mount } = require('@scimkit/server-kit')
const { createSqlStore, openSqlite } = require('@scimkit/store-sql')

test('keeps resources in a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'scimkit-jest-'))
  const database = openSqlite(join(folder, 'scim.db'))
  const store = createSqlStore({ database })
  const handler = createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(userResource, store), mount(groupResource, store)],
    authenticate: () => ({ subject: 'test' }),
  })
  const send = (path, init) => handler.fetch(new Request(`https://scim.example.com/scim/v2${path}`, init))
  const headers = { 'content-type': 'application/scim+json' }
  const body = JSON.stringify({ schemas: [urns.user], userName: 'ada' })
  expect((await send('/Users', { method: 'POST', headers, body })).status).toBe(201)
  const list = await (await send('/Users?filter=userName%20eq%20%22ADA%22&cursor')).json()
  expect(list).toMatchObject({ totalResults: 1 })
  database.close()
  rmSync(folder, { recursive: true })
})
