import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ResourceDefinition } from '@scimkit/core'
import { createMockServer, type SeedResources } from '@scimkit/mock-server'
import { afterAll, describe, expect, it } from 'vitest'
import { runCommandLine } from '../src/commands/run-command-line.js'
import type { Sample } from '../src/plugins/sample-resource.js'
import { makeCodeFolder, realPath, writeResourceTypes } from './real-schemas.js'

const root = join(import.meta.dirname, '../../..')
const example = (name: string) => join(root, 'examples/enterprise-extension', `${name}.json`)
const folder = makeCodeFolder('samples')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface SampleFile {
  readonly resourceType: string
  readonly input: readonly Sample[]
  readonly output: readonly Sample[]
}

interface Sampled {
  readonly definitions: readonly ResourceDefinition[]
  readonly files: readonly SampleFile[]
  readonly seed: SeedResources
}

async function sample(name: string, inputs: readonly string[]): Promise<Sampled> {
  const out = join(folder, name)
  const args = ['generate', ...inputs, '--lenient', '--plugins', 'types,zod,samples', '--out', out]
  const { status, errors } = await runCommandLine(args)
  if (status !== 0) throw new Error(errors.join('\n'))
  const values = Object.values<Partial<ResourceDefinition>>(await import(/* @vite-ignore */ join(out, 'index.ts')))
  const read = (file: string) => JSON.parse(readFileSync(join(out, 'samples', file), 'utf8'))
  const seed: SeedResources = read('seed.json')
  const definitions = values.filter((one) => one.endpoint !== undefined && one.validators) as ResourceDefinition[] // only those have both
  return {
    definitions: [...new Map(definitions.map((one) => [one.name, one])).values()],
    files: readdirSync(join(out, 'samples'))
      .filter((file) => file.endsWith('.resource.samples.json'))
      .map(read)
      .sort(
        (left, right) => Object.keys(seed).indexOf(left.resourceType) - Object.keys(seed).indexOf(right.resourceType),
      ),
    seed,
  }
}

const cases = [
  {
    name: 'core and an extension',
    inputs: () => [
      '--schemas',
      ...['user', 'group', 'enterprise-user'].map((name) => join(root, `schemas/scim/${name}.json`)),
      example('acme-user'),
      '--resource-types',
      example('resource-types'),
      join(root, 'schemas/resource-types/group.json'),
    ],
    types: ['User', 'Group'],
  },
  {
    name: 'an extension alone of what core has',
    inputs: () => ['--schemas', example('acme-user'), '--resource-types', example('resource-types')],
    types: ['User'],
  },
  ...['nodejsOppScim_schemas_2893ca4', 'scimgateway_scimdef-v2', 'go-scim_user_schema', 'scim-sdk_all-types'].map(
    (name) => ({
      name: `${name}.json`,
      inputs: () => {
        const types = join(folder, `${name}.types.json`)
        if (!existsSync(types)) writeFileSync(types, JSON.stringify(writeResourceTypes(`${name}.json`)))
        return ['--schemas', realPath(`${name}.json`), '--resource-types', types]
      },
      types: undefined,
    }),
  ),
]

describe.each(cases)('the samples of $name', ({ name, inputs, types }) => {
  mkdirSync(folder, { recursive: true })
  const sampled = sample(name.replaceAll(/[^a-z0-9]+/gi, '-'), inputs())

  it('are whole resources of each type', async () => {
    const { files, definitions, seed } = await sampled
    expect(files.map(({ resourceType }) => resourceType)).toEqual(types ?? Object.keys(seed))
    for (const { resourceType, output } of files) {
      const { schema, extensions = [] } = definitions.find((one) => one.name === resourceType) ?? {}
      const urns = [schema?.id, ...extensions.map(({ extension }) => extension.urn)]
      for (const one of output) expect([one.schemas, one.meta]).toMatchObject([urns, { resourceType }])
    }
  })

  it('are taken one by one by a strict server, also groups of members that were created', async () => {
    const { files, definitions } = await sampled
    const server = createMockServer({ resources: definitions, compatibility: 'strict' })
    const ids = new Map<string, string>()
    const send = async (method: string, path: string, body?: string) => {
      const headers = { 'content-type': 'application/scim+json' }
      const response = await server.fetch(server.url + path, { method, headers, ...(body !== undefined && { body }) })
      const answer: Sample = await response.json()
      return { status: response.status, detail: answer.detail, answer }
    }
    for (const { resourceType, input, output } of files) {
      const path = definitions.find((one) => one.name === resourceType)?.endpoint ?? ''
      for (const [index, one] of input.entries()) {
        const body = [...ids].reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(one))
        const made = await send('POST', path, body)
        expect([resourceType, index, made.status, made.detail]).toEqual([resourceType, index, 201, undefined])
        ids.set(String(output[index]?.id), String(made.answer.id))
        const { answer } = await send('GET', `${path}/${made.answer.id}`)
        const again = await send('PUT', `${path}/${made.answer.id}`, JSON.stringify(answer))
        expect([resourceType, index, again.status, again.detail]).toEqual([resourceType, index, 200, undefined])
      }
    }
    const members = files.flatMap(({ input }) => input.flatMap((one) => (one.members as readonly unknown[]) ?? []))
    expect(members.length > 0).toBe(definitions.some(({ index }) => index.has('members')))
  })

  it('are the seed of a strict server, with the ids by which they refer to one another', async () => {
    const { files, definitions, seed } = await sampled
    const server = createMockServer({ resources: definitions, compatibility: 'strict', seed })
    for (const { resourceType, output } of files) {
      const path = definitions.find((one) => one.name === resourceType)?.endpoint ?? ''
      for (const { id } of output) expect((await server.fetch(`${server.url}${path}/${id}`)).status).toBe(200)
    }
    const ids = new Set(files.flatMap(({ output }) => output.map(({ id }) => id)))
    const named = files.flatMap(({ output }) => output.flatMap((one) => (one.members as { value: string }[]) ?? []))
    expect(named.filter(({ value }) => !ids.has(value))).toEqual([])
  })
})
