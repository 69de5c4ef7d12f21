import { spawn } from 'node:child_process'
import { once } from 'node:events'
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

it('a change whose process died between commit and hook is told by the next one, once its lease has ended', async () => {
  const file = `${testFolder()}/scim.db`
  const program = fileURLToPath(new URL('serve-and-die.ts', import.meta.url))
  const args = ['--conditions=@scimkit/source', '--import', 'tsx', program, file]
  const [, signal] = await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'exit')
  expect(signal).toBe('SIGKILL')
  const told: string[] = []
  const scim = serve(file, (name) => void told.push(name))
  expect(await scim.redeliver()).toEqual({ delivered: 0, left: 1 })
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 })
  expect(await scim.redeliver()).toEqual({ delivered: 1, left: 0 })
  expect(told).toEqual(['ada'])
})

it('two processes share what is left, and what one is delivering the other leaves alone', async () => {
  const file = `${testFolder()}/scim.db`
  const told: string[] = []
  let fails = true
  const hook = async (name: string) => {
    if (fails) throw new Error('on purpose')
    told.push(name)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  const [first, second] = [serve(file, hook), serve(file, hook)]
  const names = Array.from({ length: 30 }, (_, at) => `u${at}`)
  for (const [at, name] of names.entries()) expect(await createUser(at % 2 ? first : second, name)).toBe(201)
  fails = false
  const outcomes = await Promise.all([first.redeliver(), second.redeliver()])
  expect(outcomes.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(30)
  expect(told.toSorted()).toEqual(names.toSorted())
  expect(await first.redeliver()).toEqual({ delivered: 0, left: 0 })
})

it('other writers go on while a password is hashed', async () => {
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
