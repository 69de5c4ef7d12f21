import { describe, expect, it } from 'vitest'
import { diffConfigs } from './diff-configs.js'

const schema = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'
const config = {
  schemas: [schema],
  documentationUri: 'https://example.com/one',
  patch: { supported: true },
  bulk: { supported: true, maxOperations: 1000 },
  authenticationSchemes: [
    { type: 'oauth2', name: 'OAuth' },
    { type: 'httpbasic', name: 'Basic' },
  ],
  meta: { location: 'https://example.com' },
}

describe('diffConfigs', () => {
  it('names what was added, removed and changed', () => {
    const { patch: _, ...rest } = config
    const now = { ...rest, bulk: { supported: true, maxOperations: 10 }, cursor: true, authenticationSchemes: [] }
    expect(diffConfigs([config], [now])).toEqual([
      { kind: 'removed', schema, path: 'patch.supported' },
      { kind: 'changed', schema, path: 'bulk.maxOperations', before: 1000, after: 10 },
      { kind: 'changed', schema, path: 'authenticationSchemes', before: 'httpbasic, oauth2', after: '' },
      { kind: 'added', schema, path: 'cursor' },
    ])
  })

  it('ignores order, addresses and what the server keeps', () => {
    const now = {
      ...config,
      documentationUri: 'https://example.com/two',
      authenticationSchemes: config.authenticationSchemes.toReversed(),
      meta: {},
    }
    expect(diffConfigs([config], [now])).toEqual([])
  })

  it('says nothing when one side has none', () => {
    expect(diffConfigs([config], [])).toEqual([])
    expect(diffConfigs([], [config])).toEqual([])
  })
})
