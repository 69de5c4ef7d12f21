import { urns } from '@scimkit/core/schema'
import { parsePatchOp } from '@scimkit/server-kit/patch'
import { describe, expect, it } from 'vitest'
import { ada, group, patch, sales, user } from './definitions.js'

const apply = (
  definition: typeof user,
  resource: object,
  operations: readonly object[],
  compatibility: 'lenient' | 'strict',
) =>
  patch(
    definition,
    resource,
    parsePatchOp({ schemas: [urns.patchOp], Operations: operations }, compatibility),
    compatibility,
  ).resource

const home = { type: 'home', streetAddress: '1 Old Road', locality: 'London' }
const work = { type: 'work', streetAddress: '5 Saint James Square', locality: 'London', primary: false }
const housed = { ...ada, addresses: [home, work] }

describe.each(['lenient', 'strict'] as const)('PA-24: the examples of RFC 7644 §3.5.2 in %s mode', (compatibility) => {
  const onGroup = (...operations: object[]) => apply(group, sales, operations, compatibility)
  const onUser = (resource: object, ...operations: object[]) => apply(user, resource, operations, compatibility)

  it('add a member', () => {
    const value = [{ display: 'Babs Jensen', $ref: 'https://example.com/v2/Users/u9', value: 'u9' }]
    expect(onGroup({ op: 'add', path: 'members', value }).members).toEqual([...(sales.members as object[]), ...value])
  })

  it('add emails and nickname without a path', () => {
    const value = { emails: [{ value: 'babs@jensen.org', type: 'other' }], nickname: 'Babs' }
    const resource = onUser(ada, { op: 'add', value })
    expect(resource.nickName).toBe('Babs')
    expect(resource.emails).toEqual([...(ada.emails as object[]), value.emails[0]])
  })

  it('remove one member', () => {
    expect(onGroup({ op: 'remove', path: 'members[value eq "u1"]' }).members).toEqual([{ value: 'u2', type: 'User' }])
  })

  it('remove all members', () => {
    expect(Object.hasOwn(onGroup({ op: 'remove', path: 'members' }), 'members')).toBe(false)
  })

  it('remove through a compound filter', () => {
    const path = 'emails[type eq "work" and value ew "example.com"]'
    expect(onUser(ada, { op: 'remove', path }).emails).toEqual([{ value: 'ada@home.example', type: 'home' }])
  })

  it('remove one member and add another in one request', () => {
    const value = [{ display: 'James Smith', value: 'u8' }]
    const resource = onGroup({ op: 'remove', path: 'members[value eq "u1"]' }, { op: 'add', path: 'members', value })
    expect(resource.members).toEqual([{ value: 'u2', type: 'User' }, ...value])
  })

  it('replace the list of members', () => {
    const value = [{ value: 'u7' }, { value: 'u8' }]
    expect(onGroup({ op: 'replace', path: 'members', value }).members).toEqual(value)
  })

  it('replace the work address, and make it primary', () => {
    const value = { type: 'work', streetAddress: '911 Universal City Plaza', locality: 'Hollywood', primary: true }
    const resource = onUser(
      { ...ada, addresses: [{ ...home, primary: true }, work] },
      { op: 'replace', path: 'addresses[type eq "work"]', value },
    )
    expect(resource.addresses).toEqual([{ ...home, primary: false }, value])
  })

  it('replace the street of the work address', () => {
    const path = 'addresses[type eq "work"].streetAddress'
    const resource = onUser(housed, { op: 'replace', path, value: '1010 Broadway Ave' })
    expect(resource.addresses).toEqual([home, { ...work, streetAddress: '1010 Broadway Ave' }])
  })

  it('replace emails and nickname without a path', () => {
    const emails = [
      { value: 'bjensen@example.com', type: 'work', primary: true },
      { value: 'babs@jensen.org', type: 'home' },
    ]
    const resource = onUser(ada, { op: 'replace', value: { emails, nickname: 'Babs' } })
    expect(resource).toEqual({ ...ada, emails, nickName: 'Babs' })
  })
})
