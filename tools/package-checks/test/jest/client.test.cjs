const { bearer, createScimClient, patch, ScimResponseError } = require('@scimkit/client')
const { enterpriseUser, groupResource, userResource } = require('@scimkit/core')
const { createMockServer } = require('@scimkit/mock-server')

function connect(options = {}) {
  const server = createMockServer({ token: 'token-of-the-suite', seed: 30 })
  const { url: baseUrl, fetch } = server
  const resources = { users: userResource.extend(enterpriseUser), groups: groupResource }
  return {
    server,
    scim: createScimClient({ baseUrl, fetch, authenticate: bearer('token-of-the-suite'), resources, ...options }),
  }
}

test('creates, reads, changes, replaces and deletes', async () => {
  const { scim } = connect({ validate: 'strict' })
  const ada = await scim.users.create({ userName: 'ada', [enterpriseUser.urn]: { department: 'Research' } })
  const changed = await scim.users.patch(ada.id, (p) => p.replace('name.familyName', 'King').add('title', 'Countess'))
  expect(changed.name).toEqual({ familyName: 'King' })
  await scim.users.patch(ada.id, patch(userResource).remove('title'))
  await scim.users.replace(ada.id, { userName: 'ada', active: false })
  expect(await scim.users.get(ada.id)).toMatchObject({ active: false })
  await scim.users.delete(ada.id)
  await expect(scim.users.get(ada.id)).rejects.toMatchObject({ status: 404 })
})

test('lists by filters, searches, sends bulk requests and looks at the server', async () => {
  const { scim } = connect()
  const found = []
  for await (const user of scim.users.list({ filter: (f) => f.pr('title'), count: 3 })) found.push(user.id)
  expect(found.length).toBeGreaterThan(3)
  for await (const user of scim.users.search({ filter: (f) => f.eq('userName', 'none') })) found.push(user.id)
  const { done } = await scim.bulk([{ method: 'POST', path: '/Users', bulkId: 'a', data: { userName: 'bulk' } }])
  expect(done).toHaveLength(1)
  expect((await scim.discover()).resourceTypes).toHaveLength(2)
})

test('tells of answers that are none of success, and of one that was lost', async () => {
  const { scim, server } = connect({ retries: 1 })
  await expect(scim.users.create({ userName: '' })).rejects.toBeInstanceOf(ScimResponseError)
  server.failNext({ method: 'POST', drop: 'response' })
  expect(await scim.users.create({ userName: 'lost', externalId: 'l' })).toMatchObject({ userName: 'lost' })
  const { id } = await scim.users.create({ userName: 'second' })
  server.failNext({ method: 'PATCH', drop: 'response' })
  await scim.users.patch(id, (p) => p.replace('title', 'Dr'))
  server.failNext({ method: 'PUT', drop: 'response' })
  expect(await scim.users.replace(id, { userName: 'third' })).toMatchObject({ userName: 'third' })
})

test('speaks the profile of a server', async () => {
  const { scim } = connect({ profile: 'aws' })
  const { id } = await scim.users.create({ userName: 'ada' })
  await scim.users.patch(id, (p) => p.replace('title', 'Dr'))
})
