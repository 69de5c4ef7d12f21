import { groupResource, urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { type MadeChange, memoryStore, mount } from '../../src/index.js'
import { createGroup, createUser, type StartHost, testUser } from './host.js'
import { brief, eachKind, patch, startNoting } from './noting-hooks.js'

/**
 * Hooks after a write: each change is told at least once, and no failure is the client's.
 *
 * @param start Starts a service provider.
 */
export function hookDeliveryRules(start: StartHost): void {
  it('an after-hook that fails does not concern the client, is reported, and is called again until it succeeds', async () => {
    const told: MadeChange[] = []
    const reported: unknown[] = []
    let fails = true
    const host = await start({
      onError: (error, { change }) => void reported.push([(error as Error).message, change?.kind]),
      hooks: {
        after: eachKind<MadeChange>((change) => {
          told.push(change)
          if (fails) throw new Error('on purpose')
        }),
      },
    })
    const { id } = await createUser(host, 'ada')
    expect(reported).toEqual([['on purpose', 'provision']])
    expect(await host.redeliver()).toEqual({ delivered: 0, left: 1 })
    fails = false
    expect(await host.redeliver()).toEqual({ delivered: 1, left: 0 })
    expect(await host.redeliver()).toEqual({ delivered: 0, left: 0 })
    expect(told.map(brief)).toEqual(['provision', 'provision', 'provision'])
    expect(told[2]).toEqual(told[0])
    expect(told[0]?.id).toBe(id)
  })

  it('an after-hook that never ends holds the answer up for a while only, and counts when it ends at last', async () => {
    let end: () => void = () => undefined
    const endless = new Promise<void>((resolve) => {
      end = resolve
    })
    const host = await start({ limits: { afterHookWait: 20 }, hooks: { after: { provision: () => endless } } })
    await createUser(host, 'ada')
    expect(await host.redeliver()).toEqual({ delivered: 0, left: 1 })
    end()
    await expect.poll(() => host.redeliver()).toEqual({ delivered: 0, left: 0 })
  })

  it('what comes behind a failed change of a resource waits for it, and other resources and memberships do not', async () => {
    const told: string[] = []
    const broken = new Set<string>(['ada'])
    const host = await start({
      hooks: {
        after: eachKind<MadeChange>((change) => {
          if (change.kind === 'provision' && broken.has(String(change.after.userName))) throw new Error('on purpose')
          told.push(change.kind === 'provision' ? `provision ${change.after.userName}` : brief(change))
        }),
      },
    })
    const ada = await createUser(host, 'ada')
    const bob = await createUser(host, 'bob')
    const group = await createGroup(host, 'g', [bob.id, ada.id])
    await patch(host, `/Users/${ada.id}`, { op: 'replace', path: 'title', value: 'x' })
    expect(told).toEqual(['provision bob', 'provision undefined', `join ${bob.id}`, `join ${ada.id}`])
    told.length = 0
    expect(await host.redeliver()).toEqual({ delivered: 0, left: 2 })
    broken.clear()
    await patch(host, `/Users/${ada.id}`, { op: 'replace', path: 'title', value: 'y' }) // brings the rest along
    expect(told).toEqual(['provision ada', 'update title', 'update title'])
    expect(await host.redeliver()).toEqual({ delivered: 0, left: 0 })
    expect(group.id).toBeDefined()
  })

  it('64 writers of one group: every join is told once, and nothing is left', async () => {
    const { host, after } = await startNoting(start)
    const users = await Promise.all(Array.from({ length: 64 }, (_, at) => createUser(host, `u${at}`)))
    const group = await createGroup(host, 'g')
    after.length = 0
    await Promise.all(
      users.map(({ id }) => patch(host, `/Groups/${group.id}`, { op: 'add', path: 'members', value: [{ value: id }] })),
    )
    expect(after.map(brief).toSorted()).toEqual(users.map(({ id }) => `join ${id}`).toSorted())
    expect(new Set(after.map(({ changeId }) => changeId)).size).toBe(64)
    expect(await host.redeliver()).toEqual({ delivered: 0, left: 0 })
  })

  it('redelivering at the same time tells nothing twice', async () => {
    const told: string[] = []
    let fails = true
    const host = await start({
      hooks: {
        after: {
          provision: async (change) => {
            if (fails) throw new Error('on purpose')
            told.push(change.changeId)
            await new Promise((resolve) => setTimeout(resolve, 1))
          },
        },
      },
    })
    for (let at = 0; at < 20; at++) await createUser(host, `u${at}`)
    fails = false
    const outcomes = await Promise.all([host.redeliver(), host.redeliver(), host.redeliver()])
    expect(outcomes.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(20)
    expect(new Set(told).size).toBe(20)
    expect(told).toHaveLength(20)
  })

  it('changes of each tenant are told with its id', async () => {
    const { host, after } = await startNoting(start)
    const body = { schemas: [urns.user], userName: 'ada' }
    await host.send('POST', '/Users', { body, token: 'other-token-0123456789' })
    await createUser(host, 'ada')
    expect(after.map(({ tenantId }) => tenantId)).toEqual(['other', 'default'])
  })

  it('users and groups on a store each: leaves are told though they cannot be one transaction', async () => {
    const after: string[] = []
    const host = await start({
      resources: (store) => [mount(testUser, store), mount(groupResource, memoryStore())],
      hooks: {
        before: {
          // The user is gone by then, so there is nothing left to refuse; `deprovision` was asked.
          leave: () => {
            throw new Error('too late')
          },
        },
        after: eachKind<MadeChange>((change) => void after.push(brief(change))),
      },
    })
    const { id } = await createUser(host, 'ada')
    await createGroup(host, 'g', [id])
    after.length = 0
    expect((await host.send('DELETE', `/Users/${id}`)).status).toBe(204)
    expect(after).toEqual(['deprovision', `leave ${id}`])
    expect(await host.redeliver()).toEqual({ delivered: 0, left: 0 })
  })
}
