import { enterpriseUser, urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { deviceUrn } from './device.js'
import { createUser, filtered, type Host, resourcesOf, type StartHost } from './host.js'

const enterprise = enterpriseUser.urn

/**
 * Reading one and reading many: filters, order, pages.
 *
 * @param start Starts a service provider.
 */
export function listRules(start: StartHost): void {
  const people = async (): Promise<Host> => {
    let next = 0
    const host = await start({ createId: () => `id-${++next}` })
    await createUser(host, 'ada', {
      displayName: 'Ada',
      emails: [{ value: 'ada@x.example', type: 'work', primary: true }],
      active: true,
    })
    await createUser(host, 'Grace', {
      emails: [{ value: 'grace@y.example', type: 'work' }],
      active: false,
      externalId: 'E1',
    })
    await createUser(host, 'alan', { displayName: 'Zoë', [enterprise]: { manager: { value: 'id-1' } } })
    return host
  }
  const names = async (host: Host, query: string): Promise<readonly unknown[]> =>
    resourcesOf(await host.send('GET', `/Users${query}`)).map(({ userName }) => userName)

  it('RD-1, ER-4: an unknown id and a deleted one are 404 with a detail', async () => {
    const host = await start()
    const { id } = await createUser(host, 'ada')
    await host.send('DELETE', `/Users/${id}`)
    for (const path of ['/Users/unknown', `/Users/${id}`]) {
      const answer = await host.send('GET', path)
      expect(answer.body).toMatchObject({ schemas: [urns.error], status: '404', detail: expect.any(String) })
    }
  })

  it('RD-2, RD-3: a query without matches is 200 with an empty list', async () => {
    const answer = await (await start()).send('GET', `/Users${filtered('userName eq "nobody"')}`)
    expect(answer.body).toEqual({
      schemas: [urns.listResponse],
      totalResults: 0,
      startIndex: 1,
      itemsPerPage: 0,
      Resources: [],
    })
  })

  it('RD-6: of the parameters of a single resource only those of projection count', async () => {
    const host = await people()
    const answer = await host.send('GET', '/Users/id-1?filter=((&sortBy=x&count=x&startIndex=y')
    expect([answer.status, answer.body.userName]).toEqual([200, 'ada'])
  })

  it.each([
    ['userName eq "ADA"', ['ada']],
    ['userName sw "a" and not (displayName pr)', []],
    ['emails[type eq "work" and value co "y."]', ['Grace']],
    ['emails[type eq "work"].value eq "ada@x.example"', ['ada']],
    ['emails.type eq "work"', ['ada', 'Grace']],
    ['emails co "example"', ['ada', 'Grace']],
    ['active eq "False"', ['Grace']],
    ['externalId eq E1', ['Grace']],
    ['externalId eq "e1"', []],
    ['id eq "id-3" and manager eq "id-1"', ['alan']],
    [`${enterprise}:manager.value eq "id-1"`, ['alan']],
    [`schemas eq "${enterprise}"`, ['alan']],
    ['meta.resourceType eq "User"', ['ada', 'Grace', 'alan']],
    ['meta.created gt "2000-01-01T00:00:00Z"', ['ada', 'Grace', 'alan']],
    ['noSuchAttribute eq "x"', []],
    ['USERNAME EQ "ada" OR userName Eq "alan"', ['ada', 'alan']],
  ])('FI-1, FI-2, FI-4, FI-6, FI-10, FI-17, FI-21, FI-28, FI-29, FI-31: %s finds %j', async (filter, expected) => {
    expect(await names(await people(), filtered(filter))).toEqual(expected)
  })

  it('UN-10: an empty externalId is kept, and matches no look-up', async () => {
    const host = await start()
    const user = await createUser(host, 'ada', { externalId: '' })
    expect(user.externalId).toBe('')
    expect(await names(host, filtered('externalId eq ""'))).toEqual([])
  })

  it('FI-15: + in a query is a space', async () => {
    expect(await names(await people(), '?filter=userName+eq+%22ada%22')).toEqual(['ada'])
  })

  it('ET-6, CR-2: meta.version and meta.location are asked as they are shown', async () => {
    const host = await people()
    expect(await names(host, filtered('meta.version eq "W/\\"1\\""'))).toHaveLength(3)
    expect(await names(host, filtered('meta.version eq "1"'))).toEqual([])
    expect(await names(host, filtered(`meta.location eq "${host.origin}/scim/v2/Users/id-2"`))).toEqual(['Grace'])
    expect(await names(host, filtered('meta.location pr'))).toHaveLength(3)
    expect((await host.send('GET', `/Users${filtered('meta.location co "x"')}`)).body.scimType).toBe('invalidFilter')
  })

  it.each([
    '',
    ' ',
    '(',
    'userName',
    'userName eq',
    'userName xx "a"',
    'userName eq "a" and',
    'userName eq "a")',
    'not userName pr',
    'active gt true',
    'name eq "x"',
    'emails[type[value eq "x"]]',
    `${'('.repeat(40)}a pr${')'.repeat(40)}`,
    Array(300).fill('a pr').join(' or '),
  ])('FI-12, FI-13, FI-16, FI-19: the filter %j is 400 invalidFilter', async (filter) => {
    const answer = await (await people()).send('GET', `/Users${filtered(filter)}`)
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidFilter'])
  })

  it('FI-14: lenient says which names of a filter no schema has, unless all types are asked', async () => {
    const notes: unknown[] = []
    const host = await start({ onNote: (note) => notes.push([note.rule, note.path]) })
    await createUser(host, 'ada')
    for (const filter of [
      'userNme eq "ada"',
      'emails[tipe eq "work"]',
      `${enterprise}:rank eq 1`,
      'userName eq "ada"',
    ]) {
      expect((await host.send('GET', `/Users${filtered(filter)}`)).status).toBe(200)
    }
    await host.send('GET', `/${filtered('userNme eq "ada"')}`)
    expect(notes).toEqual(
      ['userNme', 'emails.tipe', `${enterprise}:rank`].map((path) => ['ignoreUnknownAttributes', path]),
    )
  })

  it('FI-14, FI-31: strict refuses unknown attributes and lenient readings', async () => {
    const host = await start({ compatibility: 'strict' })
    for (const filter of ['noSuchAttribute eq "x"', 'externalId eq E1', 'emails[type eq "work"].value eq "x"']) {
      const answer = await host.send('GET', `/Users${filtered(filter)}`)
      expect([filter, answer.status, answer.body.scimType]).toEqual([filter, 400, 'invalidFilter'])
    }
  })

  it('a broken percent-encoding and a parameter given twice are 400', async () => {
    const host = await people()
    for (const query of ['?filter=%', '?filter=%ff', '?count=%zz', '?count=1&count=2', '?filter=a+pr&filter=b+pr']) {
      expect([query, (await host.send('GET', `/Users${query}`)).status]).toEqual([query, 400])
    }
  })

  it.each([
    ['userName', ['ada', 'alan', 'Grace']],
    ['USERNAME', ['ada', 'alan', 'Grace']],
    ['userName&sortOrder=descending', ['Grace', 'alan', 'ada']],
    ['displayName', ['ada', 'alan', 'Grace']],
    ['displayName&sortOrder=descending', ['Grace', 'alan', 'ada']],
    ['active', ['Grace', 'ada', 'alan']],
    ['emails', ['ada', 'Grace', 'alan']],
    ['emails.value&sortOrder=descending', ['alan', 'Grace', 'ada']],
    [`${enterprise}:manager`, ['alan', 'ada', 'Grace']],
    ['meta.location', ['ada', 'Grace', 'alan']],
    ['noSuchAttribute', ['ada', 'Grace', 'alan']],
    ['password', ['ada', 'Grace', 'alan']],
  ])('SO-2 to SO-8: sortBy=%s', async (sortBy, expected) => {
    expect(await names(await people(), `?sortBy=${sortBy}`)).toEqual(expected)
  })

  it('JN-11, SO-4: dateTimes without a zone are UTC, and finer than a millisecond, in every order and filter', async () => {
    const host = await start({ now: () => new Date('2026-11-24T10:00:00.000Z') })
    for (const [name, bought] of [
      ['third', '2026-01-01T02:00:00Z'],
      ['second', '2026-01-01T00:00:00.0002'],
      ['first', '2026-01-01T00:00:00.0001'],
    ]) {
      await host.send('POST', '/Devices', { body: { schemas: [deviceUrn], name, bought } })
    }
    const devices = async (query: string) =>
      resourcesOf(await host.send('GET', `/Devices?${query}`)).map(({ name }) => name)
    expect(await devices('sortBy=bought')).toEqual(['first', 'second', 'third'])
    expect(await devices(filtered('meta.created le "2026-11-24T10:00:00"').slice(1))).toHaveLength(3)
    expect(await devices(filtered('meta.lastModified gt "2026-11-24T09:00:00"').slice(1))).toHaveLength(3)
    expect(await devices(filtered('meta.lastModified gt "2026-11-24T11:00:00"').slice(1))).toEqual([])
    expect(await devices(filtered('meta.lastModified lt "2026-11-24T11:00:00"').slice(1))).toHaveLength(3)
  })

  it('SO-2, SO-7, SO-8: a wrong sortOrder or a complex attribute is 400; sortOrder alone has no effect', async () => {
    const host = await people()
    expect((await host.send('GET', '/Users?sortBy=userName&sortOrder=up')).body.scimType).toBe('invalidValue')
    expect((await host.send('GET', '/Users?sortBy=name')).body.scimType).toBe('invalidPath')
    expect(await names(host, '?sortOrder=descending')).toEqual(['ada', 'Grace', 'alan'])
    const strict = await start({ compatibility: 'strict' })
    expect((await strict.send('GET', '/Users?sortBy=noSuchAttribute')).body.scimType).toBe('invalidPath')
  })

  it.each([
    ['', { totalResults: 3, startIndex: 1, itemsPerPage: 3 }],
    ['?startIndex=2&count=1', { totalResults: 3, startIndex: 2, itemsPerPage: 1 }],
    ['?startIndex=0', { totalResults: 3, startIndex: 1, itemsPerPage: 3 }],
    ['?startIndex=-5&count=2', { totalResults: 3, startIndex: 1, itemsPerPage: 2 }],
    ['?startIndex=4', { totalResults: 3, startIndex: 4, itemsPerPage: 0, Resources: [] }],
    ['?count=0', { totalResults: 3, startIndex: 1, itemsPerPage: 0, Resources: [] }],
    ['?count=-1', { totalResults: 3, itemsPerPage: 0, Resources: [] }],
    ['?count=99999999999999999999999999', { totalResults: 3, itemsPerPage: 3 }],
    ['?startIndex=99999999999999999999999999', { totalResults: 3, itemsPerPage: 0 }],
    ['?count=&startIndex=', { totalResults: 3, itemsPerPage: 3 }],
  ])('PG-1 to PG-4: %s', async (query, expected) => {
    expect((await (await people()).send('GET', `/Users${query}`)).body).toMatchObject(expected)
  })

  it('PG-6: a count or startIndex that is not an integer is 400 invalidValue', async () => {
    const host = await people()
    for (const query of ['?count=x', '?count=1.5', '?startIndex=1e3', '?startIndex=true']) {
      expect((await host.send('GET', `/Users${query}`)).body).toMatchObject({ status: '400', scimType: 'invalidValue' })
    }
  })

  it('PG-7: the page is clamped to the largest, which the configuration tells', async () => {
    const host = await start({ limits: { maxPageSize: 2, defaultPageSize: 100 } })
    for (const name of ['a', 'b', 'c']) await createUser(host, name)
    expect((await host.send('GET', '/Users?count=50')).body).toMatchObject({ totalResults: 3, itemsPerPage: 2 })
    expect((await host.send('GET', '/Users')).body).toMatchObject({ totalResults: 3, itemsPerPage: 2 })
    expect((await host.send('GET', '/ServiceProviderConfig')).body.filter).toEqual({ supported: true, maxResults: 2 })
  })

  it('PG-5, SO-6: pages put together are all resources, each once, in a stable order', async () => {
    const host = await start()
    for (let n = 0; n < 25; n++) await createUser(host, `user${n}`, { title: n % 2 ? 'odd' : 'even' })
    const seen: unknown[] = []
    for (let startIndex = 1; startIndex <= 25; startIndex += 4) {
      seen.push(...(await names(host, `?sortBy=title&count=4&startIndex=${startIndex}`)))
    }
    expect(new Set(seen).size).toBe(25)
    expect(seen).toHaveLength(25)
  })

  it('FI-27, SC-7: an attribute that is never returned can be asked with pr alone', async () => {
    const host = await start()
    const body = { schemas: [deviceUrn], name: 'd', secretNote: 'canary' }
    await host.send('POST', '/Devices', { body })
    for (const operator of ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']) {
      for (const value of ['canary', 'x']) {
        const answer = await host.send('GET', `/Devices${filtered(`secretNote ${operator} "${value}"`)}`)
        expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidFilter'])
      }
    }
    expect((await host.send('GET', `/Devices${filtered('secretNote pr')}`)).status).toBe(200)
    for (const operator of ['eq', 'sw']) {
      const answer = await host.send('GET', `/Users${filtered(`password ${operator} "x"`)}`)
      expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidFilter'])
    }
  })

  it('SE-1, SE-2: POST /.search is the same query in a body', async () => {
    const host = await people()
    const body = {
      schemas: [urns.searchRequest],
      filter: 'emails pr',
      sortBy: 'userName',
      sortOrder: 'descending',
      startIndex: '1',
      count: 1,
      attributes: ['userName'],
    }
    const answer = await host.send('POST', '/Users/.search', { body })
    expect(answer.body).toMatchObject({ totalResults: 2, startIndex: 1, itemsPerPage: 1 })
    expect(resourcesOf(answer)).toEqual([{ schemas: [urns.user], id: 'id-2', userName: 'Grace' }])
    const text = await host.send('POST', '/Users/.search', { body: { ...body, attributes: 'userName, active' } })
    expect(resourcesOf(text)).toEqual([{ schemas: [urns.user], id: 'id-2', userName: 'Grace', active: false }])
  })

  it('SE-3: another message is 400 invalidSyntax; wrong types are invalidValue', async () => {
    const host = await people()
    for (const body of [{ schemas: [urns.patchOp] }, { schemas: urns.searchRequest }]) {
      expect((await host.send('POST', '/Users/.search', { body })).body.scimType).toBe('invalidSyntax')
    }
    for (const given of [{ filter: 1 }, { count: 'x' }, { attributes: 5 }, { sortBy: [] }]) {
      const body = { schemas: [urns.searchRequest], ...given }
      expect((await host.send('POST', '/Users/.search', { body })).body.scimType).toBe('invalidValue')
    }
  })
}
