import { type ServerProfile, serverProfiles } from '@scimkit/core/profiles'
import { groupResource, userResource } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { createScimClient, type ScimClientOptions, ScimPartialPatchError, ScimResponseError } from '../src/index.js'
import { collect, failure, json, page, type Step, scimError, scriptedFetch, user } from './scripted-fetch.js'

const resources = { users: userResource, groups: groupResource }

function script(profile: ScimClientOptions<unknown>['profile'], ...steps: Step[]) {
  const fetch = scriptedFetch(...steps)
  return { fetch, scim: createScimClient({ baseUrl: 'https://scim.test/v2', resources, fetch, profile, retries: 0 }) }
}

const done = () => new Response(null, { status: 204 })
const ids = (count: number, from = 0) => Array.from({ length: count }, (_, at) => `u${from + at}`)
const members = (count: number) => ids(count) as [string, ...string[]] // every count here is above 0

interface Sent {
  readonly Operations: { readonly op: string; readonly path?: string; readonly value?: unknown }[]
}
const operationsOf = ({ text }: { readonly text: string }) => (JSON.parse(text) as Sent).Operations // as the client wrote it

describe('profile', () => {
  test('is a name that is known, or a profile', () => {
    for (const { name } of serverProfiles) {
      const options = { baseUrl: 'https://scim.test', resources, profile: name as 'aws' } // all of them, as text
      expect(() => createScimClient(options)).not.toThrow()
    }
    for (const profile of ['azure', 'toString', '__proto__']) {
      const options = { baseUrl: 'https://scim.test', resources, profile: profile as 'aws' } // wrong on purpose
      expect(() => createScimClient(options)).toThrow(TypeError)
    }
  })

  test('reduces the size of pages', async () => {
    const { scim, fetch } = script('aws', page([user('1')]), page([user('1')]), page([]))
    await collect(scim.users.list({ count: 500 }))
    await scim.users.page({ count: 1_000 })
    await scim.users.page()
    expect(fetch.requests.map(({ url }) => url.searchParams.get('count'))).toEqual(['100', '100', null])
  })

  test('adds the User-Agent that GitHub requires, and keeps the one that the caller gives', async () => {
    const { scim, fetch } = script('github-emu', json(200, user('1')), json(200, user('1')))
    await scim.users.get('1')
    await scim.users.get('1', { headers: { 'user-agent': 'acme' } })
    expect(fetch.requests.map(({ headers }) => headers.get('user-agent'))).toEqual(['scimkit-client', 'acme'])
  })

  test('adds members to a group in the form that Salesforce documents', async () => {
    const { scim, fetch } = script('salesforce', done())
    await scim.groups.patch('g', (p) => p.addMember('a').removeMember('b'))
    expect(fetch.requests.map(operationsOf)).toEqual([
      [
        { op: 'add', path: 'members', value: { members: [{ value: 'a' }] } },
        { op: 'remove', path: 'members[value eq "b"]' },
      ],
    ])
  })

  test('waits for a turn, and gives up at once when the budget cannot hold the wait', async () => {
    const slow: ServerProfile = {
      name: 'slow',
      title: 'Slow',
      rates: [{ of: 'requests', requests: 1, seconds: 3_600 }],
      evidence: { rates: { confidence: 'documentation', source: 'test', url: 'https://a.test/b' } },
      notes: [],
    }
    const fetch = scriptedFetch(scimError(429, undefined, { 'retry-after': '0' }))
    const scim = createScimClient({ baseUrl: 'https://scim.test/v2', resources, fetch, profile: slow, retries: 3 })
    expect(await failure(scim.users.get('1', { budget: 5_000 }))).toMatchObject({
      reason: 'timeout',
      outcome: 'not-applied',
    })
    expect(fetch.requests).toHaveLength(1)
    const signal = AbortSignal.abort(new Error('enough'))
    expect(await failure(scim.users.get('1', { signal }))).toMatchObject({ message: 'enough' })
  })

  test('takes nothing for a fact that is unverified', async () => {
    const unsure: ServerProfile = {
      name: 'unsure',
      title: 'Unsure',
      missing: ['me', 'bulk'],
      evidence: { missing: { confidence: 'unverified', source: 'test', url: 'https://a.test/b' } },
      notes: [],
    }
    const { scim } = script(unsure, json(200, user('1')))
    expect((await scim.me.get()).id).toBe('1')
  })
})

describe('members of a group', () => {
  const sizes = ({ text }: { readonly text: string }) =>
    operationsOf({ text }).map(({ op, value }) => `${op} ${Array.isArray(value) ? value.length : 1}`)

  test('go out in several PATCHes, each with the version of the one before', async () => {
    const group = (version: string) => json(200, { id: 'g', displayName: 'a', meta: { version } })
    const { scim, fetch } = script('aws', group('"1"'), group('"2"'), group('"3"'), group('"4"'))
    await scim.groups.get('g')
    const patched = await scim.groups.patch('g', (p) => p.replace('displayName', 'a').addMember(...members(250)))
    expect(patched?.meta?.version).toBe('"4"')
    const sent = fetch.requests.slice(1)
    expect(sent.map(sizes)).toEqual([['replace 1', 'add 100'], ['add 100'], ['add 50']])
    expect(sent.map(({ headers }) => headers.get('if-match'))).toEqual(['"1"', '"2"', '"3"'])
    const added = sent.flatMap(operationsOf).flatMap(({ op, value }) => (op === 'add' ? value : []))
    expect(added).toEqual(ids(250).map((value) => ({ value })))
  })

  test('are counted over all operations, in their order, also without a path', async () => {
    const { scim, fetch } = script('aws', done, done, done)
    const value = (count: number, from: number) => ids(count, from).map((id) => ({ value: id }))
    await scim.groups.patch('g', [
      { op: 'add', path: 'members', value: value(60, 0) },
      { op: 'remove', path: 'members[value eq "x"]' },
      { op: 'add', value: { externalId: 'e', Members: value(60, 60) } },
    ])
    expect(fetch.requests.map(sizes)).toEqual([['add 60', 'remove 1', 'add 1', 'add 39'], ['add 21']])
  })

  test('say what was applied when a PATCH in the middle fails', async () => {
    const { scim, fetch } = script('aws', done(), scimError(400, 'invalidValue'))
    const error = await failure(scim.groups.patch('g', (p) => p.addMember(...members(250))))
    if (!(error instanceof ScimPartialPatchError)) throw error
    const count = (operations: ScimPartialPatchError['applied']) => operations.flatMap(({ value }) => value).length
    expect([error.applied, error.unknown, error.notApplied].map(count)).toEqual([100, 0, 150])
    expect(error.cause).toBeInstanceOf(ScimResponseError)
    expect(fetch.requests).toHaveLength(2)
  })

  test('say what is unknown when the response to a PATCH got lost, and so did the look-up', async () => {
    const lost = () => new TypeError('fetch failed')
    const { scim } = script('aws', done(), lost(), lost())
    const error = await failure(scim.groups.patch('g', (p) => p.addMember(...members(250))))
    if (!(error instanceof ScimPartialPatchError)) throw error
    const count = (operations: ScimPartialPatchError['applied']) => operations.flatMap(({ value }) => value).length
    expect([error.applied, error.unknown, error.notApplied].map(count)).toEqual([100, 100, 50])
  })

  test('the first failure is thrown as it is, since nothing was applied', async () => {
    const { scim } = script('aws', scimError(404))
    expect(await failure(scim.groups.patch('g', (p) => p.addMember(...members(250))))).toMatchObject({ status: 404 })
  })
})

describe('what the server does not do is refused before anything is sent', () => {
  type Client = ReturnType<typeof script>['scim']
  const email = (value: string) => ({ value, type: 'work' })
  const many = (count: number) =>
    ids(count)
      .map((id) => `userName eq "${id}"`)
      .join(' or ')
  const table: [
    string,
    'aws' | 'databricks' | 'salesforce' | 'zscaler' | 'snowflake',
    (scim: Client) => Promise<unknown>,
  ][] = [
    ['bulk', 'aws', (scim) => scim.bulk([{ method: 'DELETE', path: '/Users/1' }])],
    ['me', 'aws', (scim) => scim.me.get()],
    ['search', 'aws', (scim) => collect(scim.users.search())],
    ['paging by index', 'aws', (scim) => scim.users.page({ startIndex: 1 })],
    ['attributes', 'aws', (scim) => scim.users.get('1', { attributes: ['userName'] })],
    ['excludedAttributes', 'aws', (scim) => collect(scim.groups.list({ excludedAttributes: ['members'] }))],
    ['a password', 'aws', (scim) => scim.users.create({ userName: 'a', password: 'b' })],
    ['a password by PATCH', 'aws', (scim) => scim.users.patch('1', (p) => p.replace('password', 'b'))],
    ['two addresses', 'aws', (scim) => scim.users.create({ userName: 'a', emails: [email('a'), email('b')] })],
    ['another operator', 'aws', (scim) => scim.users.page({ filter: 'userName sw "a"' })],
    ['or', 'aws', (scim) => scim.users.page({ filter: 'userName eq "a" or userName eq "b"' })],
    ['not', 'aws', (scim) => scim.users.page({ filter: 'not (userName eq "a")' })],
    ['pr', 'aws', (scim) => scim.users.page({ filter: (f) => f.pr('userName') })],
    ['another attribute', 'aws', (scim) => scim.users.page({ filter: 'title eq "a"' })],
    ['an attribute in brackets', 'aws', (scim) => scim.users.page({ filter: 'emails[value eq "a"]' })],
    ['PUT of a group', 'aws', (scim) => scim.groups.replace('1', { displayName: 'a' })],
    ['replacing members', 'aws', (scim) => scim.groups.patch('1', (p) => p.replace('members', [{ value: 'a' }]))],
    ['removing all members', 'aws', (scim) => scim.groups.patch('1', (p) => p.remove('members'))],
    [
      'many members in a new group',
      'aws',
      (scim) => scim.groups.create({ displayName: 'a', members: ids(101).map((value) => ({ value })) }),
    ],
    ['deleting a user', 'salesforce', (scim) => scim.users.delete('1')],
    ['a filter by another attribute', 'zscaler', (scim) => scim.users.page({ filter: 'displayName eq "a"' })],
    ['a filter of groups by another attribute', 'aws', (scim) => scim.groups.page({ filter: 'meta.created pr' })],
    ['another operator', 'snowflake', (scim) => scim.users.page({ filter: 'userName co "a"' })],
    ['and', 'snowflake', (scim) => scim.users.page({ filter: 'userName eq "a" and title eq "b"' })],
    ['more than 200 comparisons', 'databricks', (scim) => scim.users.page({ filter: many(201) })],
  ]

  test.each(table)('%s by %s', async (_, profile, run) => {
    const { scim, fetch } = script(profile)
    const error = await failure(run(scim))
    expect(error).toBeInstanceOf(TypeError)
    expect(String(error)).toContain(`(profile ${profile})`)
    expect(fetch.requests).toEqual([])
  })

  test('and what it does is not', async () => {
    const { scim, fetch } = script('aws', page([]), page([]), page([]), page([]), done(), json(201, user('1')))
    await scim.users.page({ filter: 'userName eq "a" and externalId eq "b"' })
    await scim.users.page({ filter: 'groups.value eq "a"' })
    await scim.users.page({ filter: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager eq "a"' })
    await scim.groups.page({ filter: (f) => f.eq('displayName', 'a') })
    await scim.groups.patch('1', (p) => p.removeMember('a').replace('displayName', 'b'))
    await scim.users.create({ userName: 'a', emails: [email('a')] })
    expect(fetch.requests).toHaveLength(6)
    const databricks = script('databricks', page([]))
    await databricks.scim.users.page({ filter: many(200) })
    expect(databricks.fetch.requests).toHaveLength(1)
  })
})
