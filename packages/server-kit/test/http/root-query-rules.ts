import { urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { createGroup, createUser, filtered, type Host, resourcesOf, type StartHost } from './host.js'

/**
 * Queries over all resource types.
 *
 * @param start Starts a service provider.
 */
export function rootQueryRules(start: StartHost): void {
  const company = async (options = {}): Promise<Host> => {
    let next = 0
    const host = await start({ createId: () => `id-${++next}`, ...options })
    await createUser(host, 'ada', { displayName: 'Zed' })
    await createUser(host, 'grace', { displayName: 'Mid' })
    await createGroup(host, 'Alpha', ['id-1'])
    await createGroup(host, 'Omega')
    return host
  }
  const find = async (host: Host, query: string): Promise<readonly unknown[]> =>
    resourcesOf(await host.send('GET', `/${query}`)).map(({ id }) => id)

  it('RD-4: a query of the root spans every type, each resource complete', async () => {
    const host = await company()
    const answer = await host.send('GET', '/')
    expect(answer.body).toMatchObject({ schemas: [urns.listResponse], totalResults: 4, startIndex: 1, itemsPerPage: 4 })
    expect(resourcesOf(answer).map(({ meta }) => (meta as { resourceType: string }).resourceType)).toEqual([
      'User',
      'User',
      'Group',
      'Group',
    ])
    expect(answer.body.Resources).toMatchObject([
      { groups: [{ value: 'id-3' }] },
      {},
      { members: [{ value: 'id-1' }] },
      {},
    ])
  })

  it.each(['lenient', 'strict'] as const)(
    'RD-4: an attribute that a type does not know has no value there (%s)',
    async (compatibility) => {
      const host = await company({ compatibility })
      expect(await find(host, filtered('userName eq "ada"'))).toEqual(['id-1'])
      expect(await find(host, filtered('userName pr or displayName eq "omega"'))).toEqual(['id-1', 'id-2', 'id-4'])
      expect(await find(host, filtered('meta.resourceType eq "Group"'))).toEqual(['id-3', 'id-4'])
      expect(await find(host, filtered('not (userName pr)'))).toEqual(['id-3', 'id-4'])
      expect(await find(host, filtered('displayName sw "z" and noSuchAttribute eq "x"'))).toEqual([])
    },
  )

  it('PG-1 to PG-4: pages go on from one type to the next', async () => {
    const host = await company()
    const seen: unknown[] = []
    for (const startIndex of [1, 2, 3, 4, 5]) {
      const answer = await host.send('GET', `/?startIndex=${startIndex}&count=1`)
      expect(answer.body).toMatchObject({ totalResults: 4, startIndex })
      seen.push(...resourcesOf(answer).map(({ id }) => id))
    }
    expect(seen).toEqual(['id-1', 'id-2', 'id-3', 'id-4'])
    expect(await find(host, '?startIndex=2&count=2')).toEqual(['id-2', 'id-3'])
  })

  it('SO-3 to SO-6: an order runs through all types', async () => {
    const host = await company()
    expect(await find(host, '?sortBy=displayName')).toEqual(['id-3', 'id-2', 'id-4', 'id-1'])
    expect(await find(host, '?sortBy=displayName&startIndex=2&count=2')).toEqual(['id-2', 'id-4'])
    expect(await find(host, '?sortBy=userName')).toEqual(['id-1', 'id-2', 'id-3', 'id-4'])
    expect(await find(host, '?sortBy=userName&sortOrder=descending')).toEqual(['id-3', 'id-4', 'id-2', 'id-1'])
    expect((await host.send('GET', '/?sortBy=displayName&startIndex=20000')).body.scimType).toBe('tooMany')
  })

  it('SE-2: POST /.search is the same query', async () => {
    const host = await company()
    const body = { schemas: [urns.searchRequest], filter: 'displayName pr', attributes: ['displayName'], count: 3 }
    const answer = await host.send('POST', '/.search', { body })
    expect(answer.body).toMatchObject({ totalResults: 4, itemsPerPage: 3 })
    expect(resourcesOf(answer)[2]).toEqual({ schemas: [urns.group], id: 'id-3', displayName: 'Alpha' })
    expect((await host.send('POST', '/.search', { body: { schemas: [urns.patchOp] } })).body.scimType).toBe(
      'invalidSyntax',
    )
  })

  it('FI-12, CU-9: a wrong filter is 400; a cursor is 501 with a detail', async () => {
    const host = await company()
    expect((await host.send('GET', `/${filtered('((')}`)).body.scimType).toBe('invalidFilter')
    expect((await host.send('GET', '/?cursor')).body).toMatchObject({
      status: '501',
      detail: expect.stringContaining('cursor'),
    })
  })
}
