import { urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { memoryStore } from '../src/index.js'
import { createGroup, createUser, startHost } from './http/host.js'
import { patch } from './http/noting-hooks.js'

it('a write to the members alone, by PATCH or PUT, moves lastModified of the group to the time of the request', async () => {
  let hour = 0
  const now = () => new Date(Date.UTC(2030, 0, 1, hour))
  const host = await startHost(memoryStore(), 'web handler', { now })
  const { id } = await createUser(host, 'ada')
  const group = await createGroup(host, 'g')
  const path = `/Groups/${group.id}`
  hour = 1
  expect(await patch(host, path, { op: 'add', path: 'members', value: [{ value: id }] })).toBe(204)
  expect((await host.send('GET', path)).body.meta).toMatchObject({ lastModified: '2030-01-01T01:00:00.000Z' })
  hour = 2
  const body = { schemas: [urns.group], displayName: 'g', members: [] }
  expect((await host.send('PUT', path, { body })).body.meta).toMatchObject({ lastModified: '2030-01-01T02:00:00.000Z' })
})
