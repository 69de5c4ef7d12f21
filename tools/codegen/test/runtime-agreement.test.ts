import { readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  enterpriseUser,
  groupResource,
  type ResourceDefinition,
  type ResourceValidators,
  resourceFromSchemas,
  userResource,
} from '@scimkit/core'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { arbitraryResource } from '../../../packages/core/test/arbitrary-resource.js'
import { generateReal, makeCodeFolder, realFiles } from './real-schemas.js'

/** Random resources of each schema; `npm run fuzz` raises it to 10,000. */
const runs = Number(process.env.RUNS ?? 1_000)
const folder = makeCodeFolder('agreement')
const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))
const uses = ['create', 'replace', 'resource'] as const

interface Pair {
  readonly name: string
  readonly generated: ResourceDefinition
  readonly runtime: ResourceDefinition
}

const pairs = [...(await pairRealSchemas()), ...pairBundledSchemas()]

afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function pairRealSchemas(): Promise<readonly Pair[]> {
  const pairs: Pair[] = []
  for (const file of realFiles) {
    const { document, schemas } = await generateReal(file, folder)
    for (const { schema, definition, resourceType } of schemas) {
      const runtime = resourceFromSchemas(document, resourceType, { lenient: true })
      pairs.push({ name: `${schema.name} of ${file}`, generated: definition, runtime })
    }
  }
  return pairs
}

function pairBundledSchemas(): readonly Pair[] {
  const read = (path: string) => JSON.parse(readFileSync(join(root, 'schemas', path), 'utf8')) as object // ours
  const documents = ['user', 'group', 'enterprise-user'].map((name) => read(`scim/${name}.json`))
  return [
    {
      name: 'User with the enterprise extension, as core has it',
      generated: userResource.extend(enterpriseUser),
      runtime: resourceFromSchemas(documents, read('resource-types/user.json')),
    },
    {
      name: 'Group, as core has it',
      generated: groupResource,
      runtime: resourceFromSchemas(documents, read('resource-types/group.json')),
    },
  ]
}

function judge(definition: ResourceDefinition, use: keyof ResourceValidators, given: unknown): string {
  const result = definition.validators?.[use]['~standard'].validate(given)
  if (!result || result instanceof Promise) throw new Error('validators are there and synchronous')
  return JSON.stringify(result.issues ? result.issues.map(({ path, message }) => ({ path, message })) : result.value)
}

describe.each(pairs)('generated and runtime validators of $name', ({ generated, runtime }) => {
  it(`agree on ${runs} random resources, from sound to strange`, () => {
    const verdicts = { accepted: 0, refused: 0 }
    for (const [strangeness, share] of [
      [0, 0.2],
      [1, 0.4],
      [5, 0.4],
    ] as const) {
      fc.assert(
        fc.property(arbitraryResource(generated, strangeness), (resource) => {
          for (const use of uses) {
            const expected = judge(generated, use, resource)
            // Texts compare much faster; where they differ the assertion shows how.
            if (judge(runtime, use, resource) !== expected) expect(judge(runtime, use, resource)).toBe(expected)
            verdicts[expected.startsWith('[') ? 'refused' : 'accepted']++
          }
        }),
        { numRuns: runs * share },
      )
    }
    // Otherwise the resources would be of one kind alone and prove little.
    expect(verdicts.accepted).toBeGreaterThan(runs / 10)
    expect(verdicts.refused).toBeGreaterThan(runs / 10)
  })
})
