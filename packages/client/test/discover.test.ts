import { enterpriseUser, groupResource, userResource } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { bearer, createScimClient } from '../src/index.js'
import { createProvider, token } from './provider.js'
import { failure, json, scimError } from './scripted-fetch.js'

const resources = { users: userResource.extend(enterpriseUser), groups: groupResource }

/** Discovers our own provider, its documents changed on their way. */
async function discover(
  change: (documents: Record<string, Record<string, unknown> & { Resources?: Record<string, unknown>[] }>) => void,
) {
  const { handler, baseUrl } = createProvider()
  const read = async (name: string) => {
    const request = new Request(`${baseUrl}/${name}`, { headers: { authorization: `Bearer ${token}` } })
    return (await (await handler.fetch(request)).json()) as Record<string, unknown> // a document of ours
  }
  const documents: Parameters<typeof change>[0] = {}
  for (const name of ['ServiceProviderConfig', 'ResourceTypes', 'Schemas']) documents[name] = await read(name)
  change(documents)
  const fetch = async (request: Request) => {
    const document = documents[new URL(request.url).pathname.split('/').pop() ?? '']
    return document ? json(200, document) : scimError(404)
  }
  return createScimClient({ baseUrl, resources, fetch, authenticate: bearer(token) }).discover()
}

test('finds nothing wrong with a server that says what the definitions say', async () => {
  expect((await discover(() => {})).findings).toEqual([])
})

test('says which documents are missing', async () => {
  const { findings, schemas } = await discover((documents) => {
    delete documents.Schemas
    delete documents.ServiceProviderConfig
  })
  expect(schemas).toBeUndefined()
  expect(findings).toEqual([
    { document: 'ServiceProviderConfig', path: '', detail: 'is missing', weight: 'fault' },
    { document: 'Schemas', path: '', detail: 'is missing', weight: 'fault' },
  ])
})

test('says what features leave open', async () => {
  const { findings } = await discover(({ ServiceProviderConfig: config = {} }) => {
    delete config.sort
    config.etag = { supported: 'true' }
    config.bulk = { supported: true, maxOperations: 0, maxPayloadSize: 1 }
    config.filter = { supported: true }
    config.pagination = {
      cursor: false,
      index: true,
      defaultPaginationMethod: 'cursor',
      defaultPageSize: 9,
      maxPageSize: 5,
    }
  })
  expect(findings.map(({ path }) => path)).toEqual([
    'sort',
    'etag.supported',
    'bulk.maxOperations',
    'filter.maxResults',
    'pagination.defaultPaginationMethod',
    'pagination.defaultPageSize',
  ])
})

test('says which schemas resource types name and /Schemas lacks', async () => {
  const { findings } = await discover(({ ResourceTypes: types, Schemas: schemas }) => {
    if (schemas?.Resources) schemas.Resources = schemas.Resources.filter(({ id }) => id !== enterpriseUser.urn)
    const group = types?.Resources?.find(({ name }) => name === 'Group')
    if (group) group.endpoint = '/Teams'
  })
  expect(findings).toEqual([
    { document: 'ResourceTypes', path: 'User', detail: expect.stringContaining(enterpriseUser.urn), weight: 'fault' },
    { document: 'ResourceTypes', path: 'Group', detail: 'has no resource type at /Groups', weight: 'fault' },
    { document: 'Schemas', path: enterpriseUser.urn, detail: 'is missing', weight: 'fault' },
  ])
})

test('says which attributes the server lacks or describes differently', async () => {
  const { findings } = await discover(({ Schemas: schemas }) => {
    const group = schemas?.Resources?.find(({ id }) => id === groupResource.schema.id)
    if (group) {
      group.attributes = [
        { name: 'DisplayName', type: 'string', multiValued: false, mutability: 'readOnly' },
        { name: 'members', type: 'complex', multiValued: true, subAttributes: [{ name: 'value', type: 'string' }] },
      ]
    }
  })
  expect(findings.map(({ path, detail }) => `${path.slice(groupResource.schema.id.length + 1)} ${detail}`)).toEqual(
    expect.arrayContaining([
      'displayName has mutability "readOnly" where the definition has "readWrite"',
      'members.type is missing',
    ]),
  )
})

test('takes a bare list for a list', async () => {
  const whole = await discover(() => {})
  const { findings, schemas } = await discover((documents) => {
    for (const name of ['ResourceTypes', 'Schemas']) {
      documents[name] = documents[name]?.Resources as unknown as Record<string, unknown> // a list in place of a ListResponse
    }
  })
  expect(schemas).toEqual(whole.schemas)
  expect(findings).toEqual([])
})

describe('what a characteristic of another value weighs', () => {
  const user = userResource.schema.id
  const table: readonly { path: string; change: Record<string, unknown>; want: 'fault' | 'difference' }[] = [
    { path: 'title', change: { type: 'integer' }, want: 'fault' },
    { path: 'title', change: { type: 'reference' }, want: 'difference' },
    { path: 'active', change: { type: 'string' }, want: 'fault' },
    { path: 'photos.value', change: { type: 'string' }, want: 'difference' },
    { path: 'title', change: { multiValued: true }, want: 'fault' },
    { path: 'groups', change: { multiValued: false }, want: 'fault' },
    { path: 'title', change: { required: true }, want: 'fault' },
    { path: 'userName', change: { required: false }, want: 'difference' },
    { path: 'groups', change: { required: true }, want: 'difference' },
    { path: 'title', change: { mutability: 'readOnly' }, want: 'fault' },
    { path: 'title', change: { mutability: 'immutable' }, want: 'fault' },
    { path: 'title', change: { mutability: 'writeOnly' }, want: 'fault' },
    { path: 'groups', change: { mutability: 'readWrite' }, want: 'difference' },
    { path: 'groups.display', change: { mutability: 'immutable' }, want: 'difference' },
    { path: 'password', change: { mutability: 'readWrite' }, want: 'difference' },
    { path: 'password', change: { mutability: 'readOnly' }, want: 'fault' },
    { path: 'title', change: { returned: 'never' }, want: 'fault' },
    { path: 'title', change: { returned: 'request' }, want: 'fault' },
    { path: 'title', change: { returned: 'always' }, want: 'difference' },
    { path: 'password', change: { returned: 'request' }, want: 'difference' },
    { path: 'userName', change: { uniqueness: 'none' }, want: 'fault' },
    { path: 'userName', change: { uniqueness: 'global' }, want: 'difference' },
    { path: 'title', change: { uniqueness: 'server' }, want: 'difference' },
    { path: 'userName', change: { caseExact: true }, want: 'fault' },
    { path: 'password', change: { caseExact: false }, want: 'difference' },
    { path: 'profileUrl', change: { caseExact: false }, want: 'difference' },
    { path: 'groups.value', change: { caseExact: false }, want: 'difference' },
    { path: 'active', change: { caseExact: true }, want: 'difference' },
    { path: 'name', change: { name: 'nom' }, want: 'fault' },
    { path: 'groups', change: { name: 'gruppen' }, want: 'difference' },
    { path: 'groups.display', change: { name: 'anzeige' }, want: 'difference' },
  ]
  test.each(table)('$path with $change is a $want', async ({ path, change, want }) => {
    const { findings } = await discover(({ Schemas: schemas }) => {
      type Described = Record<string, unknown> & { name: string; subAttributes?: Described[] }
      const schema = schemas?.Resources?.find(({ id }) => id === user)
      let attributes = schema?.attributes as Described[] | undefined // a schema document of ours
      for (const [at, name] of path.split('.').entries()) {
        const found = attributes?.find((attribute) => attribute.name === name)
        if (at === path.split('.').length - 1 && found) Object.assign(found, change)
        attributes = found?.subAttributes
      }
    })
    expect(findings).toMatchObject([{ document: 'Schemas', path: `${user}:${path}`, weight: want }])
  })
})

test('a document that cannot be read is not taken for a missing one', async () => {
  const fetch = async (request: Request) => (request.url.endsWith('/Schemas') ? scimError(403) : json(200, {}))
  const scim = createScimClient({ baseUrl: 'https://scim.test/v2', resources, fetch })
  expect(await failure(scim.discover())).toMatchObject({ status: 403 })
})

test('a document is missing where the server has no such endpoint, or says that it is not implemented', async () => {
  for (const status of [404, 501]) {
    const fetch = async () => scimError(status)
    const scim = createScimClient({ baseUrl: 'https://scim.test/v2', resources, fetch })
    const { serviceProviderConfig, resourceTypes, schemas } = await scim.discover()
    expect([serviceProviderConfig, resourceTypes, schemas]).toEqual([undefined, undefined, undefined])
  }
})
