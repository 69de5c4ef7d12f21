import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ResourceDefinition, resourceFromSchemas } from '@scimkit/core'
import { createMockServer } from '@scimkit/mock-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommandLine } from '../src/commands/run-command-line.js'
import { makeCodeFolder } from './real-schemas.js'
import { typeCheck } from './type-check.js'

const urn = 'urn:example:params:scim:schemas:core:2.0:Lamp'
const lamp = {
  ID: urn,
  Name: 'Lamp',
  attributes: [
    { name: 'lit', type: 'bool', Required: true },
    { name: 'watts', type: 'int' },
    { name: 'hue', type: 'double' },
    { name: 'since', type: 'timestamp' },
    { name: 'extra', type: 'map' },
    { name: 'notes', type: 'json', multi_valued: true },
    { name: 'pin', type: 'string', mutability: 'WRITE_ONLY' },
    { name: 'serial', type: 'string', mutability: 'READ_ONLY' },
    { name: 'shade', multiValued: true, attributes: [{ name: 'colour' }, { name: 'code', mutability: 'write-only' }] },
  ],
}
const type = { name: 'Lamp', endpoint: '/Lamps', schema: urn }
const good = {
  schemas: [urn],
  lit: true,
  watts: 4,
  hue: 0.5,
  since: '2026-01-31T09:30:00Z',
  extra: { any: ['thing'] },
  notes: [1, 'two', { three: 3 }],
  pin: 'secret-pin',
  serial: 'not-mine',
  shade: [{ colour: 'red', code: 'secret-code' }],
}

const folder = makeCodeFolder('guesses')
const outs = [join(folder, 'zod'), join(folder, 'mini')] as const
const definitions: ResourceDefinition[] = []

beforeAll(async () => {
  const files = ['lamp.json', 'types.json'].map((name) => join(folder, name))
  mkdirSync(folder, { recursive: true })
  writeFileSync(files[0] ?? '', JSON.stringify(lamp))
  writeFileSync(files[1] ?? '', JSON.stringify(type))
  for (const [index, zod] of ['zod', 'zod/mini'].entries()) {
    const out = outs[index] ?? ''
    const plugins = 'types,zod,samples,docs,openapi'
    const args = ['generate', '--schemas', ...files, '--out', out, '--zod', zod, '--plugins', plugins, '--lenient']
    const { status, errors } = await runCommandLine(args)
    expect([status, errors.filter((line) => line.includes('; read as ')).length]).toEqual([0, 12])
    const module = await import(/* @vite-ignore */ join(out, 'index.ts'))
    definitions.push(module.lampResource)
  }
  definitions.push(resourceFromSchemas(lamp, type, { lenient: true }))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const read = (name: string) => readFileSync(join(outs[0], name), 'utf8')

describe('what the lenient reading guesses', () => {
  it('is a type of TypeScript that fits, and a secret is in no answer', () => {
    const types = read('lamp.types.gen.ts')
    const [output = '', input = ''] = types.split(/export interface Lamp(?:Input|ReadPaths) /)
    expect(output).toMatch(/^ {2}lit: boolean$/m)
    expect(output).toMatch(/^ {2}watts\?: number \| undefined$/m)
    expect(output).toMatch(/^ {2}extra\?: unknown \| undefined$/m)
    expect(output).toMatch(/^ {2}notes\?: unknown\[\] \| undefined$/m)
    expect(output).not.toMatch(/^ {2}pin\b/m)
    expect(input).toMatch(/^ {2}pin\?: string \| null \| undefined$/m)
    expect(input).not.toMatch(/^ {2}serial\b/m)
    expect(typeCheck(outs.map((out) => join(out, 'index.ts'))).faults).toEqual([])
  })

  it('is in samples, pages and the OpenAPI document as well', () => {
    const { input, output } = JSON.parse(read('samples/lamp.resource.samples.json'))
    expect(input[0]).toMatchObject({ lit: expect.any(Boolean), pin: expect.any(String) })
    expect(Object.keys(output[0])).not.toContain('pin')
    expect(Object.keys(output[0].shade[0])).toEqual(['colour'])
    const { components } = JSON.parse(read('openapi.json'))
    expect(components.schemas.Lamp.properties.pin).toBeUndefined()
    expect(components.schemas.Lamp.properties.watts.type).toBe('integer')
    expect(components.schemas.Lamp.properties.extra.type).toBeUndefined()
    expect(components.schemas.LampInput.properties.serial).toBeUndefined()
  })

  it.each([0, 1, 2])('is what validators judge by, and what a server keeps and returns (%i)', async (index) => {
    const definition = definitions[index] as ResourceDefinition // made above
    const judge = async (value: object) => (await definition.validators?.create['~standard'].validate(value))?.issues
    expect(await judge(good)).toBeUndefined()
    for (const wrong of [
      { lit: 'yes' },
      { lit: undefined },
      { watts: 1.5 },
      { since: 'now' },
      { extra: undefined, notes: [null] },
    ]) {
      expect(await judge({ ...good, ...wrong }), JSON.stringify(wrong)).toHaveLength(1)
    }
    for (const compatibility of ['strict', 'lenient'] as const) {
      const server = createMockServer({ resources: [definition], compatibility })
      const send = async (method: string, path: string, body?: object) => {
        const headers = { 'content-type': 'application/scim+json' }
        const response = await server.fetch(`${server.url}${path}`, {
          method,
          headers,
          ...(body && { body: JSON.stringify(body) }),
        })
        return { status: response.status, body: await response.json() }
      }
      const { serial: _serial, ...sent } = good
      const made = await send('POST', '/Lamps', sent)
      expect([made.status, JSON.stringify(made.body)]).toEqual([201, expect.not.stringContaining('secret')])
      expect(made.body).toMatchObject({ lit: true, extra: good.extra, notes: good.notes, shade: [{ colour: 'red' }] })
      const operations = [
        { op: 'replace', path: 'extra', value: [1] },
        { op: 'add', path: 'notes', value: [false] },
        { op: 'replace', path: 'pin', value: 'secret-2' },
      ]
      const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp']
      const patched = await send('PATCH', `/Lamps/${made.body.id}`, { schemas, Operations: operations })
      expect([patched.status, JSON.stringify(patched.body)]).toEqual([200, expect.not.stringContaining('secret')])
      expect(patched.body).toMatchObject({ extra: [1], notes: [...good.notes, false] })
      const listed = await send('GET', '/Lamps?filter=notes%20eq%20%22two%22&attributes=extra,pin')
      expect([listed.body.totalResults, JSON.stringify(listed.body)]).toEqual([
        1,
        expect.not.stringContaining('secret'),
      ])
      const unread = await send('GET', '/Lamps?filter=pin%20eq%20%22secret-2%22')
      expect(JSON.stringify(unread.body)).not.toContain('"id"')
    }
  })
})
