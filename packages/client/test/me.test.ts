import { groupResource, userResource } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { createScimClient, ScimResponseError, ScimTransportError } from '../src/index.js'
import { failure, json, type Step, scimError, scriptedFetch, user } from './scripted-fetch.js'

function script(...steps: readonly Step[]) {
  const fetch = scriptedFetch(...steps)
  const resources = { users: userResource, groups: groupResource }
  return { fetch, scim: createScimClient({ baseUrl: 'https://scim.test/v2', resources, fetch, retries: 1 }) }
}

const versioned = (version: string) => json(200, user('7', { meta: { version } }))

describe('me', () => {
  test('reads, replaces, changes and deletes the resource of the subject', async () => {
    const gone = new Response(null, { status: 204 })
    const { scim, fetch } = script(json(200, user('7')), json(200, user('7')), json(200, user('7')), gone)
    const me = await scim.me.get({ attributes: ['userName'] })
    expect(me.userName).toBe('user7')
    await scim.me.replace({ userName: 'user7' })
    await scim.me.patch((p) => p.replace('name.familyName', 'King'))
    await scim.me.delete()
    expect(fetch.requests.map(({ method, url }) => `${method} ${url.pathname}${url.search}`)).toEqual([
      'GET /v2/Me?attributes=userName',
      'PUT /v2/Me',
      'PATCH /v2/Me',
      'DELETE /v2/Me',
    ])
    expect(JSON.parse(fetch.requests[1]?.text ?? '')).toMatchObject({ schemas: [userResource.schema.id] })
  })

  test('shares the version with the same user read by id', async () => {
    const { scim, fetch } = script(versioned('W/"1"'), versioned('W/"2"'), versioned('W/"3"'))
    await scim.me.get()
    await scim.users.patch('7', (p) => p.replace('title', 'a'))
    await scim.me.patch((p) => p.replace('title', 'b'))
    expect(fetch.requests.map(({ headers }) => headers.get('if-match'))).toEqual([null, 'W/"1"', 'W/"2"'])
  })

  test.each([501, 404])('is a typed error where the server answers %i', async (status) => {
    const { scim, fetch } = script(scimError(status))
    const error = await failure(scim.me.get())
    expect(error).toBeInstanceOf(ScimResponseError)
    expect(error).toMatchObject({ status })
    expect(fetch.requests).toHaveLength(1)
  })

  test('is followed within the origin (308), and nowhere else', async () => {
    const moved = (location: string) => new Response(null, { status: 308, headers: { location } })
    const own = script(moved('https://scim.test/v2/Users/7'), json(200, user('7')))
    expect((await own.scim.me.patch((p) => p.replace('title', 'a')))?.id).toBe('7')
    expect(own.fetch.requests.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual([
      'PATCH /v2/Me',
      'PATCH /v2/Users/7',
    ])
    const foreign = script(moved('https://elsewhere.test/v2/Users/7'))
    expect(await failure(foreign.scim.me.get())).toBeInstanceOf(ScimTransportError)
    expect(foreign.fetch.requests).toHaveLength(1)
  })

  test('a lost PATCH is looked for at /Me before it is sent again', async () => {
    const lost = new TypeError('fetch failed')
    const { scim, fetch } = script(lost, json(200, user('7', { title: 'a' })))
    expect((await scim.me.patch((p) => p.replace('title', 'a')))?.id).toBe('7')
    expect(fetch.requests.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual(['PATCH /v2/Me', 'GET /v2/Me'])
  })

  test('refuses a list, an error with 200 and a resource without an id', async () => {
    for (const body of [{ totalResults: 0, Resources: [] }, {}, []]) {
      const { scim } = script(json(200, body))
      expect(await failure(scim.me.get())).toMatchObject({ reason: 'invalid-response' })
    }
  })

  test('is there only beside a resource called users', () => {
    const scim = createScimClient({ baseUrl: 'https://scim.test/v2', resources: { people: userResource } })
    expect('me' in scim).toBe(false)
    // @ts-expect-error nothing says what types the subject has
    scim.me
  })
})
