import { describe, expect, it } from 'vitest'
import { checkResource, enterpriseUser, ScimError, urns, userResource } from '../index.js'
import { userResource as lightUserResource } from '../schema.js'
import { attributePathOf } from './check-resource.js'

const definition = userResource.extend(enterpriseUser)

describe('checkResource', () => {
  it('gives what the validator made of the resource', () => {
    expect(checkResource(definition, { userName: 'ada', foo: 1 }, 'create')).toEqual({
      schemas: [urns.user],
      userName: 'ada',
    })
  })

  it.each([
    { name: 'an attribute', given: { userName: 5 }, want: 'userName: must be a string' },
    { name: 'a missing one', given: {}, want: 'userName: is required' },
    {
      name: 'a sub-attribute',
      given: { userName: 'a', name: { givenName: 5 } },
      want: 'name.givenName: must be a string',
    },
    {
      name: 'one of an element, without its position',
      given: { userName: 'a', emails: [{}, { primary: 'x' }] },
      want: 'emails.primary: must be true or false',
    },
    {
      name: 'one of an extension',
      given: { userName: 'a', [urns.enterpriseUser]: { manager: { $ref: ' ' } } },
      want: `${urns.enterpriseUser}:manager.$ref: must be a URI`,
    },
    { name: 'a list', given: { userName: 'a', emails: 'x' }, want: 'emails: must be a list' },
    { name: 'a complex one', given: { userName: 'a', name: 'x' }, want: 'name: must be an object with sub-attributes' },
    {
      name: 'an extension',
      given: { userName: 'a', [urns.enterpriseUser]: 'x' },
      want: `${urns.enterpriseUser}: must be an object with sub-attributes`,
    },
  ])('names $name at fault', ({ given, want }) => {
    const attempt = () => checkResource(definition, given, 'create')
    expect(attempt).toThrow(want)
    expect(attempt).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidValue' }))
  })

  it('tells no value to the client', () => {
    for (const given of [
      { userName: 'hunter2', active: 'hunter2' },
      { userName: ['hunter2'] },
      'hunter2',
      ['hunter2'],
    ]) {
      try {
        checkResource(definition, given, 'create')
        expect.unreachable()
      } catch (error) {
        expect(ScimError.is(error)).toBe(true)
        expect(JSON.stringify(error)).not.toContain('hunter2')
      }
    }
  })

  it('needs validators', () => {
    expect(() => checkResource(lightUserResource, {}, 'create')).toThrow(TypeError)
  })
})

it.each([
  { given: [], want: '' },
  { given: ['userName'], want: 'userName' },
  { given: ['emails', 0, 'value'], want: 'emails.value' },
  { given: [{ key: 'emails' }, { key: 0 }, { key: 'value' }], want: 'emails.value' },
  { given: [urns.enterpriseUser, 'manager', 'value'], want: `${urns.enterpriseUser}:manager.value` },
  { given: [urns.enterpriseUser], want: urns.enterpriseUser },
])('writes the path $given as $want', ({ given, want }) => expect(attributePathOf(given)).toBe(want))
