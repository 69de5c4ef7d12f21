const { enterpriseUser, groupResource, urns, userResource } = require('@scimkit/core')
const { bearerToken, createScimHandler, memoryStore, mount } = require('@scimkit/server-kit')
const { applyPatch } = require('@scimkit/server-kit/patch')
const { listen } = require('@scimkit/server-kit/node')
const { describeResourceStore } = require('@scimkit/server-kit/testing')

const token = 'token-of-the-suite'

function createHandler(options = {}) {
  const store = memoryStore()
  return createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(userResource.extend(enterpriseUser), store), mount(groupResource, store)],
    authenticate: () => ({ subject: 'test', scopes: ['scim'], userId: 'ada' }),
    ...options,
  })
}

function connect(handler) {
  return async (method, path, body) => {
    const headers = { 'content-type': 'application/scim+json', authorization: `Bearer ${token}` }
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) }
    const response = await handler.fetch(new Request(`https://scim.example.com/scim/v2${path}`, init))
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }
}

const user = (userName) => ({ schemas: [urns.user], userName })
const operations = (...Operations) => ({ schemas: [urns.patchOp], Operations })

test('carries out every operation of the protocol', async () => {
  const send = connect(createHandler({ createId: () => 'ada', checkReferences: true }))
  expect(await send('POST', '/Users', user('ada'))).toMatchObject({ status: 201 })
  expect(await send('PUT', '/Users/ada', user('ada'))).toMatchObject({ status: 200 })
  expect(await send('PATCH', '/Users/ada', operations({ op: 'add', path: 'title', value: 'Dr' }))).toMatchObject({
    status: 200,
  })
  expect(await send('GET', '/Users/ada')).toMatchObject({ body: { title: 'Dr' } })
  for (const path of ['/Users?filter=title%20eq%20%22dr%22&sortBy=userName', '/Users?cursor', '/Users', '/']) {
    expect(await send('GET', path)).toMatchObject({ status: 200, body: { Resources: [{ id: 'ada' }] } })
  }
  const search = { schemas: [urns.searchRequest], filter: 'userName pr' }
  for (const path of ['/Users/.search', '/.search'])
    expect(await send('POST', path, search)).toMatchObject({ status: 200 })
  for (const path of ['/Schemas', '/ResourceTypes', '/ServiceProviderConfig', `/Schemas/${urns.user}`, '/Me']) {
    expect(await send('GET', path)).toMatchObject({ status: 200 })
  }
  const bulk = { schemas: [urns.bulkRequest], Operations: [{ method: 'DELETE', path: '/Users/ada' }] }
  expect(await send('POST', '/Bulk', bulk)).toMatchObject({ status: 200, body: { Operations: [{ status: '204' }] } })
})

test('calls hooks, tells of managers and sends long member lists', async () => {
  const told = []
  const send = connect(createHandler({ hooks: { after: { provision: ({ id }) => void told.push(id) } } }))
  const boss = await send('POST', '/Users', { ...user('boss'), displayName: 'Boss' })
  const manager = { [urns.enterpriseUser]: { manager: { value: boss.body.id } } }
  const made = await send('POST', '/Users', { ...user('ada'), ...manager })
  expect(told).toEqual([boss.body.id, made.body.id])
  const read = await send('GET', `/Users/${made.body.id}`)
  expect(read.body[urns.enterpriseUser].manager.displayName).toBe('Boss')
  const many = Array.from({ length: 1100 }, (_, n) => ({
    method: 'POST',
    path: '/Users',
    bulkId: `b${n}`,
    data: user(`u${n}`),
  }))
  const ids = []
  for (let from = 0; from < many.length; from += 550) {
    const Operations = many.slice(from, from + 550)
    const answer = await send('POST', '/Bulk', { schemas: [urns.bulkRequest], Operations })
    ids.push(...answer.body.Operations.map(({ location }) => location.split('/').at(-1)))
  }
  const group = { schemas: [urns.group], displayName: 'All', members: ids.map((value) => ({ value })) }
  const { body } = await send('POST', '/Groups', group)
  expect((await send('GET', `/Groups/${body.id}`)).body.members).toHaveLength(1100)
})

test('listens, also with a guarded handler', async () => {
  const server = await listen(createHandler({ authenticate: bearerToken('a-token-of-at-least-32-characters') }))
  expect((await fetch(`${server.url}/scim/v2/Users`)).status).toBe(401)
  await server.close()
})

test('applies patches by itself', () => {
  const stored = { id: '1', schemas: [urns.user], userName: 'ada' }
  const changed = applyPatch(userResource, stored, [{ op: 'replace', path: 'userName', value: 'grace' }], {})
  expect(changed).toMatchObject({ userName: 'grace' })
})

describeResourceStore(() => memoryStore(), { describe, it })
