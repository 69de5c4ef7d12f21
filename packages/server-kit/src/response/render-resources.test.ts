import { enterpriseUser, groupResource, urns, userResource } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import { createScimHandler, memoryStore, mount, type ResourceStore } from '../index.js'

interface Body {
  readonly id: string
  readonly displayName?: string
  readonly meta: { readonly location: string; readonly version: string }
  readonly groups?: readonly { readonly value: string; readonly display?: string }[]
  readonly Resources?: readonly Body[]
  readonly [urn: `urn:${string}`]: { readonly manager: { readonly displayName?: string } }
}

type Call = (method: string, path: string, body?: object, host?: string) => Promise<Body>

function connect(users: ResourceStore, groups: ResourceStore = users): Call {
  const handler = createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(userResource.extend(enterpriseUser), users), mount(groupResource, groups)],
    authenticate: () => ({ subject: 'test' }),
  })
  return async (method, path, body, host = 'one.example') => {
    const init = { method, headers: { 'content-type': 'application/scim+json' } }
    const url = `https://${host}/scim/v2${path}`
    const response = await handler.fetch(new Request(url, body ? { ...init, body: JSON.stringify(body) } : init))
    const text = await response.text()
    expect(response.status, text).toBeLessThan(300)
    return text === '' ? undefined : JSON.parse(text)
  }
}

const user = (more: object): object => ({ schemas: [urns.user], ...more })
const patch = (op: string, path: string, value?: unknown): object => {
  return { schemas: [urns.patchOp], Operations: [{ op, path, value }] }
}

describe('an answer made of what an earlier one was made of', () => {
  it('is the same to the byte, alone and in a list', async () => {
    const call = connect(memoryStore())
    const { id } = await call('POST', '/Users', user({ userName: 'ada', emails: [{ value: 'ada@example.com' }] }))
    const first = await call('GET', `/Users/${id}`)
    const [listed, again] = [await call('GET', '/Users'), await call('GET', `/Users/${id}`)]
    expect(JSON.stringify(again)).toBe(JSON.stringify(first))
    expect(JSON.stringify(listed.Resources)).toBe(JSON.stringify([first]))
  })

  it('shows a change at once', async () => {
    const call = connect(memoryStore())
    const { id } = await call('POST', '/Users', user({ userName: 'ada' }))
    await call('GET', `/Users/${id}`)
    await call('PATCH', `/Users/${id}`, patch('add', 'displayName', 'Ada'))
    expect(await call('GET', `/Users/${id}`)).toMatchObject({ displayName: 'Ada', meta: { version: 'W/"2"' } })
    expect((await call('GET', '/Users')).Resources).toMatchObject([{ displayName: 'Ada' }])
  })

  it('shows the groups of the moment, which are not part of the resource', async () => {
    const call = connect(memoryStore())
    const { id } = await call('POST', '/Users', user({ userName: 'ada' }))
    const group = await call('POST', '/Groups', { schemas: [urns.group], displayName: 'Engineers' })
    expect((await call('GET', `/Users/${id}`)).groups).toBeUndefined()
    await call('PATCH', `/Groups/${group.id}`, patch('add', 'members', [{ value: id }]))
    const groups = [{ value: group.id, display: 'Engineers', type: 'direct' }]
    expect(await call('GET', `/Users/${id}`)).toMatchObject({ groups })
    expect((await call('GET', '/Users')).Resources).toMatchObject([{ groups }])
    await call('PATCH', `/Groups/${group.id}`, patch('remove', 'members'))
    expect((await call('GET', `/Users/${id}`)).groups).toBeUndefined()
  })

  it('shows the name of the moment where another resource is referred to', async () => {
    const call = connect(memoryStore())
    const boss = await call('POST', '/Users', user({ userName: 'boss', displayName: 'Boss' }))
    const manager = { [urns.enterpriseUser]: { manager: { value: boss.id } } }
    const { id } = await call('POST', '/Users', { ...user({ userName: 'ada' }), ...manager })
    expect((await call('GET', `/Users/${id}`))[urns.enterpriseUser]?.manager.displayName).toBe('Boss')
    await call('PATCH', `/Users/${boss.id}`, patch('replace', 'displayName', 'Big Boss'))
    expect((await call('GET', `/Users/${id}`))[urns.enterpriseUser]?.manager.displayName).toBe('Big Boss')
  })

  it('has the locations of the host that was asked', async () => {
    const call = connect(memoryStore())
    const { id } = await call('POST', '/Users', user({ userName: 'ada' }))
    for (const host of ['one.example', 'two.example', 'one.example']) {
      const { meta } = await call('GET', `/Users/${id}`, undefined, host)
      expect(meta.location).toBe(`https://${host}/scim/v2/Users/${id}`)
    }
  })

  it('comes complete when more was read than is remembered', async () => {
    const call = connect(memoryStore())
    const title = 'x'.repeat(30_000)
    for (let n = 0; n < 300; n++) await call('POST', '/Users', user({ userName: `user-${n}`, title }))
    await call('POST', '/Users', user({ userName: 'long', title: title + title }))
    const first = await call('GET', '/Users?count=400')
    expect(first.Resources).toHaveLength(301)
    expect(JSON.stringify(await call('GET', '/Users?count=400'))).toBe(JSON.stringify(first))
  })

  it('is not given for a store that changes its resources in place', async () => {
    const { immutable, ...store } = memoryStore()
    const stored: Record<string, unknown>[] = []
    const create: ResourceStore['create'] = async (_, resource) => {
      stored.push(resource)
      return resource
    }
    const get: ResourceStore['get'] = async () => stored[0] as never // what was created
    const call = connect({ ...store, create, get, members: undefined }, memoryStore())
    const { id } = await call('POST', '/Users', user({ userName: 'ada' }))
    await call('GET', `/Users/${id}`)
    Object.assign(stored[0] ?? {}, { displayName: 'Ada' })
    expect(immutable).toBe(true)
    expect((await call('GET', `/Users/${id}`)).displayName).toBe('Ada')
  })
})
