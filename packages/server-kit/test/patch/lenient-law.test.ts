import { ScimError } from '@scimkit/core/schema'
import { applyPatch } from '@scimkit/server-kit/patch'
import { describe, expect, it } from 'vitest'
import { ada, enterprise, group, sales, user } from './definitions.js'

const ops = ['add', 'replace', 'remove']
const values = [
  '',
  null,
  [],
  {},
  'x',
  5,
  true,
  [{}],
  [null],
  [''],
  { value: '' },
  [{ value: 'u1' }],
  { value: 'u9' },
  undefined,
]
const subjects = [
  {
    definition: user,
    resource: ada,
    paths: [
      'title',
      'name',
      'name.givenName',
      'active',
      'emails',
      'emails[type eq "work"]',
      'emails.type',
      `${enterprise}:manager`,
      `${enterprise}:manager.value`,
      enterprise,
    ],
  },
  {
    definition: group,
    resource: sales,
    paths: ['displayName', 'members', 'members[value eq "u1"]', 'members[value eq "u9"]'],
  },
]
const sweep = subjects.flatMap(({ definition, resource, paths }) =>
  paths.flatMap((path) =>
    ops.flatMap((op) => values.map((value) => ({ definition, resource, operation: { op, path, value } }))),
  ),
)

/** What a base makes of an operation: the resource, or `undefined` where it refuses. */
function run(
  { definition, resource, operation }: (typeof sweep)[number],
  compatibility: 'strict' | 'lenient',
): object | undefined {
  try {
    return applyPatch(definition, resource, [operation as never], { compatibility }) // clients send anything
  } catch (error) {
    if (ScimError.is(error)) return undefined
    throw error
  }
}

/** Number of values that are left, at every depth. */
function sizeOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce((sum: number, inner) => sum + sizeOf(inner), 0)
}

describe('whatever strict accepts, lenient accepts', () => {
  it('and it never removes more than strict does', () => {
    expect(sweep.length).toBeGreaterThan(500)
    const broken = sweep.filter((one) => {
      const strict = run(one, 'strict')
      if (!strict) return false
      const lenient = run(one, 'lenient')
      return !lenient || sizeOf(lenient) < sizeOf(strict)
    })
    expect(broken.map(({ operation }) => JSON.stringify(operation))).toEqual([])
  })

  it('with the same result but for remove with a value, which removes what it names (removeByValue)', () => {
    const differing = sweep.filter((one) => {
      const strict = run(one, 'strict')
      return strict && one.operation.op !== 'remove' && JSON.stringify(run(one, 'lenient')) !== JSON.stringify(strict)
    })
    expect(differing.map(({ operation }) => JSON.stringify(operation))).toEqual([])
  })
})
