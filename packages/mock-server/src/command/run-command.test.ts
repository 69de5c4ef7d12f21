import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { urns } from '@scimkit/core'
import { afterAll, describe, expect, it } from 'vitest'
import { readFlags, UsageError } from './flags.js'
import { runCommand } from './run-command.js'

const folder = mkdtempSync(join(tmpdir(), 'mock-server-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, content: unknown): string {
  const file = join(folder, name)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

/** Runs the command, which must refuse its arguments, and gives the line that it says. */
async function refusal(...args: readonly string[]): Promise<string> {
  const printed: string[] = []
  const error = await runCommand(args, (line) => printed.push(line)).then(
    (running) => running?.stop(),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(UsageError)
  expect(printed).toEqual([])
  const { message } = error as UsageError // as just seen
  expect(message).not.toContain('\n')
  return message
}

describe('published documents', () => {
  it('of an extension within an extension are served as one, whatever files they lie in', async () => {
    const [device, ble, passKey] = [
      'core:2.0:Device',
      'extension:ble:2.0:Device',
      'extension:pairingPassKey:2.0:Device',
    ].map((name) => `urn:ietf:params:scim:schemas:${name}`) as [string, string, string] // one for each name
    const key = { name: 'key', type: 'integer', required: true }
    const files = [
      { id: passKey, name: 'pairingPassKey', attributes: [key] },
      { id: ble, name: 'bleExtension', attributes: [{ name: 'mac' }] },
      { id: device, name: 'Device', attributes: [{ name: 'active', type: 'boolean' }] },
      { name: 'Device', endpoint: '/Devices', schema: device, schemaExtensions: [{ schema: ble, required: false }] },
    ].flatMap((content, index) => ['--schema', write(`nested-${index}.json`, content)])
    const lines: string[] = []
    const running = await runCommand(['--no-auth', '--no-inspector', '--port', '0', ...files], (line) =>
      lines.push(line),
    )
    try {
      const base = lines.join(' ').match(/http:[^ ]+/)?.[0]
      const body = { schemas: [device, ble], active: true, [ble]: { mac: 'AA', [passKey]: { key: 123456 } } }
      const headers = { 'content-type': 'application/scim+json' }
      const made = await fetch(`${base}/Devices`, { method: 'POST', headers, body: JSON.stringify(body) })
      expect([made.status, await made.json()]).toMatchObject([201, body])
      const found = await fetch(`${base}/Devices?filter=${encodeURIComponent(`${passKey}:key eq 123456`)}`)
      expect(await found.json()).toMatchObject({ totalResults: 1 })
      const types = await fetch(`${base}/ResourceTypes/User`)
      expect(JSON.stringify(await types.json())).not.toContain('pairing')
    } finally {
      await running?.stop()
    }
  })

  it('that list the discovery endpoints and /Me as resource types are served, each of these noted', async () => {
    const own = [
      { name: 'Schema', endpoint: '/Schemas', schema: urns.schema },
      { name: 'Me', endpoint: '/Me', schema: urns.user },
      { name: 'ServiceProviderConfig', endpoint: '/ServiceProviderConfig', schema: urns.serviceProviderConfig },
    ]
    const schema = { id: urns.schema, name: 'Schema', attributes: [{ name: 'attributes', type: 'complex' }] }
    const file = write('published.json', [schema, ...own, { name: 'Lamp', endpoint: '/Lamps', schema: 'example:Lamp' }])
    const lamp = write('lamp.json', { ID: 'EXAMPLE:lamp', attributes: [{ name: 'pin', mutability: 'WRITE_ONLY' }] })
    const printed: string[] = []
    const warned: string[] = []
    const running = await runCommand(
      ['--no-auth', '--no-inspector', '--schema', file, '--schema', lamp],
      (line) => printed.push(line),
      (line) => warned.push(line),
    )
    const url = printed[0]?.replace('listening on ', '')
    const types = await fetch(`${url}/ResourceTypes`).then((response) => response.json())
    const post = { schemas: ['example:Lamp'], pin: 'secret' }
    const headers = { 'content-type': 'application/scim+json' }
    const answer = await fetch(`${url}/Lamps`, { method: 'POST', headers, body: JSON.stringify(post) })
    const made: unknown = await answer.json()
    await running?.stop()
    const endpoints = (types as { Resources: { endpoint: string }[] }).Resources.map(({ endpoint }) => endpoint)
    expect(endpoints).toEqual(['/Users', '/Groups', '/Lamps'])
    expect([answer.status, JSON.stringify(made)]).toEqual([201, expect.not.stringContaining('secret')])
    expect(warned.filter((line) => line.includes('is ignored'))).toHaveLength(3)
  })
})

describe('wrong use of the command', () => {
  it.each<{ args: readonly string[]; says: string }>([
    { args: ['--foo'], says: '--foo' },
    { args: ['--port', '70000'], says: '--port' },
    { args: ['--port', '-1'], says: '--port' },
    { args: ['--port'], says: '--port' },
    { args: ['--tenants', 'a,b'], says: '--tenants is not supported; start one server per tenant' },
    { args: ['--base-path', 'scim'], says: '--base-path' },
    { args: ['--base-path', '/scim/'], says: '--base-path' },
    { args: ['--compatibility', 'sloppy'], says: '--compatibility' },
    { args: ['--token', 'a b'], says: '--token' },
    { args: ['--token', ''], says: '--token' },
    { args: ['--token', 'a', '--no-auth'], says: '--no-auth' },
    { args: ['--no-auth', '--host', '0.0.0.0'], says: '--no-auth' },
    { args: ['--base-url', 'x.tunnel.example'], says: '--base-url' },
    { args: ['--base-url', 'ftp://x.tunnel.example'], says: '--base-url' },
    { args: ['--base-url', 'https://x.tunnel.example/?a'], says: '--base-url' },
    { args: ['--base-url', ''], says: '--base-url' },
    { args: ['--no-auth', '--base-url', 'https://x.tunnel.example'], says: '--no-auth' },
    { args: ['--seed', ''], says: '--seed' },
    { args: ['--seed', '9999999'], says: '--seed' },
    { args: ['--seed', '-1'], says: '--seed must be a number from 0 to 100000, not "-1"' },
    { args: ['--seed=-1'], says: '--seed must be a number from 0 to 100000, not "-1"' },
    { args: ['--seed', '1.5'], says: '--seed must be a number from 0 to 100000, not "1.5"' },
    { args: ['--port', '-8080'], says: '--port must be a number from 0 to 65535, not "-8080"' },
    { args: ['--seed', 'missing.json'], says: '--seed: missing.json does not exist' },
    { args: ['--schema', 'missing.json'], says: '--schema: missing.json does not exist' },
    { args: ['--schema', folder], says: 'is a folder; give its files' },
    { args: ['--database', join(folder, 'missing', 'scim.db')], says: '--database: ' },
    { args: ['--host', '192.0.2.1', '--token', 'a'], says: '--host' },
    { args: ['--backup', 'copy.db'], says: '--backup copies the file of --database; give both' },
    { args: ['--database', 'missing.db', '--backup', 'copy.db'], says: '--database: missing.db does not exist' },
    { args: ['stray'], says: 'stray' },
  ])('is named in one line: $args', async ({ args, says }) => {
    expect(await refusal(...args)).toContain(says)
  })

  it.each<{ flag: string; content: unknown; says: string }>([
    { flag: '--seed', content: '{', says: 'is not JSON' },
    {
      flag: '--schema',
      content: { name: 'Staff', endpoint: '/Users', schema: urns.user },
      says: 'file.json: Staff and User are two resource types with the endpoint /Users',
    },
    { flag: '--seed', content: [], says: 'must be an object of lists' },
    { flag: '--seed', content: { Device: [] }, says: 'Device is not served' },
    { flag: '--seed', content: { User: {} }, says: 'User must be a list' },
    { flag: '--seed', content: { User: [{ userName: '' }] }, says: 'User[0] is refused: userName' },
    { flag: '--schema', content: { id: 'x' }, says: 'attributes is missing' },
    { flag: '--schema', content: { id: 'urn:x-y:z', attributes: [{ name: '__proto__' }] }, says: '__proto__' },
  ])('in a file is named with its place: $flag $content', async ({ flag, content, says }) => {
    const message = await refusal(flag, write('file.json', content))
    expect(message).toContain(flag)
    expect(message).toContain(says)
  })

  it('is told with both files when each has a resource type of one endpoint', async () => {
    const [first, second] = ['Lamp', 'Bulb'].map((name) =>
      write(`${name}.json`, { name, endpoint: '/Lamps', schema: urns.user }),
    )
    expect(await refusal('--schema', first ?? '', '--schema', second ?? '')).toBe(
      `--schema: ${second}: Bulb and Lamp of ${first} are two resource types with the endpoint /Lamps`,
    )
  })

  it('is a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo // it listens on a port
    expect(await refusal('--port', String(port))).toBe(`--port: ${port} is in use on 127.0.0.1`)
    other.close()
  })
})

describe('the command', () => {
  it('prints its version', async () => {
    const printed: string[] = []
    expect(await runCommand(['--version'], (line) => printed.push(line))).toBeUndefined()
    expect(printed).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+/)])
  })

  it('takes all files that a shell makes of one pattern', () => {
    expect(
      readFlags(['--schema', 'a.json', 'b.json', 'c.json', '--port', '8080', '--schema=d.json', 'e.json']),
    ).toMatchObject({
      schemas: ['a.json', 'b.json', 'c.json', 'd.json', 'e.json'],
      port: 8080,
    })
    expect(() => readFlags(['--schema', 'a.json', '--port', '8080', 'stray'])).toThrow('stray')
  })

  it('takes its token from the environment, unless a flag says otherwise, and prints none then', () => {
    const environment = { SCIM_MOCK_TOKEN: 'of-the-environment' }
    expect(readFlags([], environment).token).toBe('of-the-environment')
    expect(readFlags(['--token', 'of-the-flag'], environment).token).toBe('of-the-flag')
    expect(readFlags(['--no-auth'], environment).token).toBeNull()
    expect(readFlags([], {}).token).toBeUndefined()
    expect(() => readFlags([], { SCIM_MOCK_TOKEN: 'a b' })).toThrow('SCIM_MOCK_TOKEN may hold')
  })
})
