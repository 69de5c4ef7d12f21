import { enterpriseUser, groupResource, userResource } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { createScimClient, type ScimClientOptions, ScimResponseError } from '../src/index.js'
import { collect, failure, json, type Step, scimError, scriptedFetch } from './scripted-fetch.js'

/** Answers built after what the vendors document and integrators report of their shapes; the values are invented. */
const resources = { users: userResource.extend(enterpriseUser), groups: groupResource }

function script(profile: ScimClientOptions<unknown>['profile'], ...steps: Step[]) {
  const fetch = scriptedFetch(...steps)
  return { fetch, scim: createScimClient({ baseUrl: 'https://scim.test/v2', resources, fetch, profile, retries: 1 }) }
}

const listResponse = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error'
const schemas = [userResource.schema.id]
const ada = (id: string, rest: object = {}) => ({ schemas, id, userName: `${id}@example.com`, ...rest })

describe('AWS IAM Identity Center', () => {
  test('pages by cursor, without totalResults', async () => {
    const list = (id: string, rest: object) =>
      json(200, { schemas: [listResponse], itemsPerPage: 1, Resources: [ada(id)], ...rest })
    const { scim, fetch } = script('aws', list('1', { nextCursor: 'a+/=' }), list('2', {}))
    expect((await collect(scim.users.list())).map(({ id }) => id)).toEqual(['1', '2'])
    expect(fetch.requests.map(({ url }) => url.searchParams.get('cursor'))).toEqual(['', 'a+/='])
  })

  test('names its errors, with a numeric status', async () => {
    const body = { schemas: [errorUrn], status: 400, detail: 'ValidationException: a name is missing' }
    const { scim } = script('aws', json(400, body))
    const error = await failure(scim.users.create({ userName: 'a' }))
    expect(error).toMatchObject({ status: 400, detail: body.detail })
  })

  test('sends groups without members', async () => {
    const group = { schemas: [groupResource.schema.id], id: 'g', displayName: 'a' }
    const { scim } = script('aws', json(200, { ...group, members: [] }), json(200, group))
    expect((await scim.groups.get('g')).members).toEqual([])
    expect((await scim.groups.get('g')).members).toBeUndefined()
  })
})

describe('GitHub EMU', () => {
  test('has SCIM beneath the enterprise, and refuses what is malformed', async () => {
    const fetch = scriptedFetch(
      json(400, { schemas: [errorUrn], status: 400, scimType: 'invalidSyntax', detail: 'bad' }),
    )
    const baseUrl = 'https://api.github.test/scim/v2/enterprises/acme/'
    const scim = createScimClient({ baseUrl, resources, fetch, profile: 'github-emu' })
    expect(await failure(scim.users.create({ userName: 'a' }))).toMatchObject({ scimType: 'invalidSyntax' })
    expect(fetch.requests[0]?.url.pathname).toBe('/scim/v2/enterprises/acme/Users')
  })

  test('obfuscates the login of a suspended user, which is no other resource', async () => {
    const { scim } = script('github-emu', json(200, { schemas, id: '1', userName: 'c0ffee', active: false }))
    expect(await scim.users.patch('1', (p) => p.replace('active', false))).toMatchObject({ userName: 'c0ffee' })
  })
})

describe('Slack', () => {
  test('pages by index, ten at a time where it is asked for no more', async () => {
    const ids = Array.from({ length: 12 }, (_, at) => `U${at}`)
    const answer = ({ url }: Request) => {
      const query = new URL(url).searchParams
      const first = Number(query.get('startIndex') ?? 1)
      const count = Math.min(Number(query.get('count') ?? 10), 1_000)
      const Resources = ids.slice(first - 1, first - 1 + count).map((id) => ada(id))
      return json(200, {
        schemas: [listResponse],
        totalResults: ids.length,
        startIndex: first,
        itemsPerPage: Resources.length,
        Resources,
      })
    }
    const { scim } = script('slack', answer)
    expect((await scim.users.page()).resources).toHaveLength(10)
    expect((await collect(scim.users.list({ count: 5 }))).map(({ id }) => id)).toEqual(ids)
  })

  test('says with 429 when to come again', async () => {
    const { scim, fetch } = script('slack', scimError(429, undefined, { 'retry-after': '0' }), json(201, ada('U1')))
    expect((await scim.users.create({ userName: 'a' })).id).toBe('U1')
    expect(fetch.requests).toHaveLength(2)
  })
})

describe('Salesforce', () => {
  const odd = { schemas: JSON.stringify([errorUrn]), status: '409', detail: 'REQUIRED_FIELD_MISSING: profileid' }

  test('sends errors whose schemas are a text with JSON in it', async () => {
    const error = await failure(
      script('salesforce', json(409, odd), json(200, { schemas: [listResponse], totalResults: 0 })).scim.users.create({
        userName: 'a',
      }),
    )
    expect(error).toBeInstanceOf(ScimResponseError)
    expect(error).toMatchObject({ status: 409, detail: odd.detail })
  })

  test('is not believed when such an error comes with 200', async () => {
    const { scim } = script('salesforce', json(200, { ...odd, id: '1' }))
    expect(await failure(scim.users.get('1'))).toMatchObject({ reason: 'invalid-response' })
    const list = script('salesforce', json(200, { ...odd, totalResults: 0 }))
    expect(await failure(list.scim.users.page())).toMatchObject({ reason: 'invalid-response' })
  })
})

describe('Zscaler', () => {
  test('sends booleans as text, which become booleans', async () => {
    const body = ada('1', { active: 'false', emails: [{ value: 'a@example.com', primary: 'True' }] })
    const { scim } = script('zscaler', json(200, body))
    const user = await scim.users.get('1')
    expect(user.active).toBe(false)
    expect(user.emails?.[0]?.primary).toBe(true)
  })

  test('sends department beside the enterprise extension, and both are kept', async () => {
    const body = ada('1', { department: 'R', [enterpriseUser.urn]: { department: 'R' } })
    const { scim } = script(
      undefined,
      json(200, { schemas: [listResponse], totalResults: 1, Resources: [{ ...body, active: 'TRUE' }] }),
    )
    const [user] = (await scim.users.page()).resources
    expect(user).toEqual({ ...body, active: true })
  })
})

describe('Snowflake', () => {
  test('refuses a filter with invalidFilter, which is no reason to page otherwise', async () => {
    const { scim, fetch } = script(undefined, scimError(400, 'invalidFilter'))
    const error = await failure(collect(scim.users.list({ filter: 'userName co "a"' })))
    expect(error).toMatchObject({ status: 400, scimType: 'invalidFilter' })
    expect(fetch.requests).toHaveLength(1)
  })
})
