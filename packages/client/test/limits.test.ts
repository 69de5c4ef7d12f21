import { type ServerProfile, serverProfiles } from '@scimkit/core/profiles'
import { type BulkRequestOperation, groupResource, type PatchOperation, userResource } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { createScimClient } from '../src/index.js'
import { failure, json, scriptedFetch, user } from './scripted-fetch.js'

const resources = { users: userResource, groups: groupResource }

/** A client of a profile without its rates, and the operations of each PATCH that it has sent. */
function script(profile: ServerProfile) {
  const fetch = scriptedFetch((request) => {
    if (request.method === 'PATCH') return new Response(null, { status: 204 })
    return json(201, { schemas: [groupResource.schema.id], id: 'g', displayName: 'g' })
  })
  const quick = { ...profile, rates: [], quotas: [] }
  const scim = createScimClient({ baseUrl: 'https://scim.test', resources, fetch, profile: quick })
  const patches = () =>
    fetch.requests.map(({ text }) => (JSON.parse(text) as { Operations: PatchOperation[] }).Operations) // PatchOps
  return { scim, fetch, patches }
}

const members = (count: number) => Array.from({ length: count }, (_, at) => ({ value: `m${at}` }))
const countIn = (operations: readonly PatchOperation[]) =>
  operations.reduce((sum, { value, path }) => {
    const list = Array.isArray(value) ? value : ((value as { members?: unknown[] } | undefined)?.members ?? [])
    return sum + (path?.includes('[') ? 1 : list.length)
  }, 0)

const limited = serverProfiles.filter(
  ({ maxMembersInPatch, evidence }) => maxMembersInPatch && evidence.maxMembersInPatch?.confidence !== 'unverified',
)

test('there are profiles with a limit', () => {
  expect(limited.length).toBeGreaterThan(0)
})

describe.each(limited.map((profile) => [profile.name, profile] as const))('members of %s', (_, profile) => {
  const most = profile.maxMembersInPatch ?? 0
  const add = (scim: ReturnType<typeof script>['scim'], count: number) =>
    scim.groups.patch('g', [{ op: 'add', path: 'members', value: members(count) }])

  test('are added by one PATCH up to the limit, and by two beyond it', async () => {
    for (const [count, want] of [
      [most - 1, [most - 1]],
      [most, [most]],
      [most + 1, [most, 1]],
      [2 * most, [most, most]],
      [2 * most + 1, [most, most, 1]],
    ] as const) {
      const { scim, patches } = script(profile)
      await add(scim, count)
      expect(patches().map(countIn)).toEqual(want.filter((part) => part > 0))
    }
  })

  test('are removed by one PATCH up to the limit, and by two beyond it', async () => {
    for (const [count, want] of [
      [most, [most]],
      [most + 1, [most, 1]],
    ] as const) {
      const { scim, patches } = script(profile)
      const [first = '', ...rest] = members(count).map(({ value }) => value)
      await scim.groups.patch('g', (p) => p.removeMember(first, ...rest))
      expect(patches().map(countIn)).toEqual(want)
    }
  })

  test('share the limit with those that other operations of the PATCH add', async () => {
    const { scim, patches } = script(profile)
    await scim.groups.patch('g', [
      { op: 'remove', path: 'members[value eq "x"]' },
      { op: 'add', path: 'members', value: members(most) },
    ])
    expect(patches().map(countIn)).toEqual(most === 1 ? [1, 1] : [most, 1])
  })

  test('are replaced up to the limit, where the server replaces them; more are refused before anything is sent', async () => {
    const replace = (count: number): PatchOperation[] => [{ op: 'replace', path: 'members', value: members(count) }]
    const { scim, patches } = script(profile)
    const replaces = !profile.missing?.includes('replaceMembers')
    if (replaces) await scim.groups.patch('g', replace(most))
    else expect(await failure(scim.groups.patch('g', replace(most)))).toBeInstanceOf(TypeError)
    expect(patches().map(countIn)).toEqual(replaces ? [most] : [])
    for (const operations of [
      replace(most + 1),
      [{ op: 'replace', value: { members: members(most + 1) } }] as PatchOperation[],
      [{ op: 'add', path: 'members', value: members(1) }, ...replace(most + 1)] as PatchOperation[],
    ]) {
      expect(await failure(scim.groups.patch('g', operations))).toBeInstanceOf(TypeError)
    }
    expect(patches()).toHaveLength(replaces ? 1 : 0)
  })
})

describe('members of a new group', () => {
  const profiles = serverProfiles.filter(({ maxMembersInCreate }) => maxMembersInCreate)
  test.each(profiles.map((profile) => [profile.name, profile] as const))('of %s', async (_, profile) => {
    const most = profile.maxMembersInCreate ?? 0
    const { scim, fetch } = script(profile)
    await scim.groups.create({ displayName: 'g', members: members(most) })
    expect(await failure(scim.groups.create({ displayName: 'g', members: members(most + 1) }))).toBeInstanceOf(
      TypeError,
    )
    expect(fetch.requests).toHaveLength(1)
  })
})

describe('the size of a bulk request', () => {
  /** Sends operations to a server that takes so many bytes and operations, and gives the bytes of each request. */
  const sizes = async (
    operations: readonly BulkRequestOperation[],
    bulk: { maxPayloadSize: number; maxOperations?: number },
  ) => {
    const fetch = scriptedFetch(
      json(200, { bulk: { supported: true, maxOperations: 100, ...bulk } }),
      async (request) => {
        const { Operations } = (await request.json()) as { Operations: BulkRequestOperation[] } // a BulkRequest
        const lines = Operations.map(({ method, bulkId }) => ({
          method,
          bulkId,
          status: '201',
          location: `/Users/${bulkId}`,
        }))
        return json(200, { Operations: lines })
      },
    )
    const scim = createScimClient({ baseUrl: 'https://scim.test', resources, fetch })
    const { done, failed } = await scim.bulk(operations)
    const [, ...sent] = fetch.requests
    return { bytes: sent.map(({ text }) => Buffer.byteLength(text)), done: done.length, failed: failed.length }
  }
  const post = (at: number, title: string): BulkRequestOperation => ({
    method: 'POST',
    path: '/Users',
    bulkId: `b${at}`,
    data: { ...user(`${at}`), title },
  })

  test.each([
    ['ASCII', 'x'],
    ['two bytes', 'é'],
    ['three bytes', '中'],
    ['four bytes', '😀'],
    ['escapes of JSON', '\u0001'],
    ['lone surrogates', '\ud800'],
  ])('is counted in bytes, with text of %s', async (_, unit) => {
    const operations = Array.from({ length: 24 }, (_, at) => post(at, unit.repeat(30 + 7 * at)))
    const whole = Buffer.byteLength(JSON.stringify(operations))
    for (const maxPayloadSize of [2_000, 2_500, 3_333]) {
      const { bytes, done, failed } = await sizes(operations, { maxPayloadSize })
      expect({ done, failed }).toEqual({ done: 24, failed: 0 })
      expect(Math.max(...bytes)).toBeLessThanOrEqual(maxPayloadSize)
      // Nor are there many more requests than the bytes need: each leaves out less than its largest operation.
      expect(bytes.length).toBeLessThanOrEqual(Math.ceil(whole / (maxPayloadSize - 1_400)))
    }
  })

  test('decides at its edge whether an operation can be sent at all', async () => {
    const operation = post(0, '中'.repeat(400))
    const bytes = Buffer.byteLength(JSON.stringify(operation))
    expect(await sizes([operation], { maxPayloadSize: bytes + 1_000 })).toMatchObject({ done: 1, failed: 0 })
    expect(await sizes([operation], { maxPayloadSize: bytes })).toMatchObject({ bytes: [], done: 0, failed: 1 })
  })

  test('is bound by the number of operations, too', async () => {
    const operations = Array.from({ length: 7 }, (_, at) => post(at, 'x'))
    for (const [maxOperations, want] of [
      [7, 1],
      [6, 2],
      [3, 3],
      [1, 7],
    ] as const) {
      expect((await sizes(operations, { maxPayloadSize: 100_000, maxOperations })).bytes).toHaveLength(want)
    }
  })

  test('is the usual one where the server names none that can be', async () => {
    const operations = Array.from({ length: 3 }, (_, at) => post(at, 'x'))
    for (const bulk of [
      { maxPayloadSize: 0, maxOperations: 0 },
      { maxPayloadSize: -1, maxOperations: -1 },
      { maxPayloadSize: null as never, maxOperations: null as never },
      { maxPayloadSize: '100000' as never, maxOperations: '3' as never },
    ]) {
      expect((await sizes(operations, bulk)).bytes).toHaveLength(1)
    }
    expect((await sizes(operations, { maxPayloadSize: 100_000, maxOperations: '2' as never })).bytes).toHaveLength(2)
  })
})
