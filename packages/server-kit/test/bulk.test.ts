import { enterpriseUser, groupResource, urns, userResource } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import { bearerToken, createScimHandler, memoryStore, mount, type ScimHandlerOptions } from '../src/index.js'

const token = 'a-token-of-at-least-32-characters'

interface Outcome {
  readonly method: string
  readonly bulkId?: string
  readonly location?: string
  readonly version?: string
  readonly status: string
  readonly response?: { readonly status: string; readonly scimType?: string; readonly detail: string }
}

function createService(options: Partial<ScimHandlerOptions> = {}) {
  const store = memoryStore()
  const scim = createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(userResource.extend(enterpriseUser), store), mount(groupResource, store)],
    authenticate: bearerToken(token),
    ...options,
  })
  const send = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' }
    const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body)
    const response = await scim.fetch(new Request(`http://localhost/scim/v2${path}`, { method, headers, body: text }))
    const answer = await response.text()
    return { status: response.status, body: answer === '' ? undefined : JSON.parse(answer) }
  }
  const bulk = async (operations: readonly object[], extra: object = {}): Promise<readonly Outcome[]> => {
    const { status, body } = await send('POST', '/Bulk', {
      schemas: [urns.bulkRequest],
      Operations: operations,
      ...extra,
    })
    expect(status).toBe(200)
    expect(body.schemas).toEqual([urns.bulkResponse])
    return body.Operations
  }
  const read = async (location: string | undefined) =>
    (await send('GET', new URL(location ?? '').pathname.replace('/scim/v2', ''))).body
  const count = async (type: string) => (await send('GET', `/${type}?count=0`)).body.totalResults as number
  return { send, bulk, read, count }
}

const user = (userName: string, more: object = {}) => ({ schemas: [urns.user], userName, ...more })
const group = (displayName: string, ...members: readonly object[]) => ({ schemas: [urns.group], displayName, members })
const post = (path: string, bulkId: string, data: object) => ({ method: 'POST', path, bulkId, data })
const manager = (value: string) => ({ [urns.enterpriseUser]: { manager: { value }, department: 'Research' } })
const statuses = (outcomes: readonly Outcome[]) => outcomes.map(({ status }) => status)

describe('bulk requests', () => {
  it('BU-4 a bulkId is refused where a second POST has it, and free for other methods to repeat', async () => {
    const { bulk } = createService()
    const change = { schemas: [urns.patchOp], Operations: [{ op: 'add', path: 'title', value: 'x' }] }
    const outcomes = await bulk([
      post('/Users', 'a', user('ada')),
      { method: 'PATCH', path: '/Users/bulkId:a', bulkId: 'a', data: change },
      post('/Users', 'a', user('ben')),
    ])
    expect(statuses(outcomes)).toEqual(['201', '200', '400'])
  })

  it('BU-3, BU-4 answers every operation with method, bulkId, location, version and a status in text', async () => {
    const { bulk, send } = createService()
    const [created] = await bulk([post('/Users', 'a', user('ada'))])
    expect(created).toEqual({
      method: 'POST',
      bulkId: 'a',
      location: expect.stringMatching(/^http:\/\/localhost\/scim\/v2\/Users\/[\w-]+$/),
      version: 'W/"1"',
      status: '201',
    })
    const path = new URL(created?.location ?? '').pathname.replace('/scim/v2', '')
    const outcomes = await bulk([
      { method: 'PUT', path, data: user('ada', { title: 'Dr' }) },
      {
        method: 'PATCH',
        path,
        data: { schemas: [urns.patchOp], Operations: [{ op: 'replace', path: 'title', value: 'Prof' }] },
      },
      { method: 'DELETE', path },
    ])
    expect(statuses(outcomes)).toEqual(['200', '200', '204'])
    expect(outcomes.map(({ version }) => version)).toEqual(['W/"2"', 'W/"3"', undefined])
    expect(outcomes.map(({ location }) => location)).toEqual(Array(3).fill(created?.location))
    expect((await send('GET', path)).status).toBe(404)
  })

  it('BU-6 puts the new id in the place of bulkId, in members and in the manager of an extension', async () => {
    const { bulk, read } = createService()
    const [alice, bob, tour] = await bulk([
      post('/Users', 'alice', user('alice')),
      post('/Users', 'bob', user('bob', manager('bulkId:alice'))),
      post('/Groups', 'tour', group('Tour', { type: 'User', value: 'bulkId:alice' }, { value: 'bulkId:bob' })),
    ])
    const aliceId = (await read(alice?.location)).id
    const bobRead = await read(bob?.location)
    expect(bobRead[urns.enterpriseUser].manager.value).toBe(aliceId)
    expect((await read(tour?.location)).members.map(({ value }: { value: string }) => value).sort()).toEqual(
      [aliceId, bobRead.id].sort(),
    )
  })

  it('BU-6 puts the new id into paths, PATCH values and PATCH filters', async () => {
    const { bulk, read } = createService()
    const [eve, fan] = await bulk([
      post('/Users', 'eve', user('eve')),
      post('/Groups', 'fan', group('Fans', { value: 'bulkId:eve' })),
      { method: 'PUT', path: '/Users/bulkId:eve', data: user('eve', { title: 'Dr' }) },
      {
        method: 'PATCH',
        path: '/Groups/bulkId:fan',
        data: {
          schemas: [urns.patchOp],
          Operations: [
            { op: 'remove', path: 'members[value eq "bulkId:eve"]' },
            { op: 'add', value: { externalId: 'fans' } },
          ],
        },
      },
    ])
    expect(await read(eve?.location)).toMatchObject({ title: 'Dr' })
    const fans = await read(fan?.location)
    expect(fans).toMatchObject({ externalId: 'fans' })
    expect(fans).not.toHaveProperty('members')
  })

  it('BU-7 creates what an operation refers to before it, and answers in the order of the request', async () => {
    const { bulk, read } = createService()
    const outcomes = await bulk([
      post('/Groups', 'g', group('Tour', { value: 'bulkId:late' })),
      post('/Users', 'late', user('late')),
    ])
    expect(outcomes.map(({ bulkId, status }) => [bulkId, status])).toEqual([
      ['g', '201'],
      ['late', '201'],
    ])
    const late = await read(outcomes[1]?.location)
    expect((await read(outcomes[0]?.location)).members).toMatchObject([{ value: late.id }])
  })

  it('BU-7 resolves circles: two groups in each other, three managers in a ring, one user of itself', async () => {
    const { bulk, read } = createService()
    const outcomes = await bulk([
      post('/Groups', 'a', group('A', { type: 'Group', value: 'bulkId:b' })),
      post('/Groups', 'b', group('B', { type: 'Group', value: 'bulkId:a' })),
      post('/Users', 'x', user('x', manager('bulkId:y'))),
      post('/Users', 'y', user('y', manager('bulkId:z'))),
      post('/Users', 'z', user('z', manager('bulkId:x'))),
      post('/Users', 'self', user('self', manager('bulkId:self'))),
    ])
    expect(statuses(outcomes)).toEqual(Array(6).fill('201'))
    const [a, b, x, y, z, self] = await Promise.all(outcomes.map(({ location }) => read(location)))
    expect([a.members[0].value, b.members[0].value]).toEqual([b.id, a.id])
    const managers = [x, y, z, self].map((one) => one[urns.enterpriseUser].manager.value)
    expect(managers).toEqual([y.id, z.id, x.id, self.id])
    expect(x[urns.enterpriseUser].department).toBe('Research')
    expect(outcomes.map(({ version }) => version)).toEqual(
      await Promise.all(outcomes.map(async ({ location }) => (await read(location)).meta.version)),
    )
  })

  it('BU-8 fails what refers to an unknown bulkId or to a failed creation, and leaves nothing of a broken circle', async () => {
    const { bulk, count } = createService()
    await bulk([post('/Users', 'taken', user('taken'))])
    const outcomes = await bulk([
      post('/Groups', 'g', group('G', { value: 'bulkId:nobody' })),
      post('/Users', 'again', user('taken')),
      post('/Groups', 'h', group('H', { value: 'bulkId:again' })),
      post('/Users', 'p', user('p', manager('bulkId:q'))),
      post('/Users', 'q', user('taken', manager('bulkId:p'))),
    ])
    expect(statuses(outcomes)).toEqual(['409', '409', '409', '409', '409'])
    expect(outcomes[1]?.response).toMatchObject({ status: '409', scimType: 'uniqueness' })
    expect([await count('Users'), await count('Groups')]).toEqual([1, 0])
  })

  it('BU-7 takes a circle back when its other half fails after it was created', async () => {
    const { bulk, count } = createService()
    await bulk([post('/Users', 'taken', user('taken'))])
    // q is created first, without its manager p; then p fails.
    const outcomes = await bulk([
      post('/Users', 'p', user('taken', manager('bulkId:q'))),
      post('/Users', 'q', user('q', manager('bulkId:p'))),
    ])
    expect(statuses(outcomes)).toEqual(['409', '409'])
    expect(await count('Users')).toBe(1)
  })

  it.each([
    { failOnErrors: 1, want: ['201', '409'] },
    { failOnErrors: 2, want: ['201', '409', '201', '409'] },
    { failOnErrors: 0, want: ['201', '409', '201', '409', '201'] },
    { failOnErrors: -1, want: ['201', '409', '201', '409', '201'] },
  ])('BU-5 stops after $failOnErrors errors', async ({ failOnErrors, want }) => {
    const { bulk, count } = createService()
    const names = ['a', 'a', 'b', 'b', 'c']
    const outcomes = await bulk(
      names.map((name, index) => post('/Users', `id${index}`, user(name))),
      { failOnErrors },
    )
    expect(statuses(outcomes)).toEqual(want)
    expect(await count('Users')).toBe(want.filter((status) => status === '201').length)
  })

  it('BU-10 writes only the version that an operation names', async () => {
    const { bulk } = createService()
    const [created] = await bulk([post('/Users', 'a', user('ada'))])
    const path = new URL(created?.location ?? '').pathname.replace('/scim/v2', '')
    const outcomes = await bulk([
      { method: 'PUT', path, version: 'W/"7"', data: user('eve') },
      { method: 'PUT', path, version: 'W/"1"', data: user('eve') },
      { method: 'DELETE', path, version: 'W/"1"' },
    ])
    expect(statuses(outcomes)).toEqual(['412', '200', '412'])
    expect(outcomes[0]?.response).toMatchObject({ status: '412', detail: expect.any(String) })
  })

  it('BU-11 refuses too many operations and too many bytes before it writes, and names the limit', async () => {
    const { send, count } = createService({ limits: { maxBulkOperations: 2, maxBulkBytes: 1_000 } })
    const request = (operations: readonly object[]) => ({ schemas: [urns.bulkRequest], Operations: operations })
    const many = await send('POST', '/Bulk', request(['a', 'b', 'c'].map((name) => post('/Users', name, user(name)))))
    expect([many.status, many.body.detail]).toEqual([413, expect.stringContaining('2')])
    const large = await send('POST', '/Bulk', request([post('/Users', 'a', user('a'.repeat(2_000)))]))
    expect([large.status, large.body.detail]).toEqual([413, expect.stringContaining('1000')])
    expect(await count('Users')).toBe(0)
    expect((await send('GET', '/ServiceProviderConfig')).body.bulk).toEqual({
      supported: true,
      maxOperations: 2,
      maxPayloadSize: 1_000,
    })
  })

  it('BU-12 takes a bare list of operations as the data of a PATCH in lenient, and refuses it in strict', async () => {
    for (const [compatibility, want] of [
      ['lenient', '200'],
      ['strict', '400'],
    ] as const) {
      const { bulk } = createService({ compatibility })
      const outcomes = await bulk([
        post('/Users', 'a', user('ada')),
        { method: 'PATCH', path: '/Users/bulkId:a', data: [{ op: 'replace', path: 'title', value: 'Dr' }] },
      ])
      expect(outcomes[1]?.status).toBe(want)
    }
  })

  it('BU-13 goes on after an operation that failed, and leaves nothing of it', async () => {
    const { bulk, count } = createService()
    const outcomes = await bulk([
      post('/Users', 'a', { schemas: [urns.user] }),
      post('/Groups', 'g', group('G', { value: 'no-such-id' })),
      post('/Users', 'b', user('b')),
    ])
    expect(statuses(outcomes)).toEqual(['400', '400', '201'])
    expect(outcomes[0]).not.toHaveProperty('location')
    expect([await count('Users'), await count('Groups')]).toEqual([1, 0])
  })

  const faults = [
    { name: 'a POST without bulkId', operation: { method: 'POST', path: '/Users', data: user('a') }, want: '400' },
    {
      name: 'a method that is not one of the four',
      operation: { method: 'merge', path: '/Users', bulkId: 'a', data: user('a') },
      want: '400',
    },
    { name: 'GET', operation: { method: 'GET', path: '/Users/1' }, want: '400' },
    { name: 'no path', operation: { method: 'DELETE' }, want: '400' },
    { name: 'no data', operation: { method: 'PUT', path: '/Users/1' }, want: '400' },
    { name: 'a POST to a resource', operation: post('/Users/1', 'a', user('a')), want: '400' },
    { name: 'a DELETE of an endpoint', operation: { method: 'DELETE', path: '/Users' }, want: '400' },
    { name: 'BU-15 a nested bulk request', operation: post('/Bulk', 'a', {}), want: '404' },
    { name: 'BU-15 /Me', operation: post('/Me', 'a', user('a')), want: '404' },
    { name: 'BU-15 a search', operation: { method: 'PUT', path: '/Users/.search', data: {} }, want: '400' },
    { name: 'a path with a query', operation: { method: 'DELETE', path: '/Users/1?x=1' }, want: '400' },
    {
      name: 'a version that is not a string',
      operation: { method: 'DELETE', path: '/Users/1', version: 1 },
      want: '400',
    },
    { name: 'no object', operation: [], want: '400' },
    { name: 'an unknown id', operation: { method: 'DELETE', path: '/Users/1' }, want: '404' },
  ]
  it.each(faults)('BU-2 fails $name alone', async ({ operation, want }) => {
    const { bulk } = createService()
    const outcomes = await bulk([operation, post('/Users', 'good', user('good'))])
    expect(statuses(outcomes)).toEqual([want, '201'])
    expect(outcomes[0]?.response).toMatchObject({ schemas: [urns.error], status: want, detail: expect.any(String) })
  })

  it('BU-2 fails the second use of a bulkId', async () => {
    const { bulk } = createService()
    expect(statuses(await bulk([post('/Users', 'a', user('a')), post('/Users', 'a', user('b'))]))).toEqual([
      '201',
      '400',
    ])
  })

  it.each([
    ['no JSON', '{'],
    ['another schema', { schemas: [urns.searchRequest], Operations: [] }],
    ['no operations', { schemas: [urns.bulkRequest] }],
    ['failOnErrors in words', { schemas: [urns.bulkRequest], Operations: [], failOnErrors: 'one' }],
  ])('BU-14 refuses the whole request for %s', async (_, body) => {
    const { status, body: error } = await createService().send('POST', '/Bulk', body)
    expect([status, error.scimType]).toEqual([400, 'invalidSyntax'])
  })

  it('is safe against names of built-in members', async () => {
    const { bulk, read } = createService()
    const data = JSON.parse(
      '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"a","__proto__":{"x":"bulkId:a"},"constructor":1}',
    )
    const outcomes = await bulk([
      post('/Users', '__proto__', user('p')),
      post('/Users', 'a', data),
      post('/Groups', 'g', group('G', { value: 'bulkId:__proto__' })),
    ])
    expect(statuses(outcomes)).toEqual(['201', '201', '201'])
    expect((await read(outcomes[2]?.location)).members).toHaveLength(1)
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })

  it('carries a chain of a thousand forward references', async () => {
    const { bulk, read } = createService()
    const size = 1_000
    const outcomes = await bulk(
      Array.from({ length: size }, (_, index) =>
        post('/Users', `u${index}`, user(`u${index}`, index + 1 < size ? manager(`bulkId:u${index + 1}`) : {})),
      ),
    )
    expect(new Set(statuses(outcomes))).toEqual(new Set(['201']))
    const [first, second] = await Promise.all(outcomes.slice(0, 2).map(({ location }) => read(location)))
    expect(first[urns.enterpriseUser].manager.value).toBe(second.id)
  })
})
