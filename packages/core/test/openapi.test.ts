import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import committed from '../../../schemas/openapi/scim.json'
import groupType from '../../../schemas/resource-types/group.json'
import enterpriseUserDocument from '../../../schemas/scim/enterprise-user.json'
import groupDocument from '../../../schemas/scim/group.json'
import userDocument from '../../../schemas/scim/user.json'
import { buildOpenApi, readSchemas } from '../src/documents.js'
import { loadOpenApi, type OpenApiDocument } from '../src/openapi.js'

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

interface Operation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly security?: readonly object[]
  readonly parameters?: readonly { readonly $ref: string }[]
  readonly responses: Readonly<Record<string, object>>
}

function operationsOf(
  document: OpenApiDocument,
): readonly { readonly path: string; readonly method: string; readonly operation: Operation }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => (item[method] ? [{ path, method, operation: item[method] as Operation }] : [])),
  )
}

describe('the OpenAPI document of the standard resource types', async () => {
  const document = await loadOpenApi()

  it('is the committed one', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(committed)
  })

  it('obeys the rules of OpenAPI 3.1', async () => {
    expect(await faultsOf(document)).toBeUndefined()
  })

  it('has every endpoint of RFC 7644 §3.2', () => {
    const endpoints = operationsOf(document).map(({ path, method }) => `${method.toUpperCase()} ${path}`)
    expect(endpoints.sort()).toEqual(
      [
        ...['Users', 'Groups'].flatMap((type) => [
          `GET /${type}`,
          `POST /${type}`,
          `POST /${type}/.search`,
          ...methods.filter((method) => method !== 'post').map((method) => `${method.toUpperCase()} /${type}/{id}`),
        ]),
        'GET /',
        'POST /.search',
        'POST /Bulk',
        ...methods.map((method) => `${method.toUpperCase()} /Me`),
        'GET /ServiceProviderConfig',
        'GET /ResourceTypes',
        'GET /ResourceTypes/{id}',
        'GET /Schemas',
        'GET /Schemas/{urn}',
      ].sort(),
    )
  })

  it('gives every operation an id of its own', () => {
    const ids = operationsOf(document).map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('declares every parameter that a path has', () => {
    for (const [path, item] of Object.entries(document.paths)) {
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const declared = ((item.parameters ?? []) as { name?: string; $ref?: string }[]).map(
        ({ name, $ref }) => name ?? $ref?.split('/').at(-1),
      )
      expect(declared).toEqual(wanted)
    }
  })

  it('points to nothing that is not there', () => {
    const missing: string[] = []
    const visit = (value: unknown) => {
      if (typeof value !== 'object' || value === null) return
      const { $ref } = value as { $ref?: unknown }
      if (typeof $ref === 'string' && !resolve(document, $ref)) missing.push($ref)
      for (const inside of Object.values(value)) visit(inside)
    }
    visit(document)
    expect(missing).toEqual([])
  })

  it('leaves no component unused', () => {
    const text = JSON.stringify(document)
    const unused = Object.entries(document.components)
      .filter(([kind]) => kind !== 'securitySchemes')
      .flatMap(([kind, components]) => Object.keys(components).map((name) => `#/components/${kind}/${name}`))
      .filter((ref) => !text.includes(`"$ref":"${ref}"`))
    expect(unused).toEqual([])
  })

  it('takes conditions where RFC 7644 §3.14 has them', () => {
    const conditional = operationsOf(document).flatMap(({ path, method, operation }) =>
      (operation.parameters ?? [])
        .filter(({ $ref }) => /ifMatch|ifNoneMatch/.test($ref))
        .map(({ $ref }) => `${method} ${path} ${$ref.split('/').at(-1)}`),
    )
    const each = ['/Groups/{id}', '/Users/{id}', '/Me'].flatMap((path) => [
      `get ${path} ifNoneMatch`,
      `put ${path} ifMatch`,
      `patch ${path} ifMatch`,
      `delete ${path} ifMatch`,
    ])
    expect(conditional.sort()).toEqual(each.sort())
  })

  it('lets discovery be read without credentials', () => {
    const open = operationsOf(document).filter(({ operation }) =>
      operation.security?.some((scheme) => Object.keys(scheme).length === 0),
    )
    expect(open.map(({ operation }) => operation.tags)).toEqual(open.map(() => ['Discovery']))
    expect(open).toHaveLength(5)
  })
})

describe('the OpenAPI document of other services', () => {
  const build = (names: readonly string[]) => {
    const documents = names.flatMap((name, index) => [
      { ...groupDocument, id: `urn:example:${index}`, name },
      { ...groupType, id: name, name, endpoint: `/T${index}`, schema: `urn:example:${index}` },
    ])
    return buildOpenApi(readSchemas(documents))
  }

  it.each([
    { name: 'names that messages have', types: ['Error', 'PatchOp', 'Me', 'SchemaList', 'All'] },
    { name: 'names that differ by what no identifier may have', types: ['Device', 'De vice', 'De-vice', 'device'] },
    { name: 'a name and the list of another', types: ['Crew', 'CrewList', 'CrewInput'] },
    { name: 'names without a letter that can serve', types: ['设备', '用户', '__proto__', 'constructor'] },
  ])('keeps apart $name', async ({ types }) => {
    const document = build(types)
    expect(await faultsOf(document)).toBeUndefined()
    expect(Object.keys(document.paths).filter((path) => path.endsWith('/.search'))).toHaveLength(types.length + 1)
    const ids = operationsOf(document).map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('describes an extension of several resource types once', () => {
    const extended = (name: string) => ({
      ...groupType,
      id: name,
      name,
      endpoint: `/${name}s`,
      schemaExtensions: [{ schema: enterpriseUserDocument.id, required: true }],
    })
    const reading = readSchemas([groupDocument, enterpriseUserDocument, extended('Crew'), extended('Team')])
    const { schemas } = buildOpenApi(reading).components
    expect(Object.keys(schemas).filter((name) => name.startsWith('Enterprise'))).toEqual([
      'EnterpriseUser',
      'EnterpriseUserInput',
    ])
    expect(schemas.Crew?.required).toContain(enterpriseUserDocument.id)
  })

  it.each([
    {
      name: 'a schema that is missing',
      document: groupType,
      want: /urn:ietf:params:scim:schemas:core:2\.0:Group is not among/,
    },
    {
      name: 'an endpoint that is taken',
      document: [groupDocument, { ...groupType, endpoint: '/Bulk' }],
      want: /path \/Bulk/,
    },
  ])('refuses $name', ({ document, want }) => {
    expect(() => buildOpenApi(readSchemas(document))).toThrow(want)
  })

  it('names the token endpoint', () => {
    const { schemas, resourceTypes } = readSchemas([userDocument, groupDocument, groupType])
    const document = buildOpenApi({
      schemas,
      resourceTypes,
      tokenUrl: 'https://example.com/token',
      serverUrl: 'https://example.com/v2',
      title: 'Acme',
    })
    expect(document.servers).toEqual([{ url: 'https://example.com/v2' }])
    expect(document.info.title).toBe('Acme')
    expect(document.components.securitySchemes.oauth2).toEqual({
      type: 'oauth2',
      flows: { clientCredentials: { tokenUrl: 'https://example.com/token', scopes: {} } },
    })
  })
})

/** The validator takes every member called `$ref` for a reference; attributes of that name are called otherwise. */
async function faultsOf(document: OpenApiDocument): Promise<unknown> {
  const text = JSON.stringify(document).replaceAll('"$ref":{', '"ref":{')
  const { errors } = await new Validator({ strict: false }).validate(JSON.parse(text))
  return errors
}

function resolve(document: object, ref: string): unknown {
  return ref
    .slice(2)
    .split('/')
    .reduce<unknown>(
      (inside, name) => (inside as Record<string, unknown> | undefined)?.[name.replaceAll('~1', '/')],
      document,
    )
}
