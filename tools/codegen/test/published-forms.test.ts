import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { urns } from '@scimkit/core'
import { afterAll, describe, expect, it } from 'vitest'
import { runCommandLine } from '../src/commands/run-command-line.js'
import { makeCodeFolder, realFiles, realPath } from './real-schemas.js'

const folder = makeCodeFolder('forms')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('what published documents have beyond the RFC', () => {
  const generate = (file: string, ...flags: string[]) =>
    runCommandLine(['generate', '--schemas', realPath(file), '--out', join(folder, file), ...flags])

  it.each([
    { file: 'scim-sdk_bulk-request.json', want: /Operations\.data: type is "any"; .*; read as any$/m },
    {
      file: 'nodejsOppScim_schemas_2893ca4.json',
      want: /:User:roles: .* has sub-attributes and the type string; .*; read as complex$/m,
    },
    {
      file: 'i2scim_scimCommonSchema.json',
      want: /: meta\.acis: a complex attribute is within a complex attribute; .*; read as it is$/m,
    },
    {
      file: 'i2scim_scimCommonSchema.json',
      want: /:Common:meta\.acis: meta is the same for every resource, so this is left out;/,
    },
    {
      file: 'scimgateway_scimdef-v2.json',
      want: /the schemas are within the member "Schemas"; .*; read as that member$/m,
    },
  ])('is named in a warning: $want', async ({ file, want }) => {
    const { status, errors } = await generate(file, '--lenient')
    expect([status, errors.join('\n')]).toEqual([0, expect.stringMatching(want)])
  })

  it('is a fault without --lenient, and nothing is written', async () => {
    for (const file of realFiles) {
      rmSync(join(folder, file), { recursive: true, force: true })
      const strict = await generate(file)
      expect(existsSync(join(folder, file)), file).toBe(strict.status === 0)
      const lenient = await generate(file, '--lenient')
      const isBeyond = lenient.errors.some((line) => /; read as /.test(line))
      expect([strict.status, lenient.status], file).toEqual([isBeyond ? 2 : 0, 0])
    }
  })
})

describe('published resource types', () => {
  const types = realPath('nodejsOppScim_resourceTypes.json')
  const dangling = [
    'nodejsOppScim_resourceTypes.json: User: the schema urn:okta:scim:2.0:user:custom is not among the schemas; add its file to --schemas',
    'nodejsOppScim_resourceTypes.json: Entitlement: the schema urn:okta:scim:schemas:core:1.0:Entitlement is not among the schemas; add its file to --schemas',
  ]
  const run = (schemas: string, ...flags: string[]) =>
    runCommandLine([
      'generate',
      '--schemas',
      schemas,
      '--resource-types',
      types,
      '--out',
      join(folder, 'types'),
      ...flags,
    ])

  it('are refused where they name schemas that are nowhere', async () => {
    const { status, errors } = await run(realPath('simpleidserver_Entitlements.json'))
    expect(status).toBe(2)
    expect(errors.map((line) => line.split('/').at(-1))).toEqual([
      ...dangling,
      'scim-codegen: --lenient accepts this with a warning; add it, or fix the documents',
    ])
    expect(existsSync(join(folder, 'types'))).toBe(false)
  })

  it('are read with --lenient, each URN that leads nowhere named, and compose what is there', async () => {
    const schemas = realPath('nodejsOppScim_schemas_2893ca4.json')
    const { status, errors } = await run(schemas, '--lenient')
    expect(status).toBe(0)
    expect(errors.join('\n')).toContain(`${dangling[1]}; the resource type is left out\n`)
    expect(errors.at(-1)).toMatch(
      /core:2\.0:Group: the schema of the standard is defined anew and changes displayName, members;/,
    )
    const { userResource, groupResource, ...rest } = await import(/* @vite-ignore */ join(folder, 'types/index.ts'))
    expect(Object.keys(rest).filter((name) => name.endsWith('Resource'))).toEqual([])
    expect(groupResource.endpoint).toBe('/Groups')
    expect(userResource.extensions.map(({ extension }: { extension: { urn: string } }) => extension.urn)).toEqual([
      'urn:okta:scim:2.0:user:custom',
      urns.enterpriseUser,
    ])
  })
})

describe('documents of another form', () => {
  it.each([
    {
      file: 'wso2_scim2-schema-extension.config',
      want: /the list holds no schemas of the form of RFC 7643 §7, its entries have "attributeURI", "attributeName", "dataType"/,
    },
    {
      file: 'scimgateway_scimdef-v1.json',
      want: /id is "urn:scim:schemas:core:1\.0:User", a schema of SCIM 1\.1; write the schema in the form of RFC 7643 §7/,
    },
  ])('are refused with the true reason, lenient or not: $file', async ({ file, want }) => {
    for (const flags of [[], ['--lenient']]) {
      const out = join(folder, 'refused')
      const { status, errors } = await runCommandLine(['generate', '--schemas', realPath(file), '--out', out, ...flags])
      expect(status).toBe(2)
      expect(errors.join('\n')).toMatch(want)
      expect(existsSync(out)).toBe(false)
    }
  })
})
