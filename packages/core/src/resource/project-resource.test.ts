import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryResource } from '../../test/arbitrary-resource.js'
import { commonAttributes } from '../schema/common-attributes.js'
import {
  type AttributeDeclaration,
  defineExtension,
  defineResource,
  defineSchema,
  enterpriseUser,
  type ProjectionRequest,
  projectResource,
  type ResourceDefinition,
  urns,
  userResource,
} from '../schema.js'
import { createProjection } from './project-resource.js'

const describeNothing = () => Promise.reject(new Error('not asked for'))
const users = userResource.extend(enterpriseUser)
const enterprise = urns.enterpriseUser
const urn = 'urn:example:extension'

/** A type with every way of being returned, at each level. */
const subAttributes: readonly AttributeDeclaration[] = [
  { name: 'always', returned: 'always' },
  { name: 'default' },
  { name: 'request', returned: 'request' },
  { name: 'never', returned: 'never' },
]
const attributes: readonly AttributeDeclaration[] = [
  ...subAttributes,
  { name: 'one', type: 'complex', subAttributes },
  { name: 'many', type: 'complex', multiValued: true, subAttributes },
  { name: 'hidden', type: 'complex', returned: 'request', subAttributes },
]
const things: ResourceDefinition = defineResource({
  name: 'Thing',
  endpoint: '/Things',
  schema: defineSchema({ id: 'urn:example:Thing', name: 'Thing', attributes }),
  describe: describeNothing,
}).extend(defineExtension({ schema: defineSchema({ id: urn, name: 'E', attributes }), describe: describeNothing }))

const values = { always: 'a', default: 'd', request: 'r', never: 'n' }
const level = { ...values, one: values, many: [values], hidden: values }
const thing = { schemas: ['urn:example:Thing', urn], id: '1', ...level, [urn]: level }
const ids = { schemas: thing.schemas, id: '1' }
const ad = { always: 'a', default: 'd' }
const byDefault = { ...ad, one: ad, many: [ad] }

const user = {
  schemas: [urns.user, enterprise],
  id: '1',
  userName: 'ada',
  name: { givenName: 'Ada', familyName: 'King' },
  emails: [{ value: 'a@x', type: 'work' }, { type: 'home' }],
  [enterprise]: { department: 'R&D', manager: { value: '2' } },
}
const userIds = { schemas: user.schemas, id: '1' }

interface Case {
  readonly name: string
  readonly definition: ResourceDefinition
  readonly resource: object
  readonly given: ProjectionRequest
  readonly want: object
}

const cases: readonly Case[] = [
  ...[
    { name: 'what is returned by default', given: {}, want: { ...ids, ...byDefault, [urn]: byDefault } },
    {
      name: 'what is always returned where nothing is known of the rest',
      given: { attributes: ['foo'] },
      want: { ...ids, always: 'a', [urn]: { always: 'a' } },
    },
    {
      name: 'an attribute that is named',
      given: { attributes: ['default'] },
      want: { ...ids, ...ad, [urn]: { always: 'a' } },
    },
    {
      name: 'an attribute on request',
      given: { attributes: ['request'] },
      want: { ...ids, always: 'a', request: 'r', [urn]: { always: 'a' } },
    },
    {
      name: 'never what is never returned',
      given: { attributes: ['never', 'one.never'] },
      want: { ...ids, always: 'a', one: { always: 'a' }, [urn]: { always: 'a' } },
    },
    {
      name: 'a complex attribute with what it has by default',
      given: { attributes: ['one'] },
      want: { ...ids, always: 'a', one: ad, [urn]: { always: 'a' } },
    },
    {
      name: 'a sub-attribute with what is always there',
      given: { attributes: ['many.request'] },
      want: { ...ids, always: 'a', many: [{ always: 'a', request: 'r' }], [urn]: { always: 'a' } },
    },
    {
      name: 'a complex attribute on request',
      given: { attributes: ['hidden'] },
      want: { ...ids, always: 'a', hidden: ad, [urn]: { always: 'a' } },
    },
    {
      name: 'the container of an extension',
      given: { attributes: [urn] },
      want: { ...ids, always: 'a', [urn]: byDefault },
    },
    {
      name: 'an attribute of an extension',
      given: { attributes: [`${urn}:one.default`] },
      want: { ...ids, always: 'a', [urn]: { always: 'a', one: ad } },
    },
    {
      name: 'what is not excluded',
      given: { excludedAttributes: ['default', 'one', urn] },
      want: {
        ...ids,
        always: 'a',
        one: { always: 'a' },
        many: [ad],
        [urn]: { always: 'a', one: { always: 'a' }, many: [{ always: 'a' }] },
      },
    },
    {
      name: 'what is always returned though excluded',
      given: { excludedAttributes: ['id', 'schemas', 'always', 'many.always'] },
      want: { ...ids, ...byDefault, [urn]: byDefault },
    },
    {
      name: 'a complex attribute without an excluded part',
      given: { excludedAttributes: ['many.default'] },
      want: { ...ids, ...byDefault, many: [{ always: 'a' }], [urn]: byDefault },
    },
    {
      name: 'what the request wrote',
      given: { written: ['request', 'one.request'] },
      want: { ...ids, ...byDefault, request: 'r', one: { ...ad, request: 'r' }, [urn]: byDefault },
    },
    {
      name: 'what the request wrote into an extension',
      given: { written: [urn] },
      want: { ...ids, ...byDefault, [urn]: { ...byDefault, request: 'r', hidden: ad } },
    },
    {
      name: 'what the request wrote only as far as attributes name it',
      given: { written: ['request'], attributes: ['default'] },
      want: { ...ids, ...ad, [urn]: { always: 'a' } },
    },
  ].map((rest): Case => ({ ...rest, definition: things, resource: thing })),
  ...[
    {
      name: 'names in any case with space around',
      given: { attributes: [' USERNAME '] },
      want: { ...userIds, userName: 'ada' },
    },
    {
      name: 'qualified names',
      given: { attributes: [`${urns.user}:name.givenName`] },
      want: { ...userIds, name: { givenName: 'Ada' } },
    },
    {
      name: 'elements that are left with something',
      given: { attributes: ['emails.value'] },
      want: { ...userIds, emails: [{ value: 'a@x' }] },
    },
    {
      name: 'a bare name of an extension',
      given: { attributes: ['department'] },
      want: { ...userIds, [enterprise]: { department: 'R&D' } },
    },
    {
      name: 'a sub-attribute of an extension',
      given: { attributes: [`${enterprise}:manager.value`] },
      want: { ...userIds, [enterprise]: { manager: { value: '2' } } },
    },
    {
      name: 'the whole where a part is named too',
      given: { attributes: ['name.givenName', 'name'] },
      want: { ...userIds, name: user.name },
    },
    {
      name: 'two parts',
      given: { attributes: ['name.givenName', 'name.familyName'] },
      want: { ...userIds, name: user.name },
    },
    {
      name: 'nothing of an extension whose parts are all excluded',
      given: { excludedAttributes: ['name', 'emails', 'userName', enterprise] },
      want: userIds,
    },
  ].map((rest): Case => ({ ...rest, definition: users, resource: user })),
]

describe('projectResource', () => {
  it.each(cases)('returns $name', ({ definition, resource, given, want }) => {
    const before = JSON.stringify(resource)
    expect(projectResource(definition, resource, given)).toEqual(want)
    expect(JSON.stringify(resource)).toBe(before)
  })

  it('gives the same reference where nothing is left out', () => {
    expect(projectResource(users, user)).toBe(user)
    expect(projectResource(users, user, { excludedAttributes: ['title'] })).toBe(user)
  })

  it('copies only the parts that change', () => {
    const projected = projectResource(users, user, { excludedAttributes: ['userName'] })
    expect(projected.name).toBe(user.name)
    expect(projected.emails).toBe(user.emails)
  })

  const paths = [...users.schema.attributes, ...commonAttributes].flatMap(({ name, subAttributes = [] }) => [
    name,
    ...subAttributes.map((sub) => `${name}.${sub.name}`),
  ])
  const somePaths = fc.subarray([...paths, enterprise, `${enterprise}:manager`, `${enterprise}:manager.value`, 'foo'])
  const anyRequest: fc.Arbitrary<ProjectionRequest> = fc.oneof(
    fc.record({ attributes: somePaths, written: somePaths }),
    fc.record({ excludedAttributes: somePaths, written: somePaths }),
  )

  it('never returns a password, always the id, and touches nothing', () => {
    fc.assert(
      fc.property(arbitraryResource(users, 0), anyRequest, (resource, request) => {
        const full: Record<string, unknown> = { ...resource, id: '1', password: 's3cret' }
        const before = JSON.stringify(full)
        const projected = projectResource(users, full, request)
        expect(projected).not.toHaveProperty('password')
        expect(projected.id).toBe('1')
        expect(JSON.stringify(full)).toBe(before)
      }),
    )
  })

  it('returns only what the resource has, and projects a projection to itself', () => {
    fc.assert(
      fc.property(arbitraryResource(users, 0), anyRequest, (resource, request) => {
        const project = createProjection(users, request)
        const projected = project(resource)
        expect(resource).toMatchObject(withoutLists(projected))
        expect(project(projected)).toBe(projected)
      }),
    )
  })
})

/** `toMatchObject` compares lists by length, and elements may be dropped. */
function withoutLists(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, inside]) => !Array.isArray(inside)))
}
