import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  enterpriseUser,
  groupResource,
  type ResourceDefinition,
  type StandardIssue,
  userResource,
} from '../src/index.js'
import { isDateTime, isUriReference } from '../src/internal.js'
import { loadOpenApi } from '../src/openapi.js'
import { arbitraryResource } from './arbitrary-resource.js'

const { components } = await loadOpenApi()

// An independent implementation of JSON Schema reads the OpenAPI document; it knows formats from us alone.
const ajv = new Ajv2020({ strict: false, formats: { 'date-time': isDateTime, 'uri-reference': isUriReference } })
ajv.addSchema({ $id: 'openapi', components: JSON.parse(JSON.stringify(components)) })

/** Issues that JSON Schema cannot find; text that is not base64 is a fault of the value, anything else one of the type. */
function isBeyondSchemas(issue: StandardIssue): boolean {
  const { code } = issue as { readonly code?: string } // zod's issues have one
  return code === 'custom' && /must be base64|more than one primary/.test(issue.message)
}

const users = userResource.extend(enterpriseUser)

describe.each<{ name: string; definition: ResourceDefinition; input: string; output: string }>([
  { name: 'users', definition: users, input: 'UserInput', output: 'User' },
  { name: 'groups', definition: groupResource, input: 'GroupInput', output: 'Group' },
])('the OpenAPI document and the validators, for $name', ({ definition, input, output }) => {
  const isInput = ajv.compile({ $ref: `openapi#/components/schemas/${input}` })
  const isOutput = ajv.compile({ $ref: `openapi#/components/schemas/${output}` })
  const issuesOf = (use: 'create' | 'resource', resource: unknown) => {
    const result = definition.validators?.[use]['~standard'].validate(resource)
    if (!result || result instanceof Promise) throw new Error('validators are there and synchronous')
    return (result.issues ?? []).filter((issue) => !isBeyondSchemas(issue))
  }

  it.each([0, 1, 4])('agree about bodies, strange ones in %i of ten', (strangeness) => {
    fc.assert(
      fc.property(arbitraryResource(definition, strangeness), (resource) => {
        expect(isInput(resource)).toBe(issuesOf('create', resource).length === 0)
      }),
      { numRuns: 500 },
    )
  })

  it('agree about the answers that validators let pass', () => {
    fc.assert(
      fc.property(arbitraryResource(definition, 1), (resource) => {
        const result = definition.validators?.resource['~standard'].validate(resource) as { value?: unknown }
        if (result.value !== undefined) expect(isOutput(result.value)).toBe(true)
        else if (issuesOf('resource', resource).length > 0) expect(isOutput(resource)).toBe(false)
      }),
      { numRuns: 1_000 },
    )
  })
})
