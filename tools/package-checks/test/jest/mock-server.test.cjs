const { createMockServer } = require('@scimkit/mock-server')

test('listens with its inspector, over memory', async () => {
  const server = createMockServer({ seed: 12, compatibility: 'strict' })
  const { url, inspectorUrl } = await server.listen({ inspector: true })
  const list = await (await fetch(`${url}/Users?count=3`)).json()
  expect(list).toMatchObject({ totalResults: 12, itemsPerPage: 3 })
  const { requests } = await (await fetch(`${inspectorUrl}/requests?after=0`)).json()
  expect(requests).toMatchObject([{ method: 'GET', path: '/Users', status: 200 }])
  server.failNext({ status: 503 })
  expect((await fetch(`${url}/Users`)).status).toBe(503)
  await server.close()
})
