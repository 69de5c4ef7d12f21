import { resourceFromSchemas } from '@scimkit/core'
import {
  enterpriseUser,
  findAttribute,
  groupResource,
  type ResourceDefinition,
  userResource,
} from '@scimkit/core/schema'
import { describe, expect, it } from 'vitest'
import {
  indexPath,
  isRelation,
  listIndexedAttributes,
  readIndexedValues,
  ruleOf,
  toIndexText,
} from './indexed-attributes.js'

const text = (name: string, more: object = {}) => ({ name, type: 'string', ...more })
const complex = (name: string, subAttributes: readonly object[], more: object = {}) => ({
  name,
  type: 'complex',
  subAttributes,
  ...more,
})
const schema = {
  id: 'urn:example:Device',
  name: 'Device',
  attributes: [
    text('serial', { uniqueness: 'server', caseExact: true }),
    complex('owner', [text('value', { uniqueness: 'global' }), text('note')]),
    complex('parts', [text('value'), text('code', { uniqueness: 'server' })], { multiValued: true }),
    complex('whole', [text('note')], { uniqueness: 'server' }),
    text('secret', { uniqueness: 'server', returned: 'never' }),
    complex('vault', [text('value'), text('pin', { uniqueness: 'server' })], { returned: 'never' }),
    { name: 'tags', type: 'string', multiValued: true },
    { name: 'count', type: 'integer' },
    { name: 'groups', type: 'complex', multiValued: true, subAttributes: [text('value')] },
    complex('members', [text('value')]),
  ],
}
const device: ResourceDefinition = resourceFromSchemas([schema], {
  name: 'Device',
  endpoint: '/Devices',
  schema: schema.id,
})

describe('listIndexedAttributes', () => {
  it('lists unique attributes and those that identity providers look up', () => {
    const list = (definition: ResourceDefinition, further?: readonly string[]) =>
      listIndexedAttributes(definition, further).map(({ path, unique }) => `${unique ? 'unique ' : ''}${path}`)
    expect(list(userResource)).toEqual(['unique userName', 'externalId', 'displayName', 'emails.value'])
    expect(list(groupResource)).toEqual(['externalId', 'displayName'])
    expect(list(device)).toEqual(['unique serial', 'unique owner.value', 'unique parts.code', 'externalId'])
    expect(list(userResource, ['NAME.familyname', 'userName', 'emails'])).toEqual([
      'unique userName',
      'externalId',
      'displayName',
      'emails.value',
      'name.familyName',
    ])
  })

  it.each([
    'shoeSize',
    'name',
    'password',
    'groups',
    'groups.value',
    'id',
    'urn:ietf:params:scim:schemas:core:2.0:User',
  ])('refuses %s, which has no values that an index may hold', (path) => {
    expect(() => listIndexedAttributes(userResource, [path])).toThrow(
      new TypeError(`indexed: ${path} cannot be indexed; name an attribute of User that has values of its own`),
    )
  })

  it.each(['secret', 'vault', 'vault.pin', 'whole'])('refuses %s, too', (path) => {
    expect(() => listIndexedAttributes(device, [path])).toThrow(TypeError)
  })

  it('takes attributes of extensions by their whole path', () => {
    const extended = userResource.extend(enterpriseUser)
    const path = `${enterpriseUser.urn}:employeeNumber`
    const [found] = listIndexedAttributes(extended, [path]).slice(-1)
    expect(found).toMatchObject({ path, container: enterpriseUser.urn, unique: false })
    expect(listIndexedAttributes(extended, [`${enterpriseUser.urn}:manager`]).at(-1)?.path).toBe(
      `${enterpriseUser.urn}:manager.value`,
    )
  })
})

describe('readIndexedValues', () => {
  const valuesOf = (path: string, document: object, definition: ResourceDefinition = device) => {
    const indexed = listIndexedAttributes(definition, [path]).find((one) => one.path === path)
    if (!indexed) throw new Error(path)
    return [...readIndexedValues(indexed, document)]
  }

  it.each([
    { path: 'serial', given: { serial: 'Ab' }, want: ['Ab'] },
    { path: 'serial', given: {}, want: [] },
    { path: 'serial', given: { serial: null }, want: [] },
    { path: 'owner.value', given: { owner: { value: 'Ab', note: 'x' } }, want: ['ab'] },
    { path: 'owner.value', given: { owner: 'Ab' }, want: [] },
    { path: 'owner.value', given: { owner: null }, want: [] },
    { path: 'parts.code', given: { parts: [{ code: 'A' }, {}, { code: 'b' }, { code: 'a' }] }, want: ['a', 'b'] },
    { path: 'parts.code', given: { parts: { code: 'A' } }, want: ['a'] },
    { path: 'tags', given: { tags: ['A', 'b', 'B', ''] }, want: ['a', 'b', ''] },
    { path: 'count', given: { count: 7 }, want: ['7'] },
    { path: 'count', given: { count: { value: 7 } }, want: [] },
    { path: 'serial', given: Object.create({ serial: 'inherited' }), want: [] },
  ])('$path of $given', ({ path, given, want }) => {
    expect(valuesOf(path, given)).toEqual(want)
  })

  it('looks into the container of an extension alone', () => {
    const extended = userResource.extend(enterpriseUser)
    const path = `${enterpriseUser.urn}:employeeNumber`
    expect(valuesOf(path, { [enterpriseUser.urn]: { employeeNumber: '7' }, employeeNumber: '8' }, extended)).toEqual([
      '7',
    ])
    expect(valuesOf(path, { employeeNumber: '8' }, extended)).toEqual([])
  })
})

describe('toIndexText', () => {
  const [exact, folded] = ['serial', 'tags'].map((name) => findAttribute(device, name)?.attribute)

  it('writes equal values alike', () => {
    if (!exact || !folded) throw new Error('no attribute')
    expect(['Straße', 'STRASSE', 'a\0'].map((value) => toIndexText(folded, value))).toEqual([
      'strasse',
      'strasse',
      'a\uffff0000',
    ])
    expect(toIndexText(exact, 'Straße')).toBe('Straße')
    expect([1, true, false, null, undefined, {}].map((value) => toIndexText(folded, value))).toEqual([
      '1',
      'true',
      'false',
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('ruleOf', () => {
  it('tells unique from shared and exact from folded values', () => {
    const rules = listIndexedAttributes(device, ['tags']).map((one) => [one.path, ruleOf(one)])
    expect(Object.fromEntries(rules)).toEqual({
      serial: 'unique exact',
      'owner.value': 'unique folded',
      'parts.code': 'unique folded',
      externalId: 'exact',
      tags: 'folded',
    })
  })
})

describe('indexPath and isRelation', () => {
  const targetOf = (path: string, definition: ResourceDefinition = device) => {
    const target = findAttribute(definition, path)
    if (!target) throw new Error(path)
    return target
  }

  it.each([
    { given: targetOf('parts'), want: 'parts.value' },
    { given: targetOf('parts.code'), want: 'parts.code' },
    { given: targetOf('serial'), want: 'serial' },
    { given: targetOf('whole'), want: 'whole' },
    { given: targetOf(enterpriseUser.urn, userResource.extend(enterpriseUser)), want: undefined },
  ])('spells out the path: $want', ({ given, want }) => {
    expect(indexPath(given)).toBe(want)
  })

  it.each([
    { name: 'members of groups', target: targetOf('members', groupResource), want: true },
    { name: 'their sub-attributes', target: targetOf('members.value', groupResource), want: true },
    { name: 'groups of users', target: targetOf('groups', userResource), want: true },
    { name: 'groups that clients may write', target: targetOf('groups'), want: false },
    { name: 'members that are one value', target: targetOf('members'), want: false },
    { name: 'any other list', target: targetOf('emails', userResource), want: false },
    { name: 'a simple attribute', target: targetOf('serial'), want: false },
  ])('resolves $name by the table of memberships: $want', ({ target, want }) => {
    expect(isRelation(target)).toBe(want)
  })

  it('leaves members of an extension alone', () => {
    const extension = {
      id: 'urn:example:x',
      name: 'x',
      attributes: [complex('members', [text('value')], { multiValued: true })],
    }
    const extended = resourceFromSchemas([schema, extension], {
      name: 'Device',
      endpoint: '/Devices',
      schema: schema.id,
      schemaExtensions: [{ schema: extension.id, required: false }],
    })
    expect(isRelation(targetOf('urn:example:x:members', extended))).toBe(false)
  })
})
