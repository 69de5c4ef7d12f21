import { urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { createGroup, createUser, patchOp, type StartHost } from './host.js'

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

  it('64 writers × 50 PATCH adds on one group end in the exact union', { timeout: 300_000 }, async () => {
    const host = await start({ limits: { maxPageSize: 5_000 } })
    const ids: string[] = []
    for (let from = 0; from < 3_200; from += 64) {
      const created = await Promise.all(Array.from({ length: 64 }, (_, n) => createUser(host, `user-${from + n}`)))
      ids.push(...created.map(({ id }) => id))
    }
    const group = await createGroup(host, 'All')
    const writer = async (n: number): Promise<void> => {
      for (const id of ids.slice(n * 50, n * 50 + 50)) {
        const answer = await host.send('PATCH', `/Groups/${group.id}`, {
          body: patchOp({ op: 'add', path: 'members', value: [{ value: id }] }),
        })
        if (answer.status !== 204) throw new Error(`PATCH was answered ${answer.status} ${answer.text}`)
      }
    }
    await Promise.all(Array.from({ length: 64 }, (_, n) => writer(n)))
    const { members } = (await host.send('GET', `/Groups/${group.id}`)).body as { members: { value: string }[] } // as the schema has it
    expect(members.map(({ value }) => value).sort()).toEqual([...ids].sort())
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
