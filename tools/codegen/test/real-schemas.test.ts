import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ResourceValidators, type SchemaDefinition, urns } from '@scimkit/core'
import { commonAttributes } from '@scimkit/core/internal'
import { createMockServer } from '@scimkit/mock-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sample } from '../src/plugins/sample-resource.js'
import { mutateSample, pickEvenly } from './mutate-sample.js'
import { generateReal, makeCodeFolder, type RealDocument, type RealSchema, realFiles } from './real-schemas.js'
import { typeCheck } from './type-check.js'
import { type AppResource, findWorkingPath, type RoundTrip, readable, writeApp } from './write-app.js'

const folder = makeCodeFolder('real')
const documents: RealDocument[] = []

beforeAll(async () => {
  for (const file of realFiles) {
    const real = await generateReal(file, folder)
    documents.push(real)
    writeFileSync(join(real.out, 'app.ts'), writeApp(real.schemas.map((one) => describeApp(one, real.out))))
  }
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function describeApp({ schema, resourceType, samples }: RealSchema, out: string): AppResource {
  const index = readFileSync(join(out, 'index.ts'), 'utf8')
  const stem = resourceType.name.charAt(0).toLowerCase() + resourceType.name.slice(1)
  const definition = `${stem}Resource`
  if (!index.includes(`{ ${definition} }`)) throw new Error(`${definition} is not in the index`)
  const [first, second] = samples.input.map((sample) => withoutMembers(sample, schema)) as [Sample, Sample] // there are three
  const path = findWorkingPath(schema, first)
  return { definition, first, second, path, values: [valueAt(first, path), valueAt(second, path)] }
}

/** Members must be there before a group can have them. */
function withoutMembers(sample: Sample, { id }: SchemaDefinition): Sample {
  if (id !== urns.group) return sample
  const { members: _, ...rest } = sample
  return rest
}

function valueAt(sample: Sample, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (value as Sample)[name], sample)
}

function judge({ definition }: RealSchema, use: keyof ResourceValidators, given: unknown) {
  const result = definition.validators?.[use]['~standard'].validate(given)
  if (!result || result instanceof Promise) throw new Error('validators are there and synchronous')
  return result
}

describe('code of published schemas', () => {
  it('type-checks, and so does an app that uses it', () => {
    expect(typeCheck(documents.map(({ out }) => join(out, 'app.ts'))).faults).toEqual([])
  })

  it('has a definition for each schema', () => {
    const names = documents.flatMap(({ schemas }) => schemas.map(({ definition }) => definition.schema.id))
    expect(names).toEqual(documents.flatMap(({ schemas }) => schemas.map(({ schema }) => schema.id)))
    expect(names).toHaveLength(16)
  })
})

describe.each(realFiles)('the code of %s', (file) => {
  const real = () => documents.find((one) => one.file === file)?.schemas ?? []

  it('takes the generated samples, in each use', () => {
    for (const one of real()) {
      for (const sample of one.samples.input) {
        expect(judge(one, 'create', sample)).toMatchObject({ value: sample })
        expect(judge(one, 'replace', sample)).toMatchObject({ value: sample })
      }
      for (const sample of one.samples.output) expect(judge(one, 'resource', sample)).toEqual({ value: sample })
    }
  })

  it('refuses 20 mutations of a sample, in each use, and names the attribute', () => {
    for (const one of real()) {
      const attributes = attributesOfResource(one.schema)
      for (const [use, shape] of [
        ['create', 'input'],
        ['replace', 'input'],
        ['resource', 'output'],
      ] as const) {
        const sample = one.samples[shape][0] ?? {}
        const mutations = pickEvenly(mutateSample(sample, attributes, shape), 40)
        expect(mutations.length, one.schema.id).toBeGreaterThanOrEqual(20)
        for (const { name, attribute, given } of mutations) {
          const { issues = [] } = judge(one, use, given)
          expect(
            issues.map(({ path }) => path?.[0]),
            `${one.schema.id} ${use}: ${name}`,
          ).toContain(attribute)
        }
      }
    }
  })

  it('is served over HTTP, and the typed client makes the round trip', async () => {
    const { out = '' } = documents.find((one) => one.file === file) ?? {}
    const app: {
      resources: Record<string, RealSchema['definition']>
      roundTrips: ((url: string) => Promise<RoundTrip>)[]
    } = await import(/* @vite-ignore */ join(out, 'app.ts'))
    const server = createMockServer({ resources: Object.values(app.resources) })
    const { url } = await server.listen()
    try {
      for (const [index, one] of real().entries()) {
        const trip = await app.roundTrips[index]?.(url)
        const [first = {}, second = {}] = one.samples.input.map((sample) => withoutMembers(sample, one.schema))
        const attributes = attributesOfResource(one.schema)
        expect(trip?.made, one.schema.id).toMatchObject(readable(first, attributes))
        expect(trip?.read).toEqual(trip?.made)
        expect(trip?.found).toEqual([trip?.made])
        const path = findWorkingPath(one.schema, first)
        expect(trip?.patched && valueAt(trip.patched, path)).toEqual(valueAt(second, path))
        expect(trip?.replaced).toMatchObject(readable(second, attributes))
        expect(trip?.left).toEqual([])
      }
    } finally {
      await server.close()
    }
  })
})

function attributesOfResource({ attributes }: SchemaDefinition) {
  const common = new Set(commonAttributes.map(({ name }) => name.toLowerCase()))
  return [...commonAttributes, ...attributes.filter(({ name }) => !common.has(name.toLowerCase()))]
}
