import type { ServerProfile } from '@scimkit/core/profiles'
import { groupResource, userResource } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { createScimClient, ScimPartialPatchError, ScimResponseError, ScimTransportError } from '../src/index.js'
import { failure, json, type Step, scimError, scriptedFetch, user } from './scripted-fetch.js'

const resources = { users: userResource, groups: groupResource }
const ids = (count: number) => Array.from({ length: count }, (_, at) => `u${at}`) as [string, ...string[]] // none is asked for 0

describe('a 429 with Retry-After', () => {
  /** A server that takes nothing for a second after the first request, and counts what comes nevertheless. */
  function limitedServer() {
    let opens: number | undefined
    const counts = { refused: 0, taken: 0 }
    const answer = ({ url }: Request): Response => {
      opens ??= performance.now() + 1000
      if (performance.now() < opens) {
        counts.refused++
        return scimError(429, undefined, { 'retry-after': '1' })
      }
      counts.taken++
      return json(200, user(new URL(url).pathname.split('/').pop() ?? ''))
    }
    return { counts, answer }
  }

  test('holds back every call of the client until its time is over', async () => {
    const { counts, answer } = limitedServer()
    const told: number[] = []
    const scim = createScimClient({
      baseUrl: 'https://scim.test/v2',
      resources,
      fetch: scriptedFetch(answer),
      concurrency: 1,
      onRateLimit: ({ delay }) => told.push(delay),
    })
    const first = scim.users.get('0')
    const others = ids(20).map((id) => scim.users.get(id))
    expect(await Promise.all([first, ...others])).toHaveLength(21)
    expect(counts).toEqual({ refused: 1, taken: 21 })
    expect(told).toEqual([1000])
  })

  test('finds no more than `concurrency` requests under way', async () => {
    const { counts, answer } = limitedServer()
    const fetch = scriptedFetch(answer)
    const scim = createScimClient({ baseUrl: 'https://scim.test/v2', resources, fetch, concurrency: 4 })
    await Promise.all(ids(40).map((id) => scim.users.get(id)))
    expect(counts).toEqual({ refused: 4, taken: 40 })
  })

  test('ends calls at once that cannot wait so long, unsent, with what the server said', async () => {
    const fetch = scriptedFetch(() => scimError(429, undefined, { 'retry-after': '50' }))
    const scim = createScimClient({ baseUrl: 'https://scim.test/v2', resources, fetch, budget: 5_000 })
    expect(await failure(scim.users.get('1'))).toBeInstanceOf(ScimResponseError)
    const error = await failure(scim.users.create({ userName: 'ada' }))
    expect(error).toBeInstanceOf(ScimTransportError)
    expect(error).toMatchObject({ reason: 'timeout', outcome: 'not-applied', cause: { status: 429 } })
    expect(fetch.requests).toHaveLength(1)
  })

  test('lets a waiting call be aborted', async () => {
    const fetch = scriptedFetch(() => scimError(429, undefined, { 'retry-after': '50' }))
    const scim = createScimClient({ baseUrl: 'https://scim.test/v2', resources, fetch })
    expect(await failure(scim.users.get('1', { budget: 10 }))).toMatchObject({ status: 429 })
    const controller = new AbortController()
    const waiting = failure(scim.users.get('2', { signal: controller.signal }))
    controller.abort(new Error('enough'))
    expect(await waiting).toMatchObject({ message: 'enough' })
    expect(fetch.requests).toHaveLength(1)
  })

  test('of one client is nothing to another', async () => {
    const steps: Step[] = [scimError(429, undefined, { 'retry-after': '50' }), json(200, user('1'))]
    const fetch = scriptedFetch(...steps)
    const connect = () => createScimClient({ baseUrl: 'https://scim.test/v2', resources, fetch, budget: 5_000 })
    expect(await failure(connect().users.get('1'))).toMatchObject({ status: 429 })
    expect((await connect().users.get('1')).id).toBe('1')
  })
})

describe('a quota', () => {
  const evidence = { confidence: 'documentation', source: 'test', url: 'https://a.test/b' } as const
  const profile: ServerProfile = {
    name: 'hourly',
    title: 'Hourly',
    quotas: [
      { of: 'usersAssigned', count: 3, seconds: 3_600 },
      { of: 'usersAddedToOneGroup', count: 3, seconds: 3_600 },
    ],
    evidence: { quotas: evidence },
    notes: [],
  }
  const start = (...steps: Step[]) => {
    const fetch = scriptedFetch(...steps)
    return { fetch, scim: createScimClient({ baseUrl: 'https://scim.test/v2', resources, fetch, profile, retries: 1 }) }
  }
  const done = () => new Response(null, { status: 204 })

  test('of users lets so many be created, and the next wait', async () => {
    const { scim, fetch } = start(() => json(201, user('1')))
    await Promise.all(ids(3).map((userName) => scim.users.create({ userName })))
    const controller = new AbortController()
    const fourth = failure(scim.users.create({ userName: 'ada' }, { signal: controller.signal }))
    await scim.users.get('1').catch(() => {}) // anything but a creation goes on
    controller.abort(new Error('enough'))
    expect(await fourth).toMatchObject({ message: 'enough' })
    expect(fetch.requests.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST', 'GET'])
  })

  test('counts a repeated try once', async () => {
    const { scim, fetch } = start(scimError(429), json(201, user('1')), json(201, user('2')), json(201, user('3')))
    for (const userName of ids(3)) await scim.users.create({ userName })
    expect(fetch.requests).toHaveLength(4)
  })

  test('of a group cuts a PATCH, and says what was applied when the rest does not fit the budget', async () => {
    const { scim, fetch } = start(done)
    const error = await failure(scim.groups.patch('g', (p) => p.addMember(...ids(5))))
    if (!(error instanceof ScimPartialPatchError)) throw error
    expect(error.applied.flatMap(({ value }) => value)).toHaveLength(3)
    expect(error.notApplied.flatMap(({ value }) => value)).toHaveLength(2)
    expect(error.cause).toMatchObject({ reason: 'timeout', outcome: 'not-applied' })
    expect(fetch.requests).toHaveLength(1)
  })

  test('of a group leaves other groups and the removal of members alone', async () => {
    const { scim, fetch } = start(done)
    for (const group of ['a', 'b']) await scim.groups.patch(group, (p) => p.addMember(...ids(3)))
    await scim.groups.patch('a', (p) => p.removeMember('u1', 'u2'))
    expect(fetch.requests).toHaveLength(3)
  })

  test('of a group refuses a new group that has more', async () => {
    const { scim, fetch } = start()
    const members = ids(4).map((value) => ({ value }))
    const error = await failure(scim.groups.create({ displayName: 'a', members }))
    expect(error).toBeInstanceOf(TypeError)
    expect(String(error)).toContain('at most 3')
    expect(fetch.requests).toEqual([])
  })
})
