import {
  enterpriseUser,
  type Group,
  groupResource,
  type PatchOperation,
  type ResourceDefinition,
  type User,
  userResource,
} from '@scimkit/core/schema'
import { type Filter, f, filterFor } from '@scimkit/filter-parser'
import { describe, expectTypeOf, it } from 'vitest'
import {
  type Authenticate,
  type BulkResult,
  basic,
  bearer,
  createScimClient,
  type Page,
  type Patch,
  patch,
  patchFrom,
  type RequestOptions,
  ScimPagingError,
  ScimResponseError,
  ScimTransportError,
} from '../src/index.js'
import { acmeUser } from './acme-user.js'

const users = userResource.extend(enterpriseUser).extend(acmeUser)
declare const untyped: ResourceDefinition
const scim = createScimClient({
  baseUrl: 'https://scim.test/v2',
  authenticate: bearer('token'),
  resources: { users, groups: groupResource, plain: userResource, devices: untyped },
})
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const acme = 'urn:acme:scim:2.0:User'
const id = '1'
declare const signal: AbortSignal

describe('createScimClient compiles', () => {
  it('with each option', () => {
    const baseUrl = 'https://scim.test'
    const resources = { users: userResource }
    createScimClient({ baseUrl, resources })
    createScimClient({ baseUrl, resources, authenticate: bearer(() => 'token') })
    createScimClient({ baseUrl, resources, authenticate: bearer(async () => 'token') })
    createScimClient({ baseUrl, resources, authenticate: basic('user', 'password') })
    createScimClient({ baseUrl, resources, authenticate: () => 'Bearer token' })
    createScimClient({ baseUrl, resources, authenticate: async (rejected) => rejected ?? 'Bearer token' })
    createScimClient({ baseUrl, resources, fetch })
    createScimClient({ baseUrl, resources, fetch: (request) => fetch(request, { keepalive: true }) })
    createScimClient({ baseUrl, resources, fetch: async (request: Request) => new Response(request.body) })
    createScimClient({ baseUrl, resources, validate: 'strict' })
    createScimClient({ baseUrl, resources, timeout: 1000, budget: 5000, retries: 0, concurrency: 2 })
    createScimClient({ baseUrl, resources, maxBodyBytes: 1024, allowInsecure: true })
    createScimClient({ baseUrl, resources, onRequest: ({ request }) => request.method.at(0) })
    createScimClient({ baseUrl, resources, onResponse: ({ status, duration }) => status + duration })
    createScimClient({ baseUrl, resources, onRetry: ({ attempts, delay, error }) => [attempts, delay, error] })
    createScimClient({ baseUrl, resources, onRateLimit: ({ delay }) => delay })
    createScimClient({ baseUrl, resources, onPagingFault: ({ reason }) => reason })
    createScimClient({ baseUrl, resources, onInvalidResource: ({ error }) => error.detail })
    createScimClient({ baseUrl, resources: {} })
    expectTypeOf(bearer('x')).toEqualTypeOf<Authenticate>()
  })
  it('not with what is not an option', () => {
    const baseUrl = 'https://scim.test'
    const resources = { users: userResource }
    // @ts-expect-error baseUrl is missing
    createScimClient({ resources })
    // @ts-expect-error resources are missing
    createScimClient({ baseUrl })
    // @ts-expect-error a URL object is not text
    createScimClient({ baseUrl: new URL(baseUrl), resources })
    // @ts-expect-error a token alone is not an authentication
    createScimClient({ baseUrl, resources, authenticate: 'token' })
    // @ts-expect-error a resource is a definition
    createScimClient({ baseUrl, resources: { users: '/Users' } })
    // @ts-expect-error milliseconds are a number
    createScimClient({ baseUrl, resources, timeout: '30s' })
    // @ts-expect-error unknown mode
    createScimClient({ baseUrl, resources, validate: 'always' })
    // @ts-expect-error misspelt option
    createScimClient({ baseUrl, resources, retrys: 3 })
    // @ts-expect-error a token is text
    bearer(42)
    // @ts-expect-error a password is needed
    basic('user')
  })
})

describe('create', () => {
  it('compiles with what may be written', () => {
    expectTypeOf(scim.plain.create({ userName: 'ada' })).resolves.toEqualTypeOf<User>()
    scim.users.create({ userName: 'ada', password: 'x' })
    scim.users.create({ userName: 'ada', name: { familyName: 'King' } })
    scim.users.create({ userName: 'ada', name: null, title: null, emails: null })
    scim.users.create({ userName: 'ada', emails: [{ value: 'a@b.test', type: 'work', primary: true }] })
    scim.users.create({ userName: 'ada', emails: [{ value: 'a@b.test', type: 'a type of our own' }] })
    scim.users.create({ userName: 'ada', externalId: 'e1', active: true, schemas: [acme] })
    scim.users.create({ userName: 'ada', [enterprise]: { department: 'R&D', manager: { value: '2' } } })
    scim.users.create({ userName: 'ada', [acmeUser.urn]: { badgeNumber: 42 } })
    scim.users.create({ userName: 'ada', [acme]: { desk: { floor: 1 }, badges: [{ value: 'x', type: 'door' }] } })
    scim.groups.create({ displayName: 'Sales', members: [{ value: '1', type: 'User' }] })
    scim.devices.create({ anything: { goes: true } })
    scim.users.create({ userName: 'ada' }, { signal, timeout: 1, budget: 2, headers: { 'x-tenant': 'a' } })
  })
  it('does not compile with anything else', () => {
    // @ts-expect-error userName is required
    scim.users.create({})
    // @ts-expect-error the server gives the id
    scim.users.create({ userName: 'ada', id: '1' })
    // @ts-expect-error meta is readOnly
    scim.users.create({ userName: 'ada', meta: {} })
    // @ts-expect-error groups are readOnly
    scim.users.create({ userName: 'ada', groups: [] })
    // @ts-expect-error misspelt attribute
    scim.users.create({ userName: 'ada', nickname: 'x' })
    // @ts-expect-error a boolean
    scim.users.create({ userName: 'ada', active: 'true' })
    // @ts-expect-error a list
    scim.users.create({ userName: 'ada', emails: { value: 'a@b.test' } })
    // @ts-expect-error misspelt sub-attribute
    scim.users.create({ userName: 'ada', name: { lastName: 'King' } })
    // @ts-expect-error unknown attribute of an extension
    scim.users.create({ userName: 'ada', [acme]: { badge: 42 } })
    // @ts-expect-error wrong type in an extension
    scim.users.create({ userName: 'ada', [acme]: { badgeNumber: '42' } })
    // @ts-expect-error readOnly in an extension
    scim.users.create({ userName: 'ada', [acme]: { seat: 'A1' } })
    // @ts-expect-error plain users have no such extension
    scim.plain.create({ userName: 'ada', [acme]: { badgeNumber: 42 } })
    // @ts-expect-error a group has a displayName
    scim.groups.create({ members: [] })
    // @ts-expect-error the name is required text
    scim.users.create({ userName: null })
    // @ts-expect-error a resource is needed
    scim.users.create()
  })
})

describe('get and replace', () => {
  it('compile', () => {
    expectTypeOf(scim.plain.get(id)).resolves.toEqualTypeOf<User>()
    expectTypeOf(scim.groups.get(id)).resolves.toEqualTypeOf<Group>()
    expectTypeOf(scim.users.get(id)).resolves.toHaveProperty(acme)
    expectTypeOf(scim.users.replace(id, { userName: 'ada' })).resolves.toHaveProperty('userName')
    scim.users.replace(id, { userName: 'ada' }, { ifMatch: '"1"' })
    scim.users.replace(id, { userName: 'ada' }, { ifMatch: false })
    scim.users.delete(id, { signal })
    expectTypeOf(scim.users.delete(id)).resolves.toEqualTypeOf<void>()
    expectTypeOf(scim.devices.get(id)).resolves.toHaveProperty('id').toEqualTypeOf<string>()
    scim.users.get(id).then((user) => user[acme]?.badgeNumber?.toFixed())
    scim.users.get(id).then((user) => user[enterprise]?.manager?.displayName?.trim())
    scim.users.get(id).then((user) => user.emails?.map(({ value }) => value))
  })
  it('do not compile with anything else', () => {
    // @ts-expect-error an id is text
    scim.users.get(1)
    // @ts-expect-error an id is needed
    scim.users.get()
    // @ts-expect-error no such resource
    scim.people.get(id)
    // @ts-expect-error a PUT needs what is required
    scim.users.replace(id, { title: 'x' })
    // @ts-expect-error a password is never returned
    scim.users.get(id).then((user) => user.password)
    // @ts-expect-error an id cannot be assigned
    scim.users.get(id).then((user) => (user.id = '2'))
    // @ts-expect-error true is not an entity tag
    scim.users.delete(id, { ifMatch: true })
    // @ts-expect-error a deletion returns nothing, so nothing can be chosen
    scim.users.delete(id, { attributes: ['userName'] })
    // @ts-expect-error plain users have no such extension
    scim.plain.get(id).then((user) => user[acme])
    // @ts-expect-error no method that is not there
    scim.users.upsert(id)
    // @ts-expect-error no method of bulk requests
    void scim.bulk([{ method: 'GET', path: '/Users/1' }])
    // @ts-expect-error a path is needed
    void scim.bulk([{ method: 'DELETE' }])
  })
})

describe('attributes', () => {
  it('narrow the result', () => {
    type Email = { value?: string | undefined }
    expectTypeOf(scim.plain.get(id, { attributes: ['userName', 'emails.value'] })).resolves.toEqualTypeOf<{
      schemas: string[]
      readonly id: string
      userName: string
      emails?: Email[] | undefined
    }>()
    expectTypeOf(scim.plain.get(id, { attributes: ['name.familyName', 'active'] })).resolves.toEqualTypeOf<{
      schemas: string[]
      readonly id: string
      name?: { familyName?: string | undefined } | undefined
      active?: boolean | undefined
    }>()
    expectTypeOf(scim.users.get(id, { attributes: [`${acme}:badgeNumber`] })).resolves.toEqualTypeOf<{
      schemas: string[]
      readonly id: string
      'urn:acme:scim:2.0:User'?: { badgeNumber?: number | undefined } | undefined
    }>()
    expectTypeOf(scim.users.get(id, { attributes: [`${acme}:desk.floor`] })).resolves.toEqualTypeOf<{
      schemas: string[]
      readonly id: string
      'urn:acme:scim:2.0:User'?: { desk?: { floor?: number | undefined } | undefined } | undefined
    }>()
    expectTypeOf(scim.users.get(id, { attributes: [acme] })).resolves.toHaveProperty(acme)
    expectTypeOf(scim.plain.get(id, { attributes: ['emails'] }))
      .resolves.toHaveProperty('emails')
      .toEqualTypeOf<User['emails']>()
    expectTypeOf(scim.plain.get(id, { attributes: ['id'] })).resolves.toEqualTypeOf<{
      schemas: string[]
      readonly id: string
    }>()
    expectTypeOf(scim.plain.get(id, { attributes: ['meta.version'] })).resolves.toHaveProperty('meta')
    expectTypeOf(scim.plain.get(id, {})).resolves.toEqualTypeOf<User>()
    expectTypeOf(scim.plain.create({ userName: 'a' }, { attributes: ['userName'] })).resolves.toHaveProperty('userName')
    expectTypeOf(scim.plain.replace(id, { userName: 'a' }, { attributes: ['title'] })).resolves.not.toHaveProperty(
      'userName',
    )
    const chosen = ['userName', 'title'] as const
    expectTypeOf(scim.plain.get(id, { attributes: chosen })).resolves.toHaveProperty('title')
    expectTypeOf(scim.plain.get(id, { excludedAttributes: ['emails'] })).resolves.toEqualTypeOf<Omit<User, 'emails'>>()
    expectTypeOf(scim.plain.get(id, { excludedAttributes: ['emails.display'] })).resolves.toHaveProperty('emails')
    expectTypeOf(scim.plain.get(id, { excludedAttributes: ['id', 'schemas'] })).resolves.toHaveProperty('id')
    expectTypeOf(scim.groups.get(id, { excludedAttributes: ['members'] })).resolves.toEqualTypeOf<
      Omit<Group, 'members'>
    >()
    expectTypeOf(scim.groups.page({ attributes: ['displayName'] })).resolves.toEqualTypeOf<
      Page<{ schemas: string[]; readonly id: string; displayName: string }>
    >()
    expectTypeOf(scim.devices.get(id, { attributes: ['anything'] })).resolves.toHaveProperty('id')
  })
  it('are paths of the definition', () => {
    // @ts-expect-error misspelt path
    scim.users.get(id, { attributes: ['username'] })
    // @ts-expect-error misspelt sub-attribute
    scim.users.get(id, { attributes: ['emails.valeu'] })
    // @ts-expect-error plain users have no such extension
    scim.plain.get(id, { attributes: [acme] })
    // @ts-expect-error not chosen
    scim.users.get(id, { attributes: ['userName'] }).then((user) => user.title)
    // @ts-expect-error not chosen in the element
    scim.users.get(id, { attributes: ['emails.value'] }).then((user) => user.emails?.[0]?.type)
    // @ts-expect-error not chosen in the extension
    scim.users.get(id, { attributes: [`${acme}:hired`] }).then((user) => user[acme]?.badgeNumber)
    // @ts-expect-error excluded
    scim.groups.get(id, { excludedAttributes: ['members'] }).then((group) => group.members)
    // @ts-expect-error excluded in the element
    scim.plain.get(id, { excludedAttributes: ['emails.type'] }).then((user) => user.emails?.[0]?.type)
    // @ts-expect-error a password is never returned
    scim.users.get(id, { attributes: ['password'] })
    // @ts-expect-error a list of paths
    scim.users.get(id, { attributes: 'userName' })
  })
})

describe('patch', () => {
  it('compiles with paths and values of the definition', () => {
    expectTypeOf(scim.plain.patch(id, (p) => p.replace('active', false))).resolves.toEqualTypeOf<User | undefined>()
    expectTypeOf(
      scim.plain.patch(id, (p) => p.replace('active', false), { attributes: ['active'] }),
    ).resolves.toEqualTypeOf<{ schemas: string[]; readonly id: string; active?: boolean | undefined }>()
    scim.users.patch(id, (p) => p.replace('name.familyName', 'King').remove('emails[type eq "home"]'))
    scim.users.patch(id, (p) => p.replace('emails[type eq "work"].value', 'a@b.test'))
    scim.users.patch(id, (p) => p.replace('emails[type eq "work"]', { value: 'a@b.test' }))
    scim.users.patch(id, (p) => p.replace('emails[type eq "work"].primary', true))
    scim.users.patch(id, (p) => p.add('emails', { value: 'a@b.test' }))
    scim.users.patch(id, (p) => p.add('emails', [{ value: 'a@b.test' }, { value: 'c@d.test', type: 'other' }]))
    scim.users.patch(id, (p) => p.replace('name', { givenName: 'Ada' }))
    scim.users.patch(id, (p) => p.replace('title', null))
    scim.users.patch(id, (p) => p.replace('password', 'x'))
    scim.users.patch(id, (p) => p.replace('externalId', 'e2'))
    scim.users.patch(id, (p) => p.remove('title').remove('phoneNumbers'))
    scim.users.patch(id, (p) => p.replace(`${enterprise}:department`, 'R&D'))
    scim.users.patch(id, (p) => p.replace(`${enterprise}:manager`, { value: '2' }))
    scim.users.patch(id, (p) => p.replace(`${enterprise}:manager.value`, '2'))
    scim.users.patch(id, (p) => p.replace(enterprise, { department: 'R&D' }))
    scim.users.patch(id, (p) => p.replace(`${acme}:badgeNumber`, 42))
    scim.users.patch(id, (p) => p.replace(`${acme}:desk.floor`, 3).remove(`${acme}:desk.room`))
    scim.users.patch(id, (p) => p.replace(`${acme}:badges[type eq "door"].value`, 'x'))
    scim.users.patch(id, (p) => p.remove(acme))
    scim.groups.patch(id, (p) => p.addMember('1').removeMember('2', '3').replace('displayName', 'Sales EU'))
    scim.groups.patch(id, (p) => p.add('members', [{ value: '1' }]).remove('members[value eq "2"]'))
    scim.groups.patch(id, (p) => p.replace('members', []))
    scim.users.patch(id, patch(userResource).replace('title', 'x'))
    scim.users.patch(id, patch().replace('anything', { goes: true }))
    scim.users.patch(id, patchFrom({ userName: 'ada' }, { userName: 'ada', title: 'x' }, users))
    scim.users.patch(id, [{ op: 'replace', path: 'title', value: 'x' }])
    scim.devices.patch(id, (p) => p.replace('anything', 1).addMember('1'))
    const operations: readonly PatchOperation[] = patch(users).replace(`${acme}:badgeNumber`, 1).operations
    scim.users.patch(id, operations)
    expectTypeOf(patch(groupResource).addMember('1')).toExtend<Patch>()
    scim.users.patch(id, (p) => (signal.aborted ? p.remove('title') : p.replace('title', 'x')))
  })
  it('does not compile with a path that is not there or not written', () => {
    // @ts-expect-error misspelt path
    scim.users.patch(id, (p) => p.replace('name.lastName', 'King'))
    // @ts-expect-error the server gives the id
    scim.users.patch(id, (p) => p.replace('id', '2'))
    // @ts-expect-error readOnly
    scim.users.patch(id, (p) => p.replace('meta.version', 'x'))
    // @ts-expect-error readOnly
    scim.users.patch(id, (p) => p.add('groups', []))
    // @ts-expect-error readOnly
    scim.users.patch(id, (p) => p.remove('groups'))
    // @ts-expect-error readOnly sub-attribute
    scim.users.patch(id, (p) => p.replace(`${enterprise}:manager.displayName`, 'x'))
    // @ts-expect-error readOnly attribute of an extension
    scim.users.patch(id, (p) => p.replace(`${acme}:seat`, 'A1'))
    // @ts-expect-error unknown attribute of an extension
    scim.users.patch(id, (p) => p.replace(`${acme}:badge`, 1))
    // @ts-expect-error plain users have no such extension
    scim.plain.patch(id, (p) => p.replace(`${acme}:badgeNumber`, 1))
    // @ts-expect-error a value path on an unknown attribute
    scim.users.patch(id, (p) => p.remove('mails[type eq "work"]'))
    // @ts-expect-error a value path on a singular attribute
    scim.users.patch(id, (p) => p.remove('name[givenName eq "Ada"]'))
    // @ts-expect-error unknown sub-attribute behind the brackets
    scim.users.patch(id, (p) => p.replace('emails[type eq "work"].valeu', 'x'))
    // @ts-expect-error a user has no members
    scim.users.patch(id, (p) => p.addMember('1'))
    // @ts-expect-error a user has no members
    scim.users.patch(id, (p) => p.add('members', []))
    // @ts-expect-error misspelt in a builder that stands alone
    patch(userResource).replace('nickname', 'x')
  })
  it('does not compile with a value of the wrong type', () => {
    // @ts-expect-error a boolean
    scim.users.patch(id, (p) => p.replace('active', 'false'))
    // @ts-expect-error text
    scim.users.patch(id, (p) => p.replace('title', 5))
    // @ts-expect-error text
    scim.users.patch(id, (p) => p.replace('emails[type eq "work"].value', 5))
    // @ts-expect-error a boolean
    scim.users.patch(id, (p) => p.replace('emails[type eq "work"].primary', 'true'))
    // @ts-expect-error misspelt sub-attribute of an element
    scim.users.patch(id, (p) => p.add('emails', { valeu: 'x' }))
    // @ts-expect-error a complex value
    scim.users.patch(id, (p) => p.replace('name', 'Ada'))
    // @ts-expect-error a number
    scim.users.patch(id, (p) => p.replace(`${acme}:badgeNumber`, '42'))
    // @ts-expect-error a value is needed
    scim.users.patch(id, (p) => p.replace('title'))
    // @ts-expect-error adding nothing changes nothing
    scim.users.patch(id, (p) => p.add('title', null))
    // @ts-expect-error remove takes no value
    scim.users.patch(id, (p) => p.remove('title', 'x'))
    // @ts-expect-error an id is text
    scim.groups.patch(id, (p) => p.addMember(1))
    // @ts-expect-error at least one member
    scim.groups.patch(id, (p) => p.addMember())
    // @ts-expect-error the function gives the patch
    scim.users.patch(id, (p) => void p.remove('title'))
    // @ts-expect-error no operation
    scim.users.patch(id, [{ op: 'set', path: 'title' }])
    // @ts-expect-error a partial resource is not a patch
    scim.users.patch(id, { title: 'x' })
  })
})

describe('list, search and page', () => {
  it('compile', () => {
    expectTypeOf(scim.plain.list()).toEqualTypeOf<AsyncIterable<User>>()
    expectTypeOf(scim.groups.search()).toEqualTypeOf<AsyncIterable<Group>>()
    expectTypeOf(scim.plain.page()).resolves.toEqualTypeOf<Page<User>>()
    scim.users.list({ filter: 'userName sw "a"' })
    scim.users.list({ filter: f.eq('anything', 1) })
    scim.users.list({ filter: filterFor(users).eq(`${acme}:badgeNumber`, 42) })
    scim.users.list({ filter: (b) => b.eq('active', true) })
    scim.users.list({ filter: (b) => b.and(b.eq('active', true), b.pr('emails')) })
    scim.users.list({ filter: (b) => b.or(b.sw('userName', 'a'), b.not(b.pr('title'))) })
    scim.users.list({ filter: (b) => b.where('emails', (email) => email.eq('type', 'work')) })
    scim.users.list({ filter: (b) => b.where(`${acme}:badges`, (badge) => badge.pr('value')) })
    scim.users.list({ filter: (b) => b.gt(`${acme}:badgeNumber`, 41) })
    scim.users.list({ filter: (b) => b.gt('meta.lastModified', '2026-01-01T00:00:00Z') })
    scim.users.list({ filter: (b) => b.eq(`${enterprise}:manager.value`, '2') })
    scim.users.list({ sortBy: 'name.familyName', sortOrder: 'descending', count: 50 })
    scim.users.list({ sortBy: `${acme}:badgeNumber`, signal, timeout: 1 })
    scim.users.page({ startIndex: 101, count: 100 })
    scim.users.page({ cursor: '' })
    scim.users.search({ filter: (b) => b.eq('emails.value', 'a@b.test'), attributes: ['userName'] })
    scim.devices.list({ filter: (b) => b.eq('anything', 1), sortBy: 'anything' })
    expectTypeOf(scim.plain.list({ attributes: ['userName'] })).toEqualTypeOf<
      AsyncIterable<{ schemas: string[]; readonly id: string; userName: string }>
    >()
    expectTypeOf(filterFor(userResource).pr('title')).toEqualTypeOf<Filter>()
    scim.users.page().then(({ resources, totalResults, nextCursor }) => [resources.length, totalResults, nextCursor])
  })
  it('do not compile with anything else', () => {
    // @ts-expect-error misspelt path
    scim.users.list({ filter: (b) => b.eq('username', 'ada') })
    // @ts-expect-error a boolean
    scim.users.list({ filter: (b) => b.eq('active', 'true') })
    // @ts-expect-error a complex attribute can only be asked for presence
    scim.users.list({ filter: (b) => b.eq('name', 'Ada') })
    // @ts-expect-error a boolean has no order
    scim.users.list({ filter: (b) => b.gt('active', true) })
    // @ts-expect-error no sub-attribute of an e-mail
    scim.users.list({ filter: (b) => b.where('emails', (email) => email.eq('kind', 'work')) })
    // @ts-expect-error a singular attribute has no elements
    scim.users.list({ filter: (b) => b.where('title', (title) => title.pr('value')) })
    // @ts-expect-error unknown attribute of an extension
    scim.users.list({ filter: (b) => b.eq(`${acme}:badge`, 1) })
    // @ts-expect-error the function gives the filter
    scim.users.list({ filter: () => undefined })
    // @ts-expect-error misspelt path
    scim.users.list({ sortBy: 'username' })
    // @ts-expect-error unknown order
    scim.users.list({ sortOrder: 'up' })
    // @ts-expect-error a number
    scim.users.list({ count: '50' })
    // @ts-expect-error a listing finds its pages by itself
    scim.users.list({ startIndex: 5 })
    // @ts-expect-error not chosen
    scim.users.page({ attributes: ['userName'] }).then(({ resources }) => resources[0]?.title)
    // @ts-expect-error a page is not a list of resources
    scim.users.page().then((page) => page.length)
    // @ts-expect-error a password cannot be asked for
    scim.users.list({ filter: (b) => b.eq('password', 'x') })
  })
})

describe('bulk and discover', () => {
  it('compile', () => {
    expectTypeOf(scim.bulk([])).resolves.toEqualTypeOf<BulkResult>()
    void scim.bulk([{ method: 'POST', path: '/Users', bulkId: 'a', data: { userName: 'ada' } }], {
      failOnErrors: 1,
      signal,
    })
    void scim
      .bulk([{ method: 'DELETE', path: '/Users/1', version: '"1"' }])
      .then(({ failed }) => failed[0]?.error?.message)
    void scim.discover().then(({ serviceProviderConfig }) => serviceProviderConfig?.patch.supported)
  })
})

describe('errors', () => {
  it('say what they know', () => {
    const error: unknown = undefined
    if (error instanceof ScimResponseError) {
      expectTypeOf(error.status).toEqualTypeOf<number>()
      expectTypeOf(error.toCurl()).toEqualTypeOf<string>()
      expectTypeOf(error.requestId).toEqualTypeOf<string | undefined>()
      expectTypeOf(error.response.headers).toEqualTypeOf<Readonly<Record<string, string>>>()
    }
    if (error instanceof ScimTransportError) {
      expectTypeOf(error.reason).toEqualTypeOf<'network' | 'timeout' | 'invalid-response'>()
      expectTypeOf(error.outcome).toEqualTypeOf<'not-applied' | 'unknown'>()
    }
    if (error instanceof ScimPagingError) {
      expectTypeOf(error.reason).toEqualTypeOf<'duplicate' | 'gap' | 'endless' | 'total'>()
    }
    const options: RequestOptions = { attributes: ['any'] }
    expectTypeOf(options.ifMatch).toEqualTypeOf<string | false | undefined>()
  })
})
