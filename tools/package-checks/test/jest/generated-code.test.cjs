const { createScimClient } = require('@scimkit/client')
const { createMockServer } = require('@scimkit/mock-server')
const { acmeUser, userResource } = require('./scim/index.cjs')

test('what scim-codegen wrote for CommonJS is served, validated and described', async () => {
  const server = createMockServer({ resources: [userResource] })
  const { url: baseUrl, fetch } = server
  const scim = createScimClient({ baseUrl, fetch, resources: { users: userResource }, validate: 'strict' })
  const { id } = await scim.users.create({ userName: 'ada', [acmeUser.urn]: { badgeNumber: 42 } })
  expect((await scim.users.get(id))[acmeUser.urn]).toMatchObject({ badgeNumber: 42 })
  const schemas = await (await fetch(`${baseUrl}/Schemas`)).json()
  expect(schemas.Resources.map((schema) => schema.id)).toContain(acmeUser.urn)
})
