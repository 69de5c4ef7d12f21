import { describe, expect, it } from 'vitest'
import { readUrnDot, splitAttributePath } from '../schema/attribute-path.js'
import { defineAttribute, defineExtension, defineSchema, enterpriseUser, urns, userResource } from '../schema.js'
import { findAttribute, schemaUrns } from './find-attribute.js'

const dotted = defineExtension({
  schema: defineSchema({
    id: 'urn:example:acme.v2.1',
    name: 'Acme',
    attributes: [{ name: 'badge' }, { name: 'title' }],
  }),
  describe: () => Promise.reject(new Error('not asked for')),
})
const definition = userResource.extend(enterpriseUser).extend(dotted)
const enterprise = urns.enterpriseUser

/** Where a path led, as one text. */
function found(path: string): string | undefined {
  const target = findAttribute(definition, path)
  if (!target) return undefined
  return [target.extension?.id, target.attribute?.name, target.subAttribute?.name].filter(Boolean).join(' ')
}

describe('findAttribute', () => {
  it.each([
    { name: 'an attribute', given: 'userName', want: 'userName' },
    { name: 'an attribute in any case', given: 'USERNAME', want: 'userName' },
    { name: 'a sub-attribute', given: 'name.givenname', want: 'name givenName' },
    { name: 'a sub-attribute with a dollar sign', given: 'groups.$ref', want: 'groups $ref' },
    { name: 'a common attribute', given: 'meta.lastModified', want: 'meta lastModified' },
    { name: 'a qualified attribute', given: `${urns.user}:userName`, want: 'userName' },
    { name: 'a qualified attribute in any case', given: `${urns.user}:userName`.toUpperCase(), want: 'userName' },
    { name: 'a qualified common attribute', given: `${urns.user}:id`, want: 'id' },
    { name: 'a qualified sub-attribute', given: `${urns.user}:name.familyName`, want: 'name familyName' },
    { name: 'an attribute of an extension', given: `${enterprise}:department`, want: `${enterprise} department` },
    {
      name: 'a sub-attribute of an extension',
      given: `${enterprise}:manager.value`,
      want: `${enterprise} manager value`,
    },
    { name: 'the container of an extension', given: enterprise, want: enterprise },
    { name: 'the container in any case', given: enterprise.toLowerCase(), want: enterprise },
    {
      name: 'a container whose URN ends in a dot and a number',
      given: 'urn:example:acme.v2.1',
      want: 'urn:example:acme.v2.1',
    },
    {
      name: 'an attribute behind such a URN',
      given: 'urn:example:acme.v2.1:badge',
      want: 'urn:example:acme.v2.1 badge',
    },
    { name: 'a bare name that one extension alone has', given: 'employeeNumber', want: `${enterprise} employeeNumber` },
    { name: 'the base first where an extension has the name too', given: 'title', want: 'title' },
    { name: 'nothing for an unknown name', given: 'foo', want: undefined },
    { name: 'nothing for an unknown sub-attribute', given: 'name.foo', want: undefined },
    { name: 'nothing below a simple attribute', given: 'userName.foo', want: undefined },
    { name: 'nothing two levels below', given: 'name.givenName.foo', want: undefined },
    { name: 'nothing for an unknown URN', given: 'urn:example:other:userName', want: undefined },
    { name: 'nothing for an attribute of another schema', given: `${enterprise}:userName`, want: undefined },
    { name: 'nothing for the base schema itself', given: urns.user, want: undefined },
    { name: 'nothing for names of built-in members', given: 'constructor', want: undefined },
    { name: 'nothing for __proto__', given: '__proto__', want: undefined },
    { name: 'nothing for nothing', given: '', want: undefined },
    { name: 'nothing for a dot', given: '.', want: undefined },
    { name: 'nothing for a colon', given: ':', want: undefined },
  ])('finds $name', ({ given, want }) => expect(found(given)).toBe(want))

  it('takes a path in parts', () => {
    const parts = { urn: enterprise, name: 'MANAGER', subAttribute: '$REF' }
    expect(findAttribute(definition, parts)?.subAttribute?.name).toBe('$ref')
  })

  it('knows no bare name that two extensions have', () => {
    const twin = defineExtension({
      schema: defineSchema({ id: 'urn:example:twin', name: 'Twin', attributes: [{ name: 'badge' }] }),
      describe: () => Promise.reject(new Error('not asked for')),
    })
    expect(findAttribute(definition.extend(twin), 'badge')).toBeUndefined()
  })
})

describe('splitAttributePath', () => {
  it.each([
    { given: 'userName', want: { name: 'userName' } },
    { given: 'name.givenName', want: { name: 'name', subAttribute: 'givenName' } },
    { given: `${urns.user}:name.givenName`, want: { urn: urns.user, name: 'name', subAttribute: 'givenName' } },
    { given: 'a.b.c', want: { name: 'a', subAttribute: 'b.c' } },
    { given: ':a', want: { name: 'a' } },
  ])('splits $given', ({ given, want }) => expect(splitAttributePath(given)).toEqual(want))
})

it('gives references and binaries their case whatever is declared', () => {
  expect(defineAttribute({ name: 'a', type: 'reference', caseExact: false }).caseExact).toBe(true)
  expect(defineAttribute({ name: 'a', type: 'binary', caseExact: false }).caseExact).toBe(true)
})

describe('an extension within an extension', () => {
  const inner = (name: string) => ({ name, type: 'complex' as const, subAttributes: [{ name: 'key' }] })
  const holding = (id: string, ...names: readonly string[]) =>
    defineExtension({
      schema: defineSchema({ id, name: 'Holder', attributes: names.map(inner) }),
      describe: () => Promise.reject(new Error('not asked for')),
    })
  const device = userResource
    .extend(holding('urn:x:a:2.0', 'urn:x:Plain', 'urn:x:in:2.0', 'urn:x:v1.2', 'urn:x:both'))
    .extend(holding('urn:x:b:2.0', 'urn:x:both'))

  it.each([
    ['urn:x:a:2.0:urn:x:Plain', ['urn:x:a:2.0', 'urn:x:Plain', undefined]],
    ['URN:X:PLAIN', ['urn:x:a:2.0', 'urn:x:Plain', undefined]],
    ...['urn:x:Plain', 'urn:x:in:2.0', 'urn:x:v1.2'].flatMap((urn) =>
      [`urn:x:a:2.0:${urn}:key`, `urn:x:a:2.0:${urn}.key`, `${urn}:KEY`, `${urn}.key`].map(
        (path) => [path, ['urn:x:a:2.0', urn, 'key']] as const,
      ),
    ),
    ['urn:x:b:2.0:urn:x:both:key', ['urn:x:b:2.0', 'urn:x:both', 'key']],
    ...[
      'urn:x:both',
      'urn:x:both:key',
      'urn:x:both.key',
      'urn:x:Plain:key.key',
      'urn:x:Plain.kay',
      'urn:x:v1.3.key',
    ].map((path) => [path, undefined] as const),
  ] as const)('%s leads to %j', (path, want) => {
    const target = findAttribute(device, path)
    expect(target && [target.extension?.id, target.attribute?.name, target.subAttribute?.name]).toEqual(want)
  })
})

describe('readUrnDot', () => {
  const urns = [...schemaUrns(definition), 'urn:example:acme', 'urn:example:acme.v2.1:deep']
  it.each([
    { given: `${enterprise}.manager.displayName`, want: `${enterprise}:manager.displayName` },
    { given: `${enterprise.toUpperCase()}.Manager`, want: `${enterprise.toUpperCase()}:Manager` },
    { given: 'urn:example:acme.badge', want: 'urn:example:acme:badge' },
    { given: 'urn:example:acme.v2.1.badge', want: 'urn:example:acme.v2.1:badge' },
    { given: 'urn:example:acme.v2.1', want: undefined },
    { given: 'urn:example:acme.v2.1:badge', want: undefined },
    { given: 'urn:example:acme.v2.1:deep.a', want: 'urn:example:acme.v2.1:deep:a' },
    { given: `${enterprise}:manager.displayName`, want: undefined },
    { given: `${enterprise}s.manager`, want: undefined },
    { given: 'name.givenName', want: undefined },
    { given: '.x', want: undefined },
    { given: '', want: undefined },
  ])('makes $want of $given', ({ given, want }) => expect(readUrnDot(urns, given)).toBe(want))
})
