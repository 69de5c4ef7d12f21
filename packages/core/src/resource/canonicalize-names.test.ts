import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryResource } from '../../test/arbitrary-resource.js'
import { enterpriseUser, ScimError, urns, userResource } from '../schema.js'
import { canonicalizeNames } from './canonicalize-names.js'

const definition = userResource.extend(enterpriseUser)
const enterprise = urns.enterpriseUser

describe('canonicalizeNames', () => {
  it.each([
    { name: 'an attribute', given: { USERNAME: 'ada' }, want: { userName: 'ada' } },
    { name: 'a common attribute', given: { ExternalID: '1', Schemas: [] }, want: { externalId: '1', schemas: [] } },
    { name: 'a sub-attribute', given: { Name: { GIVENNAME: 'Ada' } }, want: { name: { givenName: 'Ada' } } },
    {
      name: 'a sub-attribute of an element',
      given: { emails: [{ value: 'a' }, { Value: 'b' }] },
      want: { emails: [{ value: 'a' }, { value: 'b' }] },
    },
    { name: 'an object for a list', given: { emails: { VALUE: 'a' } }, want: { emails: { value: 'a' } } },
    {
      name: 'an extension',
      given: { [enterprise.toUpperCase()]: { DEPARTMENT: 'x' } },
      want: { [enterprise]: { department: 'x' } },
    },
    {
      name: 'what lies in an extension',
      given: { [enterprise]: { manager: { VALUE: '1', $REF: null } } },
      want: { [enterprise]: { manager: { value: '1', $ref: null } } },
    },
    {
      name: 'nothing of a wrong type',
      given: { NAME: 'x', emails: [1, null, ['a']] },
      want: { name: 'x', emails: [1, null, ['a']] },
    },
  ])('brings $name into schema spelling', ({ given, want }) => {
    expect(canonicalizeNames(definition, given)).toEqual({ resource: want, unknown: [] })
  })

  const reported: { name: string; given: object; unknown: string[] }[] = [
    { name: 'an unknown attribute', given: { foo: 1, userName: 'ada' }, unknown: ['foo'] },
    { name: 'an unknown sub-attribute', given: { name: { Foo: 1 } }, unknown: ['name.Foo'] },
    { name: 'one of an element', given: { emails: [{ foo: 1 }] }, unknown: ['emails.foo'] },
    {
      name: 'one of an extension',
      given: { [enterprise]: { manager: { foo: 1 } } },
      unknown: [`${enterprise}:manager.foo`],
    },
    {
      name: 'an unknown extension, what it holds left alone',
      given: { 'urn:x:Y': { userNAME: 1 } },
      unknown: ['urn:x:Y'],
    },
    {
      name: 'a qualified name, which is a path and no member',
      given: { [`${urns.user}:userName`]: 'a' },
      unknown: [`${urns.user}:userName`],
    },
    {
      name: 'an attribute of an extension outside of its container',
      given: { department: 'x' },
      unknown: ['department'],
    },
    {
      name: 'names of built-in members',
      given: { constructor: 1, toString: 2, hasOwnProperty: 3 },
      unknown: ['constructor', 'toString', 'hasOwnProperty'],
    },
  ]
  it.each(reported)('keeps and reports $name', ({ given, unknown }) => {
    const names = canonicalizeNames(definition, given)
    expect(names).toEqual({ resource: given, unknown })
    expect(names.resource).toBe(given)
  })

  it.each([
    { name: 'small after right', given: '{"userName":"a","username":"b"}', path: 'userName' },
    { name: 'right after small', given: '{"username":"a","userName":"b"}', path: 'userName' },
    { name: 'small after capitals', given: '{"USERNAME":"a","username":"b"}', path: 'userName' },
    { name: 'within a complex attribute', given: '{"name":{"givenName":"a","GivenName":"b"}}', path: 'name.givenName' },
    { name: 'within an element', given: '{"emails":[{"value":"a","VALUE":"b"}]}', path: 'emails.value' },
    { name: 'extensions', given: `{"${enterprise}":{},"${enterprise.toLowerCase()}":{}}`, path: enterprise },
  ])('refuses an attribute that is given twice: $name', ({ given, path }) => {
    const attempt = () => canonicalizeNames(definition, JSON.parse(given))
    expect(attempt).toThrow(`${path} is given twice`)
    expect(attempt).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidSyntax' }))
  })

  it('drops __proto__ at every known level and touches no prototype', () => {
    const given = JSON.parse(
      `{"__proto__":{"admin":true},"name":{"__proto__":{"admin":true},"givenName":"Ada"},"emails":[{"__proto__":1}],"USERNAME":"ada"}`,
    )
    const { resource, unknown } = canonicalizeNames(definition, given)
    expect(resource).toEqual({ name: { givenName: 'Ada' }, emails: [{}], userName: 'ada' })
    expect(Object.hasOwn(resource, '__proto__')).toBe(false)
    expect(Object.getPrototypeOf(resource)).toBe(Object.prototype)
    expect(unknown).toEqual(['__proto__', 'name.__proto__', 'emails.__proto__'])
    expect('admin' in {}).toBe(false)
  })

  it('takes names from no prototype', () => {
    const given = Object.create({ userName: 'inherited' }) as object
    expect(canonicalizeNames(definition, given).resource).toEqual({})
  })

  it('gives the same resource for any spelling, and leaves the given one as it is', () => {
    fc.assert(
      fc.property(arbitraryResource(definition, 0), fc.infiniteStream(fc.boolean()), (resource, upper) => {
        const spelled = respell(resource, (name) => (upper.next().value ? name.toUpperCase() : name.toLowerCase()))
        const before = JSON.stringify(spelled)
        expect(canonicalizeNames(definition, spelled as object).resource).toEqual(resource)
        expect(JSON.stringify(spelled)).toBe(before)
        expect(canonicalizeNames(definition, resource).resource).toBe(resource)
      }),
    )
  })

  it('throws nothing but a ScimError, whatever it is given', () => {
    fc.assert(
      fc.property(arbitraryResource(definition, 5), (resource) => {
        try {
          const { resource: once } = canonicalizeNames(definition, resource)
          expect(canonicalizeNames(definition, once).resource).toBe(once)
        } catch (error) {
          expect(ScimError.is(error, 'invalidSyntax')).toBe(true)
        }
      }),
    )
  })
})

function respell(value: unknown, spell: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((element) => respell(element, spell))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inside]) => [spell(name), respell(inside, spell)]))
}
