import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import groupType from '../../../schemas/resource-types/group.json'
import userType from '../../../schemas/resource-types/user.json'
import enterpriseUserDocument from '../../../schemas/scim/enterprise-user.json'
import groupDocument from '../../../schemas/scim/group.json'
import userDocument from '../../../schemas/scim/user.json'
import {
  enterpriseUser,
  groupResource,
  type ResourceDefinition,
  type ResourceValidators,
  resourceFromSchemas,
  userResource,
} from '../src/index.js'
import { arbitraryResource } from './arbitrary-resource.js'

const documents = [userDocument, groupDocument, enterpriseUserDocument]
const uses = ['create', 'replace', 'resource'] as const

const pairs: { name: string; generated: ResourceDefinition; runtime: ResourceDefinition; runs: number }[] = [
  {
    name: 'users',
    generated: userResource.extend(enterpriseUser),
    runtime: resourceFromSchemas(documents, userType),
    runs: 4_000,
  },
  {
    name: 'users that must have the extension',
    generated: userResource.extend(enterpriseUser, { required: true }),
    runtime: resourceFromSchemas(documents, {
      ...userType,
      schemaExtensions: [{ schema: enterpriseUserDocument.id, required: true }],
    }),
    runs: 2_000,
  },
  { name: 'groups', generated: groupResource, runtime: resourceFromSchemas(documents, groupType), runs: 4_000 },
]

function judge(definition: ResourceDefinition, use: keyof ResourceValidators, given: unknown): unknown {
  const result = definition.validators?.[use]['~standard'].validate(given)
  if (!result || result instanceof Promise) throw new Error('validators are there and synchronous')
  return result.issues ? result.issues.map(({ path, message }) => ({ path, message })) : { value: result.value }
}

describe.each(pairs)('validators made at run time and generated ones, for $name', ({ generated, runtime, runs }) => {
  it.each([
    { name: 'agree about sound resources', strangeness: 0, share: 0.2 },
    { name: 'agree about nearly sound ones', strangeness: 1, share: 0.4 },
    { name: 'agree about strange ones', strangeness: 5, share: 0.4 },
  ])('$name', ({ strangeness, share }) => {
    let accepted = 0
    fc.assert(
      fc.property(arbitraryResource(generated, strangeness), (resource) => {
        for (const use of uses) {
          const expected = judge(generated, use, resource)
          const got = judge(runtime, use, resource)
          // Texts compare much faster; where they differ the assertion shows how.
          if (JSON.stringify(got) !== JSON.stringify(expected)) expect(got).toBe(expected)
          if (!Array.isArray(expected)) accepted++
        }
      }),
      { numRuns: runs * share },
    )
    // Otherwise the generator would make one kind alone and prove little.
    if (strangeness === 0) expect(accepted).toBeGreaterThan(runs * share)
    else expect(accepted).toBeLessThan(runs * share * uses.length)
  })
})

it('describes itself as the documents do', async () => {
  const described = await resourceFromSchemas(documents, userType).describe()
  expect(described).toEqual(await userResource.describe())
})

it.each([
  { name: 'a schema that is missing', documents: [userDocument], want: /enterprise:2\.0:User, but no such schema/ },
  {
    name: 'a faulty document',
    documents: [{ ...userDocument, attributes: [{ name: 'a b' }] }, enterpriseUserDocument],
    want: /^The schemas cannot be used: .*a b/,
  },
])('refuses $name', ({ documents, want }) => {
  expect(() => resourceFromSchemas(documents, userType)).toThrow(TypeError)
  expect(() => resourceFromSchemas(documents, userType)).toThrow(want)
})
