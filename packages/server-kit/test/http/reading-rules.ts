import { urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { createGroup, createUser, filtered, type Host, patchOp, resourcesOf, type StartHost } from './host.js'

/**
 * What a client may name, and what it finds again.
 *
 * @param start Starts a service provider.
 */
export function readingRules(start: StartHost): void {
  const find = async (host: Host, path: string, filter: string): Promise<readonly unknown[]> =>
    resourcesOf(await host.send('GET', path + filtered(filter))).map(({ id }) => id)

  it('UN-2: names may be qualified by their schema, in filters, sort keys, projections and PATCH paths', async () => {
    const host = await start()
    const { id } = await createUser(host, 'ada', { title: 'x', [urns.enterpriseUser]: { department: 'd' } })
    await createUser(host, 'bob')
    for (const filter of [
      `${urns.user}:userName eq "ada"`,
      `${urns.user}:meta.resourceType eq "User" and title eq "x"`,
      `${urns.enterpriseUser}:department eq "d"`,
    ]) {
      expect([filter, await find(host, '/Users', filter)]).toEqual([filter, [id]])
    }
    const sorted = await host.send('GET', `/Users?sortBy=${urns.user}:userName&sortOrder=descending`)
    expect(resourcesOf(sorted).map(({ userName }) => userName)).toEqual(['bob', 'ada'])
    const names = `${urns.user}:title,${urns.enterpriseUser}:department`
    const { body } = await host.send('GET', `/Users/${id}?attributes=${names}`)
    expect(body).toMatchObject({ id, title: 'x', [urns.enterpriseUser]: { department: 'd' } })
    expect(body).not.toHaveProperty('userName')
    const operations = [
      { op: 'replace', path: `${urns.user}:title`, value: 'y' },
      { op: 'replace', path: `${urns.enterpriseUser}:department`, value: 'e' },
    ]
    const patched = await host.send('PATCH', `/Users/${id}`, { body: patchOp(...operations) })
    expect(patched.body).toMatchObject({ title: 'y', [urns.enterpriseUser]: { department: 'e' } })
  })

  it('EP-10: readOnly attributes are ignored, and the response shows the real values', async () => {
    const host = await start()
    const created = await createUser(host, 'ada', { id: 'mine', meta: { version: 'x' }, groups: [{ value: 'admins' }] })
    expect(created.id).not.toBe('mine')
    expect(created).toMatchObject({ meta: { version: 'W/"1"' } })
    expect(created).not.toHaveProperty('groups')
    expect((await host.send('GET', `/Users/${created.id}`)).body).toEqual(created)
  })

  it('RD-5: a page beyond the largest is cut, which is not tooMany', async () => {
    const host = await start({ limits: { maxPageSize: 2 } })
    for (const name of ['a', 'b', 'c']) await createUser(host, name)
    for (const count of ['3', '1000000000', '99999999999999999999']) {
      const { status, body } = await host.send('GET', `/Users?count=${count}`)
      expect([status, body.totalResults, body.itemsPerPage]).toEqual([200, 3, 2])
    }
  })

  it('FI-25: what the service provider fills in is compared as it was returned', async () => {
    const host = await start()
    const ada = await createUser(host, 'ada')
    const group = await createGroup(host, 'g', [ada.id])
    const user = (await host.send('GET', `/Users/${ada.id}`)).body
    const { members } = (await host.send('GET', `/Groups/${group.id}`)).body
    const [member] = members as readonly { readonly type: string; readonly $ref: string }[] // the group has one
    const meta = user.meta as Readonly<Record<string, string>> // every resource has it
    const [direct] = user.groups as readonly {
      readonly display: string
      readonly $ref: string
      readonly type: string
    }[] // as above
    for (const [path, filter, id] of [
      ['/Users', `meta.location eq "${meta.location}"`, ada.id],
      ['/Users', `meta.version eq ${JSON.stringify(meta.version)}`, ada.id],
      ['/Users', `meta.created eq "${meta.created}" and meta.resourceType eq "${meta.resourceType}"`, ada.id],
      ['/Users', `groups.$ref eq "${direct?.$ref}"`, ada.id],
      ['/Users', `groups.display eq "${direct?.display}" and groups.type eq "${direct?.type}"`, ada.id],
      ['/Groups', `members.$ref eq "${member?.$ref}"`, group.id],
      ['/Groups', `members.type eq "${member?.type}"`, group.id],
    ] as const) {
      expect([filter, await find(host, path, filter)]).toEqual([filter, [id]])
    }
  })
}
