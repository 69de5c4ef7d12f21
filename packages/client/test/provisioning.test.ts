import { groupResource, ScimError, urns } from '@scimkit/core/schema'
import { f } from '@scimkit/filter-parser'
import { toNodeListener } from '@scimkit/server-kit/node'
import { afterAll, describe, expect, test } from 'vitest'
import { basic, bearer, createScimClient, patch, ScimResponseError } from '../src/index.js'
import { createProvider, enterpriseUsers, token } from './provider.js'
import { collect, failure } from './scripted-fetch.js'
import { serve } from './serve.js'

const closing: (() => void)[] = []
afterAll(() => {
  for (const close of closing) close()
})

const ways = {
  'in the same process': async () => {
    const { handler, baseUrl } = createProvider()
    return { baseUrl, fetch: handler.fetch }
  },
  'over HTTP': async () => {
    const { server, origin } = await serve(toNodeListener(createProvider().handler))
    closing.push(() => server.close())
    return { baseUrl: `${origin}/scim/v2` }
  },
}

describe.each(Object.entries(ways))('a provider %s', (_name, start) => {
  const connect = async () =>
    createScimClient({
      ...(await start()),
      authenticate: bearer(token),
      resources: { users: enterpriseUsers, groups: groupResource },
    })

  test('is driven from onboarding to offboarding', async () => {
    const scim = await connect()
    const ada = await scim.users.create({
      userName: 'ada',
      externalId: 'e-1',
      name: { familyName: 'Lovelace', givenName: 'Ada' },
      emails: [
        { value: 'ada@work.test', type: 'work' },
        { value: 'ada@home.test', type: 'home' },
      ],
      [urns.enterpriseUser]: { department: 'Engines' },
    })
    expect(ada.schemas).toContain(urns.enterpriseUser)
    expect(await scim.users.get(ada.id)).toEqual(ada)

    const married = await scim.users.patch(ada.id, (p) =>
      p
        .replace('name.familyName', 'King')
        .remove('emails[type eq "home"]')
        .add('phoneNumbers', { value: '+44 1', type: 'work' })
        .replace(`${urns.enterpriseUser}:department`, 'Analysis'),
    )
    expect(married).toMatchObject({ name: { familyName: 'King' }, emails: [{ type: 'work' }] })
    expect(married?.[urns.enterpriseUser]).toEqual({ department: 'Analysis' })

    const group = await scim.groups.create({ displayName: 'Sales' })
    await scim.groups.patch(group.id, (p) => p.addMember(ada.id).replace('displayName', 'Sales EU'))
    expect(await scim.groups.get(group.id)).toMatchObject({ displayName: 'Sales EU', members: [{ value: ada.id }] })
    await scim.groups.patch(group.id, patch(groupResource).removeMember(ada.id))
    expect((await scim.groups.get(group.id)).members ?? []).toEqual([])

    const replaced = await scim.users.replace(ada.id, { userName: 'ada', active: false })
    expect(replaced.active).toBe(false)
    expect(replaced.emails).toBeUndefined()
    await scim.users.delete(ada.id)
    expect(await failure(scim.users.get(ada.id))).toMatchObject({ status: 404 })
  })

  test('lists with filters in every form, all pages, each resource once', async () => {
    const scim = await connect()
    await Promise.all(
      Array.from({ length: 120 }, (_, n) => scim.users.create({ userName: `user${n}`, active: n % 2 === 0 })),
    )
    expect(new Set((await collect(scim.users.list())).map(({ id }) => id)).size).toBe(120)
    expect(await collect(scim.users.list({ count: 7, filter: (b) => b.eq('active', true) }))).toHaveLength(60)
    expect(await collect(scim.users.search({ count: 50, filter: f.eq('active', true) }))).toHaveLength(60)
    expect(await collect(scim.users.list({ filter: 'userName sw "user11"' }))).toHaveLength(11)
    const sorted = await scim.users.page({ sortBy: 'userName', sortOrder: 'descending', count: 2, startIndex: 2 })
    expect(sorted).toMatchObject({ totalResults: 120, startIndex: 2 })
    expect(sorted.resources.map(({ userName }) => userName)).toEqual(['user98', 'user97'])
  })

  test('returns the parts that were asked for', async () => {
    const scim = await connect()
    const { id } = await scim.users.create({
      userName: 'ada',
      title: 'Countess',
      emails: [{ value: 'a@b.test', type: 'work' }],
    })
    const attributes = ['userName', 'emails.value'] as const
    const narrow = await scim.users.get(id, { attributes })
    expect(narrow).toEqual({ id, schemas: narrow.schemas, userName: 'ada', emails: [{ value: 'a@b.test' }] })
    expect(await scim.users.get(id, { excludedAttributes: ['title', 'emails'] })).not.toHaveProperty('title')
    const patched = await scim.users.patch(id, (p) => p.replace('title', 'Lady'), { attributes: ['title'] })
    expect(patched).toEqual({ id, schemas: patched.schemas, title: 'Lady' })
  })

  test('says no in errors of the protocol', async () => {
    const scim = await connect()
    const ada = await scim.users.create({ userName: 'ada' })
    const taken = await failure(scim.users.create({ userName: 'ADA' }))
    expect(ScimError.is(taken, 'uniqueness')).toBe(true)
    expect(taken).toBeInstanceOf(ScimResponseError)
    expect(await failure(collect(scim.users.list({ filter: 'userName eq' })))).toMatchObject({
      scimType: 'invalidFilter',
    })
    await scim.users.patch(ada.id, (p) => p.replace('title', 'x'))
    const stale = await failure(scim.users.replace(ada.id, { userName: 'ada' }, { ifMatch: ada.meta?.version ?? '' }))
    expect(stale).toMatchObject({ status: 412 })
  })

  test('takes forty members from forty callers at once', async () => {
    const scim = await connect()
    const group = await scim.groups.create({ displayName: 'All' })
    const users = await Promise.all(Array.from({ length: 40 }, (_, n) => scim.users.create({ userName: `u${n}` })))
    await Promise.all(users.map(({ id }) => scim.groups.patch(group.id, (p) => p.addMember(id))))
    const { members = [] } = await scim.groups.get(group.id)
    expect(new Set(members.map(({ value }) => value))).toEqual(new Set(users.map(({ id }) => id)))
  })

  test('says what it can', async () => {
    const { serviceProviderConfig, resourceTypes, schemas } = await (await connect()).discover()
    expect(serviceProviderConfig?.patch.supported).toBe(true)
    expect(resourceTypes?.map(({ name }) => name)).toEqual(['User', 'Group'])
    expect(schemas?.map(({ id }) => id)).toContain(urns.enterpriseUser)
  })

  test('refuses wrong credentials with a 401 that is not repeated', async () => {
    const options = await start()
    for (const authenticate of [bearer('some-other-token-of-no-use'), basic('ada', 'pässword'), undefined]) {
      const scim = createScimClient({ ...options, authenticate, resources: { users: enterpriseUsers } })
      expect(await failure(scim.users.get('1'))).toMatchObject({ status: 401 })
    }
  })

  test('may be validated strictly', async () => {
    const options = { ...(await start()), authenticate: bearer(token), validate: 'strict' as const }
    const scim = createScimClient({ ...options, resources: { users: enterpriseUsers } })
    const ada = await scim.users.create({ userName: 'ada' })
    expect(await scim.users.get(ada.id)).toEqual(ada)
  })
})
