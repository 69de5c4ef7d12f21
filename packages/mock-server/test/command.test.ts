import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'

const program = fileURLToPath(new URL('../src/cli.ts', import.meta.url))
const endings: (() => void)[] = []

afterEach(() => {
  for (const end of endings.splice(0)) end()
})

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'mock-server-'))
  endings.push(() => rmSync(made, { recursive: true, force: true }))
  return made
}

function write(name: string, content: unknown): string {
  const file = join(folder(), name)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

interface Command {
  readonly child: ChildProcess
  readonly lines: string[]
  readonly errors: string[]
  /** Settles with the exit status, or the name of the signal. */
  readonly ended: Promise<number | string>
}

function start(...args: readonly string[]): Command {
  const child = spawn(process.execPath, ['--conditions=@scimkit/source', '--import', 'tsx', program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  endings.unshift(() => child.kill('SIGKILL'))
  const text = { out: '', err: '' }
  child.stdout?.on('data', (chunk) => (text.out += String(chunk)))
  child.stderr?.on('data', (chunk) => (text.err += String(chunk)))
  const split = (all: string) => all.split('\n').filter((line) => line !== '')
  return {
    child,
    get lines() {
      return split(text.out)
    },
    get errors() {
      return split(text.err)
    },
    ended: once(child, 'close').then(([code, signal]) => code ?? signal),
  }
}

async function listening(command: Command): Promise<string> {
  for (;;) {
    const url = command.lines[0]?.replace('listening on ', '')
    if (url !== undefined) return url
    await Promise.race([once(command.child.stdout ?? command.child, 'data'), command.ended])
    if (command.child.exitCode !== null) throw new Error(command.errors.join('\n'))
  }
}

const scim = { 'content-type': 'application/scim+json' }

describe('scim-mock-server', () => {
  it('prints where it is, asks for the token it made, and ends on SIGTERM with status 0', async () => {
    const command = start()
    const url = await listening(command)
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/scim\/v2$/)
    expect((await fetch(`${url}/Users`)).status).toBe(401)
    expect((await fetch(`${url}/ServiceProviderConfig`)).status).toBe(200)
    const token = command.lines.at(-1)?.replace('token ', '')
    expect((await fetch(`${url}/Users`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200)
    command.child.kill('SIGTERM')
    expect(await command.ended).toBe(0)
    expect(command.errors).toEqual([])
    expect(command.lines).toEqual([
      `listening on ${url}`,
      `inspector on ${new URL('/inspector', url)}`,
      `token ${token}`,
    ])
  })

  it('takes a token, a base path and a seed of users, and ends on SIGINT with status 0', async () => {
    const command = start('--token', 'abc', '--base-path', '/tenants/a/scim', '--seed', '6', '--no-inspector')
    const url = await listening(command)
    expect(url).toMatch(/\/tenants\/a\/scim$/)
    const headers = { authorization: 'Bearer abc' }
    expect(await (await fetch(`${url}/Users?count=2`, { headers })).json()).toMatchObject({ totalResults: 6 })
    expect(await (await fetch(`${url}/Groups`, { headers })).json()).toMatchObject({ totalResults: 5 })
    command.child.kill('SIGINT')
    expect(await command.ended).toBe(0)
    expect(command.lines).toEqual([`listening on ${url}`])
  })

  it('serves a schema of ones own as an extension of User, from a seed file', async () => {
    const urn = 'urn:example:params:scim:schemas:extension:acme:2.0:User'
    const schema = write('acme.json', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
      id: urn,
      name: 'AcmeUser',
      attributes: [{ name: 'badgeNumber', type: 'integer', multiValued: false, uniqueness: 'server' }],
    })
    const seed = write('seed.json', { User: [{ userName: 'ada', [urn]: { badgeNumber: 42 } }] })
    const command = start('--no-auth', '--schema', schema, '--seed', seed)
    const url = await listening(command)
    const filter = encodeURIComponent(`${urn}:badgeNumber eq 42`)
    expect(await (await fetch(`${url}/Users?filter=${filter}`)).json()).toMatchObject({
      Resources: [{ userName: 'ada', [urn]: { badgeNumber: 42 } }],
    })
    const wrong = { schemas: [urn], userName: 'b', [urn]: { badgeNumber: 'x' } }
    const response = await fetch(`${url}/Users`, { method: 'POST', headers: scim, body: JSON.stringify(wrong) })
    expect(response.status).toBe(400)
  })

  it('serves a resource type of ones own', async () => {
    const urn = 'urn:example:params:scim:schemas:Device'
    const file = write('device.json', [
      {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
        id: urn,
        name: 'Device',
        attributes: [{ name: 'serial', type: 'string', multiValued: false, required: true }],
      },
      {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
        name: 'Device',
        endpoint: '/Devices',
        schema: urn,
      },
    ])
    const command = start('--no-auth', '--schema', file)
    const url = await listening(command)
    const body = JSON.stringify({ schemas: [urn], serial: 'x1' })
    expect((await fetch(`${url}/Devices`, { method: 'POST', headers: scim, body })).status).toBe(201)
    expect(await (await fetch(`${url}/ResourceTypes`)).json()).toMatchObject({ totalResults: 3 })
  })

  it('copies a database, also of a running server, into one whole file, and ends with status 0', async () => {
    const place = folder()
    const [file, copy] = [join(place, 'scim.db'), join(place, 'copy.db')]
    const serving = start('--no-auth', '--database', file, '--seed', '3')
    await listening(serving)
    const copying = start('--database', file, '--backup', copy)
    expect(await copying.ended).toBe(0)
    expect([copying.lines, copying.errors]).toEqual([[`${file} is copied to ${copy}`], []])
    const again = start('--database', file, '--backup', copy)
    expect(await again.ended).toBe(2)
    expect(again.errors).toEqual([`scim-mock-server: --backup: ${copy} already exists; choose another name`])
    const url = await listening(start('--no-auth', '--database', copy))
    expect(await (await fetch(`${url}/Users?count=0`)).json()).toMatchObject({ totalResults: 3 })
  })

  it('keeps resources and listings by cursor in a database, seeded once, through SIGKILL', async () => {
    const file = join(folder(), 'scim.db')
    const first = start('--no-auth', '--database', file, '--seed', '3')
    const body = JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'ada' })
    const url = await listening(first)
    expect((await fetch(`${url}/Users`, { method: 'POST', headers: scim, body })).status).toBe(201)
    const { nextCursor } = await (await fetch(`${url}/Users?cursor&count=3`)).json()
    first.child.kill('SIGKILL')
    await first.ended
    const second = start('--no-auth', '--database', file, '--seed', '3')
    const again = await listening(second)
    expect(await (await fetch(`${again}/Users`)).json()).toMatchObject({ totalResults: 4 })
    const rest = await fetch(`${again}/Users?cursor=${nextCursor}&count=3`)
    expect(await rest.json()).toMatchObject({ itemsPerPage: 1 })
  })

  it('reads by the letter when told to', async () => {
    const command = start('--no-auth', '--compatibility', 'strict', '--seed', '1')
    const url = await listening(command)
    const body = JSON.stringify({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'Replace', path: 'active', value: false }],
    })
    expect((await fetch(`${url}/Users/user-1`, { method: 'PATCH', headers: scim, body })).status).toBe(400)
  })

  it('answers open requests before it ends', async () => {
    const command = start('--no-auth')
    const url = await listening(command)
    const body = new ReadableStream({
      async start(controller) {
        controller.enqueue(new TextEncoder().encode('{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],'))
        await new Promise((resolve) => setTimeout(resolve, 200))
        command.child.kill('SIGTERM')
        await new Promise((resolve) => setTimeout(resolve, 200))
        controller.enqueue(new TextEncoder().encode('"userName":"ada"}'))
        controller.close()
      },
    })
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', headers: scim, body, duplex: 'half' }
    expect((await fetch(`${url}/Users`, init)).status).toBe(201)
    expect(await command.ended).toBe(0)
  })

  it('prints its flags', async () => {
    const command = start('--help')
    expect(await command.ended).toBe(0)
    expect(command.lines.join('\n')).toContain('--base-path')
  })

  it('refuses a wrong flag with status 2 and one line that names it', async () => {
    const command = start('--port', 'http')
    expect(await command.ended).toBe(2)
    expect(command.lines).toEqual([])
    expect(command.errors).toEqual(['scim-mock-server: --port must be a number from 0 to 65535, not "http"'])
  })
})
