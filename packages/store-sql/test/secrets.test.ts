import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { userResource } from '@scimkit/core'
import { bearerToken, createScimHandler, mount } from '@scimkit/server-kit'
import { expect, it } from 'vitest'
import { testDatabase, testFolder, testStore } from './test-store.js'

it('neither a token nor a password ever reaches the files of the database', async () => {
  const folder = testFolder()
  const store = testStore(testDatabase(join(folder, 'scim.db')))
  const secrets = ['token-canary-7f3a9c1d', 'Password-canary-1', 'Password-canary-2', 'Password-canary-3']
  const [token = '', ...passwords] = secrets
  const kept: string[] = []
  const scim = createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(userResource, store)],
    authenticate: bearerToken(token),
    hooks: { setPassword: (_context, _id, password) => void kept.push(password) },
  })
  const send = async (method: string, path: string, body: object) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' }
    const response = await scim.fetch(
      new Request(`https://x.test/scim/v2${path}`, { method, headers, body: JSON.stringify(body) }),
    )
    expect(response.ok).toBe(true)
    return response
  }
  const user = { schemas: [userResource.schema.id], userName: 'ada' }
  const { id } = await (await send('POST', '/Users', { ...user, password: passwords[0] })).json()
  await send('PUT', `/Users/${id}`, { ...user, password: passwords[1] })
  const operations = [{ op: 'replace', path: 'password', value: passwords[2] }]
  await send('PATCH', `/Users/${id}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: operations,
  })
  expect(kept).toEqual(passwords)
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)))
  expect(Buffer.concat(files).includes('ada')).toBe(true)
  for (const secret of secrets) {
    for (const form of [
      secret,
      Buffer.from(secret).toString('base64').slice(0, -4),
      Buffer.from(secret).toString('hex'),
    ]) {
      expect(Buffer.concat(files).includes(form)).toBe(false)
    }
  }
})
