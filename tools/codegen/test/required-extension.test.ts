import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ResourceDefinition, resourceFromSchemas } from '@scimkit/core'
import { createMockServer } from '@scimkit/mock-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommandLine } from '../src/commands/run-command-line.js'
import { makeCodeFolder } from './real-schemas.js'
import { typeCheck } from './type-check.js'

const urn = 'urn:example:params:scim:schemas:extension:meter:2.0:Flat'
const documents = [
  { id: 'urn:example:params:scim:schemas:core:2.0:Flat', name: 'Flat', attributes: [{ name: 'door' }] },
  {
    id: urn,
    name: 'Meter',
    attributes: [
      { name: 'kwh', type: 'integer', mutability: 'readOnly' },
      { name: 'read', type: 'complex', subAttributes: [{ name: 'at', type: 'dateTime', mutability: 'readOnly' }] },
    ],
  },
]
const type = {
  name: 'Flat',
  endpoint: '/Flats',
  schema: documents[0]?.id,
  schemaExtensions: [{ schema: urn, required: true }],
}

const folder = makeCodeFolder('meter')
const definitions: ResourceDefinition[] = []
beforeAll(async () => {
  const file = join(folder, 'flat.json')
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, JSON.stringify([...documents, type]))
  for (const zod of ['zod', 'zod/mini']) {
    const out = join(folder, zod.replace('/', '-'))
    const args = ['generate', '--schemas', file, '--out', out, '--zod', zod, '--plugins', 'types,zod,openapi']
    expect((await runCommandLine(args)).errors).toEqual([])
    const module = await import(/* @vite-ignore */ join(out, 'index.ts'))
    definitions.push(module.flatResource)
  }
  definitions.push(resourceFromSchemas(documents, type))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a required extension of which a client can write nothing', () => {
  const bodies = [{}, { [urn]: {} }, { [urn]: null }, { [urn]: { kwh: 1 } }]

  it.each([0, 1, 2])('is not demanded of a create, and the server gives it (%i)', async (index) => {
    const definition = definitions[index] as ResourceDefinition // made above
    const server = createMockServer({ resources: [definition], compatibility: 'strict' })
    for (const body of bodies) {
      for (const use of ['create', 'replace'] as const) {
        const result = await definition.validators?.[use]['~standard'].validate({ door: 'left', ...body })
        expect(result?.issues, JSON.stringify(body)).toBeUndefined()
      }
      const headers = { 'content-type': 'application/scim+json' }
      const sent = JSON.stringify({ schemas: [type.schema, ...Object.keys(body)], door: 'left', ...body })
      const answer = await server.fetch(`${server.url}/Flats`, { method: 'POST', headers, body: sent })
      const made = await answer.json()
      expect([answer.status, made[urn], made.schemas]).toEqual([201, { kwh: 0 }, [type.schema, urn]])
      const whole = await definition.validators?.resource['~standard'].validate(made)
      expect(whole?.issues).toBeUndefined()
      const put = await server.fetch(`${server.url}/Flats/${made.id}`, { method: 'PUT', headers, body: sent })
      expect([put.status, (await put.json())[urn]]).toEqual([200, { kwh: 0 }])
    }
    expect((await definition.validators?.create['~standard'].validate({ [urn]: 5 }))?.issues).toHaveLength(1)
    expect((await definition.validators?.resource['~standard'].validate({ id: '1' }))?.issues).not.toBeUndefined()
  })

  it('may be left out of the type, both of the generated one and of what extend() infers', () => {
    const app = join(folder, 'zod', 'app.ts')
    writeFileSync(
      app,
      `import { type InferInput, type InferResource } from '@scimkit/core'
import { type FlatResource, type FlatResourceInput, flatResource, meter } from './index.js'
const bodies: FlatResourceInput[] = [{}, { [meter.urn]: {} }, { [meter.urn]: null }, { door: 'left' }]
const inferred: InferInput<typeof flatResource>[] = bodies
declare const made: FlatResource
export const kwh: number | undefined = made[meter.urn].kwh
export const extended = flatResource
declare const read: InferResource<typeof extended>
export const all = [inferred, read[meter.urn].kwh]
`,
    )
    expect(typeCheck([app]).faults).toEqual([])
  })

  it('is not required in the body of the OpenAPI document', () => {
    const { components } = JSON.parse(readFileSync(join(folder, 'zod', 'openapi.json'), 'utf8'))
    expect(components.schemas.FlatInput.required ?? []).not.toContain(urn)
    expect(components.schemas.Flat.required).toContain(urn)
  })
})
