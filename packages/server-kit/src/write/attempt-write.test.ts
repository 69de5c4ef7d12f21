import { ScimError, urns, userResource } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import {
  createScimHandler,
  memoryStore,
  mount,
  type ResourceStore,
  type ScimHooks,
  type StoreContext,
} from '../index.js'

const lost = (): ScimError => new ScimError(412, 'Another write was faster')

/** A handler on a store whose replacements lose the given number of races first. */
async function serve(races: number, hooks?: ScimHooks) {
  const store = memoryStore()
  const seen = { replaced: 0, transactions: 0 }
  const losing = (inner: ResourceStore): ResourceStore => ({
    ...inner,
    async replace(context, current, next) {
      seen.replaced++
      if (seen.replaced <= races) throw lost()
      return inner.replace(context, current, next)
    },
  })
  const scim = createScimHandler({
    basePath: '/',
    authenticate: () => ({ subject: 'test' }),
    hooks,
    resources: [
      mount(userResource, {
        ...losing(store),
        async transaction<R>(context: StoreContext, work: (inside: ResourceStore) => Promise<R>): Promise<R> {
          seen.transactions++
          if (!store.transaction) throw new Error('the memory store has transactions')
          return store.transaction(context, (inside) => work(losing(inside)))
        },
      }),
    ],
  })
  const send = (method: string, path: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
    scim.fetch(
      new Request(`https://app.example.com${path}`, {
        method,
        headers: { 'content-type': 'application/scim+json', ...headers },
        body: JSON.stringify(body),
      }),
    )
  const created = await send('POST', '/Users', { schemas: [urns.user], userName: 'ada' })
  const { id }: { readonly id: string } = await created.json()
  Object.assign(seen, { replaced: 0, transactions: 0 })
  const operation = { op: 'replace', path: 'title', value: 'Countess' }
  const patch = (headers?: Record<string, string>): Promise<Response> =>
    send('PATCH', `/Users/${id}`, { schemas: [urns.patchOp], Operations: [operation] }, headers)
  return { patch, seen }
}

describe('attempts at a write', () => {
  it('reads and writes again until it wins, at most ten times', async () => {
    const { patch, seen } = await serve(9)
    expect((await patch()).status).toBe(200)
    expect(seen).toEqual({ replaced: 10, transactions: 9 })
  })

  it('ends with 503 and Retry-After after ten lost races', async () => {
    const { patch, seen } = await serve(10)
    const response = await patch()
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
    expect(seen.replaced).toBe(10)
  })

  it.each([{ 'if-match': 'W/"1"' }, { 'if-none-match': 'W/"7"' }])(
    'leaves a lost race to a client that sent %j',
    async (headers) => {
      const { patch, seen } = await serve(1, undefined)
      expect((await patch(headers)).status).toBe(412)
      expect(seen.replaced).toBe(1)
    },
  )

  it('has one budget for lost races and for asking the application', async () => {
    const asked: string[] = []
    const { patch, seen } = await serve(20, { before: { update: ({ id }) => void asked.push(id) } })
    expect((await patch()).status).toBe(503)
    expect([seen.replaced, asked.length]).toEqual([10, 0])
  })

  it('asks a before-hook once when the change stays the same, and writes in the next attempt', async () => {
    const asked: unknown[] = []
    const { patch, seen } = await serve(0, { before: { update: ({ changed }) => void asked.push(changed) } })
    expect((await patch()).status).toBe(200)
    expect([asked, seen.transactions]).toEqual([[['title']], 2])
  })

  it('answers what a before-hook throws at once, also when it is 412', async () => {
    let asked = 0
    const { patch } = await serve(0, {
      before: {
        update: () => {
          asked++
          throw new ScimError(412, 'Not now')
        },
      },
    })
    expect((await patch()).status).toBe(412)
    expect(asked).toBe(1)
  })
})
