import { urns } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import {
  createGroup,
  createUser,
  filtered,
  type Host,
  type HttpAnswer,
  patchOp,
  resourcesOf,
  type StartHost,
  tokens,
} from './host.js'
import { plan, ticketUrn, withTickets } from './ticket.js'

const enterprise = urns.enterpriseUser

function managedBy(value: string, userName = 'ada'): object {
  return { schemas: [urns.user], userName, [enterprise]: { manager: { value } } }
}

function refused({ status, body }: HttpAnswer): void {
  expect([status, body.scimType, body.detail]).toEqual([
    400,
    'invalidValue',
    `${enterprise}:manager.value must name a resource of this service provider`,
  ])
}

/**
 * References beside members, which are checked when they are asked to be.
 *
 * @param start Starts a service provider.
 */
export function referenceRules(start: StartHost): void {
  const checked = (): Promise<Host> => start({ checkReferences: true })

  it.each([{ value: '' }, { $ref: 'https://elsewhere.example.com/Users/1' }])(
    'a reference without an id names no resource, and is not looked up: %j',
    async (manager) => {
      const host = await checked()
      await createUser(host, 'ada', { [enterprise]: { manager } })
    },
  )

  it('a manager who does not exist is refused on POST, PUT and PATCH, and nothing is written', async () => {
    const host = await checked()
    refused(await host.send('POST', '/Users', { body: managedBy('nobody') }))
    const { id } = await createUser(host, 'ada', { title: 'x' })
    refused(await host.send('PUT', `/Users/${id}`, { body: managedBy('nobody') }))
    for (const operation of [
      { op: 'add', path: `${enterprise}:manager.value`, value: 'nobody' },
      { op: 'replace', value: { title: 'y', [enterprise]: { manager: { value: 'nobody' } } } },
    ]) {
      refused(await host.send('PATCH', `/Users/${id}`, { body: patchOp(operation) }))
    }
    expect((await host.send('GET', `/Users/${id}`)).body).toMatchObject({ title: 'x', meta: { version: 'W/"1"' } })
    expect((await host.send('GET', '/Users')).body.totalResults).toBe(1)
  })

  it('a manager who exists is taken, one of another tenant or type is not', async () => {
    const host = await checked()
    const boss = await createUser(host, 'boss')
    expect((await host.send('POST', '/Users', { body: managedBy(boss.id) })).status).toBe(201)
    refused(await host.send('POST', '/Users', { body: managedBy(boss.id), token: tokens.other }))
    const group = (await host.send('POST', '/Groups', { body: { schemas: [urns.group], displayName: 'g' } })).body
    refused(await host.send('POST', '/Users', { body: managedBy(String(group.id), 'b') }))
  })

  it('a manager who is gone since does not hold up other changes', async () => {
    const host = await checked()
    const boss = await createUser(host, 'boss')
    const { id } = (await host.send('POST', '/Users', { body: managedBy(boss.id) })).body
    await host.send('DELETE', `/Users/${boss.id}`)
    const patch = patchOp({ op: 'replace', path: 'title', value: 'x' })
    expect((await host.send('PATCH', `/Users/${id}`, { body: patch })).status).toBe(200)
    expect((await host.send('PUT', `/Users/${id}`, { body: managedBy(boss.id) })).status).toBe(200)
    refused(await host.send('POST', '/Users', { body: managedBy(boss.id, 'b') }))
  })

  it('users of one bulk request may manage each other', async () => {
    const host = await checked()
    const post = (bulkId: string, manager: string) => ({
      method: 'POST',
      path: '/Users',
      bulkId,
      data: managedBy(`bulkId:${manager}`, bulkId),
    })
    const body = { schemas: [urns.bulkRequest], Operations: [post('a', 'b'), post('b', 'a')] }
    const outcomes = (await host.send('POST', '/Bulk', { body })).body.Operations as { status: string }[] // the message has the list
    expect(outcomes.map(({ status }) => status)).toEqual(['201', '201'])
  })

  it('RD-8, JN-8, JN-9: references are found by their URLs, absolute or relative, whatever the version', async () => {
    const host = await start()
    const boss = await createUser(host, 'boss')
    const ada = await createUser(host, 'ada', { [enterprise]: { manager: { value: boss.id } } })
    const group = await createGroup(host, 'g', [ada.id])
    await createGroup(host, 'h', [boss.id])
    const find = async (path: string, filter: string) => {
      return resourcesOf(await host.send('GET', path + filtered(filter))).map(({ id }) => id)
    }
    const root = `${host.origin}/scim`
    for (const prefix of [`${root}/v2/Users`, `${root}/Users`, 'Users', '../Users', '/v2/Users']) {
      const url = `${prefix}/${ada.id}`
      expect([prefix, await find('/Groups', `members.$ref eq "${url}"`)]).toEqual([prefix, [group.id]])
      expect([prefix, await find('/Groups', `members[$ref eq "${url}"]`)]).toEqual([prefix, [group.id]])
      const manager = `${enterprise}:manager.$ref eq "${prefix}/${boss.id}"`
      expect([prefix, await find('/Users', manager)]).toEqual([prefix, [ada.id]])
    }
    expect(await find('/Users', `groups.$ref eq "${root}/v2/Groups/${group.id}"`)).toEqual([ada.id])
    expect(await find('/Groups', 'members.$ref pr')).toHaveLength(2)
    for (const url of [`https://elsewhere.example/Users/${ada.id}`, ada.id, `${root}/v2/Nobodies/${ada.id}`, '%']) {
      expect([url, await find('/Groups', `members.$ref eq "${url}"`)]).toEqual([url, []])
    }
    const refusal = await host.send('GET', `/Groups${filtered('members.$ref co "Users"')}`)
    expect([refusal.status, refusal.body.scimType]).toEqual([400, 'invalidFilter'])
  })

  it('RD-8: a PATCH selects members by the $ref that they are returned with', async () => {
    const host = await start()
    const [a, b] = [await createUser(host, 'a'), await createUser(host, 'b')]
    const group = await createGroup(host, 'g', [a.id, b.id])
    const path = `members[$ref eq "${host.origin}/scim/v2/Users/${a.id}"]`
    const patch = await host.send('PATCH', `/Groups/${group.id}`, { body: patchOp({ op: 'remove', path }) })
    expect(patch.status).toBe(204)
    const { members } = (await host.send('GET', `/Groups/${group.id}`)).body
    expect(members).toMatchObject([{ value: b.id }])
  })

  const losses = [
    { operation: { op: 'remove', path: 'watchers[role eq "lead"].value' }, want: ['u2'] },
    { operation: { op: 'replace', path: 'watchers[role eq "lead"].value', value: null }, want: ['u2'] },
    { operation: { op: 'remove', path: 'watchers[value eq "u2"].value' }, want: ['u1'] },
    { operation: { op: 'remove', path: 'watchers.value' }, want: [] },
    { operation: { op: 'add', path: 'watchers[role eq "lead"]', value: { value: null, role: 'x' } }, want: ['u2'] },
    { operation: { op: 'replace', path: 'watchers[role eq "lead"]', value: { role: 'x' } }, want: undefined },
    { operation: { op: 'replace', path: 'watchers[role eq "lead"].value', value: '' }, want: undefined },
  ]
  describe.each(['strict', 'interop', 'lenient'] as const)('in %s', (compatibility) => {
    it.each(losses)('JN-1: no element of a list of references is left without its id: $operation', async (loss) => {
      const { operation, want } = loss
      const host = await start({ compatibility, ...withTickets })
      for (const [prefix, holder] of [
        ['', (list: object) => list],
        [`${plan}:`, (list: object) => ({ [plan]: list })],
      ] as const) {
        const watchers = [{ value: 'u1', role: 'lead' }, { value: 'u2' }]
        const lists = holder(prefix === '' ? { watchers } : { helpers: watchers })
        const body = { schemas: prefix === '' ? [ticketUrn] : [ticketUrn, plan], name: 'One', ...lists }
        const { id } = (await host.send('POST', '/Tickets', { body })).body
        const path = prefix + (prefix === '' ? operation.path : operation.path.replace('watchers', 'helpers'))
        const answer = await host.send('PATCH', `/Tickets/${id}`, { body: patchOp({ ...operation, path }) })
        const { body: after } = await host.send('GET', `/Tickets/${id}`)
        const list = prefix === '' ? after.watchers : (after[plan] as { helpers?: unknown } | undefined)?.helpers
        const values = ((list ?? []) as readonly { value?: unknown }[]).map(({ value }) => value)
        // The interoperability profile lets no path end in a filter.
        const isRefused = want === undefined || (compatibility === 'interop' && path.endsWith(']'))
        expect([answer.status, values]).toEqual(isRefused ? [400, ['u1', 'u2']] : [200, want])
      }
    })
  })

  it('without the option a manager need not exist', async () => {
    const host = await start()
    expect((await host.send('POST', '/Users', { body: managedBy('nobody') })).status).toBe(201)
  })
}
