import { describe, expect, it } from 'vitest'
import { defineExtension, enterpriseUser, groupResource, urns, userResource } from '../index.js'
import { defineSchema } from '../schema/schema-definition.js'

const acme = defineExtension({
  schema: defineSchema({ id: 'urn:example:acme', name: 'Acme', attributes: [{ name: 'badge' }] }),
  describe: () => Promise.reject(new Error('not asked for')),
})

describe('a definition', () => {
  it('stays as it is when it is extended', () => {
    const extended = userResource.extend(enterpriseUser)
    expect(extended.extensions.map(({ extension }) => extension.urn)).toEqual([urns.enterpriseUser])
    expect(userResource.extensions).toEqual([])
    expect(userResource.index.has('department')).toBe(false)
  })

  it('composes in any order', () => {
    const one = userResource.extend(enterpriseUser).extend(acme)
    const other = userResource.extend(acme).extend(enterpriseUser)
    expect([...one.index.keys()].sort()).toEqual([...other.index.keys()].sort())
  })

  it('remembers whether an extension is required', () => {
    const [optional] = userResource.extend(enterpriseUser).extensions
    const [required] = userResource.extend(enterpriseUser, { required: true }).extensions
    expect([optional?.required, required?.required]).toEqual([false, true])
  })

  it.each([
    { name: 'the same extension twice', attempt: () => userResource.extend(acme).extend(acme) },
    {
      name: 'its own schema as extension, in any case',
      attempt: () =>
        userResource.extend(
          defineExtension({
            schema: defineSchema({ id: urns.user.toUpperCase(), name: 'User', attributes: [{ name: 'a' }] }),
            describe: () => Promise.reject(new Error('not asked for')),
          }),
        ),
    },
  ])('refuses $name', ({ attempt }) => {
    expect(attempt).toThrow(TypeError)
    expect(attempt).toThrow(/already has the schema .*; extend it once/)
  })

  it('cannot be changed', () => {
    expect(Object.isFrozen(userResource)).toBe(true)
    expect(Object.isFrozen(userResource.schema.attributes)).toBe(true)
    expect(Object.isFrozen(userResource.extend(acme).extensions)).toBe(true)
  })

  it('describes its schema as the schema document does, with texts', async () => {
    const [user, group, enterprise] = await Promise.all([
      userResource.describe(),
      groupResource.describe(),
      enterpriseUser.describe(),
    ])
    expect([user.id, group.id, enterprise.id]).toEqual([urns.user, urns.group, urns.enterpriseUser])
    expect(user.attributes.find(({ name }) => name === 'userName')).toMatchObject({
      type: 'string',
      required: true,
      uniqueness: 'server',
      caseExact: false,
      description: expect.stringContaining('name'),
    })
  })
})
