import { enterpriseUser, groupResource, ScimError, userResource } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { createScimClient, type ScimClientOptions, ScimResponseError } from '../src/index.js'
import { collect, failure, type Step, scriptedFetch } from './scripted-fetch.js'

/**
 * Answers in the shape that vendors publish at the address beside each, or that was reported of them there: members,
 * their types and order, media types and headers. Names, ids and addresses of people are ours.
 */
const resources = { users: userResource.extend(enterpriseUser), groups: groupResource }

function script(profile: ScimClientOptions<unknown>['profile'], ...steps: Step[]) {
  const fetch = scriptedFetch(...steps)
  return { fetch, scim: createScimClient({ baseUrl: 'https://scim.test/v2', resources, fetch, profile, retries: 1 }) }
}

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
}

const listResponse = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error'
const userUrn = userResource.schema.id
const groupUrn = groupResource.schema.id
const enterprise = enterpriseUser.urn

describe('AWS IAM Identity Center', () => {
  const meta = (resourceType: string) => ({
    resourceType,
    created: '2026-05-12T17:00:33Z',
    lastModified: '2026-05-12T17:00:33Z',
  })
  const user = (id: string) => ({
    id,
    externalId: `e-${id}`,
    meta: meta('User'),
    schemas: [userUrn, enterprise],
    userName: `user${id}`,
    name: { familyName: 'Doe', givenName: 'Jo' },
    displayName: 'Jo Doe',
    active: true,
    emails: [{ value: `${id}@example.com`, type: 'work', primary: true }],
    [enterprise]: { department: 'Research' },
  })

  test('pages by cursor, without totalResults (docs.aws.amazon.com/singlesignon/latest/developerguide/listusers.html)', async () => {
    const page = (id: string, rest: object) =>
      answer(200, { itemsPerPage: 1, ...rest, schemas: [listResponse], Resources: [user(id)] })
    const { scim, fetch } = script('aws', page('1', { nextCursor: 'a+/=:_' }), page('2', {}))
    expect((await collect(scim.users.list())).map(({ id }) => id)).toEqual(['1', '2'])
    expect(fetch.requests.map(({ url }) => url.searchParams.get('cursor'))).toEqual(['', 'a+/=:_'])
  })

  test('answers 409 where a user exists, with its own request id (docs.aws.amazon.com/singlesignon/latest/developerguide/createuser.html)', async () => {
    const body = { schemas: [errorUrn], schema: errorUrn, detail: 'Duplicate record', status: '409' }
    const { scim } = script('aws', answer(409, body, { 'x-amzn-RequestId': 'd0f671f1-3217' }))
    const error = await failure(scim.users.create({ userName: 'ada' }))
    expect(error).toMatchObject({ status: 409, detail: body.detail, requestId: 'd0f671f1-3217' })
  })

  test('answers 400 without saying what is wrong (pmcc.net/posts/aws-scim-provisioning-errors)', async () => {
    const detail = 'Request is unparsable, syntactically incorrect, or violates schema.'
    const body = { schemas: [errorUrn], detail, status: '400' }
    const { scim } = script('aws', answer(400, body, { 'x-amzn-RequestId': 'r' }))
    expect(await failure(scim.users.create({ userName: 'ada' }))).toMatchObject({ detail, requestId: 'r' })
  })

  test('sends groups with no or empty members (docs.aws.amazon.com/singlesignon/latest/developerguide/listgroups.html)', async () => {
    const group = { id: 'g', meta: meta('Group'), schemas: [groupUrn], displayName: 'Staff' }
    const { scim } = script('aws', answer(200, { ...group, members: [] }), answer(200, group))
    expect((await scim.groups.get('g')).members).toEqual([])
    expect((await scim.groups.get('g')).members).toBeUndefined()
  })
})

describe('GitHub Enterprise Managed Users', () => {
  const location = 'https://api.github.com/scim/v2/enterprises/acme'
  const user = {
    schemas: [userUrn],
    externalId: 'E012345',
    active: true,
    userName: 'E012345',
    name: { formatted: 'Ms. Ada King', familyName: 'King', givenName: 'Ada' },
    displayName: 'Ada King',
    emails: [{ value: 'ada@example.com', type: 'work', primary: true }],
    roles: [{ value: 'User', primary: false }],
    id: '7fce0092-d52e',
    meta: {
      resourceType: 'User',
      created: '2026-03-27T19:59:26.000+10:00',
      lastModified: '2026-03-27T19:59:26.000+10:00',
      location: `${location}/Users/7fce0092-d52e`,
    },
  }

  test('has SCIM beneath the enterprise (docs.github.com/en/rest/enterprise-admin/scim)', async () => {
    const fetch = scriptedFetch(answer(201, user, { 'content-type': 'application/scim+json; charset=utf-8' }))
    const baseUrl = 'https://api.github.test/scim/v2/enterprises/acme/'
    const scim = createScimClient({ baseUrl, resources, fetch, profile: 'github-emu' })
    expect(await scim.users.create({ userName: 'E012345' })).toEqual(user)
    expect(fetch.requests[0]?.url.pathname).toBe('/scim/v2/enterprises/acme/Users')
  })

  test('has errors with a number for the status, or with a message alone (docs.github.com/en/rest/enterprise-admin/scim)', async () => {
    const documentation_url = 'https://docs.github.com/rest/enterprise-admin/scim'
    const bad = { message: null, documentation_url: null, schemas: [errorUrn], status: 400, scimType: 'invalidSyntax' }
    const { scim } = script(
      'github-emu',
      answer(400, { ...bad, detail: 'Name is missing' }, { 'x-github-request-id': 'C0FF:EE' }),
      answer(403, { message: 'Must have admin rights', documentation_url }),
    )
    expect(await failure(scim.users.create({ userName: 'a' }))).toMatchObject({
      status: 400,
      scimType: 'invalidSyntax',
      detail: 'Name is missing',
      requestId: 'C0FF:EE',
    })
    expect(await failure(scim.users.get('1'))).toMatchObject({ status: 403, detail: 'Must have admin rights' })
  })

  test('sends null for what is not set (docs.github.com/en/rest/enterprise-admin/scim)', async () => {
    const members = [{ value: user.id, $ref: user.meta.location, display: 'Ada King' }]
    const group = { schemas: [groupUrn], id: 'g', externalId: null, displayName: 'Staff', members, meta: user.meta }
    const list = { schemas: [listResponse], totalResults: 1, itemsPerPage: 1, startIndex: 1, Resources: [group] }
    const [got] = await collect(script('github-emu', answer(200, list)).scim.groups.list())
    expect(got).toMatchObject({ displayName: 'Staff', members: [{ value: user.id }] })
  })

  test('obfuscates the login of a suspended user, which stays the same resource (docs.github.com/…/deprovisioning-and-reinstating-users)', async () => {
    const { scim } = script('github-emu', answer(200, { ...user, userName: 'c0ffee', active: false }))
    expect(await scim.users.patch(user.id, (p) => p.replace('active', false))).toMatchObject({ userName: 'c0ffee' })
  })
})

describe('Slack', () => {
  test('pages by index, ten at a time where it is asked for no more (docs.slack.dev/reference/scim-api)', async () => {
    const ids = Array.from({ length: 12 }, (_, at) => `U${at}`)
    const list = ({ url }: Request) => {
      const query = new URL(url).searchParams
      const startIndex = Number(query.get('startIndex') ?? 1)
      const count = Math.min(Number(query.get('count') ?? 10), 1_000)
      const Resources = ids.slice(startIndex - 1, startIndex - 1 + count).map((id) => ({
        schemas: [userUrn, enterprise],
        id,
        externalId: '',
        meta: { created: '2026-01-02T03:04:05-08:00', location: `https://api.slack.com/scim/v2/Users/${id}` },
        userName: id.toLowerCase(),
        nickName: id.toLowerCase(),
        name: { givenName: 'Jo', familyName: 'Doe' },
        displayName: 'Jo',
        active: true,
        emails: [{ value: `${id}@example.com`, primary: true }],
        photos: [{ value: 'https://secure.gravatar.com/avatar/x.jpg', type: 'photo' }],
        groups: [],
      }))
      return answer(200, { totalResults: 12, itemsPerPage: count, startIndex, schemas: [listResponse], Resources })
    }
    const { scim } = script('slack', list)
    expect((await scim.users.page()).resources).toHaveLength(10)
    expect((await collect(scim.users.list({ count: 5 }))).map(({ id }) => id)).toEqual(ids)
  })

  test('says with 429 when to come again (docs.slack.dev/reference/scim-api/rate-limits)', async () => {
    const user = { schemas: [userUrn], id: 'U1', userName: 'ada' }
    const { scim, fetch } = script('slack', answer(429, 'ratelimited', { 'retry-after': '0' }), answer(201, user))
    expect((await scim.users.create({ userName: 'ada' })).id).toBe('U1')
    expect(fetch.requests).toHaveLength(2)
  })

  test('has errors whose Errors are one object (SCIMApiErrorResponse of github.com/slackapi/java-slack-sdk)', async () => {
    const { scim } = script('slack', answer(409, { Errors: { description: 'username_taken', code: 409 } }))
    const error = await failure(scim.users.create({ userName: 'ada' }))
    expect(error).toMatchObject({ status: 409, detail: 'username_taken' })
  })
})

describe('Salesforce', () => {
  test('has the numbers 0 for bulk that it lacks, and /ServiceProviderConfigs (help.salesforce.com, identity_scim_implementation)', async () => {
    const config = {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      patch: { supported: true },
      bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
      filter: { supported: true, maxResults: 200 },
      changePassword: { supported: true },
      sort: { supported: false },
      etag: { supported: false },
      authenticationSchemes: [{ type: 'oauth2', name: 'OAuth v2.0', description: 'OAuth', primary: true }],
    }
    const { scim, fetch } = script(undefined, ({ url }) =>
      url.endsWith('/ServiceProviderConfigs') ? answer(200, config) : answer(404, [{ errorCode: 'NOT_FOUND' }]),
    )
    const { serviceProviderConfig, findings } = await scim.discover()
    expect(serviceProviderConfig?.filter.maxResults).toBe(200)
    expect(findings).toContainEqual({
      document: 'ServiceProviderConfig',
      path: '',
      detail: 'is at /ServiceProviderConfigs, the name of SCIM 1.1',
      weight: 'difference',
    })
    expect(fetch.requests.map(({ url }) => url.pathname)).toContain('/v2/ServiceProviderConfig')
  })

  test('sends entitlements that are ids of profiles (help.salesforce.com, identity_scim_create_users)', async () => {
    const user = {
      schemas: [userUrn, enterprise],
      id: '005RM000002FZAlYAO',
      userName: 'ada@example.com',
      externalId: 'ada',
      name: { formatted: 'Ada King', familyName: 'King', givenName: 'Ada' },
      emails: [{ type: 'work', primary: true, value: 'ada@example.com' }],
      photos: [{ type: 'photo', value: 'https://example.file.force.com/profilephoto/005/F' }],
      userType: 'Standard',
      preferredLanguage: 'en_US',
      emailEncodingKey: 'UTF-8',
      active: true,
      entitlements: [
        { value: '00eRM1', $ref: '/Entitlements/00eRM1', display: 'Standard User', type: 'Profile', primary: true },
      ],
    }
    const { scim } = script('salesforce', answer(201, user))
    expect(await scim.users.create({ userName: 'ada@example.com' })).toEqual(user)
  })

  const odd = { schemas: JSON.stringify([errorUrn]), status: '409', detail: 'REQUIRED_FIELD_MISSING: profileid' }

  test('sends errors whose schemas are a text with JSON in it (docs.goauthentik.io/add-secure-apps/providers/scim)', async () => {
    const none = answer(200, { schemas: [listResponse], totalResults: 0 })
    const error = await failure(script('salesforce', answer(409, odd), none).scim.users.create({ userName: 'a' }))
    expect(error).toBeInstanceOf(ScimResponseError)
    expect(error).toMatchObject({ status: 409, detail: odd.detail })
  })

  test('is not believed when such an error comes with 200', async () => {
    const { scim } = script('salesforce', answer(200, { ...odd, id: '1' }))
    expect(await failure(scim.users.get('1'))).toMatchObject({ reason: 'invalid-response' })
    const list = script('salesforce', answer(200, { ...odd, totalResults: 0 }))
    expect(await failure(list.scim.users.page())).toMatchObject({ reason: 'invalid-response' })
  })
})

describe('Zscaler', () => {
  test('sends active as text, and 10 itemsPerPage for one (help.zscaler.com/unified/scim-api-examples-0)', async () => {
    const user = {
      schemas: [userUrn, enterprise],
      id: '290277',
      externalId: 'u43x',
      nickName: 'ada',
      name: { formatted: 'Ada King', givenName: 'Ada', familyName: 'King' },
      userType: 'ZPA User',
      displayName: 'Ada',
      emails: [{ value: 'ada@example.com' }],
      active: 'true',
      [enterprise]: { costCenter: 'C1', department: 'Research', division: 'D' },
    }
    const list = { schemas: [listResponse], startIndex: 1, totalResults: 1, itemsPerPage: 10, Resources: [user] }
    const { scim } = script('zscaler', answer(200, list), answer(200, { ...user, active: 'false' }))
    expect(await collect(scim.users.list())).toEqual([{ ...user, active: true }])
    expect((await scim.users.get('290277')).active).toBe(false)
  })

  test('sends department beside the enterprise extension, and both are kept (help.zscaler.com/zia/scim-api-examples)', async () => {
    const user = {
      emails: [],
      meta: { location: 'https://scim.test/v2/Users/1', resourceType: 'User' },
      displayName: 'DEFAULT ADMIN',
      name: { familyName: '', givenName: '' },
      groups: [{ display: 'Service Admin', value: 'g', $ref: 'https://scim.test/v2/Groups/g' }],
      active: true,
      id: '1',
      userName: 'admin@example.com',
      department: 'Service Admin',
      [enterprise]: { department: 'Service Admin' },
    }
    const list = { schemas: [listResponse], totalResults: 1, startIndex: 1, itemsPerPage: 1, Resources: [user] }
    const [got] = await collect(script('zscaler', answer(200, list)).scim.users.list())
    expect(got).toEqual({ ...user, schemas: got?.schemas })
  })

  test('lists without itemsPerPage (help.zscaler.com/zidentity/scim-api-examples)', async () => {
    const user = (id: string) => ({ phoneNumbers: [], preferredLanguage: 'English (US)', id, userName: id })
    const list = { schemas: [listResponse], totalResults: 2, startIndex: 1, Resources: [user('a'), user('b')] }
    expect(await collect(script('zscaler', answer(200, list)).scim.users.list())).toHaveLength(2)
  })
})

describe('Snowflake', () => {
  test('had one user that does not exist in every listing (docs.snowflake.com/release-notes/bcr-bundles/2026_03/bcr-2276)', async () => {
    const synthetic = {
      schemas: [userUrn, enterprise],
      id: '1',
      externalId: 'synthesis_user_external_id',
      userName: 'synthesis_user',
      displayName: 'synthesis_user_display_name',
      active: false,
    }
    const list = { totalResults: 1, startIndex: 1, itemsPerPage: 1, Resources: [synthetic] }
    expect(await collect(script('snowflake', answer(200, list)).scim.users.list())).toEqual([synthetic])
  })

  test('refuses a filter with invalidFilter, which is not a reason to page differently (the same page)', async () => {
    const refusal = { schemas: [errorUrn], status: '400', scimType: 'invalidFilter', detail: 'Unsupported filter' }
    const { scim, fetch } = script(undefined, answer(400, refusal))
    const error = await failure(collect(scim.users.list({ filter: 'userName co "a"' })))
    expect(ScimError.is(error, 'invalidFilter')).toBe(true)
    expect(fetch.requests).toHaveLength(1)
  })
})

describe('Databricks', () => {
  test('answers a POST with 200 (docs.databricks.com/dev-tools/api/latest/scim/scim-errors.html)', async () => {
    const { scim } = script('databricks', answer(200, { schemas: [userUrn], id: '100', userName: 'ada@example.com' }))
    expect((await scim.users.create({ userName: 'ada@example.com' })).id).toBe('100')
  })

  test('answers a filter of too many nodes with 400 INVALID_FILTER (docs.databricks.com/aws/en/reference/scim-2-1)', async () => {
    const refusal = { error_code: 'INVALID_FILTER', message: 'The filter has too many nodes' }
    const { scim, fetch } = script(undefined, answer(400, refusal), answer(400, refusal))
    const error = await failure(collect(scim.users.list({ filter: 'userName eq "a"' })))
    expect(error).toMatchObject({ status: 400, detail: refusal.message })
    expect(fetch.requests).toHaveLength(2) // nothing says that it was the filter, so it was asked plainly once
  })
})

describe('other products', () => {
  test('Sentry has 409 without scimType and status (github.com/getsentry/sentry/issues/117860)', async () => {
    const body = { schemas: [errorUrn], detail: 'User already exists in the database.' }
    const error = await failure(script(undefined, answer(409, body)).scim.users.create({ userName: 'ada' }))
    expect(error).toMatchObject({ status: 409, detail: body.detail })
    expect(ScimError.is(error, 'uniqueness')).toBe(true) // nothing else can be in the way of a create
  })

  test('WSO2 has one text for schemas (github.com/wso2/product-is/issues/3572)', async () => {
    const body = { schemas: errorUrn, detail: 'Username a is not valid', status: '500' }
    const { scim } = script(undefined, answer(200, { ...body, id: '1' }))
    expect(await failure(scim.users.get('1'))).toMatchObject({ reason: 'invalid-response' })
  })

  test('SimpleIdServer had the error inside of response (github.com/simpleidserver/SimpleIdServer/issues/227)', async () => {
    const response = { schemas: [errorUrn], status: '404', detail: 'resource X not found' }
    const error = await failure(script(undefined, answer(404, { status: '404', response })).scim.users.get('X'))
    expect(error).toMatchObject({ status: 404, response: { body: { response } } })
  })

  test('PingDirectory has a number for the status (developer.pingidentity.com/pingauthorize/pingauthorize/scim/errors.html)', async () => {
    const body = { schemas: [errorUrn], scimType: 'invalid_token', status: 403, detail: 'Access token is expired' }
    expect(await failure(script(undefined, answer(403, body)).scim.users.get('1'))).toMatchObject({
      scimType: 'invalid_token',
      detail: body.detail,
    })
  })
})
