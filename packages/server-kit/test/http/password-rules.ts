import { urns } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import type { ScimHooks } from '../../src/index.js'
import { createUser, type Host, patchOp, type StartHost } from './host.js'

const bases = ['strict', 'interop', 'lenient'] as const
const withPassword = (password: unknown) => ({ schemas: [urns.user], userName: 'ada', password })

/**
 * Passwords: set by a text, removed when a client asks for it, and never otherwise.
 *
 * @param start Starts a service provider.
 */
export function passwordRules(start: StartHost): void {
  describe.each(bases)('in %s', (compatibility) => {
    const pathless = compatibility === 'interop' ? [] : [{ op: 'replace', value: { password: null } }]

    it('an empty password is 400 in POST, PUT, PATCH, at /Me and in a bulk request, and sets and removes nothing', async () => {
      const { host, id, told } = await open({ compatibility })
      const operations = ['add', 'replace'].map((op) => ({ op, path: 'password', value: '' }))
      const values = compatibility === 'interop' ? [] : [{ op: 'add', value: { password: '' } }]
      const patches = [...operations, ...values].map((operation) => patchOp(operation))
      const users: Request[] = [
        { method: 'POST', path: '/Users', data: { ...withPassword(''), userName: 'grace' } },
        { method: 'PUT', path: `/Users/${id}`, data: withPassword('') },
        ...patches.map((data) => ({ method: 'PATCH', path: `/Users/${id}`, data })),
      ]
      const own = users.slice(1).map((request) => ({ ...request, path: '/Me' }))
      for (const { method, path, data } of [...users, ...own]) {
        const answer = await host.send(method, path, { body: data })
        expect([answer.status, answer.body.scimType, method, path]).toEqual([400, 'invalidValue', method, path])
      }
      const answers = await bulk(host, users)
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['400']))
      expect(told).toEqual([])
    })

    it('a PATCH removes it, which is a new version; leaving it out, or adding null, keeps it', async () => {
      const { host, id, told } = await open({ compatibility })
      const send = async (...operations: readonly object[]) =>
        (await host.send('PATCH', `/Users/${id}`, { body: patchOp(...operations) })).headers.get('etag')
      const removals = [
        { op: 'remove', path: 'password' },
        { op: 'replace', path: 'password', value: null },
        ...pathless,
      ]
      for (const [position, removal] of removals.entries()) {
        expect(await send(removal)).toBe(`W/"${position + 2}"`)
        expect(told.splice(0)).toEqual([['removed', id]])
      }
      const version = `W/"${removals.length + 1}"`
      expect(await send({ op: 'add', path: 'password', value: null })).toBe(version)
      const set = { op: 'add', path: 'password', value: 'n3w' }
      const remove = { op: 'remove', path: 'password' }
      await send({ op: 'replace', path: 'title', value: 'Dr' })
      if (compatibility !== 'interop')
        await send(remove, set) // which takes one operation for each path
      else await send(set)
      expect(told.splice(0)).toEqual([['set', id, 'hash of n3w']])
      if (compatibility !== 'interop') {
        await send(set, remove)
        expect(told.splice(0)).toEqual([['removed', id]])
      }
      expect(JSON.stringify((await host.send('GET', `/Users/${id}`)).body)).not.toMatch(/password|n3w/)
    })

    it('null in a POST is not a password; in a PUT it removes one in strict alone', async () => {
      const notes: string[] = []
      const { host, id, told } = await open({ compatibility, onNote: ({ rule }) => void notes.push(rule) })
      const post = await host.send('POST', '/Users', { body: { ...withPassword(null), userName: 'grace' } })
      expect([post.status, told, notes]).toEqual([201, [], []])
      for (const path of [`/Users/${id}`, '/Me']) {
        const put = await host.send('PUT', path, { body: withPassword(null) })
        expect(put.status).toBe(200)
        const removes = compatibility === 'strict'
        expect([told.splice(0), notes.splice(0)]).toEqual(removes ? [[['removed', id]], []] : [[], ['nullPassword']])
        await host.send('PUT', path, { body: withPassword(undefined) })
        expect([told, notes]).toEqual([[], []])
      }
    })

    it('its removal is refused where the application has no hook for it, and changes nothing', async () => {
      const { host, id, told } = await open({ compatibility }, { removePassword: undefined })
      const title = { op: 'replace', path: 'title', value: 'Dr' }
      const removals = [
        { op: 'remove', path: 'password' },
        { op: 'replace', path: 'password', value: null },
        ...pathless,
      ]
      const requests = removals.map((one) => ({ method: 'PATCH', path: `/Users/${id}`, data: patchOp(title, one) }))
      const put = { method: 'PUT', path: `/Users/${id}`, data: { ...withPassword(null), title: 'Dr' } }
      for (const { method, path, data } of [...requests, ...(compatibility === 'strict' ? [put] : [])]) {
        const answer = await host.send(method, path, { body: data })
        expect([answer.status, answer.body.scimType]).toEqual([400, 'mutability'])
        expect(answer.body.detail).toContain('password')
      }
      expect((await bulk(host, requests)).every(({ status }) => status === '400')).toBe(true)
      expect((await host.send('GET', `/Users/${id}`)).body).not.toHaveProperty('title')
      expect(told).toEqual([])
    })
  })

  it('its removal is told as an update of password, and a hook that refuses it leaves the resource as it was', async () => {
    const changed: unknown[] = []
    const after = { update: (change: { readonly changed: readonly string[] }) => void changed.push(change.changed) }
    const { host, id } = await open({}, { after })
    const removal = patchOp({ op: 'remove', path: 'password' }, { op: 'add', path: 'title', value: 'Dr' })
    await host.send('PATCH', `/Users/${id}`, { body: removal })
    expect(changed).toEqual([['title', 'password']])
    const removePassword = () => {
      throw new Error('not now')
    }
    const strict = await open({}, { removePassword })
    expect((await strict.host.send('PATCH', `/Users/${strict.id}`, { body: removal })).status).toBe(500)
    expect((await strict.host.send('GET', `/Users/${strict.id}`)).body).not.toHaveProperty('title')
  })

  interface Opened {
    readonly host: Host
    readonly id: string
    /** What the hooks were told since the user was created. */
    readonly told: unknown[]
  }

  async function open(options: Parameters<StartHost>[0], hooks: ScimHooks = {}): Promise<Opened> {
    const told: unknown[] = []
    let id = ''
    const host = await start({
      authenticate: () => ({ subject: 'ada', userId: id, scopes: ['scim'] }),
      ...options,
      hooks: {
        hashPassword: (password) => `hash of ${password}`,
        setPassword: (_context, user, hash) => void told.push(['set', user, hash]),
        removePassword: (_context, user) => void told.push(['removed', user]),
        ...hooks,
      },
    })
    ;({ id } = await createUser(host, 'ada', { password: 'f1rst' }))
    told.length = 0
    return { host, id, told }
  }
}

interface Request {
  readonly method: string
  readonly path: string
  readonly data: object
}

async function bulk(host: Host, requests: readonly Request[]): Promise<readonly { readonly status: string }[]> {
  const Operations = requests.map((request, at) => ({
    ...request,
    ...(request.method === 'POST' && { bulkId: `b${at}` }),
  }))
  const { body } = await host.send('POST', '/Bulk', { body: { schemas: [urns.bulkRequest], Operations } })
  return body.Operations as { readonly status: string }[] // the message has the list
}
