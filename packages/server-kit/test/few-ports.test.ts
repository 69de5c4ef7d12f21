import { ScimError, urns } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import { type HandlerLimits, type MadeChange, memoryStore, type ResourceStore } from '../src/index.js'
import { createGroup, createUser, patchOp, startHost } from './http/host.js'
import { brief, eachKind, patch } from './http/noting-hooks.js'

async function startTelling(
  ports: (store: ResourceStore) => Partial<ResourceStore>,
  isBroken = () => false,
  limits: Partial<HandlerLimits> = {},
) {
  const store = memoryStore()
  const told: string[] = []
  const errors: unknown[] = []
  const host = await startHost({ ...store, ...ports(store) }, 'web handler', {
    onError: (error) => errors.push(error),
    limits,
    hooks: {
      after: eachKind<MadeChange>((change) => {
        if (isBroken()) throw new Error('the application is busy')
        told.push(brief(change))
      }),
    },
  })
  return { host, told, errors }
}

describe('a store that keeps members inside its documents', () => {
  it('has joins and leaves told for each element that came or went, by POST, PUT and PATCH', async () => {
    const { host, told } = await startTelling(() => ({ members: undefined }))
    const { id } = await createGroup(host, 'g', ['a', 'b'])
    const body = { schemas: [urns.group], displayName: 'g', members: [{ value: 'b' }, { value: 'c' }] }
    told.length = 0
    expect((await host.send('PUT', `/Groups/${id}`, { body })).status).toBe(200)
    const add = { op: 'add', path: 'members', value: [{ value: 'c' }, { value: 'd' }] }
    expect(await patch(host, `/Groups/${id}`, add, { op: 'replace', path: 'displayName', value: 'h' })).toBe(204)
    expect(await patch(host, `/Groups/${id}`, add)).toBe(204)
    expect(await patch(host, `/Groups/${id}`, { op: 'remove', path: 'members' })).toBe(204)
    expect(told).toEqual(['leave a', 'join c', 'update displayName', 'join d', 'leave b', 'leave c', 'leave d'])
  })
})

describe('a write that another one comes before', () => {
  const lost = () => Promise.reject(new ScimError(412, 'The version is not the current one'))

  it('is tried again within a transaction, and only then', async () => {
    let transactions = 0
    let isBusy = false
    const store = memoryStore()
    const replace: ResourceStore['replace'] = (...given) => (isBusy ? lost() : store.replace(...given))
    const transaction: ResourceStore['transaction'] = (context, work) => {
      transactions++
      return store.transaction?.(context, work) ?? lost()
    }
    const host = await startHost({ ...store, replace, transaction }, 'web handler', {})
    const { id } = await createUser(host, 'ada')
    const rename = { op: 'replace', path: 'title', value: 'x' }
    transactions = 0
    expect([await patch(host, `/Users/${id}`, rename), transactions]).toEqual([200, 0])
    isBusy = true
    expect([await patch(host, `/Users/${id}`, { ...rename, value: 'y' }), transactions]).toEqual([200, 1])
    expect((await host.send('GET', `/Users/${id}`)).body.title).toBe('y')
  })

  it('ends after ten tries with 503, and at once with 412 where the client named a version', async () => {
    let tries = 0
    const { transaction: _, members: __, ...store } = memoryStore()
    const replace = () => {
      tries++
      return lost()
    }
    const host = await startHost({ ...store, replace }, 'web handler', {})
    const { id, meta } = await createUser(host, 'ada')
    const body = patchOp({ op: 'replace', path: 'title', value: 'x' })
    expect([(await host.send('PATCH', `/Users/${id}`, { body })).status, tries]).toEqual([503, 10])
    const { version } = meta as { readonly version: string }
    const headers = { 'if-match': version }
    expect([(await host.send('PATCH', `/Users/${id}`, { body, headers })).status, tries]).toEqual([412, 11])
  })
})

describe('an outbox that fails for a while', () => {
  it.each(['claim', 'settle', 'waiting'] as const)(
    '%s: what is written stays written, the failure is reported, and the change is told in the end',
    async (name) => {
      let isBroken = false
      const { host, told, errors } = await startTelling(
        ({ outbox }) => ({
          outbox: outbox && {
            ...outbox,
            [name]: (...given: readonly unknown[]) => {
              if (isBroken) return Promise.reject(new Error('the disk is full'))
              return (outbox[name] as (...all: readonly unknown[]) => unknown)(...given) // what it was called with
            },
          },
        }),
        () => isBroken,
        { hookTimeout: 50 }, // what was not settled is told again after twice that
      )
      const { id } = await createUser(host, 'ada')
      isBroken = true
      expect(await patch(host, `/Users/${id}`, { op: 'add', path: 'title', value: 'x' })).toBe(200)
      const outcome = await host.redeliver().catch((error: unknown) => error)
      isBroken = false
      expect(name === 'waiting' ? [outcome] : errors).toContainEqual(new Error('the disk is full'))
      expect((await host.send('GET', `/Users/${id}`)).body.title).toBe('x')
      await expect.poll(async () => [(await host.redeliver()).left, ...told]).toEqual([0, 'provision', 'update title'])
    },
  )
})
