import type { Server } from 'node:http'
import { groupResource, userResource } from '@scimkit/core/schema'
import express from 'express'
import SCIMMY from 'scimmy'
import SCIMMYRouters from 'scimmy-routers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bearer, createScimClient, ScimPagingError, ScimResponseError } from '../src/index.js'
import { collect, failure } from './scripted-fetch.js'
import { serve } from './serve.js'

type StoredUser = InstanceType<typeof SCIMMY.Schemas.User>

const servers: Server[] = []
let baseUrl: string
let pageless: string

beforeAll(async () => {
  declareUsers()
  const app = express()
  // scimmy-routers makes numbers of startIndex and count in the query, which Express 5 parses anew at each look.
  app.set('query parser', (text: string) => {
    const number = ([name, value]: [string, string]) => [name, /^\d+$/.test(value) ? Number(value) : value]
    return Object.fromEntries([...new URLSearchParams(text)].map(number))
  })
  baseUrl = await mount(app)
  pageless = await mount(express())
})

afterAll(() => Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve)))))

function declareUsers(): void {
  const users = new Map<string, StoredUser>()
  const find = (id: string): StoredUser => {
    const user = users.get(id)
    if (!user) throw new SCIMMY.Types.Error(404, '', 'no such user')
    return user
  }
  let last = 0
  SCIMMY.Resources.declare(SCIMMY.Resources.User)
    .ingress((resource, data) => {
      const id = resource.id === undefined ? String(++last) : String(find(resource.id).id)
      const user = { ...JSON.parse(JSON.stringify(data)), id } as StoredUser // a copy of one
      users.set(id, user)
      return user
    })
    .egress((resource) => {
      if (resource.id !== undefined) return find(resource.id)
      return resource.filter ? resource.filter.match([...users.values()]) : [...users.values()]
    })
    .degress((resource) => void users.delete(String(find(resource.id ?? '').id)))
}

async function mount(app: express.Express): Promise<string> {
  const handler = (request: { header(name: string): string | undefined }) => {
    if (request.header('authorization') !== 'Bearer scimmy-token') throw new Error('no token')
    return '1'
  }
  app.use('/scim', new SCIMMYRouters({ type: 'bearer', handler }))
  const { server, origin } = await serve(app)
  servers.push(server)
  return `${origin}/scim`
}

const connect = (token = 'scimmy-token', address = baseUrl) => {
  return createScimClient({
    baseUrl: address,
    resources: { users: userResource, groups: groupResource },
    authenticate: bearer(token),
    retries: 0,
  })
}

test('creates, reads, replaces, changes, lists and deletes users of scimmy-routers', async () => {
  const scim = connect()
  const ada = await scim.users.create({
    userName: 'ada',
    displayName: 'Ada',
    emails: [{ value: 'ada@example.com', type: 'work' }],
  })
  expect((await scim.users.get(ada.id)).userName).toBe('ada')
  await scim.users.patch(ada.id, (p) =>
    p.replace('displayName', 'Ada King').replace('emails[type eq "work"].value', 'king@example.com'),
  )
  const changed = await scim.users.get(ada.id)
  expect(changed.displayName).toBe('Ada King')
  expect(changed.emails?.[0]?.value).toBe('king@example.com')
  await scim.users.replace(ada.id, { userName: 'ada', active: false })
  expect((await scim.users.get(ada.id)).active).toBe(false)
  for (let at = 0; at < 25; at++) await scim.users.create({ userName: `user${at}` })
  for (const list of [scim.users.list(), scim.users.search({ count: 10 })]) {
    expect(new Set((await collect(list)).map(({ userName }) => userName)).size).toBe(26)
  }
  expect(await collect(scim.users.list({ filter: (f) => f.eq('userName', 'user7') }))).toHaveLength(1)
  await scim.users.delete(ada.id)
  expect(await failure(scim.users.get(ada.id))).toMatchObject({ status: 404 })
})

test('reads its errors and its discovery documents', async () => {
  const error = await failure(connect('other').users.get('1'))
  expect(error).toBeInstanceOf(ScimResponseError)
  expect(error).toMatchObject({ status: 401 })
  const { serviceProviderConfig, findings } = await connect().discover()
  expect(serviceProviderConfig?.patch.supported).toBe(true)
  expect(findings.map(({ path }) => path)).toContain('Group') // only users were declared
})

test('reports that a server which knows no startIndex gives the first page again and again', async () => {
  const scim = connect('scimmy-token', pageless)
  for (let at = 0; at < 25; at++) await scim.users.create({ userName: `more${at}` })
  const error = await failure(collect(scim.users.list({ count: 10 })))
  expect(error).toBeInstanceOf(ScimPagingError)
})
