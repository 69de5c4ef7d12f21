import { enterpriseUser, groupResource, ScimError, urns, userResource } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { type ClientNote, createScimClient } from '../src/index.js'
import { collect, failure, json, page, reset, type Step, scimError, scriptedFetch, user } from './scripted-fetch.js'

const resources = { users: userResource.extend(enterpriseUser), groups: groupResource }

function script(...steps: Step[]) {
  const fetch = scriptedFetch(...steps)
  const notes: ClientNote[] = []
  const onNote = (note: ClientNote) => notes.push(note)
  return { fetch, notes, scim: createScimClient({ baseUrl: 'https://scim.test/v2', resources, fetch, onNote }) }
}

const listUrn = urns.listResponse
const errorBody = (status: unknown, rest = {}) => ({ schemas: [urns.error], status, detail: 'no', ...rest })

describe('a list without resources is empty', () => {
  const bodies: Record<string, unknown> = {
    'Resources: null': { schemas: [listUrn], totalResults: 0, Resources: null },
    'Resources: null without a total': { schemas: [listUrn], Resources: null },
    'Resources: null without schemas': { Resources: null },
    'no Resources': { schemas: [listUrn], totalResults: 0 },
    'no Resources and no total': { schemas: [listUrn] },
    'null wherever a list has a member': {
      schemas: [listUrn],
      totalResults: null,
      itemsPerPage: null,
      startIndex: null,
      nextCursor: null,
      Resources: null,
    },
  }
  test.each(Object.entries(bodies))('%s', async (_, body) => {
    const { scim } = script(() => json(200, body))
    expect(await collect(scim.users.list())).toEqual([])
    expect(await collect(scim.users.search())).toEqual([])
    expect((await scim.users.page()).resources).toEqual([])
  })

  test('also where a lost create is looked for, so it is sent again', async () => {
    const { scim, fetch } = script(reset(), json(200, bodies['Resources: null']), json(201, user('1')))
    expect((await scim.users.create({ userName: 'user1' })).id).toBe('1')
    expect(fetch.requests.map(({ method }) => method)).toEqual(['POST', 'GET', 'POST'])
  })

  test('also in discovery documents', async () => {
    const { scim } = script(() => json(200, { schemas: [listUrn], totalResults: 0, Resources: null }))
    expect(await scim.discover()).toMatchObject({ resourceTypes: [], schemas: [] })
  })

  test('what says nothing of a list is none', async () => {
    for (const body of [{}, { message: 'hello' }, [], { Resources: 'all' }, { Resources: {} }]) {
      expect(await failure(script(json(200, body)).scim.users.page())).toMatchObject({ reason: 'invalid-response' })
    }
  })
})

describe('a 409 without scimType', () => {
  const forms: Record<string, () => Response> = {
    'no scimType': () => scimError(409),
    'scimType: null': () => json(409, errorBody('409', { scimType: null })),
    'an empty scimType': () => json(409, errorBody('409', { scimType: '' })),
    HTML: () => new Response('<p>taken</p>', { status: 409, headers: { 'content-type': 'text/html' } }),
    'no body': () => new Response(null, { status: 409 }),
  }
  for (const [name, answer] of Object.entries(forms)) {
    test(`(${name}) of a write without a version is uniqueness`, async () => {
      const { scim } = script(answer)
      const writes = [
        scim.users.create({ userName: 'ada' }),
        scim.users.replace('1', { userName: 'ada' }),
        scim.users.patch('1', (p) => p.replace('userName', 'ada')),
        scim.me.replace({ userName: 'ada' }),
        scim.request('POST', '/Users', { body: { schemas: [], userName: 'ada' } as never }),
      ]
      for (const error of await Promise.all(writes.map(failure))) expect(ScimError.is(error, 'uniqueness')).toBe(true)
    })
  }

  test('may be about the version where one was sent, so it is not judged', async () => {
    const { scim } = script(json(200, user('1'), { etag: '"1"' }), () => scimError(409))
    await scim.users.get('1')
    const error = await failure(scim.users.replace('1', { userName: 'ada' }))
    expect(error).toMatchObject({ status: 409, scimType: undefined })
  })

  test('of a read or a removal is not uniqueness', async () => {
    const { scim } = script(() => scimError(409))
    const calls = [scim.users.get('1'), scim.users.delete('1'), collect(scim.users.search())]
    for (const error of await Promise.all(calls.map(failure)))
      expect(error).toMatchObject({ status: 409, scimType: undefined })
  })

  test('keeps the scimType that the server gave', async () => {
    const { scim } = script(scimError(409, 'mutability'))
    expect(await failure(scim.users.create({ userName: 'a' }))).toMatchObject({ scimType: 'mutability' })
  })

  test('in a bulk response is uniqueness, but not where the operation had a version', async () => {
    const line = (method: string, rest = {}) => ({ method, status: '409', response: errorBody('409'), ...rest })
    const { scim } = script(
      json(200, { bulk: { supported: true, maxOperations: 10, maxPayloadSize: 10_000 } }),
      json(200, { Operations: [line('POST', { bulkId: 'a' }), line('PUT'), line('PATCH'), line('DELETE')] }),
    )
    const { failed } = await scim.bulk([
      { method: 'POST', path: '/Users', bulkId: 'a', data: { userName: 'a' } },
      { method: 'PUT', path: '/Users/1', data: { userName: 'a' } },
      { method: 'PATCH', path: '/Users/1', version: '"1"', data: { Operations: [{ op: 'remove', path: 'title' }] } },
      { method: 'DELETE', path: '/Users/1' },
    ])
    const types = failed.map(({ error }) => (error as ScimError).scimType) // each is one
    expect(types).toEqual(['uniqueness', 'uniqueness', undefined, undefined])
  })
})

describe('an id that is a number is read as text', () => {
  const numbered = (id: unknown, rest = {}) => ({ ...user('1'), id, ...rest })

  test('by get, create, replace, patch and /Me, with one note', async () => {
    const { scim, notes } = script(() => json(200, numbered(7)))
    expect((await scim.users.get('7')).id).toBe('7')
    expect((await scim.users.create({ userName: 'a' })).id).toBe('7')
    expect((await scim.users.replace('7', { userName: 'a' })).id).toBe('7')
    expect((await scim.users.patch('7', (p) => p.remove('title')))?.id).toBe('7')
    expect((await scim.me.get()).id).toBe('7')
    expect(notes).toEqual([{ kind: 'number-id', detail: expect.stringMatching(/^GET \/Users\/7: .*number/) }])
  })

  test('in lists and searches, where each is still given once', async () => {
    const { scim, notes } = script(() => page([numbered(7), numbered(8)]))
    expect((await collect(scim.users.list())).map(({ id }) => id)).toEqual(['7', '8'])
    expect((await collect(scim.users.search())).map(({ id }) => id)).toEqual(['7', '8'])
    expect(notes).toHaveLength(1)
  })

  test('where a lost create is looked for, also with an externalId that is a number', async () => {
    const { scim } = script(reset(), page([numbered(7, { externalId: 12, userName: 'a' })]))
    expect(await scim.users.create({ userName: 'a', externalId: '12' })).toMatchObject({ id: '7', externalId: '12' })
  })

  test('in a bulk response, where it stands in the resource alone', async () => {
    const { scim, fetch } = script(
      json(200, { bulk: { supported: true, maxOperations: 1, maxPayloadSize: 10_000 } }),
      json(200, { Operations: [{ method: 'POST', bulkId: 'a', status: '201', response: numbered(7) }] }),
      json(200, {
        Operations: [{ method: 'POST', bulkId: 'g', status: '201', location: 'https://scim.test/v2/Groups/9/' }],
      }),
    )
    const { done } = await scim.bulk([
      { method: 'POST', path: '/Users', bulkId: 'a', data: { userName: 'a' } },
      { method: 'POST', path: '/Groups', bulkId: 'g', data: { displayName: 'g', members: [{ value: 'bulkId:a' }] } },
    ])
    expect(done.map(({ location }) => location)).toEqual([
      'https://scim.test/v2/Users/7',
      'https://scim.test/v2/Groups/9/',
    ])
    expect(JSON.parse(fetch.requests[2]?.text ?? '').Operations[0].data.members).toEqual([{ value: '7' }])
  })

  test('and so are numbers where the definition says text, as in references to such ids', async () => {
    const group = { schemas: [groupResource.schema.id], id: 1, displayName: 'g', members: [{ value: 7, type: 'User' }] }
    const { scim } = script(json(200, group), json(200, numbered(7, { [enterpriseUser.urn]: { employeeNumber: 12 } })))
    expect((await scim.groups.get('1')).members).toEqual([{ value: '7', type: 'User' }])
    expect((await scim.users.get('7'))[enterpriseUser.urn]?.employeeNumber).toBe('12')
  })

  test('but not one that lost digits on the way, and no other type', async () => {
    for (const id of [2 ** 53, 1.5, true, null, {}, '']) {
      const error = await failure(script(() => json(200, numbered(id))).scim.users.get('7'))
      expect(error).toMatchObject({ reason: 'invalid-response' })
    }
    const other = await failure(script(json(200, numbered(7))).scim.users.get('07'))
    expect(other).toMatchObject({ reason: 'invalid-response' })
  })
})

describe('an error with the status of success is never success', () => {
  const bodies: Record<string, unknown> = {
    'a SCIM Error': errorBody('403'),
    'a SCIM Error whose schemas are one text': { ...errorBody('500'), schemas: urns.error },
    'a SCIM Error in another case': { ...errorBody('500'), schemas: [urns.error.toUpperCase()] },
    'a SCIM Error without schemas': { status: '403', detail: 'no' },
    'an error whose status is a number': { status: 500, message: 'no' },
    'the Errors of SCIM 1.1': { Errors: [{ description: 'no', code: '403' }] },
    'an Error with an id': { ...errorBody('409'), id: '1' },
  }
  test.each(Object.entries(bodies))('%s', async (_, body) => {
    const { scim } = script(() => json(200, body))
    const calls = {
      delete: scim.users.delete('1'),
      get: scim.users.get('1'),
      create: scim.users.create({ userName: 'a' }),
      replace: scim.users.replace('1', { userName: 'a' }),
      patch: scim.users.patch('1', (p) => p.remove('title')),
      page: scim.users.page(),
      me: scim.me.delete(),
    }
    const failures = Object.entries(calls).map(async ([name, call]) => [name, await failure(call)] as const)
    for (const [name, error] of await Promise.all(failures))
      expect([name, error]).toMatchObject([name, { name: 'ScimTransportError', reason: 'invalid-response' }])
  })

  test('with 201 and 202 as well', async () => {
    for (const status of [201, 202]) {
      const { scim } = script(() => json(status, errorBody('400')))
      expect(await failure(scim.users.delete('1'))).toMatchObject({ reason: 'invalid-response', outcome: 'unknown' })
      expect(await failure(scim.users.create({ userName: 'a' }))).toMatchObject({ reason: 'invalid-response' })
    }
  })

  test('for a bulk request, whose operations are then looked at', async () => {
    const { scim } = script(
      json(200, { bulk: { supported: true, maxOperations: 10, maxPayloadSize: 10_000 } }),
      json(200, { ...errorBody('403'), Operations: [{ method: 'DELETE', status: '204' }] }),
      () => scimError(403),
    )
    const { unknown } = await scim.bulk([{ method: 'DELETE', path: '/Users/1' }])
    expect(unknown).toHaveLength(1)
  })

  test('for discovery, where it is not a document', async () => {
    const { scim } = script(() => json(200, errorBody('404')))
    expect(await scim.discover()).toMatchObject({ serviceProviderConfig: undefined, schemas: undefined })
  })

  test('what a server says of a removal beside that is success', async () => {
    for (const body of [{}, user('1'), { message: 'deleted' }, { status: 'success' }, { status: 200 }]) {
      await script(json(200, body)).scim.users.delete('1')
    }
  })
})

describe('null in a response is left out of what the caller gets', () => {
  const nulls = user('1', {
    title: null,
    externalId: null,
    meta: null,
    name: { givenName: 'Ada', middleName: null },
    emails: [{ value: 'a@example.com', type: null }, null, { value: null, type: null }],
    phoneNumbers: null,
    roles: [null],
    [enterpriseUser.urn]: { department: null, manager: { value: null } },
    'urn:other:User': { x: null, y: 1 },
    nameless: null,
  })
  const want = {
    schemas: nulls.schemas,
    id: '1',
    userName: 'user1',
    name: { givenName: 'Ada' },
    emails: [{ value: 'a@example.com' }],
    roles: [],
    'urn:other:User': { y: 1 },
  }

  test('by every method', async () => {
    const { scim } = script((request) =>
      request.url.includes('.search') || (request.method === 'GET' && !/\/(1|Me)$/.test(request.url))
        ? page([nulls])
        : json(200, nulls),
    )
    const got = [
      await scim.users.get('1'),
      await scim.users.create({ userName: 'a' }),
      await scim.users.replace('1', { userName: 'a' }),
      await scim.users.patch('1', (p) => p.remove('title')),
      await scim.me.get(),
      ...(await collect(scim.users.list())),
      ...(await collect(scim.users.search())),
      ...(await scim.users.page()).resources,
    ]
    for (const resource of got) expect(resource).toStrictEqual(want)
    expect(got).toHaveLength(8)
  })

  test('schemas: null is filled in, and what no null made empty stays', async () => {
    const { scim } = script(json(200, user('1', { schemas: null, members: [], name: {}, emails: [] })))
    expect(await scim.users.get('1')).toStrictEqual({
      ...user('1', { members: [], name: {}, emails: [] }),
      schemas: [userResource.schema.id],
    })
  })

  test('a body nested deeper than a resource can be does no harm', async () => {
    const deep = `${'{"a":'.repeat(50_000)}null${'}'.repeat(50_000)}`
    const { scim } = script(
      new Response(`{"id":"1","x":${deep}}`, { headers: { 'content-type': 'application/scim+json' } }),
    )
    expect((await scim.users.get('1')).id).toBe('1')
  })
})
