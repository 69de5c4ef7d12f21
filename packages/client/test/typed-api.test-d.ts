import { enterpriseUser, groupResource, userResource } from '@scimkit/core'
import { describe, expectTypeOf, it } from 'vitest'
import type { ScimClient } from '../src/index.js'

const { urn } = enterpriseUser
const resources = { users: userResource.extend(enterpriseUser), groups: groupResource }
declare const scim: ScimClient<typeof resources>
const { users, groups } = scim

describe('create and replace', () => {
  it('take a user', () => {
    users.create({ userName: 'ada' })
  })

  it('take an extension', () => {
    users.create({ userName: 'ada', [urn]: { costCenter: '4130' } })
  })

  it('take a group', () => {
    groups.create({ displayName: 'Staff' })
  })

  it('replace by id', () => {
    users.replace('1', { userName: 'ada', active: false })
  })

  it('refuse an id in the resource', () => {
    // @ts-expect-error
    users.create({ userName: 'ada', id: '1' })
  })

  it('refuse an unknown attribute', () => {
    // @ts-expect-error
    users.create({ userName: 'ada', badge: 1 })
  })

  it('refuse an unknown attribute of an extension', () => {
    // @ts-expect-error
    users.create({ userName: 'ada', [urn]: { badge: 1 } })
  })

  it('refuse a group for a user', () => {
    // @ts-expect-error
    users.create({ displayName: 'Staff' })
  })

  it('refuse an extension on a group', () => {
    // @ts-expect-error
    groups.create({ displayName: 'Staff', [urn]: {} })
  })

  it('refuse a replacement without what is required', () => {
    // @ts-expect-error
    users.replace('1', { active: false })
  })
})

describe('answers', () => {
  it('are whole without attributes', () => {
    expectTypeOf(users.get('1')).resolves.toHaveProperty('userName')
  })

  it('have the extension', () => {
    expectTypeOf(users.get('1')).resolves.toHaveProperty(urn)
  })

  it('have what attributes name, and id', () => {
    expectTypeOf(users.get('1', { attributes: ['title'] })).resolves.toHaveProperty('title')
  })

  it('keep the id in any case', () => {
    expectTypeOf(users.get('1', { attributes: ['title'] })).resolves.toHaveProperty('id')
  })

  it('lack what attributes do not name', () => {
    expectTypeOf(users.get('1', { attributes: ['title'] })).resolves.not.toHaveProperty('userName')
  })

  it('lack what is excluded', () => {
    expectTypeOf(users.get('1', { excludedAttributes: ['groups'] })).resolves.not.toHaveProperty('groups')
  })

  it('of a patch may be missing', () => {
    expectTypeOf(users.patch('1', (p) => p.remove('title')))
      .resolves.extract<undefined>()
      .toEqualTypeOf<undefined>()
  })

  it('of a patch with attributes are there', () => {
    expectTypeOf(users.patch('1', (p) => p.remove('title'), { attributes: ['title'] }))
      .resolves.extract<undefined>()
      .toBeNever()
  })

  it('refuse attributes that no schema has', () => {
    // @ts-expect-error
    users.get('1', { attributes: ['titel'] })
  })

  it('refuse attributes that are never returned', () => {
    // @ts-expect-error
    users.get('1', { attributes: ['password'] })
  })

  it('refuse excluded attributes that no schema has', () => {
    // @ts-expect-error
    users.get('1', { excludedAttributes: ['nickname'] })
  })
})

describe('patches', () => {
  it('replace a sub-attribute', () => {
    users.patch('1', (p) => p.replace('name.familyName', 'King'))
  })

  it('unassign by null', () => {
    users.patch('1', (p) => p.replace('title', null))
  })

  it('add an element', () => {
    users.patch('1', (p) => p.add('emails', { value: 'a@example.com', type: 'work' }))
  })

  it('add elements', () => {
    users.patch('1', (p) => p.add('emails', [{ value: 'a@example.com' }]))
  })

  it('replace within an element', () => {
    users.patch('1', (p) => p.replace('emails[type eq "work"].value', 'b@example.com'))
  })

  it('remove an element', () => {
    users.patch('1', (p) => p.remove('emails[type eq "home"]'))
  })

  it('name an attribute of an extension', () => {
    users.patch('1', (p) => p.replace(`${urn}:department`, 'Engines'))
  })

  it('name an extension as a whole', () => {
    users.patch('1', (p) => p.replace(urn, { department: 'Engines' }))
  })

  it('go on', () => {
    users.patch('1', (p) => p.replace('active', false).remove('title').add('roles', { value: 'x' }))
  })

  it('add members to groups', () => {
    groups.patch('1', (p) => p.addMember('7', '8'))
  })

  it('set a password', () => {
    users.patch('1', (p) => p.replace('password', 'secret'))
  })

  it('refuse a misspelt path', () => {
    // @ts-expect-error
    users.patch('1', (p) => p.replace('name.familyname', 'King'))
  })

  it('refuse a readOnly attribute', () => {
    // @ts-expect-error
    users.patch('1', (p) => p.replace('groups', []))
  })

  it('refuse to remove a readOnly attribute', () => {
    // @ts-expect-error
    users.patch('1', (p) => p.remove('id'))
  })

  it('refuse a readOnly sub-attribute', () => {
    // @ts-expect-error
    users.patch('1', (p) => p.replace(`${urn}:manager.displayName`, 'Ada'))
  })

  it('refuse a value of the wrong type', () => {
    // @ts-expect-error
    users.patch('1', (p) => p.replace('active', 'true'))
  })

  it('refuse a value of the wrong type within an element', () => {
    // @ts-expect-error
    users.patch('1', (p) => p.replace('emails[type eq "work"].primary', 'yes'))
  })

  it('refuse null for an added value', () => {
    // @ts-expect-error
    users.patch('1', (p) => p.add('title', null))
  })

  it('refuse an unknown attribute of an extension', () => {
    // @ts-expect-error
    users.patch('1', (p) => p.replace(`${urn}:badge`, 1))
  })

  it('refuse a value path on what is single', () => {
    // @ts-expect-error
    users.patch('1', (p) => p.remove('name[familyName eq "King"]'))
  })

  it('refuse an unknown sub-attribute of an element', () => {
    // @ts-expect-error
    users.patch('1', (p) => p.replace('emails[type eq "work"].address', 'x'))
  })

  it('refuse members on users', () => {
    // @ts-expect-error
    users.patch('1', (p) => p.addMember('7'))
  })
})

describe('filters', () => {
  it('compare a boolean', () => {
    users.list({ filter: (f) => f.eq('active', true) })
  })

  it('compare a text', () => {
    users.list({ filter: (f) => f.sw('userName', 'a') })
  })

  it('compare null', () => {
    users.list({ filter: (f) => f.eq('title', null) })
  })

  it('compare the value of a list', () => {
    users.list({ filter: (f) => f.co('emails', '@example.com') })
  })

  it('compare a canonical value', () => {
    users.list({ filter: (f) => f.eq('emails.type', 'work') })
  })

  it('ask for presence', () => {
    users.list({ filter: (f) => f.pr('name') })
  })

  it('combine', () => {
    users.list({ filter: (f) => f.or(f.pr('title'), f.not(f.eq('active', false))) })
  })

  it('look into elements', () => {
    users.list({ filter: (f) => f.where('emails', (e) => e.and(e.eq('type', 'work'), e.pr('value'))) })
  })

  it('look into an extension', () => {
    users.list({ filter: (f) => f.eq(`${urn}:department`, 'Engines') })
  })

  it('compare times', () => {
    users.list({ filter: (f) => f.gt('meta.lastModified', '2026-01-01T00:00:00Z') })
  })

  it('are taken as text', () => {
    users.list({ filter: 'userName eq "ada"' })
  })

  it('sort by a path', () => {
    users.list({ sortBy: 'name.familyName', sortOrder: 'descending' })
  })

  it('refuse a misspelt path', () => {
    // @ts-expect-error
    users.list({ filter: (f) => f.eq('userNmae', 'ada') })
  })

  it('refuse a value of the wrong type', () => {
    // @ts-expect-error
    users.list({ filter: (f) => f.eq('active', 'true') })
  })

  it('refuse part of a boolean', () => {
    // @ts-expect-error
    users.list({ filter: (f) => f.co('active', 'tr') })
  })

  it('refuse order of booleans', () => {
    // @ts-expect-error
    users.list({ filter: (f) => f.gt('active', false) })
  })

  it('refuse to compare a complex attribute without value', () => {
    // @ts-expect-error
    users.list({ filter: (f) => f.eq('name', 'King') })
  })

  it('refuse what is never returned', () => {
    // @ts-expect-error
    users.list({ filter: (f) => f.eq('password', 'secret') })
  })

  it('refuse to look into what is single', () => {
    // @ts-expect-error
    users.list({ filter: (f) => f.where('name', (e) => e.pr('familyName')) })
  })

  it('refuse an unknown sub-attribute of an element', () => {
    // @ts-expect-error
    users.list({ filter: (f) => f.where('emails', (e) => e.pr('address')) })
  })

  it('refuse a value of the wrong type within an element', () => {
    // @ts-expect-error
    users.list({ filter: (f) => f.where('emails', (e) => e.eq('primary', 'yes')) })
  })

  it('refuse an extension’s attribute without its URN', () => {
    // @ts-expect-error
    users.list({ filter: (f) => f.eq('department', 'Engines') })
  })

  it('refuse a path of another type', () => {
    // @ts-expect-error
    groups.list({ filter: (f) => f.eq('userName', 'ada') })
  })

  it('refuse to sort by what no schema has', () => {
    // @ts-expect-error
    users.list({ sortBy: 'familyName' })
  })
})
