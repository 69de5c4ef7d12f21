import { urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { type Body, createGroup, createUser, type Host, patchOp, type StartHost } from './host.js'

/**
 * Many writers at the same time.
 *
 * @param start Starts a service provider.
 */
export function concurrencyRules(start: StartHost): void {
  it('UQ-3: of 64 parallel POSTs of one userName one is 201, the rest 409 uniqueness', async () => {
    const host = await start()
    const body = { schemas: [urns.user], userName: 'ada' }
    const answers = await Promise.all(Array.from({ length: 64 }, () => host.send('POST', '/Users', { body })))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(
      answers.filter(({ status, body: { scimType } }) => status === 409 && scimType === 'uniqueness'),
    ).toHaveLength(63)
    expect((await host.send('GET', '/Users')).body.totalResults).toBe(1)
  })

  it('64 writers, each with 200 PATCH adds (20 over sockets), end in the exact union', {
    timeout: 300_000,
  }, async () => {
    const host = await start()
    // Over sockets fewer do, since only the way there differs.
    const adds = host.origin === 'http://localhost' ? Number(process.env.ADDS ?? 200) : 20
    const ids = await createUsers(host, 64 * adds)
    const group = await createGroup(host, 'All')
    const writer = async (n: number): Promise<void> => {
      for (const id of ids.slice(n * adds, n * adds + adds)) {
        const answer = await host.send('PATCH', `/Groups/${group.id}`, {
          body: patchOp({ op: 'add', path: 'members', value: [{ value: id }] }),
        })
        if (answer.status !== 204) throw new Error(`PATCH was answered ${answer.status} ${answer.text}`)
      }
    }
    await Promise.all(Array.from({ length: 64 }, (_, n) => writer(n)))
    const { members, meta } = (await host.send('GET', `/Groups/${group.id}`)).body as GroupBody
    expect(members.map(({ value }) => value).sort()).toEqual([...ids].sort())
    expect(meta.version).toBe(`W/"${ids.length + 1}"`)
  })

  it('ET-4: of 64 PATCH adds to one group with one If-Match exactly one wins, the others are 412', async () => {
    const host = await start()
    const ids = await createUsers(host, 64)
    const group = await createGroup(host, 'All')
    const answers = await Promise.all(
      ids.map((id) =>
        host.send('PATCH', `/Groups/${group.id}`, {
          body: patchOp({ op: 'add', path: 'members', value: [{ value: id }] }),
          headers: { 'if-match': 'W/"1"' },
        }),
      ),
    )
    const winners = ids.filter((_, n) => answers[n]?.status === 204)
    expect([winners.length, answers.filter(({ status }) => status === 412).length]).toEqual([1, 63])
    const { members, meta } = (await host.send('GET', `/Groups/${group.id}`)).body as GroupBody
    expect([members.map(({ value }) => value), meta.version]).toEqual([winners, 'W/"2"'])
  })

  it('ET-4: of 32 PATCHes with one If-Match exactly one wins, the others are 412', async () => {
    const host = await start()
    const { id } = await createUser(host, 'ada')
    const answers = await Promise.all(
      Array.from({ length: 32 }, (_, n) =>
        host.send('PATCH', `/Users/${id}`, {
          body: patchOp({ op: 'replace', path: 'title', value: `title ${n}` }),
          headers: { 'if-match': 'W/"1"' },
        }),
      ),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(31)
  })

  it('PATCHes of different attributes without If-Match all come through', async () => {
    const host = await start()
    const { id } = await createUser(host, 'ada')
    const emails = Array.from({ length: 64 }, (_, n) => `ada${String(n).padStart(2, '0')}@x.example`)
    const answers = await Promise.all(
      emails.map((value) =>
        host.send('PATCH', `/Users/${id}`, { body: patchOp({ op: 'add', path: 'emails', value: [{ value }] }) }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(emails.map(() => 200))
    const user = (await host.send('GET', `/Users/${id}`)).body as { emails: { value: string }[] } // as the schema has it
    expect(user.emails.map(({ value }) => value).sort()).toEqual(emails)
  })
}

interface GroupBody extends Body {
  readonly members: readonly { readonly value: string }[]
  readonly meta: { readonly version: string }
}

/** By the thousand in one request, so that the writers and not their users take the time. */
async function createUsers(host: Host, count: number): Promise<readonly string[]> {
  const ids: string[] = []
  while (ids.length < count) {
    const length = Math.min(1_000, count - ids.length)
    const Operations = Array.from({ length }, (_, n) => ({
      method: 'POST',
      path: '/Users',
      bulkId: String(n),
      data: { schemas: [urns.user], userName: `user-${ids.length + n}` },
    }))
    const answer = await host.send('POST', '/Bulk', { body: { schemas: [urns.bulkRequest], Operations } })
    const made = answer.body.Operations as readonly { readonly location: string }[] // as the message has it
    ids.push(...made.map(({ location }) => location.slice(location.lastIndexOf('/') + 1)))
  }
  return ids
}
