import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { enterpriseUser, groupResource, resourceFromSchemas, urns, userResource } from '@scimkit/core'
import { bearerToken, createScimHandler, memoryStore, mount } from '@scimkit/server-kit'
import { toNodeListener } from '@scimkit/server-kit/node'
import express from 'express'
import SCIMMY from 'scimmy'
import SCIMMYRouters from 'scimmy-routers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommandLine } from '../src/commands/run-command-line.js'
import { makeCodeFolder } from './real-schemas.js'
import { typeCheck } from './type-check.js'

const token = 'token-of-the-test-server'
/** scimmy takes no other namespace. */
const acme = 'urn:ietf:params:scim:schemas:extension:acme:2.0:User'
const folder = makeCodeFolder('pulled')
const listening: Server[] = []

afterAll(async () => {
  await Promise.all(listening.map((server) => new Promise((resolve) => server.close(resolve))))
  rmSync(folder, { recursive: true, force: true })
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  listening.push(server)
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}` // a TCP server has one
}

/** A server of scimmy-routers with its own User and Group, and an extension that somebody declared. */
async function startScimmy(): Promise<string> {
  const { Attribute, SchemaDefinition } = SCIMMY.Types
  const extension = new SchemaDefinition('AcmeUser', acme, 'What Acme keeps.', [
    new Attribute('integer', 'badgeNumber', { required: true, uniqueness: 'server' }),
    new Attribute('complex', 'desks', { multiValued: true }, [
      new Attribute('string', 'value', {}),
      new Attribute('dateTime', 'since', { mutable: false }),
    ]),
  ])
  class AcmeUser extends SCIMMY.Types.Schema {
    static override get definition() {
      return extension
    }
  }
  const nothing = () => {
    throw new SCIMMY.Types.Error(404, '', 'nothing is here')
  }
  SCIMMY.Resources.declare(SCIMMY.Resources.User).ingress(nothing).egress(nothing).degress(nothing)
  SCIMMY.Resources.declare(SCIMMY.Resources.Group).ingress(nothing).egress(nothing).degress(nothing)
  SCIMMY.Resources.User.extend(SCIMMY.Schemas.EnterpriseUser, false)
  SCIMMY.Resources.User.extend(AcmeUser, false)
  const handler = (request: { header(name: string): string | undefined }) => {
    if (request.header('authorization') !== `Bearer ${token}`) throw new Error('no token')
    return '1'
  }
  return `${await serve(express().use('/scim', new SCIMMYRouters({ type: 'bearer', handler })))}/scim`
}

/** A server of server-kit with a type of its own beside User and Group. */
async function startServerKit(): Promise<string> {
  const urn = 'urn:example:params:scim:schemas:core:2.0:Device'
  const attributes = [
    { name: 'serial', required: true, uniqueness: 'global', caseExact: true, mutability: 'immutable' },
    { name: 'owner', type: 'complex', subAttributes: [{ name: '$ref', type: 'reference', referenceTypes: ['User'] }] },
    { name: 'pin', mutability: 'writeOnly', returned: 'never' },
  ]
  const device = resourceFromSchemas(
    { schemas: [urns.schema], id: urn, name: 'Device', attributes },
    { name: 'Device', endpoint: '/Devices', schema: urn },
  )
  const store = memoryStore()
  const handler = createScimHandler({
    basePath: '/scim/v2',
    resources: [
      mount(userResource.extend(enterpriseUser, { required: true }), store),
      mount(groupResource, store),
      mount(device, store),
    ],
    authenticate: bearerToken(token),
  })
  return `${await serve(toNodeListener(handler))}/scim/v2`
}

const servers = [
  {
    name: 'scimmy-routers',
    start: startScimmy,
    want: [
      'acme-user.json',
      'enterprise-user.json',
      'group.json',
      'resource-types.json',
      'service-provider-config.json',
      'user.json',
    ],
  },
  {
    name: 'server-kit',
    start: startServerKit,
    want: [
      'device.json',
      'enterprise-user.json',
      'group.json',
      'resource-types.json',
      'service-provider-config.json',
      'user.json',
    ],
  },
]

describe.each(servers)('the schemas of a running server of $name', ({ name, start, want }) => {
  const path = (part: string) => join(folder, name, part)
  let url: string
  beforeAll(async () => {
    url = await start()
    const pulled = await runCommandLine(['pull', url, '--token', token, '--out', path('pulled')])
    expect(pulled).toMatchObject({ status: 0, errors: [] })
  })

  it('are pulled as files', () => {
    expect(readdirSync(path('pulled')).sort()).toEqual(want)
  })

  it('are generated from, strictly, into code that type-checks', async () => {
    const generated = await runCommandLine(['generate', '--schemas', path('pulled'), '--out', path('scim')])
    expect(generated.status).toBe(0)
    // Servers may define schemas of the standard in another way, and that is all they do.
    expect(generated.errors.filter((line) => !line.includes('is defined anew and changes '))).toEqual([])
    expect(typeCheck([path('scim/index.ts')]).faults).toEqual([])
    const { userResource } = await import(/* @vite-ignore */ path('scim/index.ts'))
    const served = JSON.parse(readFileSync(path('pulled/resource-types.json'), 'utf8')).find(
      ({ name }: { name: string }) => name === 'User',
    )
    expect(
      userResource.extensions.map(({ extension, required }: { extension: { urn: string }; required: boolean }) => ({
        schema: extension.urn,
        required,
      })),
    ).toEqual(served.schemaExtensions)
  })

  it('show no difference to the server, in either direction, and are pulled again unchanged', async () => {
    const same = { status: 0, output: [], errors: [] }
    expect(await runCommandLine(['diff', path('pulled/*.json'), url, '--token', token])).toEqual(same)
    expect(await runCommandLine(['diff', url, path('pulled'), '--token', token])).toEqual(same)
    const again = await runCommandLine(['pull', url, '--token', token, '--out', path('pulled')])
    expect(again.output).toEqual([`${want.length} files are up to date`])
  })

  it('show a difference once a file differs', async () => {
    const file = path('pulled/group.json')
    const text = readFileSync(file, 'utf8')
    const group = JSON.parse(text)
    writeFileSync(file, JSON.stringify({ ...group, attributes: group.attributes.slice(1) }))
    const { status, output } = await runCommandLine(['diff', file, url, '--token', token])
    writeFileSync(file, text)
    expect(status).toBe(1)
    expect(output).toContain(`+ ${group.id}:${group.attributes[0].name}`)
  })
})
