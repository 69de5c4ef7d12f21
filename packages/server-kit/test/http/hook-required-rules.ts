import { groupResource, urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { type MadeChange, memoryStore, mount, type Principal } from '../../src/index.js'
import { createGroup, createUser, type Host, type HostOptions, patchOp, type StartHost, testUser } from './host.js'
import { brief, eachKind, patch } from './noting-hooks.js'

const off = { op: 'replace', path: 'active', value: false }
const on = { op: 'replace', path: 'active', value: true }

/** Starts a service provider whose hooks fail for some kinds. */
async function startFailing(
  start: StartHost,
  options: HostOptions = {},
): Promise<{ host: Host; broken: Set<string>; told: string[] }> {
  const broken = new Set<string>()
  const told: string[] = []
  const after = eachKind<MadeChange>((change) => {
    told.push(broken.has(change.kind) ? `failed ${brief(change)}` : brief(change))
    if (broken.has(change.kind)) throw new Error('on purpose')
  })
  return { host: await start({ ...options, hooks: { ...options.hooks, after } }), broken, told }
}

/**
 * What takes access away is done for the client only when the application has taken it in.
 *
 * @param start Starts a service provider.
 */
export function hookRequiredRules(start: StartHost): void {
  const user = { schemas: [urns.user], userName: 'ada', active: false }
  const ways: readonly (readonly [string, (host: Host, id: string) => Promise<number>])[] = [
    ['PATCH with path', (host, id) => patch(host, `/Users/${id}`, off)],
    ['PATCH without path', (host, id) => patch(host, `/Users/${id}`, { op: 'replace', value: { active: 'False' } })],
    ['PATCH of more', (host, id) => patch(host, `/Users/${id}`, off, { op: 'add', path: 'title', value: 'x' })],
    ['PUT', async (host, id) => (await host.send('PUT', `/Users/${id}`, { body: user })).status],
    ['PATCH /Me', async (host) => patch(host, '/Me', off)],
    [
      'Bulk',
      async (host, id) => {
        const operation = { method: 'PATCH', path: `/Users/${id}`, data: patchOp(off) }
        const body = { schemas: [urns.bulkRequest], Operations: [operation] }
        const { Operations } = (await host.send('POST', '/Bulk', { body })).body
        return Number((Operations as { status: string }[])[0]?.status) // the message has the list
      },
    ],
  ]
  it.each(ways)(
    '%s: a deactivation whose hook fails is 503, the user stays inactive, and asking again tells it again',
    async (_, send) => {
      const principal: { -readonly [K in keyof Principal]: Principal[K] } = { subject: 'idp', scopes: ['scim'] }
      const { host, broken, told } = await startFailing(start, { authenticate: () => principal })
      const { id } = await createUser(host, 'ada')
      principal.userId = id
      broken.add('deactivate')
      const count = () => told.filter((one) => one.endsWith('deactivate')).length
      expect(await send(host, id)).toBe(503)
      expect([(await host.send('GET', `/Users/${id}`)).body.active, count()]).toEqual([false, 1])
      expect([await send(host, id), count()]).toEqual([503, 2])
      broken.clear()
      expect([await send(host, id), count()]).toEqual([200, 3])
      expect([await send(host, id), count()]).toEqual([200, 3])
      expect((await host.send('GET', `/Users/${id}`)).body.active).toBe(false)
      expect((await host.redeliver()).left).toBe(0)
      expect(count()).toBe(3)
    },
  )

  it('a deactivation and a deletion that stand behind pages of changes which failed are 503 until they are told', async () => {
    const { host, broken, told } = await startFailing(start)
    const { id } = await createUser(host, 'ada')
    for (const kind of ['update', 'deactivate', 'deprovision']) broken.add(kind)
    const Operations = Array.from({ length: 120 }, (_, n) => {
      return { method: 'PATCH', path: `/Users/${id}`, data: patchOp({ op: 'replace', path: 'title', value: `${n}` }) }
    })
    await host.send('POST', '/Bulk', { body: { schemas: [urns.bulkRequest], Operations } })
    for (let n = 0; n < 3; n++) expect(await patch(host, `/Users/${id}`, off)).toBe(503)
    for (let n = 0; n < 3; n++) expect((await host.send('DELETE', `/Users/${id}`)).status).toBe(503)
    broken.clear()
    expect((await host.send('DELETE', `/Users/${id}`)).status).toBe(204)
    expect(told.at(-1)).toMatch(/deprovision$/)
  })

  it('the 503 asks the client to come again, and what redelivery told meanwhile is not told twice', async () => {
    const { host, broken, told } = await startFailing(start)
    const { id } = await createUser(host, 'ada')
    broken.add('deactivate')
    const answer = await host.send('PATCH', `/Users/${id}`, { body: patchOp(off) })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
    expect(answer.body.detail).toMatch(/send the request again/)
    broken.clear()
    expect(await host.redeliver()).toEqual({ delivered: 1, left: 0 })
    expect(await patch(host, `/Users/${id}`, off)).toBe(200)
    expect(told).toEqual(['provision', 'failed deactivate', 'deactivate'])
  })

  it('until a deactivation is told, nothing of that user is answered as done, and others are not touched', async () => {
    const { host, broken, told } = await startFailing(start, { limits: { maxHookAttempts: 2 } })
    const [ada, bob] = [await createUser(host, 'ada'), await createUser(host, 'bob')]
    broken.add('deactivate')
    expect(await patch(host, `/Users/${ada.id}`, off)).toBe(503)
    expect(await patch(host, `/Users/${ada.id}`, { op: 'add', path: 'title', value: 'x' })).toBe(503) // parked by now
    expect(await patch(host, `/Users/${ada.id}`, on)).toBe(503)
    expect(await patch(host, `/Users/${bob.id}`, { op: 'add', path: 'title', value: 'x' })).toBe(200)
    await createGroup(host, 'g', [ada.id, bob.id])
    broken.clear()
    expect(await patch(host, `/Users/${ada.id}`, on)).toBe(200) // though it changes nothing
    expect((await host.redeliver()).left).toBe(0)
    const ofAda = told.filter((one) => !one.startsWith('join') && !one.startsWith('failed') && one !== 'provision')
    expect(ofAda).toEqual(['update title', 'deactivate', 'update title', 'activate'])
  })

  it.each(['/Users', '/Me'])(
    'a deletion by %s whose hook fails is 503, and asking again is 204 once it is told',
    async (path) => {
      const principal: { -readonly [K in keyof Principal]: Principal[K] } = { subject: 'idp', scopes: ['scim'] }
      const { host, broken, told } = await startFailing(start, { authenticate: () => principal })
      const { id } = await createUser(host, 'ada')
      const group = await createGroup(host, 'g', [id])
      principal.userId = id
      const remove = async () => (await host.send('DELETE', path === '/Me' ? '/Me' : `/Users/${id}`)).status
      broken.add('deprovision')
      expect(await remove()).toBe(503)
      expect((await host.send('GET', `/Users/${id}`)).status).toBe(404)
      expect((await host.send('GET', `/Groups/${group.id}`)).body.members).toBeUndefined()
      expect(await remove()).toBe(503)
      expect((await host.send('DELETE', `/Groups/${id}`)).status).toBe(404)
      broken.clear()
      expect([await remove(), await remove()]).toEqual([204, 404])
      expect(told.filter((one) => one.endsWith('deprovision'))).toEqual([
        'failed deprovision',
        'failed deprovision',
        'deprovision',
      ])
    },
  )

  it('an answer waits for a hook that hangs as long as it may, and what it was told in the end is not told again', async () => {
    const told: string[] = []
    let end: () => void = () => undefined
    const slow = new Promise<void>((resolve) => {
      end = resolve
    })
    const host = await start({
      limits: { afterHookWait: 20 },
      hooks: {
        after: {
          deactivate: ({ id }) => {
            told.push(id)
            return slow
          },
        },
      },
    })
    const { id } = await createUser(host, 'ada')
    expect(await patch(host, `/Users/${id}`, off)).toBe(503)
    expect(await patch(host, `/Users/${id}`, off)).toBe(503)
    end()
    await expect.poll(() => patch(host, `/Users/${id}`, off)).toBe(200)
    expect(told).toEqual([id])
  })

  it('hooks.required: [] answers what is written with success, and redelivery tells it', async () => {
    const { host, broken, told } = await startFailing(start, { hooks: { required: [] } })
    const [ada, bob] = [await createUser(host, 'ada'), await createUser(host, 'bob')]
    broken.add('deactivate').add('deprovision')
    expect(await patch(host, `/Users/${ada.id}`, off)).toBe(200)
    expect((await host.send('DELETE', `/Users/${bob.id}`)).status).toBe(204)
    expect((await host.send('DELETE', `/Users/${bob.id}`)).status).toBe(404)
    broken.clear()
    expect(await host.redeliver()).toEqual({ delivered: 2, left: 0 })
    expect(told.slice(2)).toEqual(['failed deactivate', 'failed deprovision', 'deactivate', 'deprovision'])
  })

  it('hooks.required may hold leave: a removal that is not told is 503, and keeps no other member waiting', async () => {
    const { host, broken, told } = await startFailing(start, { hooks: { required: ['leave'] } })
    const [ada, bob] = [await createUser(host, 'ada'), await createUser(host, 'bob')]
    const { id } = await createGroup(host, 'g', [ada.id])
    const remove = () => patch(host, `/Groups/${id}`, { op: 'remove', path: `members[value eq "${ada.id}"]` })
    broken.add('leave')
    expect([await remove(), await remove()]).toEqual([503, 503])
    expect(await patch(host, `/Groups/${id}`, { op: 'add', path: 'members', value: [{ value: bob.id }] })).toBe(204)
    broken.clear()
    expect([await remove(), await remove()]).toEqual([204, 204])
    expect(told.filter((one) => one.includes('leave'))).toEqual([
      `failed leave ${ada.id}`,
      `failed leave ${ada.id}`,
      `leave ${ada.id}`,
    ])
    expect((await host.redeliver()).left).toBe(0)
  })

  it('what follows a deletion in another store cannot make it fail any more; redelivery tells it', async () => {
    const { host, broken, told } = await startFailing(start, {
      hooks: { required: ['leave', 'deprovision'] },
      resources: (store) => [mount(testUser, store), mount(groupResource, memoryStore())],
    })
    const { id } = await createUser(host, 'ada')
    await createGroup(host, 'g', [id])
    broken.add('leave')
    expect((await host.send('DELETE', `/Users/${id}`)).status).toBe(204)
    broken.clear()
    expect(await host.redeliver()).toEqual({ delivered: 1, left: 0 })
    expect(told.slice(-3)).toEqual(['deprovision', `failed leave ${id}`, `leave ${id}`])
  })
}
