import { enterpriseUser, urns } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import { makeContext } from '../../test/make-context.js'
import { readResource } from './read-resource.js'

function read(
  body: object,
  use: 'create' | 'replace' = 'create',
  type: 'User' | 'Group' = 'User',
  compatibility: 'lenient' | 'strict' = 'strict',
) {
  const { context, notes } = makeContext({ type, compatibility })
  const schemas = type === 'User' ? [urns.user] : [urns.group]
  return { ...readResource(context, { schemas, ...body }, use), notes }
}

describe('a resource is taken apart', () => {
  it('into attributes without what is unassigned, readOnly, or kept elsewhere', () => {
    const given = read({
      id: 'x',
      userName: 'ada',
      title: null,
      emails: [],
      password: 's3cret-s3cret',
      groups: [{ value: '1' }],
    })
    expect(given.attributes).toEqual({ userName: 'ada' })
    expect(given.password).toBe('s3cret-s3cret')
    expect(given.checked).toMatchObject({ title: null, emails: [] })
    expect(given.checked).not.toHaveProperty('id')
  })

  it('with the schemas that are in use', () => {
    const extended = {
      schemas: [urns.user, enterpriseUser.urn],
      userName: 'ada',
      [enterpriseUser.urn]: { department: 'R' },
    }
    expect(read(extended).schemas).toEqual([urns.user, enterpriseUser.urn])
    expect(read({ ...extended, [enterpriseUser.urn]: {} }).schemas).toEqual([urns.user])
  })

  it('with the members of a group apart, where the store has a port for them', () => {
    const { attributes, members } = read(
      { displayName: 'A', members: [{ value: '1' }, { value: '1' }] },
      'create',
      'Group',
    )
    expect([attributes, members]).toEqual([{ displayName: 'A' }, [{ value: '1' }]])
    expect(read({ displayName: 'A' }, 'create', 'Group').members).toBeUndefined()
  })
})

describe('the password in a body', () => {
  it.each([
    { password: 'new', use: 'replace', compatibility: 'strict', want: 'new' },
    { password: 'a password', use: 'create', compatibility: 'strict', want: 'a password' },
    { password: null, use: 'create', compatibility: 'strict', want: undefined },
    { password: null, use: 'replace', compatibility: 'strict', want: null },
    { password: null, use: 'replace', compatibility: 'lenient', want: undefined },
  ] as const)('$password of a $compatibility $use is $want', ({ password, use, compatibility, want }) => {
    expect(read({ userName: 'ada', password }, use, 'User', compatibility).password).toBe(want)
  })
})

it('leaves the password of a PUT without one as it is', () => {
  expect(read({ userName: 'ada' }, 'replace').password).toBeUndefined()
})

describe('a fault', () => {
  it('refuses a POST at once, and is left to the stored resource by a PUT', () => {
    const body = { name: { familyName: 'L' } }
    expect(() => read(body)).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidValue' }))
    const { faulty, checked } = read({ ...body, id: '7' }, 'replace')
    expect(faulty).toMatchObject({ name: { familyName: 'L' } })
    expect(checked).toEqual({ name: { familyName: 'L' } })
    expect(read({ userName: 'ada' }, 'replace').faulty).toBeUndefined()
  })
})
