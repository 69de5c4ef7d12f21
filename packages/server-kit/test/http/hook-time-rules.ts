import { urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import type { MadeChange, PendingChange, RequestInfo } from '../../src/index.js'
import { createUser, type Host, type StartHost, tokens } from './host.js'
import { brief, eachKind, patch } from './noting-hooks.js'

/** A hook that never settles. */
const hang = () => new Promise<never>(() => undefined)

async function listPending(host: Host): Promise<readonly PendingChange[]> {
  const found: PendingChange[] = []
  for await (const one of host.pending().list()) found.push(one)
  return found
}

/**
 * Hooks that take too long, or fail too often: they do not hold up other changes.
 *
 * @param start Starts a service provider.
 */
export function hookTimeRules(start: StartHost): void {
  it('hooks that never settle keep redelivery neither from ending nor from telling the rest, of other tenants too', async () => {
    const told: string[] = []
    const aborted: unknown[] = []
    let isDown = true
    const host = await start({
      limits: { hookTimeout: 40, afterHookWait: 1 },
      hooks: {
        after: {
          provision: ({ after }, { signal }) => {
            const name = String(after.userName)
            if (isDown) throw new Error('down')
            if (!name.startsWith('bad')) return void told.push(name)
            signal.addEventListener('abort', () => aborted.push(signal.reason))
            return hang()
          },
        },
      },
    })
    const names = Array.from({ length: 20 }, (_, at) => `u${at}`)
    for (const name of ['bad1', ...names.slice(0, 10), 'bad2', 'bad3', ...names.slice(10)]) await createUser(host, name)
    const body = { schemas: [urns.user], userName: 'elsewhere' }
    await host.send('POST', '/Users', { body, token: tokens.other })
    isDown = false
    expect(await host.redeliver()).toEqual({ delivered: 21, left: 3 })
    expect(told.toSorted()).toEqual([...names, 'elsewhere'].toSorted())
    expect(aborted).toHaveLength(3)
    expect(String(aborted[0])).toMatch(/hooks\.after\.provision has not settled within 40 ms/)
  })

  it('redelivery ends behind the hook that is under way when it is told to', async () => {
    const told: string[] = []
    const ending = new AbortController()
    let isDown = true
    const host = await start({
      hooks: {
        after: {
          provision: ({ after }) => {
            if (isDown) throw new Error('down')
            told.push(String(after.userName))
            ending.abort()
          },
        },
      },
    })
    for (const name of ['a', 'b', 'c']) await createUser(host, name)
    isDown = false
    expect(await host.redeliver({ signal: ending.signal })).toEqual({ delivered: 1, left: 2 })
    expect(await host.redeliver()).toEqual({ delivered: 2, left: 0 })
    expect(told).toEqual(['a', 'b', 'c'])
  })

  it('a before-hook that never settles ends its own request alone', async () => {
    const host = await start({ limits: { hookTimeout: 30 }, hooks: { before: { update: hang } } })
    const { id } = await createUser(host, 'ada')
    expect(await patch(host, `/Users/${id}`, { op: 'add', path: 'title', value: 'x' })).toBe(500)
    expect((await host.send('GET', `/Users/${id}`)).body).not.toHaveProperty('title')
  })

  it.each(['hashPassword', 'setPassword', 'removePassword'])(
    '%s that never settles ends its own request, and does not hold up other writers forever',
    async (name) => {
      const passwords = {
        hashPassword: (text: string) => text,
        setPassword: () => undefined,
        removePassword: () => undefined,
      }
      const host = await start({ limits: { hookTimeout: 30 }, hooks: { ...passwords, [name]: hang } })
      const { id, meta } = await createUser(host, 'ada')
      const operation =
        name === 'removePassword' ? { op: 'remove', path: 'password' } : { op: 'add', path: 'password', value: 'x' }
      const both = [
        patch(host, `/Users/${id}`, operation, { op: 'add', path: 'title', value: 'x' }),
        createUser(host, 'bob'),
      ]
      expect((await Promise.all(both))[0]).toBe(500)
      expect((await host.send('GET', `/Users/${id}`)).body).toMatchObject({ meta })
    },
  )

  it('a change that fails as often as maxHookAttempts says is parked, reported, listed, told on demand and dropped', async () => {
    const calls: string[] = []
    const reported: RequestInfo[] = []
    let fails = true
    const host = await start({
      limits: { maxHookAttempts: 3 },
      onError: (_, info) => void reported.push(info),
      hooks: {
        after: eachKind<MadeChange>((change) => {
          const isBad = 'after' in change && String(change.after.userName).startsWith('bad')
          calls.push(`${brief(change)} ${'after' in change ? change.after.userName : ''}`)
          if (fails && isBad) throw new Error('on purpose')
        }),
      },
    })
    const body = { schemas: [urns.user], userName: 'bad' }
    const created = await host.send('POST', '/Users', { body })
    const id = String(created.body.id)
    await patch(host, `/Users/${id}`, { op: 'add', path: 'title', value: 'x' }) // brings the first one along
    expect(await host.redeliver()).toEqual({ delivered: 0, left: 2 })
    expect(reported.map(({ change }) => [change?.attempts, change?.isParked])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ])
    const [pending, behind] = await listPending(host)
    expect(reported[2]).toEqual({
      requestId: created.headers.get('x-request-id'),
      method: 'POST',
      principal: { subject: 'main' },
      change: {
        changeId: pending?.id,
        kind: 'provision',
        tenantId: 'default',
        resourceType: 'User',
        id,
        sequence: pending?.change.sequence,
        attempts: 3,
        isParked: true,
      },
    })
    expect(pending).toMatchObject({ attempts: 3, isParked: true, change: { kind: 'provision', id } })
    expect(behind).toMatchObject({ attempts: 0, isParked: false, change: { kind: 'update', id } })
    calls.length = 0
    await createUser(host, 'good')
    expect(await host.redeliver()).toEqual({ delivered: 0, left: 2 })
    expect(calls).toEqual(['provision good'])
    expect(await host.pending().retry(behind?.id ?? '')).toBe(false)
    expect(await host.pending().retry(pending?.id ?? '')).toBe(false)
    expect(calls).toEqual(['provision good', 'provision bad'])
    expect(await host.pending().drop('unknown')).toBe(false)
    expect(await host.pending().retry('unknown')).toBe(false)
    fails = false
    expect(await host.pending().retry(pending?.id ?? '')).toBe(true) // and then what waited for it
    expect(calls.slice(2)).toEqual(['provision bad', 'update title bad'])
    expect(await listPending(host)).toEqual([])
    fails = true
    await createUser(host, 'bad2')
    await patch(host, `/Users/${id}`, { op: 'add', path: 'title', value: 'y' })
    for await (const one of host.pending().list()) expect(await host.pending().drop(one.id)).toBe(true)
    expect(await host.redeliver()).toEqual({ delivered: 0, left: 0 })
  })
}
