import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import {
  type BulkResponse,
  bulkRequestSchema,
  enterpriseUser,
  groupSchemas,
  listResponseSchema,
  patchOpSchema,
  type ResourceDefinition,
  resourceFromSchemas,
  ScimError,
  type StandardSchema,
  searchRequestSchema,
  userResource,
  userSchemas,
} from '@scimkit/core'
import { readSchemas } from '@scimkit/core/documents'
import { describe, expect, it } from 'vitest'
import { readSamples } from '../src/index.js'

const schemas = fileURLToPath(new URL('../../../schemas', import.meta.url))
const { documents } = await readSamples(`${schemas}/samples`)

const resources: Readonly<Record<string, StandardSchema>> = {
  User: resourceValidator(userResource.extend(enterpriseUser)),
  Group: groupSchemas.resource,
  ServiceProviderConfig: await runtimeValidator('service-provider-config', 'ServiceProviderConfig'),
  ResourceType: await runtimeValidator('resource-type', 'ResourceType'),
}

const messages: Readonly<Record<string, StandardSchema>> = {
  'ListResponse<User>': listResponseSchema(userSchemas.resource),
  SearchRequest: searchRequestSchema,
  PatchOp: patchOpSchema,
  BulkRequest: bulkRequestSchema,
}

/** A member without which each kind of document is refused. */
const needed: Readonly<Record<string, string>> = {
  User: 'userName',
  Group: 'displayName',
  ServiceProviderConfig: 'patch',
  ResourceType: 'endpoint',
  Schema: 'attributes',
  'ListResponse<User>': 'schemas',
  SearchRequest: 'schemas',
  PatchOp: 'Operations',
  BulkRequest: 'Operations',
  BulkResponse: 'Operations',
  Error: 'status',
}

describe.each(documents)('$id', ({ validates, body }) => {
  it('is valid, and no attribute is lost', async () => {
    const { issues, value } = await validate(validates, body)
    expect(issues).toEqual([])
    expect(value).toEqual(body)
  })

  it(`is refused without ${needed[validates]}`, async () => {
    const { [needed[validates] ?? '']: _gone, ...rest } = body as Record<string, unknown> // samples hold objects by their schema
    expect((await validate(validates, rest)).issues).not.toEqual([])
  })
})

async function validate(kind: string, body: object): Promise<{ issues: readonly unknown[]; value: unknown }> {
  if (kind === 'Schema') return { issues: readSchemas(body).faults, value: body }
  if (kind === 'Error') return validateError(body)
  if (kind === 'BulkResponse') return { issues: checkBulkResponse(body as Partial<BulkResponse>), value: body } // read loosely
  const schema = resources[kind] ?? messages[kind]
  if (!schema) throw new Error(`no validator for ${kind}`)
  // A ServiceProviderConfig is the one resource that needs no id (RFC 7643 §3.1).
  const result = await schema['~standard'].validate(kind === 'ServiceProviderConfig' ? { id: kind, ...body } : body)
  if (result.issues) return { issues: result.issues, value: undefined }
  return { issues: [], value: kind === 'ServiceProviderConfig' ? withoutId(result.value) : result.value }
}

function withoutId(resource: unknown): unknown {
  const { id: _id, ...rest } = resource as { id?: unknown } // a validated resource
  return rest
}

/** RFC 7644 §3.7.3 with erratum 7916: status as text, a location except for a failed POST, an error body with a failure. */
function checkBulkResponse({ Operations }: Partial<BulkResponse>): string[] {
  if (!Operations) return ['Operations']
  return Operations.flatMap(({ method, status, location, response }, index) => {
    const failed = !/^2\d\d$/.test(status)
    const faults = /^\d{3}$/.test(status) ? [] : [`Operations[${index}].status`]
    if (location === undefined && !(failed && method === 'POST')) faults.push(`Operations[${index}].location`)
    if (failed && response === undefined) faults.push(`Operations[${index}].response`)
    return faults
  })
}

/** Of a type whose endpoint is a plain one, since those of discovery need no resource type. */
async function runtimeValidator(file: string, name: string): Promise<StandardSchema> {
  const document = JSON.parse(await readFile(`${schemas}/scim/${file}.json`, 'utf8')) as { id: string } // a schema document
  const type = {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    name,
    endpoint: '/Documents',
    schema: document.id,
  }
  return resourceValidator(resourceFromSchemas(document, type))
}

function resourceValidator({ name, validators }: ResourceDefinition): StandardSchema {
  if (!validators) throw new Error(`${name} has no validators`)
  return validators.resource
}

/** An error is in order when it is what a `ScimError` of its parts looks like on the wire. */
function validateError(body: unknown) {
  const { status, detail, scimType } = body as { status?: string; detail?: string; scimType?: string } // read loosely
  const value = new ScimError(Number(status), detail ?? '', { scimType }).toJSON()
  return { issues: value.status === status ? [] : ['status'], value }
}
