import { enterpriseUser, urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import type { Note } from '../../src/index.js'
import { createUser, filtered, type Host, type HostOptions, resourcesOf, type StartHost } from './host.js'

const enterprise = enterpriseUser.urn

/**
 * Names that a query writes otherwise than the RFC.
 *
 * @param start Starts a service provider.
 */
export function queryNameRules(start: StartHost): void {
  const people = async (options: HostOptions = {}): Promise<Host & { readonly boss: string }> => {
    const host = await start(options)
    const { id: boss } = await createUser(host, 'boss', { [enterprise]: { employeeNumber: '2' } })
    await createUser(host, 'ada', { title: 'x', [enterprise]: { employeeNumber: '1', manager: { value: boss } } })
    return { ...host, boss }
  }
  const names = async (host: Host, query: string): Promise<readonly unknown[]> =>
    resourcesOf(await host.send('GET', `/Users${query}`)).map(({ userName }) => userName)

  it('UN-2, urnDot: lenient reads a dot behind a URN in filters, order and projections, and says so', async () => {
    const notes: Note[] = []
    const host = await people({ onNote: (note) => notes.push(note) })
    for (const [filter, found] of [
      [`${enterprise}.employeeNumber eq "1"`, ['ada']],
      [`not (${enterprise.toUpperCase()}.EMPLOYEENUMBER eq "1")`, ['boss']],
      [`${enterprise}.manager.value eq "${host.boss}"`, ['ada']],
      [`${enterprise}.manager[value eq "${host.boss}"]`, ['ada']],
      [`title ne "${enterprise}.x" and ${enterprise}.employeeNumber eq "1"`, ['ada']],
      [`${urns.user}.userName eq "boss" or ${urns.user}.name.familyName pr`, ['boss']],
    ] as const) {
      notes.length = 0
      expect([filter, await names(host, filtered(filter))]).toEqual([filter, found])
      expect(new Set(notes.map(({ rule }) => rule))).toEqual(new Set(['urnDot']))
      const search = { schemas: [urns.searchRequest], filter }
      expect((await host.send('POST', '/Users/.search', { body: search })).body.totalResults).toBe(1)
    }
    expect(await names(host, `?sortBy=${enterprise}.employeeNumber`)).toEqual(['ada', 'boss'])
    expect(await names(host, `?sortBy=${enterprise}.employeeNumber&sortOrder=descending`)).toEqual(['boss', 'ada'])
    const chosen = (parameter: string, path: string) =>
      host.send('GET', `/Users${filtered('userName eq "ada"')}&${parameter}=${path}`)
    const [only] = resourcesOf(await chosen('attributes', `${enterprise}.manager.value,title`))
    expect(only).toMatchObject({ title: 'x', [enterprise]: { manager: { value: host.boss } } })
    expect(only).not.toHaveProperty('userName')
    expect(only?.[enterprise]).not.toHaveProperty('employeeNumber')
    const [rest] = resourcesOf(await chosen('excludedAttributes', `${enterprise}.employeeNumber`))
    expect(rest).toMatchObject({ userName: 'ada', [enterprise]: { manager: { value: host.boss } } })
    expect(rest?.[enterprise]).not.toHaveProperty('employeeNumber')
    expect(new Set(notes.map(({ rule }) => rule))).toEqual(new Set(['urnDot']))
  })

  it.each(['strict', 'interop'] as const)(
    'UN-2, urnDot: %s refuses a dot behind a URN and names the colon',
    async (base) => {
      const host = await people({ compatibility: base })
      for (const [query, scimType] of [
        [filtered(`${enterprise}.employeeNumber eq "1"`), 'invalidFilter'],
        [filtered(`${enterprise}.manager.value eq "1"`), 'invalidFilter'],
        [`?sortBy=${enterprise}.employeeNumber`, 'invalidPath'],
        [`?attributes=${enterprise}.manager.value`, 'invalidValue'],
        [`?excludedAttributes=userName,${enterprise}.employeeNumber`, 'invalidValue'],
      ]) {
        const { status, body } = await host.send('GET', `/Users${query}`)
        expect([query, status, body.scimType]).toEqual([query, 400, scimType])
        expect(body.detail).toMatch(/User:(employeeNumber|manager)/)
      }
    },
  )

  /** Requests that would answer everybody, or do something else, if the member in another case were not seen. */
  const otherCase = (id: string) => {
    const search = (members: object) => ({ schemas: [urns.searchRequest], ...members })
    const rename = { op: 'replace', path: 'title', value: 'y' }
    const create = { method: 'POST', path: '/Users', bulkId: 'a', data: { schemas: [urns.user], userName: 'new' } }
    const { method, data, ...rest } = create
    return [
      ['GET', '/Users?Filter=userName+eq+%22ada%22', undefined],
      ['GET', '/Users?count=5&ATTRIBUTES=userName', undefined],
      ['POST', '/Users/.search', search({ Filter: 'userName eq "ada"' })],
      ['POST', '/Users/.search', { Schemas: [urns.searchRequest], filter: 'userName eq "ada"' }],
      ['POST', '/.search', search({ startindex: 1, COUNT: 1 })],
      ['PATCH', `/Users/${id}`, { schemas: [urns.patchOp], operations: [rename] }],
      [
        'PATCH',
        `/Users/${id}`,
        { schemas: [urns.patchOp], Operations: [{ op: 'replace', Path: 'title', value: 'y' }] },
      ],
      ['POST', '/Bulk', { schemas: [urns.bulkRequest], operations: [create] }],
      ['POST', '/Bulk', { schemas: [urns.bulkRequest], FailOnErrors: 1, Operations: [{ ...create, bulkId: 'b' }] }],
      ['POST', '/Bulk', { schemas: [urns.bulkRequest], Operations: [{ Method: method, Data: data, ...rest }] }],
    ] as const
  }

  it('SE-1, BU-2, PA-1, messageKeyCase: lenient reads known names in another case in every message, and says so', async () => {
    const notes: Note[] = []
    const host = await people({ onNote: (note) => notes.push(note) })
    const { id } = await createUser(host, 'zoe')
    for (const [method, path, body] of otherCase(id)) {
      notes.length = 0
      const answer = await host.send(method, path, { body })
      expect([path, answer.status]).toEqual([path, 200])
      expect(notes.map(({ rule }) => rule)).toContain('messageKeyCase')
      if (/filter/i.test(path + JSON.stringify(body))) expect(answer.body.totalResults).toBe(1)
    }
    expect((await host.send('GET', `/Users/${id}`)).body.title).toBe('y')
    expect(await names(host, filtered('userName eq "new"'))).toEqual(['new'])
  })

  it.each(['strict', 'interop'] as const)(
    'SE-1, BU-2, PA-1, messageKeyCase: %s refuses known names in another case and does nothing',
    async (base) => {
      const host = await people({ compatibility: base })
      const { id } = await createUser(host, 'zoe')
      for (const [method, path, body] of otherCase(id)) {
        const answer = await host.send(method, path, { body })
        expect([path, answer.status, answer.body.scimType]).toEqual([path, 400, 'invalidValue'])
        expect(answer.body.detail).toContain('must be spelt')
      }
      expect((await host.send('GET', `/Users/${id}`)).body).not.toHaveProperty('title')
      expect(await names(host, '?nosuch=1&sort=userName')).toHaveLength(3)
    },
  )

  it.each(['strict', 'lenient'] as const)(
    'messageKeyCase: %s refuses a name that is given in two spellings',
    async (base) => {
      const host = await people({ compatibility: base })
      const filter = 'userName eq "ada"'
      for (const [method, path, body] of [
        ['GET', `/Users${filtered(filter)}&Filter=id+pr`, undefined],
        ['POST', '/Users/.search', { schemas: [urns.searchRequest], filter, FILTER: 'id pr' }],
        ['PATCH', `/Users/${host.boss}`, { schemas: [urns.patchOp], Operations: [], operations: [] }],
        ['POST', '/Bulk', { schemas: [urns.bulkRequest], Operations: [], OPERATIONS: [] }],
      ] as const) {
        const answer = await host.send(method, path, { body })
        expect([path, answer.status, answer.body.scimType]).toEqual([path, 400, 'invalidValue'])
        expect(answer.body.detail).toMatch(/given twice|must be spelt/)
      }
    },
  )
}
