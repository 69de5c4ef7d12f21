import { resourceFromSchemas, urns, userResource } from '@scimkit/core'
import { buildResourceType } from '@scimkit/core/internal'
import { afterEach, describe, expect, it } from 'vitest'
import { createMockServer, type MockServer } from '../src/index.js'

const token = 'the-token-of-this-server'
const secret = 'hunter2-is-a-secret'
const open: MockServer[] = []

afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

const urn = 'urn:example:params:scim:schemas:extension:vault:2.0:User'
const vault = {
  id: urn,
  name: 'Vault',
  attributes: [
    { name: 'door', mutability: 'writeOnly', returned: 'never' },
    { name: 'hint', returned: 'never' },
    { name: 'token', description: 'What the schema shows is not secret, whatever its name' },
    {
      name: 'keys',
      type: 'complex',
      multiValued: true,
      subAttributes: [{ name: 'code', mutability: 'writeOnly', returned: 'never' }, { name: 'label' }],
    },
  ],
} as const

/** A server that listens, and everything that its inspector shows without a token. */
async function start(): Promise<{ server: MockServer; url: string; shown: () => Promise<string> }> {
  const type = { ...buildResourceType(userResource), schemaExtensions: [{ schema: urn, required: false }] }
  const resources = [resourceFromSchemas([await userResource.describe(), vault], type)]
  const server = createMockServer({ resources, token, seed: { User: [{ id: 'ada', userName: 'ada' }] } })
  open.push(server)
  const { url, inspectorUrl } = await server.listen({ inspector: true })
  const shown = async () => (await fetch(`${inspectorUrl}/requests?after=0`)).text() + JSON.stringify(server.requests)
  return { server, url, shown }
}

const json = { 'content-type': 'application/scim+json' }
const user = (more: object): string => JSON.stringify({ schemas: [urns.user, urn], userName: 'grace', ...more })
const patch = (...operations: readonly object[]): string =>
  JSON.stringify({ schemas: [urns.patchOp], Operations: operations })
const bulk = (method: string, path: string, data: unknown): string =>
  JSON.stringify({ schemas: [urns.bulkRequest], Operations: [{ method, path, bulkId: 'b', data }] })

interface Sent {
  readonly name: string
  readonly method?: string
  readonly path?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

const bodies: readonly Sent[] = [
  { name: 'POST', body: user({ password: secret }) },
  { name: 'POST with the name in another case', body: user({ PassWord: secret }) },
  { name: 'POST with the URN before the name', body: user({ [`${urns.user}:password`]: secret }) },
  { name: 'POST with a dot behind the URN', body: user({ [`${urns.user}.password`]: secret }) },
  { name: 'POST with a writeOnly attribute of an extension', body: user({ [urn]: { door: secret } }) },
  { name: 'POST with an attribute that is returned never', body: user({ [urn]: { hint: secret } }) },
  { name: 'POST with a writeOnly sub-attribute', body: user({ [urn]: { keys: [{ code: secret, label: 'a' }] } }) },
  { name: 'POST with a dotted key', body: user({ [`${urn}:keys.code`]: secret }) },
  { name: 'POST with a list for a password', body: user({ password: [secret] }) },
  { name: 'POST with an object for a password', body: user({ password: { value: secret } }) },
  {
    name: 'POST with unknown attributes that look like secrets',
    body: user({ apiKey: secret, client_secret: secret }),
  },
  { name: 'POST with unknown nested ones', body: user({ login: { 'access-token': secret, newPassword: secret } }) },
  { name: 'PUT', method: 'PUT', path: '/Users/ada', body: user({ password: secret }) },
  { name: 'POST to /Me', path: '/Me', body: user({ password: secret }) },
  ...[
    'password',
    'Password',
    `${urns.user}:password`,
    `${urns.user}.password`,
    '/password',
    `${urn}:door`,
    `${urn}:keys.code`,
    `${urn}:keys[label eq "a"].code`,
    'apiKey',
  ].map((path) => ({
    name: `PATCH with the path ${path}`,
    method: 'PATCH',
    path: '/Users/ada',
    body: patch({ op: 'replace', path, value: secret }),
  })),
  {
    name: 'PATCH without a path',
    method: 'PATCH',
    path: '/Users/ada',
    body: patch({ op: 'add', value: { password: secret, [`${urn}:door`]: secret, [urn]: { hint: secret } } }),
  },
  {
    name: 'PATCH with members in another case',
    method: 'PATCH',
    path: '/Users/ada',
    body: JSON.stringify({ schemas: [urns.patchOp], operations: [{ Op: 'add', Path: 'password', Value: secret }] }),
  },
  {
    name: 'PATCH with a list of values',
    method: 'PATCH',
    path: '/Users/ada',
    body: patch({ op: 'add', path: 'password', value: [{ $ref: null, value: secret }] }),
  },
  {
    name: 'PATCH with a secret in its filter',
    method: 'PATCH',
    path: '/Users/ada',
    body: patch({ op: 'remove', path: `${urn}:keys[code eq "${secret}"]` }),
  },
  { name: 'Bulk', path: '/Bulk', body: bulk('POST', '/Users', { userName: 'x', password: secret }) },
  {
    name: 'Bulk with a PATCH',
    path: '/Bulk',
    body: bulk('PATCH', '/Users/ada', { Operations: [{ op: 'add', path: 'password', value: secret }] }),
  },
  { name: 'Bulk with its data as text', path: '/Bulk', body: bulk('POST', '/Users', user({ password: secret })) },
  {
    name: 'a search in the body',
    path: '/Users/.search',
    body: JSON.stringify({ schemas: [urns.searchRequest], filter: `userName pr and password eq "${secret}"` }),
  },
  { name: 'JSON that breaks off', body: `{"schemas": [], "password": "${secret}",` },
  { name: 'JSON that breaks off and hides the name', body: `{"schemas": [], "pass\\u0077ord": "${secret}",` },
  { name: 'a form', body: `grant_type=password&client_secret=${secret}` },
  { name: 'a filter in the query', method: 'GET', path: `/Users?filter=password%20eq%20%22${secret}%22` },
  { name: 'a filter without quotes', method: 'GET', path: `/Users?filter=password%20eq%20${secret}` },
  { name: 'a token in the query', method: 'GET', path: `/Users?access_token=${secret}&count=1` },
  { name: 'a key in the query', method: 'GET', path: `/Users?api_key=${secret}&sig=${secret}` },
  ...[
    ['authorization', `Bearer ${secret}`],
    ['authorization', `Basic ${secret}`],
    ['authorization', secret],
    ['proxy-authorization', `Basic ${secret}`],
    ['cookie', `session=${secret}`],
    ['x-api-key', secret],
    ['apikey', secret],
    ['ocp-apim-subscription-key', secret],
    ['x-auth-token', secret],
    ['x-amz-security-token', secret],
    ['x-csrf-token', secret],
    ['x-hub-signature-256', secret],
    ['x-client-secret', secret],
    ['referer', `https://app.example/?access_token=${secret}`],
  ].map(([header = '', value = '']) => ({
    name: `the header ${header} (${value.split(' ')[0]?.length})`,
    method: 'GET',
    path: '/Users',
    headers: { [header]: value },
  })),
]

describe('what the inspector shows to everybody', () => {
  it.each(bodies)('holds no secret: $name', async ({ method = 'POST', path = '/Users', body, headers }) => {
    const { url, shown } = await start()
    const usual = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' }
    await fetch(url + path, { method, headers: { ...usual, ...headers }, ...(body !== undefined && { body }) })
    const text = await shown()
    expect(text).toContain('[redacted]')
    expect(text).not.toContain(secret)
    expect(text).not.toContain(token)
  })

  it('holds no secret of an answer', async () => {
    const { server, url, shown } = await start()
    server.failNext({ status: 500, headers: { 'set-cookie': `a=${secret}` }, body: { access_token: secret } })
    await fetch(`${url}/Users`)
    expect(await shown()).not.toContain(secret)
  })

  it('holds the token nowhere, wherever it was sent', async () => {
    const { server, url, shown } = await start()
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json', 'x-seen': token }
    await fetch(`${url}/Users/${token}?attributes=${token}`, { headers })
    await fetch(`${url}/Users`, { method: 'POST', headers, body: user({ title: `x ${token}`, [token]: 1 }) })
    expect(await shown()).not.toContain(token)
    expect(server.requests).toHaveLength(2)
  })

  it('shows what is not secret as it was sent', async () => {
    const { server, url } = await start()
    const sent = {
      schemas: [urns.user, urn],
      userName: 'grace',
      active: true,
      name: { familyName: 'Hopper' },
      emails: [{ value: 'grace@example.com', type: 'work' }],
      [urn]: { token: 'shown', keys: [{ label: 'front' }] },
    }
    const headers = { ...json, authorization: `Bearer ${token}`, 'idempotency-key': 'k-1' }
    await fetch(`${url}/Users?count=1&attributes=userName`, { method: 'POST', headers, body: JSON.stringify(sent) })
    await fetch(`${url}/Users?filter=userName%20eq%20%22a=b%22`, { headers })
    await fetch(`${url}/Schemas`, { headers })
    const operations = [
      { op: 'remove', path: 'password' },
      { op: 'replace', path: 'title', value: 'Dr' },
    ]
    await fetch(`${url}/Users/ada`, { method: 'PATCH', headers, body: patch(...operations) })
    const [post, list, schemas, change] = server.requests
    expect(post).toMatchObject({ body: sent, headers: { 'idempotency-key': 'k-1' }, query: { count: '1' } })
    expect(list?.query).toEqual({ filter: 'userName eq "a=b"' })
    expect(JSON.stringify(schemas?.response.body)).not.toContain('[redacted]')
    expect(change?.body).toMatchObject({ Operations: operations })
  })

  it('stays whole for a body that nests deeper than any stack', async () => {
    const { server, url } = await start()
    const headers = { ...json, authorization: `Bearer ${token}` }
    await fetch(`${url}/Users`, { method: 'POST', headers, body: '['.repeat(200_000) + ']'.repeat(200_000) })
    expect(server.requests).toMatchObject([{ status: 400 }])
    expect(JSON.stringify(server.requests)).toContain('[redacted]')
  })

  it('takes time in proportion to what was sent', async () => {
    const { server, url } = await start()
    const headers = { ...json, authorization: `Bearer ${token}` }
    for (const piece of ['"', '\\"', ' eq ', '?a', '&a', 'password ', '. ', 'urn:', '[', '\t']) {
      const filter = piece.repeat(300_000 / piece.length)
      await fetch(`${url}/Users/.search`, { method: 'POST', headers, body: JSON.stringify({ filter, path: filter }) })
    }
    expect(server.requests).toHaveLength(10)
  })

  it('follows the schemas of a resource type of ones own', async () => {
    const id = 'urn:example:params:scim:schemas:Safe'
    const schema = { id, name: 'Safe', attributes: [{ name: 'combination', returned: 'never' }] }
    const safes = resourceFromSchemas(schema, { name: 'Safe', endpoint: '/Safes', schema: id })
    const server = createMockServer({ resources: [safes] })
    const body = JSON.stringify({ schemas: [id], combination: secret })
    await server.fetch(`${server.url}/Safes`, { method: 'POST', headers: json, body })
    expect(server.requests).toMatchObject([{ status: 201, body: { combination: '[redacted]' } }])
  })
})
