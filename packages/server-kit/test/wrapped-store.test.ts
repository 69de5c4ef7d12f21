import { groupResource, urns } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import { memoryStore, mount, type ResourceStore } from '../src/index.js'
import { createGroup, createUser, type Host, type HostOptions, startHost, testUser, tokens } from './http/host.js'
import { patch } from './http/noting-hooks.js'

/** Users through a wrapper of the store that holds the groups: to the handler two stores, with one lock. */
function startWrapped(options: HostOptions = {}): Promise<Host> {
  const resources = (groups: ResourceStore) => {
    const users: ResourceStore = { ...groups, get: (...given) => groups.get(...given) }
    return [mount(testUser, users), mount(groupResource, groups)]
  }
  return startHost(memoryStore(), 'web handler', { resources, ...options })
}

async function membersOf(host: Host, path: string): Promise<unknown> {
  const { members } = (await host.send('GET', `${path}?attributes=members`)).body
  return (members as readonly { value: string; type: string }[]).map(({ value, type }) => [value, type])
}

describe('two mounts whose stores share a lock', () => {
  it.each([
    ['without hooks', {}],
    ['with hooks', { hooks: { after: { join: () => undefined } } }],
  ])('members are found by POST, PUT and each PATCH that names them, %s', async (_, options) => {
    const host = await startWrapped({ ...options, onError: (error) => expect(error).toBeUndefined() })
    const [ann, ben] = [await createUser(host, 'ann'), await createUser(host, 'ben')]
    const inner = await createGroup(host, 'inner', [ann.id])
    const { id } = await createGroup(host, 'outer')
    const path = `/Groups/${id}`
    const add = { op: 'add', path: 'members', value: [{ value: ann.id }, { value: inner.id, type: 'Group' }] }
    expect(await patch(host, path, add)).toBe(204)
    expect(await membersOf(host, path)).toEqual(expect.arrayContaining([[ann.id, 'User'], [inner.id, 'Group']])) // biome-ignore format: pairs
    expect(await patch(host, path, { op: 'replace', path: 'members', value: [{ value: ben.id }] })).toBe(204)
    expect(await membersOf(host, path)).toEqual([[ben.id, 'User']])
    const name = { op: 'replace', path: `members[value eq "${ben.id}"].display`, value: 'Ben' }
    expect(await patch(host, path, name)).toBe(204)
    const body = { schemas: [urns.group], displayName: 'outer', members: [{ value: ann.id }] }
    expect((await host.send('PUT', path, { body })).status).toBe(200)
    expect(await membersOf(host, path)).toEqual([[ann.id, 'User']])
  })

  it('a member that is not there, or in another tenant alone, is refused', async () => {
    const host = await startWrapped()
    const { id } = await createGroup(host, 'g')
    const { body: other } = await host.send('POST', '/Users', {
      body: { schemas: [urns.user], userName: 'ann' },
      token: tokens.other,
    })
    for (const value of ['nobody', other.id]) {
      expect(await patch(host, `/Groups/${id}`, { op: 'add', path: 'members', value: [{ value }] })).toBe(400)
    }
  })

  it('references are checked, and members inside documents among them', async () => {
    const host = await startWrapped({
      checkReferences: true,
      hooks: { before: { update: () => undefined }, after: { join: () => undefined } },
      resources: (store) => [mount(testUser, { ...store }), mount(groupResource, { ...store, members: undefined })],
    })
    const ann = await createUser(host, 'ann')
    const { id } = await createGroup(host, 'g', [ann.id])
    const ids = [...(await Promise.all(['ben', 'cyd', 'dan'].map((name) => createUser(host, name))))].map(
      (user) => user.id,
    )
    const add = (...values: readonly string[]) => ({
      op: 'add',
      path: 'members',
      value: values.map((value) => ({ value })),
    })
    expect(await patch(host, `/Groups/${id}`, add(...ids, 'nobody'))).toBe(400)
    expect(await patch(host, `/Groups/${id}`, add(...ids))).toBe(204)
    expect(await membersOf(host, `/Groups/${id}`)).toHaveLength(4)
  })
})
