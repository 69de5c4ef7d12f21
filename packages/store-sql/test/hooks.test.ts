import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { groupResource, userResource } from '@scimkit/core'
import { createScimHandler, mount, type ScimServiceProvider } from '@scimkit/server-kit'
import { afterEach, expect, it, vi } from 'vitest'
import { testDatabase, testFolder, testStore } from './test-store.js'

afterEach(() => {
  vi.useRealTimers()
})

function serve(file: string, hook: (userName: string) => void | Promise<void>): ScimServiceProvider {
  const store = testStore(testDatabase(file))
  return createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(userResource, store), mount(groupResource, store)],
    authenticate: () => ({ subject: 'test' }),
    onError: () => undefined,
    hooks: { after: { provision: ({ after }) => hook(String(after.userName)) } },
  })
}

async function createUser(scim: ScimServiceProvider, userName: string): Promise<number> {
  const request = new Request('http://localhost/scim/v2/Users', {
    method: 'POST',
    headers: { 'content-type': 'application/scim+json' },
    body: JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName }),
  })
  return (await scim.fetch(request)).status
}

/** Creates users whose hook fails, so that their changes are left. */
async function leaveChanges(file: string, count: number): Promise<readonly string[]> {
  const scim = serve(file, () => {
    throw new Error('on purpose')
  })
  const names = Array.from({ length: count }, (_, at) => `u${at}`)
  for (const name of names) expect(await createUser(scim, name)).toBe(201)
  return names
}

/** Starts a process that delivers what is left, and waits until it is ready to begin. */
async function startProcess(file: string, ...parameters: readonly number[]) {
  const program = fileURLToPath(new URL('redeliver-left.ts', import.meta.url))
  const args = ['--conditions=@scimkit/source', '--import', 'tsx', program, file, ...parameters.map(String)]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  const calls: string[] = []
  const ended = once(lines, 'close')
  await once(lines, 'line')
  lines.on('line', (line) => void calls.push(line))
  return { child, lines, calls, ended, begin: () => child.stdin.write('go\n') }
}

it('a change whose process died is delivered by the next one once its lease has ended, even if the clock is set back', async () => {
  const file = `${testFolder()}/scim.db`
  const program = fileURLToPath(new URL('serve-and-die.ts', import.meta.url))
  const args = ['--conditions=@scimkit/source', '--import', 'tsx', program, file]
  const [, signal] = await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'exit')
  expect(signal).toBe('SIGKILL')
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 })
  const calls: string[] = []
  const scim = serve(file, (name) => void calls.push(name))
  const early = await scim.redeliver()
  expect(early.delivered + early.left).toBe(1)
  await expect.poll(() => scim.redeliver(), { timeout: 20_000 }).toEqual({ delivered: 0, left: 0 })
  expect(calls).toEqual(['ada'])
})

it('two processes share what is left, and neither delivers what the other one is delivering, whatever their clocks say', async () => {
  const file = `${testFolder()}/scim.db`
  const names = await leaveChanges(file, 250) // more than one process takes at once
  const processes = await Promise.all([startProcess(file, 2), startProcess(file, 2, 30_000, 3_600_000)])
  for (const { begin } of processes) begin()
  await Promise.all(processes.map(({ ended }) => ended))
  const calls = processes.flatMap((one) => one.calls.filter((line) => line.startsWith('hook ')))
  expect(calls.toSorted()).toEqual(names.map((name) => `hook ${name}`).toSorted())
  for (const one of processes) expect(one.calls).not.toContain('delivered 0')
}, 60_000)

it('a process that stood still delivers nothing that its lease no longer covers', async () => {
  const file = `${testFolder()}/scim.db`
  const names = await leaveChanges(file, 3)
  const stopped = await startProcess(file, 200, 400)
  stopped.begin()
  await once(stopped.lines, 'line')
  stopped.child.kill('SIGSTOP')
  const calls: string[] = []
  const scim = serve(file, (name) => void calls.push(name))
  await expect.poll(() => scim.redeliver(), { timeout: 20_000 }).toEqual({ delivered: 0, left: 0 })
  stopped.child.kill('SIGCONT')
  await stopped.ended
  expect(calls).toEqual(names)
  expect(stopped.calls.filter((line) => line.startsWith('hook '))).toEqual(['hook u0'])
}, 60_000)

it('changes of killed processes are delivered again, and none after a later one of the same user', async () => {
  const folder = testFolder()
  const [file, log] = [`${folder}/scim.db`, `${folder}/calls.txt`]
  const program = fileURLToPath(new URL('hook-writer.ts', import.meta.url))
  const args = ['--conditions=@scimkit/source', '--import', 'tsx', program, file, log]
  for (let round = 0; round < 3; round++) {
    const children = [0, 1].map(() => spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] }))
    await Promise.all(children.map(({ stdout }) => once(stdout, 'data')))
    for (const child of children) {
      await delay(700)
      child.kill('SIGKILL')
    }
    await Promise.all(children.map((child) => child.exitCode ?? child.signalCode ?? once(child, 'exit')))
  }
  const newest = new Map<string, number>()
  const tooLate: string[] = []
  let repeats = 0
  for (const line of readFileSync(log, 'utf8').trim().split('\n')) {
    const [id = '', text] = line.split(' ')
    const sequence = Number(text)
    const before = newest.get(id) ?? 0
    if (sequence === before) repeats++
    if (sequence < before) tooLate.push(line)
    newest.set(id, Math.max(before, sequence))
  }
  expect(newest.size).toBe(5)
  expect(repeats).toBeGreaterThan(0)
  expect(tooLate).toEqual([])
}, 60_000)

it('what authenticate returns besides the principal, such as a token, is stored nowhere', async () => {
  const folder = testFolder()
  const file = `${folder}/scim.db`
  const store = testStore(testDatabase(file))
  const seen: unknown[] = []
  const principal = { subject: 'the-subject', scopes: ['scim'], token: 'the-token', claims: { jti: 'the-claim' } }
  const scim = createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(userResource, store), mount(groupResource, store)],
    authenticate: () => principal,
    onError: (_, info) => void seen.push(info),
    hooks: {
      before: { provision: (change) => void seen.push(change) },
      after: {
        provision: (change) => {
          seen.push(change)
          throw new Error('on purpose')
        },
      },
    },
  })
  expect(await createUser(scim, 'ada')).toBe(201)
  for await (const pending of scim.pending().list()) seen.push(pending)
  const files = readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'latin1'))
  const everything = [...files, ...seen.map((one) => JSON.stringify(one))].join()
  const held = ['the-subject', 'the-token', 'the-claim'].filter((text) => everything.includes(text))
  expect(held).toEqual(['the-subject'])
})

it('other writes continue while a password is hashed', async () => {
  const store = testStore()
  let release: () => void = () => undefined
  const hashing = new Promise<void>((resolve) => {
    release = resolve
  })
  const scim = createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(userResource, store)],
    authenticate: () => ({ subject: 'test' }),
    hooks: { hashPassword: () => hashing.then(() => 'hash'), setPassword: () => undefined },
  })
  const post = (userName: string, password?: string) =>
    scim.fetch(
      new Request('http://localhost/scim/v2/Users', {
        method: 'POST',
        headers: { 'content-type': 'application/scim+json' },
        body: JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName, password }),
      }),
    )
  const slow = post('slow', 'secret')
  expect((await post('quick')).status).toBe(201)
  release()
  expect((await slow).status).toBe(201)
})
