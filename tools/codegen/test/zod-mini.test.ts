import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import {
  enterpriseUser,
  groupResource,
  type ResourceDefinition,
  type ResourceValidators,
  userResource,
} from '@scimkit/core'
import {
  enterpriseUser as miniEnterpriseUser,
  groupResource as miniGroupResource,
  userResource as miniUserResource,
} from '@scimkit/core/mini'
import { build } from 'esbuild'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arbitraryResource } from '../../../packages/core/test/arbitrary-resource.js'
import { generate } from '../src/index.js'
import { makeCodeFolder } from './real-schemas.js'
import { typeCheck } from './type-check.js'

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))
const folder = makeCodeFolder('mini')
/** Random resources of each definition; the environment can raise it. */
const runs = Number(process.env.RUNS ?? 500)
const uses = ['create', 'replace', 'resource'] as const

const crane = {
  id: 'urn:example:params:scim:schemas:core:2.0:Crane',
  name: 'Crane',
  attributes: [
    { name: 'name', required: true },
    { name: 'hooks', type: 'integer', multiValued: true, required: true },
    {
      name: 'site',
      type: 'complex',
      required: true,
      subAttributes: [
        { name: 'city', required: true },
        { name: 'since', type: 'dateTime' },
      ],
    },
    {
      name: 'checks',
      type: 'complex',
      multiValued: true,
      subAttributes: [
        { name: 'value', required: true },
        { name: 'primary', type: 'boolean' },
      ],
    },
  ],
}
const craneType = { name: 'Crane', endpoint: '/Cranes', schema: crane.id }

beforeAll(async () => {
  const read = (path: string) => ({
    file: path,
    document: JSON.parse(readFileSync(join(root, path), 'utf8')) as unknown,
  })
  for (const zod of ['zod', 'zod/mini'] as const) {
    const { files, faults } = await generate({
      schemas: [read('examples/enterprise-extension/acme-user.json'), { file: 'crane.json', document: crane }],
      resourceTypes: [
        read('examples/enterprise-extension/resource-types.json'),
        { file: 'crane-type.json', document: craneType },
      ],
      zod,
    })
    expect(faults).toEqual([])
    mkdirSync(join(folder, zod), { recursive: true })
    for (const [name, text] of files) writeFileSync(join(folder, zod, name), text)
  }
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const load = async (zod: string): Promise<Record<string, ResourceDefinition>> =>
  import(/* @vite-ignore */ join(folder, zod, 'index.ts'))

/** What came out, or which paths are at fault; zod/mini brings no words of its own for what zod says. */
function judge(definition: ResourceDefinition, use: keyof ResourceValidators, given: unknown): string {
  const result = definition.validators?.[use]['~standard'].validate(given)
  if (!result || result instanceof Promise) throw new Error('validators are there and synchronous')
  if (!result.issues) return `accepted ${JSON.stringify(result.value)}`
  const texts = result.issues.map(({ path, message }) => [path, /^(Invalid|Too)/.test(message) ? '' : message])
  return `refused ${JSON.stringify(texts)}`
}

async function pairs(): Promise<readonly (readonly [ResourceDefinition, ResourceDefinition])[]> {
  const [classic, mini] = await Promise.all([load('zod'), load('zod/mini')])
  return [
    [userResource.extend(enterpriseUser), miniUserResource.extend(miniEnterpriseUser)],
    [
      userResource.extend(enterpriseUser, { required: true }),
      miniUserResource.extend(miniEnterpriseUser, { required: true }),
    ],
    [groupResource, miniGroupResource],
    ...['userResource', 'craneResource'].map(
      (name) => [classic[name], mini[name]] as [ResourceDefinition, ResourceDefinition], // generated above
    ),
  ]
}

describe('validators of zod/mini', () => {
  it(`judge ${runs} random resources of each definition as those of zod do`, async () => {
    for (const [classic, mini] of await pairs()) {
      const verdicts = { accepted: 0, refused: 0 }
      for (const strangeness of [0, 1, 5]) {
        fc.assert(
          fc.property(arbitraryResource(classic, strangeness), (resource) => {
            for (const use of uses) {
              const expected = judge(classic, use, resource)
              if (judge(mini, use, resource) !== expected) expect(judge(mini, use, resource)).toBe(expected)
              verdicts[expected.startsWith('a') ? 'accepted' : 'refused']++
            }
          }),
          { numRuns: Math.ceil(runs / 3) },
        )
      }
      expect(verdicts.accepted).toBeGreaterThan(runs / 10)
      expect(verdicts.refused).toBeGreaterThan(runs / 10)
    }
  })

  it('type-check', () => {
    expect(typeCheck([join(folder, 'zod/mini/index.ts')]).faults).toEqual([])
  })

  it('take a fraction of what zod takes in a bundle', async () => {
    const [classic, mini] = await Promise.all(['zod', 'zod/mini'].map(bundle))
    if (process.env.SCIMKIT_SIZES) console.log({ classic, mini })
    expect(mini?.classic).toBe(false)
    expect(classic?.classic).toBe(true)
    expect(mini?.bytes).toBeLessThan((classic?.bytes ?? 0) * 0.6)
  })
})

/** Size of an application that validates users with Acme's extension, minified and gzipped. */
async function bundle(zod: string): Promise<{ bytes: number; minified: number; classic: boolean }> {
  const result = await build({
    stdin: { contents: `export { userResource } from './user.resource.gen.ts'`, resolveDir: join(folder, zod) },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    metafile: true,
    outdir: 'out',
    splitting: true,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['@scimkit/source', 'import'],
  })
  const name = Object.keys(result.metafile.outputs).find((path) => result.metafile.outputs[path]?.entryPoint)
  const entry = result.outputFiles.find(({ path }) => name && path.endsWith(name))
  const inputs = Object.entries(result.metafile.outputs[name ?? '']?.inputs ?? {})
  const text = entry?.contents ?? new Uint8Array()
  return {
    bytes: gzipSync(text, { level: 9 }).length,
    minified: text.length,
    classic: inputs.some(([path, { bytesInOutput }]) => path.includes('zod/v4/classic') && bytesInOutput > 0),
  }
}
