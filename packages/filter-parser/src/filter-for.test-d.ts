import { enterpriseUser, groupResource, type ResourceDefinition, userResource } from '@scimkit/core/schema'
import { describe, expectTypeOf, it } from 'vitest'
import { type Filter, filter, filterFor, f as untyped } from './index.js'

const f = filterFor(userResource.extend(enterpriseUser))
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

describe('a filter builder of a definition compiles', () => {
  it('paths of the base schema with values of their types', () => {
    expectTypeOf(f.eq('userName', 'ada')).toEqualTypeOf<Filter>()
    f.eq('active', true)
    f.ne('name.familyName', 'King')
    f.co('displayName', 'a')
    f.sw('userName', 'a')
    f.ew('emails.value', '@example.com')
    f.gt('meta.lastModified', '2026-01-01T00:00:00Z')
    f.ge('meta.created', '2026-01-01T00:00:00Z')
    f.lt('userName', 'm')
    f.le('userName', 'm')
    f.eq('title', null)
    f.eq('emails', 'ada@example.com')
    f.eq('emails.type', 'work')
    f.eq('emails.type', 'a type of our own')
    f.eq('emails.primary', true)
    f.eq('groups', 'id')
    f.eq('schemas', enterprise)
  })
  it('presence of anything', () => {
    f.pr('name')
    f.pr('emails')
    f.pr('addresses')
    f.pr('meta')
    f.pr('active')
    f.pr(enterprise)
  })
  it('paths of extensions', () => {
    f.eq(`${enterprise}:department`, 'R&D')
    f.eq(`${enterprise}:manager`, 'id')
    f.eq(`${enterprise}:manager.value`, 'id')
  })
  it('logic and brackets', () => {
    f.and(f.pr('title'), f.or(f.eq('active', true), f.not(f.pr('name'))))
    f.where('emails', (email) => email.and(email.eq('type', 'work'), email.co('value', '@')))
    f.where('addresses', (address) => address.eq('country', 'FR'))
    f.where('emails', (email) => email.eq('primary', true))
    f.where('emails', (email) => email.not(email.pr('display')))
  })
  it('filters that were built without types', () => {
    f.and(untyped.eq('anything', 1), filter`userName eq ${'ada'}`)
    untyped.where('emails', untyped.eq('type', 'work'))
    untyped.where('emails', (email) => email.eq('type', 'work'))
    filterFor(groupResource).where('members', (member) => member.eq('value', 'id'))
    const unknown: ResourceDefinition = userResource
    filterFor(unknown).eq('whatever', 1)
  })
})

describe('a filter builder of a definition does not compile', () => {
  it('paths that no schema has', () => {
    // @ts-expect-error misspelt
    f.eq('usrName', 'ada')
    // @ts-expect-error unknown sub-attribute
    f.eq('name.firstName', 'ada')
    // @ts-expect-error attribute of another definition
    f.eq('members', 'id')
    // @ts-expect-error extension that was not added
    filterFor(userResource).eq(`${enterprise}:department`, 'R&D')
    // @ts-expect-error extension attribute that does not exist
    f.eq(`${enterprise}:badge`, 'x')
    // @ts-expect-error never returned
    f.eq('password', 'x')
    // @ts-expect-error brackets belong to where()
    f.eq('emails[type eq "work"].value', 'x')
    // @ts-expect-error misspelt
    f.pr('emials')
  })
  it('values of another type', () => {
    // @ts-expect-error text for a boolean
    f.eq('active', 'true')
    // @ts-expect-error number for a text
    f.eq('userName', 1)
    // @ts-expect-error boolean for a text
    f.ne('title', true)
    // @ts-expect-error undefined is not a literal
    f.eq('title', undefined)
    // @ts-expect-error text for a boolean
    f.eq('emails.primary', 'yes')
  })
  it('operators that the type does not have', () => {
    // @ts-expect-error booleans have no order
    f.gt('active', true)
    // @ts-expect-error booleans have no parts
    f.co('active', 'tr')
    // @ts-expect-error a complex attribute without value has presence alone
    f.eq('name', 'ada')
    // @ts-expect-error a complex attribute without value has presence alone
    f.eq('name', null)
    // @ts-expect-error a complex attribute without value has presence alone
    f.co('addresses', 'FR')
    // @ts-expect-error an extension has presence alone
    f.eq(enterprise, 'x')
    // @ts-expect-error null is in no order
    f.gt('meta.created', null)
    // @ts-expect-error null has no parts
    f.sw('userName', null)
  })
  it('brackets around what has no such element', () => {
    // @ts-expect-error singular
    f.where('userName', (element) => element.pr('value'))
    // @ts-expect-error not a sub-attribute
    f.where('emails', (email) => email.eq('country', 'FR'))
    // @ts-expect-error full paths do not stand in brackets
    f.where('emails', (email) => email.eq('emails.type', 'work'))
    // @ts-expect-error brackets do not nest
    f.where('emails', (email) => email.where('emails', (inner) => inner.pr('value')))
    // @ts-expect-error wrong type of a sub-attribute
    f.where('emails', (email) => email.eq('primary', 'true'))
    // @ts-expect-error sub-attribute of another attribute
    f.where('emails', (email) => email.pr('streetAddress'))
  })
  it('templates with values that are not literals', () => {
    // @ts-expect-error objects are not literals
    filter`userName eq ${{}}`
    // @ts-expect-error undefined is not a literal
    filter`userName eq ${undefined}`
    // @ts-expect-error logic takes filters, not texts
    f.and('userName pr')
    // @ts-expect-error not() takes one filter
    f.not(f.pr('title'), f.pr('active'))
  })
})
