import { userResource } from '@scimkit/core/schema'
import { expect, expectTypeOf, test } from 'vitest'
import { createScimClient, ScimResponseError } from '../src/index.js'
import { failure, json, page, type Step, scimError, scriptedFetch, user } from './scripted-fetch.js'

function script(...steps: Step[]) {
  const fetch = scriptedFetch(...steps)
  return {
    fetch,
    scim: createScimClient({ baseUrl: 'https://scim.test/v2', resources: { users: userResource }, fetch, retries: 1 }),
  }
}

test('fills the path and writes the query', async () => {
  const { scim, fetch } = script(json(200, user('a/b'), { etag: '"1"' }))
  const answer = await scim.request('GET', '/Users/{id}', {
    params: { id: 'a/b' },
    query: { attributes: ['userName', 'emails.value'] },
  })
  expect(fetch.requests[0]?.url.href).toBe('https://scim.test/v2/Users/a%2Fb?attributes=userName,emails.value')
  expect(answer.headers.get('etag')).toBe('"1"')
  expect(answer.body.userName).toBe('usera/b')
  expectTypeOf(answer.body.userName).toEqualTypeOf<string>()
})

test('sends the body as it is given', async () => {
  const { scim, fetch } = script(json(201, user('1')), page([]), new Response(null, { status: 204 }))
  const body = { schemas: [userResource.schema.id], userName: 'ada' }
  expect((await scim.request('POST', '/Users', { body })).status).toBe(201)
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:SearchRequest']
  await scim.request('POST', '/Users/.search', { body: { schemas, filter: 'userName eq "a"' } })
  const gone = await scim.request('DELETE', '/Users/{id}', { params: { id: '1' }, ifMatch: '"1"' })
  expectTypeOf(gone.body).toEqualTypeOf<undefined>()
  expect(JSON.parse(fetch.requests[0]?.text ?? '')).toEqual(body)
  expect(fetch.requests[2]?.headers.get('if-match')).toBe('"1"')
})

test('repeats what only reads, and never a POST that may have been applied', async () => {
  const reading = script(scimError(503), json(200, {}))
  await reading.scim.request('GET', '/ServiceProviderConfig')
  expect(reading.fetch.requests).toHaveLength(2)
  const writing = script(scimError(503), json(201, user('1')))
  const error = await failure(writing.scim.request('POST', '/Users', { body: { schemas: [], userName: 'a' } }))
  expect(error).toMatchObject({ outcome: 'unknown' })
  expect(writing.fetch.requests).toHaveLength(1)
  const limited = script(scimError(429), json(201, user('1')))
  await limited.scim.request('POST', '/Users', { body: { schemas: [], userName: 'a' } })
  expect(limited.fetch.requests).toHaveLength(2)
})

test('is a typed error where the server says no', async () => {
  const { scim } = script(scimError(404))
  expect(await failure(scim.request('GET', '/Me'))).toBeInstanceOf(ScimResponseError)
})

test('refuses values that are not a segment of a URL', async () => {
  const { scim, fetch } = script()
  expect(await failure(scim.request('GET', '/Users/{id}', { params: { id: '..' } }))).toBeInstanceOf(TypeError)
  // @ts-expect-error the path needs an id
  expect(await failure(scim.request('GET', '/Users/{id}', {}))).toBeInstanceOf(TypeError)
  expect(fetch.requests).toEqual([])
})

test('knows which path has which method', () => {
  const { scim } = script()
  const wrong = () => [
    // @ts-expect-error users are not deleted together
    scim.request('DELETE', '/Users'),
    // @ts-expect-error there is no such path
    scim.request('GET', '/Devices'),
    // @ts-expect-error POST needs a body
    scim.request('POST', '/Users'),
    // @ts-expect-error count is a number
    scim.request('GET', '/Users', { query: { count: 'all' } }),
  ]
  expect(wrong).toBeTypeOf('function')
})
