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
}
