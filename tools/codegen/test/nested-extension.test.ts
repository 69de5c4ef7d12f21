import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ResourceDefinition, resourceFromSchemas } from '@scimkit/core'
import { afterAll, describe, expect, it } from 'vitest'
import { runCommandLine } from '../src/commands/run-command-line.js'
import { generate } from '../src/index.js'
import { makeCodeFolder } from './real-schemas.js'
import { typeCheck } from './type-check.js'

type Document = Readonly<Record<string, unknown>>
const fixture = join(dirname(fileURLToPath(import.meta.url)), 'fixtures/rfc9944-device.json')
const documents = JSON.parse(readFileSync(fixture, 'utf8')) as readonly Document[] // the fixture is a list of documents
const extension = (name: string) => `urn:ietf:params:scim:schemas:extension:${name}:2.0:Device`
const [ble, passKey, oob] = [extension('ble'), extension('pairingPassKey'), extension('pairingOOB')]

const folder = makeCodeFolder('nested')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Generates from documents that lie in a file each, and gives the text of every file without its first line. */
async function generateFrom(given: readonly Document[], lenient = false) {
  const schemas = given.map((document, index) => ({ file: `${index}.json`, document }))
  const { files, faults, warnings } = await generate({ schemas, lenient })
  const texts = [...files].map(([path, text]) => [path, text.replaceAll(/^\/\/ .*\n/gm, '')] as const)
  return { texts: Object.fromEntries(texts), faults: faults.map(toLine), warnings: warnings.map(toLine) }
}

function toLine({ path, message }: { readonly path: string; readonly message: string }): string {
  return `${path}: ${message}`
}

function withAttributes(id: string, attributes: readonly unknown[]): readonly Document[] {
  return documents.map((document) => (document.id === id ? { ...document, attributes } : document))
}

function attributesOf(id: string): readonly Document[] {
  return (documents.find((document) => document.id === id)?.attributes ?? []) as readonly Document[] // as the fixture writes them
}

describe('an extension within an extension', () => {
  it('is found whether the resource type lists it or not, in whatever order and files the documents come', async () => {
    const whole = await generateFrom(documents)
    expect([whole.faults, whole.warnings]).toEqual([[], []])
    expect(Object.keys(whole.texts).filter((path) => path.includes('pairing'))).toEqual([])
    const unlisted = documents.map(({ schemaExtensions, ...rest }) =>
      schemaExtensions ? { ...rest, schemaExtensions: [{ schema: ble, required: false }] } : rest,
    )
    expect(await generateFrom(unlisted)).toEqual(whole)
    const [device, first, ...others] = documents
    expect((await generateFrom([...others, device ?? {}, first ?? {}])).texts).toEqual(whole.texts)
  })

  it('may be written as a complex attribute that is named by its URN', async () => {
    const whole = await generateFrom(documents)
    const inside = documents
      .filter(({ id }) => String(id).includes(':pairing'))
      .map(({ id, description, attributes = [] }) => ({
        name: id,
        type: 'complex',
        description,
        subAttributes: attributes,
      }))
    const written = withAttributes(ble, [...attributesOf(ble), ...inside]).filter(
      ({ id }) => !String(id).includes(':pairing'),
    )
    const { texts, faults } = await generateFrom(
      written.map((document) => (document.endpoint ? { ...document, schemaExtensions: [{ schema: ble }] } : document)),
    )
    expect(faults).toEqual([])
    // The one that RFC 9944 calls required and always null is not known there by its schema.
    expect(texts['ble-extension.schema.gen.ts']).toBe(
      whole.texts['ble-extension.schema.gen.ts']?.replace(
        "type: 'integer', mutability",
        "type: 'integer', required: true, mutability",
      ),
    )
    expect(texts['ble-extension.types.gen.ts']).toContain(`'${passKey}'?: BleExtensionPairingPassKey | undefined`)
  })

  it('has a place in extensions alone, at their top, and holds simple attributes', async () => {
    const nested = { name: 'urn:example:inner:2.0:Device', type: 'complex', subAttributes: [{ name: 'a' }] }
    const core = 'urn:ietf:params:scim:schemas:core:2.0:Device'
    const deep = { name: 'deep', type: 'complex', subAttributes: [nested] }
    const holding = { ...nested, subAttributes: [{ name: 'b', type: 'complex', subAttributes: [{ name: 'c' }] }] }
    for (const [id, attribute] of [
      [core, nested],
      [ble, deep],
      [ble, { ...nested, type: 'string' }],
      [ble, holding],
    ] as const) {
      const { faults } = await generateFrom(withAttributes(id, [...attributesOf(id), attribute]))
      expect(faults, JSON.stringify(attribute)).toHaveLength(1)
      expect(faults[0]).toMatch(/is not an attribute name|is within a complex attribute/)
    }
    const twice = await generateFrom(
      withAttributes(ble, [...attributesOf(ble), nested, { ...nested, name: 'URN:example:inner:2.0:device' }]),
    )
    expect(twice.faults[0]).toContain('differs from urn:example:inner:2.0:Device by case alone')
  })

  it('is an extension like any other for a resource type that has it without the outer one', async () => {
    const alone = documents.map((document) =>
      document.endpoint ? { ...document, schemaExtensions: [{ schema: passKey }] } : document,
    )
    const { texts, faults } = await generateFrom(alone)
    expect(faults).toEqual([])
    expect(texts['pairing-pass-key.types.gen.ts']).toContain('export interface PairingPassKey {')
    const definition = resourceFromSchemas(
      alone.filter(({ endpoint }) => !endpoint),
      alone.at(-1) ?? {},
    )
    expect(definition.extensions.map(({ extension: { urn } }) => urn)).toEqual([passKey])
  })

  it('is read as RFC 9944 prints it, with the words that RFC 7643 does not have', async () => {
    const printed = attributesOf(ble).map((attribute) => ({
      ...attribute,
      ...(attribute.type === 'boolean' && { type: 'bool' }),
      ...(attribute.name === 'deviceMacAddress' && { uniqueness: 'Manufacturer', pattern: '^[0-9A-F]{2}$' }),
    }))
    const { texts, faults, warnings } = await generateFrom(withAttributes(ble, printed), true)
    expect(faults).toEqual([])
    expect(warnings).toHaveLength(3)
    expect(texts).toEqual((await generateFrom(documents)).texts)
  })
})

describe('the code of an extension within an extension', () => {
  it.each(['zod', 'zod/mini'])(
    'is typed under both URNs, and its validators agree with those made at run time (%s)',
    async (zod) => {
      const out = join(folder, zod.replace('/', '-'))
      const args = [
        'generate',
        '--schemas',
        fixture,
        '--out',
        out,
        '--zod',
        zod,
        '--plugins',
        'types,zod,client,openapi,docs,samples',
      ]
      expect((await runCommandLine(args)).errors).toEqual([])
      mkdirSync(out, { recursive: true })
      const app = join(out, 'app.ts')
      writeFileSync(app, appText)
      expect(typeCheck([app]).faults).toEqual([])
      const { deviceResource } = await import(/* @vite-ignore */ join(out, 'index.ts'))
      const runtime = resourceFromSchemas(
        documents.filter(({ endpoint }) => !endpoint),
        documents.at(-1) ?? {},
      )
      const base = { versionSupport: ['5.3'], deviceMacAddress: 'AA', pairingMethods: [passKey] }
      const wholes = [{ [passKey]: { key: 1 } }, { [passKey]: null, [oob]: {} }, { [extension('pairingNull')]: {} }]
      const broken = [{ [passKey]: { key: '1' } }, { [oob]: { key: 'k' } }, { [oob]: [] }, { [passKey]: 'x' }]
      for (const definition of [deviceResource, runtime] as readonly ResourceDefinition[]) {
        const issuesOf = async (inside: object) => {
          const body = { active: true, [ble]: { ...base, ...inside } }
          return (await definition.validators?.create['~standard'].validate(body))?.issues?.length ?? 0
        }
        expect(await Promise.all(wholes.map(issuesOf))).toEqual([0, 0, 0])
        expect(await Promise.all(broken.map(issuesOf))).toEqual([1, 1, 1, 1])
      }
    },
  )
})

const appText = `import { bearer } from '@scimkit/client'
import { type InferInput } from '@scimkit/core'
import { createClient, deviceResource, type DeviceResource, type DeviceResourceInput } from './index.js'
const ble = '${ble}'
const passKey = '${passKey}'
const base = { versionSupport: ['5.3'], deviceMacAddress: 'AA', pairingMethods: [passKey] }
const body: DeviceResourceInput = { active: true, [ble]: { ...base, [passKey]: { key: 123456 } } }
export const inferred: InferInput<typeof deviceResource> = body
// @ts-expect-error the key is an integer
export const wrong: DeviceResourceInput = { active: true, [ble]: { ...base, [passKey]: { key: '123456' } } }
declare const made: DeviceResource
export const key: number | undefined = made[ble]?.[passKey]?.key
const scim = createClient({ baseUrl: 'https://scim.example.com/scim/v2', authenticate: bearer('token') })
scim.devices.patch('1', (p) => p.replace(\`\${ble}:\${passKey}.key\`, 5).remove(\`\${ble}:\${passKey}\`))
// @ts-expect-error the key is an integer
scim.devices.patch('1', (p) => p.replace(\`\${ble}:\${passKey}.key\`, '5'))
scim.devices.list({ filter: (f) => f.eq(\`\${ble}:\${passKey}.key\`, 5), sortBy: \`\${ble}:\${passKey}.key\` })
// @ts-expect-error the extension has no such attribute
scim.devices.list({ filter: (f) => f.eq(\`\${ble}:\${passKey}.kay\`, 5) })
`
