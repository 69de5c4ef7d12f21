import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generate } from '@scimkit/codegen'
import { type Compatibility, type ResourceDefinition, resourceFromSchemas } from '@scimkit/core'
import { createScimHandler, memoryStore, mount, type ResourceStore } from '@scimkit/server-kit'
import { createSqlStore, openSqlite } from '@scimkit/store-sql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const here = dirname(fileURLToPath(import.meta.url))
const file = join(here, '../../codegen/test/fixtures/rfc9944-device.json')
const documents = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>[] // the fixture is a list of documents
const schemas = documents.filter(({ endpoint }) => endpoint === undefined)
const type = documents.find(({ endpoint }) => endpoint !== undefined) ?? {}

const extension = <N extends string>(name: N) => `urn:ietf:params:scim:schemas:extension:${name}:2.0:Device` as const
const device = 'urn:ietf:params:scim:schemas:core:2.0:Device'
const ble = extension('ble')
const passKey = extension('pairingPassKey')
const oob = extension('pairingOOB')
const justWorks = extension('pairingJustWorks')
const none = extension('pairingNull')

/** The third example of RFC 9944's BLE extension. */
const heartMonitor = {
  schemas: [device, ble],
  displayName: 'BLE Heart Monitor',
  active: true,
  [ble]: {
    versionSupport: ['5.3'],
    deviceMacAddress: '2C:54:91:88:C9:E2',
    isRandom: false,
    pairingMethods: [passKey, oob],
    [passKey]: { key: 123456 },
    [oob]: { key: 'TheKeyvalueRetrievedFromOOB', randomNumber: 238796813516896 },
  },
}

const folder = mkdtempSync(join(here, '.nested-'))
const definitions: Record<string, ResourceDefinition> = { runtime: resourceFromSchemas(schemas, type) }
const generatedFiles: string[] = []
beforeAll(async () => {
  const { files, faults, warnings } = await generate({ schemas: [{ file: 'device.json', document: documents }] })
  expect([faults, warnings]).toEqual([[], []])
  generatedFiles.push(...files.keys())
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const module = await import(/* @vite-ignore */ join(folder, 'index.ts'))
  definitions.generated = module.deviceResource
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const sources = ['generated', 'runtime'] as const
const stores = ['memory', 'sqlite'] as const
const bases: readonly Compatibility[] = ['strict', 'interop', 'lenient']
const everywhere = sources.flatMap((source) =>
  stores.flatMap((kind) => bases.map((base) => [source, kind, base] as const)),
)

type Answer = { readonly status: number; readonly body: Record<string, unknown> }

function openProvider(source: string, kind: (typeof stores)[number], compatibility: Compatibility) {
  const definition = definitions[source] as ResourceDefinition // made above
  const database = kind === 'sqlite' ? openSqlite(':memory:') : undefined
  const store: ResourceStore = database ? createSqlStore({ database }) : memoryStore()
  const scim = createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(definition, store)],
    authenticate: () => ({ subject: 'test' }),
    compatibility,
  })
  const send = async (method: string, path: string, body?: object): Promise<Answer> => {
    const request = new Request(`https://scim.example.com/scim/v2${path}`, {
      method,
      headers: { 'content-type': 'application/scim+json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const response = await scim.fetch(request)
    const text = await response.text()
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) }
  }
  const patch = (id: string, ...Operations: object[]) =>
    send('PATCH', `/Devices/${id}`, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations })
  const list = (query: Record<string, string>) => send('GET', `/Devices?${new URLSearchParams(query)}`)
  return { send, patch, list, close: () => database?.close() }
}

describe.each(everywhere)('an extension within an extension (RFC 9944), %s, %s, %s', (source, kind, base) => {
  it('is created, read and replaced as it was written', async () => {
    const { send, close } = openProvider(source, kind, base)
    const made = await send('POST', '/Devices', heartMonitor)
    expect([made.status, made.body[ble], made.body.schemas]).toEqual([201, heartMonitor[ble], [device, ble]])
    const path = `/Devices/${made.body.id}`
    expect((await send('GET', path)).body[ble]).toEqual(heartMonitor[ble])
    const { [passKey]: _, ...rest } = heartMonitor[ble]
    const put = await send('PUT', path, { ...heartMonitor, [ble]: { ...rest, [oob]: { key: 'k', randomNumber: 1 } } })
    expect([put.status, put.body[ble]]).toEqual([200, { ...rest, [oob]: { key: 'k', randomNumber: 1 } }])
    close()
  })

  it('is taken in any case, and what demands nothing may be null or empty', async () => {
    const { send, close } = openProvider(source, kind, base)
    const { [passKey]: key, [oob]: _, ...rest } = heartMonitor[ble]
    for (const nothing of [null, {}]) {
      const inside = { ...rest, [passKey.toUpperCase()]: key, [none]: nothing, [justWorks]: { key: null } }
      const made = await send('POST', '/Devices', { ...heartMonitor, [ble]: inside })
      expect([made.status, made.body[ble]]).toEqual([201, { ...rest, [passKey]: key }])
    }
    close()
  })

  it('is refused or read, never lost, where the outer extension is not around it', async () => {
    const { send, close } = openProvider(source, kind, base)
    const { [passKey]: _, ...rest } = heartMonitor[ble]
    const bodies = [
      { [ble]: rest, [passKey]: { key: 5 } },
      { [ble]: rest, [`${passKey}:key`]: 5 },
      { [ble]: { ...rest, [`${passKey}.key`]: 5 } },
    ]
    for (const body of bodies) {
      const made = await send('POST', '/Devices', { ...heartMonitor, ...body })
      if (base === 'lenient') expect([made.status, made.body[ble]]).toEqual([201, { ...rest, [passKey]: { key: 5 } }])
      else expect(made.status).toBe(400)
    }
    close()
  })

  it('is judged by its schema', async () => {
    const { send, close } = openProvider(source, kind, base)
    for (const wrong of [{ [oob]: { key: 'k' } }, { [passKey]: { key: 'nine' } }, { [passKey]: 7 }]) {
      const made = await send('POST', '/Devices', { ...heartMonitor, [ble]: { ...heartMonitor[ble], ...wrong } })
      expect([made.status, made.body.scimType]).toEqual([400, 'invalidValue'])
      expect(made.body.detail).toContain(`${ble}:${Object.keys(wrong)[0]}`)
    }
    close()
  })

  it('is patched by every path, and by values without one', async () => {
    const { send, patch, close } = openProvider(source, kind, base)
    const { body } = await send('POST', '/Devices', heartMonitor)
    const inside = async (...operations: object[]) => {
      const patched = await patch(String(body.id), ...operations)
      expect(patched.status, JSON.stringify(patched.body)).toBe(200)
      const read = (await send('GET', `/Devices/${body.id}`)).body[ble] as Record<string, unknown> // an object
      return [read[passKey], read[oob]]
    }
    const first = heartMonitor[ble][oob]
    const paths = [`${ble}:${passKey}.key`, `${ble}:${passKey}:key`, `${passKey}:key`, `${passKey}.key`]
    for (const [index, path] of paths.entries()) {
      const operations = [{ op: 'replace', path, value: index }]
      expect(await inside(...operations), path).toEqual([{ key: index }, first])
    }
    expect(await inside({ op: 'replace', path: passKey, value: { key: 7 } })).toEqual([{ key: 7 }, first])
    expect(await inside({ op: 'add', path: ble, value: { [passKey]: { key: 8 } } })).toEqual([{ key: 8 }, first])
    if (base !== 'interop') {
      expect(await inside({ op: 'add', value: { [ble]: { [passKey]: { key: 9 } } } })).toEqual([{ key: 9 }, first])
    }
    await inside({ op: 'replace', path: `${ble}:${passKey}`, value: { key: 9 } })
    expect(await inside({ op: 'add', path: `${ble}:${oob}`, value: { confirmationNumber: 5 } })).toEqual([
      { key: 9 },
      { ...first, confirmationNumber: 5 },
    ])
    expect(await inside({ op: 'remove', path: `${oob}:confirmationNumber` })).toEqual([{ key: 9 }, first])
    expect(await inside({ op: 'remove', path: `${ble}:${passKey}` })).toEqual([undefined, first])
    const broken = await patch(String(body.id), { op: 'remove', path: `${ble}:${oob}.key` })
    expect([broken.status, broken.body.scimType]).toEqual([400, 'mutability'])
    const unknown = await patch(String(body.id), { op: 'remove', path: `${ble}:${oob}.nonce` })
    expect([unknown.status, unknown.body.scimType]).toEqual([400, 'invalidPath'])
    close()
  })

  it('is filtered and sorted by', async () => {
    const { send, list, close } = openProvider(source, kind, base)
    for (const key of [3, 1, 2])
      await send('POST', '/Devices', { ...heartMonitor, [ble]: { ...heartMonitor[ble], [passKey]: { key } } })
    const keysOf = ({ body }: Answer) => {
      const found = (body.Resources ?? []) as readonly Record<string, Record<string, { readonly key: number }>>[] // devices as made above
      return found.map((resource) => resource[ble]?.[passKey]?.key)
    }
    for (const path of [`${ble}:${passKey}.key`, `${ble}:${passKey}:key`, `${passKey}:key`, `${passKey}.key`]) {
      expect(keysOf(await list({ filter: `${path} eq 2` })), path).toEqual([2])
      expect(keysOf(await list({ filter: `${path} gt 1`, sortBy: path })), path).toEqual([2, 3])
      expect(keysOf(await list({ sortBy: path, sortOrder: 'descending' })), path).toEqual([3, 2, 1])
    }
    expect(keysOf(await list({ filter: `${ble}:${oob}.key eq "thekeyvalueretrievedfromoob"` }))).toEqual([])
    expect(keysOf(await list({ filter: `${oob} pr and ${oob}:key sw "TheKey"` }))).toHaveLength(3)
    expect(keysOf(await list({ filter: `${ble}:${justWorks} pr` }))).toEqual([])
    close()
  })

  it('is asked for and left out by name', async () => {
    const { send, close } = openProvider(source, kind, base)
    const { body } = await send('POST', '/Devices', heartMonitor)
    const read = async (query: Record<string, string>) =>
      (await send('GET', `/Devices/${body.id}?${new URLSearchParams(query)}`)).body[ble]
    for (const path of [`${ble}:${oob}.key`, `${ble}:${oob}:key`, `${oob}:key`, `${oob}.key`]) {
      expect(await read({ attributes: path }), path).toEqual({ [oob]: { key: heartMonitor[ble][oob].key } })
      expect(await read({ excludedAttributes: path }), path).toEqual({
        ...heartMonitor[ble],
        [oob]: { randomNumber: heartMonitor[ble][oob].randomNumber },
      })
    }
    expect(await read({ attributes: passKey })).toEqual({ [passKey]: { key: 123456 } })
    expect(await read({ attributes: ble })).toEqual(heartMonitor[ble])
    const { [oob]: _, ...without } = heartMonitor[ble]
    expect(await read({ excludedAttributes: `${ble}:${oob}` })).toEqual(without)
    close()
  })

  it('may be among the schemas of a body, and is served within the schema around it', async () => {
    const { send, patch, close } = openProvider(source, kind, base)
    const made = await send('POST', '/Devices', { ...heartMonitor, schemas: [device, ble, passKey, oob] })
    expect([made.status, made.body.schemas, made.body[ble]]).toEqual([201, [device, ble], heartMonitor[ble]])
    await patch(String(made.body.id), { op: 'remove', path: 'schemas', value: [passKey] })
    expect((await send('GET', `/Devices/${made.body.id}`)).body[ble]).toEqual(heartMonitor[ble])
    const published = await send('GET', `/Schemas/${ble}`)
    const again = [...schemas.filter(({ id }) => id === device), published.body]
    const listed = await send('GET', '/ResourceTypes/Device')
    expect(listed.body.schemaExtensions).toEqual([{ schema: ble, required: false }])
    const inner = (await send('GET', `/Schemas/${oob}`)).body
    expect((inner.attributes as readonly { name: string }[]).map(({ name }) => name)).toEqual([
      'key',
      'randomNumber',
      'confirmationNumber',
    ])
    const { Resources } = (await send('GET', '/Schemas')).body
    const pulled = await generate({
      schemas: [Resources, listed.body].map((document) => ({ file: 'a.json', document })),
    })
    expect([pulled.faults, pulled.warnings]).toEqual([[], []])
    expect([...pulled.files.keys()]).toEqual(generatedFiles)
    expect(resourceFromSchemas(Resources, listed.body).extensions).toHaveLength(1)
    expect(resourceFromSchemas(again, listed.body).index.has(`${passKey}:key`.toLowerCase())).toBe(true)
    close()
  })
})
