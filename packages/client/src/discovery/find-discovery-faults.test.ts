import { enterpriseUser, groupResource, userResource } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { findDiscoveryFaults } from './find-discovery-faults.js'

const users = userResource.extend(enterpriseUser)
const urn = enterpriseUser.urn

const off = { supported: false }
const config = {
  patch: { supported: true },
  bulk: { supported: true, maxOperations: 10, maxPayloadSize: 1000 },
  filter: { supported: true, maxResults: 100 },
  changePassword: off,
  sort: off,
  etag: off,
  authenticationSchemes: [],
}
const types = [
  { name: 'User', endpoint: '/Users', schema: users.schema.id, schemaExtensions: [{ schema: urn, required: false }] },
]
const schemas = [users.schema, enterpriseUser.schema]
const whole = { serviceProviderConfig: config, resourceTypes: types, schemas }

const find = (changes: Partial<Record<keyof typeof whole, unknown>>, definitions = [users]) =>
  findDiscoveryFaults({ ...whole, ...changes }, definitions).map(
    ({ document, path, detail, weight }) => `${weight} ${document} ${path}: ${detail}`,
  )

test('documents that fit have no findings', () => {
  expect(find({})).toEqual([])
})

describe('the ServiceProviderConfig', () => {
  const table = [
    { name: 'is not there', given: undefined, want: 'fault ServiceProviderConfig : is missing' },
    { name: 'is a list', given: [config], want: 'fault ServiceProviderConfig : is missing' },
    {
      name: 'lacks a feature',
      given: { ...config, sort: undefined },
      want: 'fault ServiceProviderConfig sort: is missing',
    },
    {
      name: 'says yes in text',
      given: { ...config, etag: { supported: 'true' } },
      want: 'fault ServiceProviderConfig etag.supported: is neither true nor false',
    },
    {
      name: 'has bulk without a limit',
      given: { ...config, bulk: { ...config.bulk, maxOperations: 0 } },
      want: 'fault ServiceProviderConfig bulk.maxOperations: is not a number above 0, yet the feature is supported',
    },
    {
      name: 'has a limit in text',
      given: { ...config, filter: { supported: true, maxResults: '9' } },
      want: 'fault ServiceProviderConfig filter.maxResults: is not a number above 0, yet the feature is supported',
    },
    {
      name: 'has no schemes',
      given: { ...config, authenticationSchemes: undefined },
      want: 'difference ServiceProviderConfig authenticationSchemes: is missing',
    },
    {
      name: 'does not say whether it has cursors',
      given: { ...config, pagination: { index: true } },
      want: 'fault ServiceProviderConfig pagination.cursor: is neither true nor false',
    },
    {
      name: 'prefers what it lacks',
      given: { ...config, pagination: { index: true, cursor: false, defaultPaginationMethod: 'cursor' } },
      want: 'fault ServiceProviderConfig pagination.defaultPaginationMethod: is cursor, which is not supported',
    },
    {
      name: 'has too large a page',
      given: { ...config, pagination: { index: true, cursor: true, defaultPageSize: 9, maxPageSize: 8 } },
      want: 'fault ServiceProviderConfig pagination.defaultPageSize: is larger than maxPageSize',
    },
  ]
  test.each(table)('$name', ({ given, want }) => {
    expect(find({ serviceProviderConfig: given })).toEqual([want])
  })

  test.each([
    { ...config, bulk: off },
    { ...config, filter: { supported: false, maxResults: 0 } },
    {
      ...config,
      pagination: { index: true, cursor: true, defaultPageSize: 8, maxPageSize: 8, defaultPaginationMethod: 'index' },
    },
  ])('may say: %j', (given) => {
    expect(find({ serviceProviderConfig: given })).toEqual([])
  })
})

describe('the resource types', () => {
  const [user] = types
  const table = [
    { name: 'are not there', given: undefined, want: ['fault ResourceTypes : is missing'] },
    { name: 'are an object', given: {}, want: ['fault ResourceTypes : is not a list'] },
    { name: 'lack one', given: [], want: ['fault ResourceTypes User: has no resource type at /Users'] },
    {
      name: 'have another schema',
      given: [{ ...user, schema: urn }],
      want: [`fault ResourceTypes User.schema: is not ${users.schema.id}`],
    },
    {
      name: 'lack an extension',
      given: [{ ...user, schemaExtensions: null }],
      want: [`fault ResourceTypes User.schemaExtensions: lacks ${urn}`],
    },
    {
      name: 'have no name',
      given: [{ ...user, name: undefined, id: 'U' }],
      want: ['fault ResourceTypes U.name: is missing'],
    },
    {
      name: 'name a schema that is not there',
      given: [user, { name: 'X', endpoint: '/X', schema: 'urn:x' }],
      want: ['fault ResourceTypes X: names the schema urn:x, which /Schemas lacks'],
    },
  ]
  test.each(table)('$name', ({ given, want }) => {
    expect(find({ resourceTypes: given })).toEqual(want)
  })

  test.each(['Users', 'https://scim.test/v2/Users', '/Users/'])('may have the endpoint %s', (endpoint) => {
    expect(find({ resourceTypes: [{ ...user, endpoint }] })).toEqual([])
  })

  test('may write URNs in another case', () => {
    expect(find({ resourceTypes: [{ ...user, schema: users.schema.id.toUpperCase() }] })).toEqual([])
  })
})

describe('the schemas', () => {
  test.each([
    { given: undefined, want: 'fault Schemas : is missing' },
    { given: {}, want: 'fault Schemas : is not a list' },
  ])('are $given', ({ given, want }) => {
    expect(find({ schemas: given })).toEqual([want])
  })

  test('lack one', () => {
    expect(find({ schemas: [users.schema], resourceTypes: [] })).toContain(`fault Schemas ${urn}: is missing`)
  })

  test('lack an attribute', () => {
    const attributes = enterpriseUser.schema.attributes.filter(({ name }) => name !== 'department')
    const want = [`fault Schemas ${urn}:department: is missing`]
    expect(find({ schemas: [users.schema, { ...enterpriseUser.schema, attributes }] })).toEqual(want)
  })

  test('are compared once, however many definitions share them', () => {
    const missing = find({ schemas: [enterpriseUser.schema] }, [users, users])
    expect(missing.filter((finding) => finding.startsWith('fault Schemas'))).toHaveLength(1)
    expect(find({}, [users, groupResource as unknown as typeof users]).join('\n')).toContain(
      'fault ResourceTypes Group',
    )
  })
})
