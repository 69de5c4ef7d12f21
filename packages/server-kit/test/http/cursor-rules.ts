import { urns } from '@scimkit/core'
import { expect, it } from 'vitest'
import { createUser, filtered, type Host, type HttpAnswer, resourcesOf, type StartHost, tokens } from './host.js'

/**
 * Paging by cursor.
 *
 * @param start Starts a service provider.
 */
export function cursorRules(start: StartHost): void {
  const people = async (host: Host, count = 7): Promise<Host> => {
    for (let n = 0; n < count; n++) await createUser(host, `user${n}`, { title: n % 2 ? 'odd' : 'even' })
    return host
  }
  const cursorOf = (answer: HttpAnswer): string => String(answer.body.nextCursor)

  it.each(['', '&sortBy=title', '&sortBy=title&sortOrder=descending', `&${filtered('title pr').slice(1)}`])(
    'CU-1, CU-2, CU-3, CU-6, CU-10: pages by cursor%s give every resource once',
    async (query) => {
      const host = await people(await start())
      const seen: unknown[] = []
      let cursor = ''
      for (let page = 1; ; page++) {
        const answer = await host.send('GET', `/Users?cursor=${cursor}&count=3${query}`)
        expect(answer.body).toMatchObject({ schemas: [urns.listResponse], totalResults: 7 })
        expect(answer.body).not.toHaveProperty('startIndex')
        seen.push(...resourcesOf(answer).map(({ userName }) => userName))
        if (answer.body.nextCursor === undefined) {
          expect(page).toBe(3)
          break
        }
        cursor = cursorOf(answer)
        expect(cursor).toMatch(/^[A-Za-z0-9._~-]+$/)
      }
      expect(seen).toHaveLength(7)
      expect(new Set(seen).size).toBe(7)
    },
  )

  it('a cursor is worth nothing in another tenant, for another caller or for another type', async () => {
    let caller: { readonly subject: string; readonly tenantId?: string } = { subject: 'one', tenantId: 'a' }
    const host = await start({ authenticate: () => caller })
    await people(host, 3)
    const cursor = cursorOf(await host.send('GET', '/Users?cursor=&count=1'))
    const follow = async (path = '/Users') => (await host.send('GET', `${path}?cursor=${cursor}&count=1`)).body.scimType
    for (const other of [{ subject: 'one', tenantId: 'b' }, { subject: 'one' }, { subject: 'two', tenantId: 'a' }]) {
      caller = other
      expect([await follow(), other]).toEqual(['invalidCursor', other])
    }
    caller = { subject: 'one', tenantId: 'a' }
    expect(await follow('/Groups')).toBe('invalidCursor')
    expect(await follow()).toBeUndefined()
  })

  it('CU-8: without cursor a list is paged by index; both together are 400 invalidValue', async () => {
    const host = await people(await start())
    expect((await host.send('GET', '/Users?count=3')).body).not.toHaveProperty('nextCursor')
    expect((await host.send('GET', '/Users?cursor&startIndex=1')).body).toMatchObject({
      status: '400',
      scimType: 'invalidValue',
    })
  })

  it('CU-4: count stays, or may be left out; another one is 400 invalidCount', async () => {
    const host = await people(await start())
    const cursor = cursorOf(await host.send('GET', '/Users?cursor&count=3'))
    expect((await host.send('GET', `/Users?cursor=${cursor}`)).body.itemsPerPage).toBe(3)
    expect((await host.send('GET', `/Users?cursor=${cursor}&count=4`)).body).toMatchObject({
      status: '400',
      scimType: 'invalidCount',
    })
  })

  it('CU-4: a later page may spell the names of the query otherwise', async () => {
    const host = await people(await start())
    const first = await host.send('GET', `/Users${filtered('userName sw "user"')}&cursor=&count=3`)
    const second = await host.send('GET', `/Users${filtered('USERNAME sw  "user"')}&cursor=${cursorOf(first)}&count=3`)
    expect(second.body.itemsPerPage).toBe(3)
  })

  it('CU-5, CU-12: a cursor of another query, order, type, caller or tenant, or a forged one, is 400 invalidCursor', async () => {
    const host = await people(await start())
    const cursor = cursorOf(await host.send('GET', `/Users${filtered('title pr')}&cursor=&count=3`))
    const middle = cursor.length >> 1
    const flipped = cursor.slice(0, middle) + (cursor[middle] === 'A' ? 'B' : 'A') + cursor.slice(middle + 1)
    const path = `/Users${filtered('title pr')}&count=3`
    const answers = [
      await host.send('GET', `/Users?cursor=${cursor}&count=3`),
      await host.send('GET', `${path}&sortBy=title&cursor=${cursor}`),
      await host.send('GET', `/Groups?cursor=${cursor}&count=3`),
      await host.send('GET', `${path}&cursor=${cursor}`, { token: tokens.second }),
      await host.send('GET', `${path}&cursor=${cursor}`, { token: tokens.other }),
      await host.send('GET', `${path}&cursor=${flipped}`),
      await host.send('GET', `${path}&cursor=${cursor}A`),
      await host.send('GET', `${path}&cursor=x`),
      await host.send('GET', `${path}&cursor=${'A'.repeat(60)}`),
    ]
    for (const { status, body } of answers) expect([status, body.scimType]).toEqual([400, 'invalidCursor'])
    expect((await host.send('GET', `${path}&cursor=${cursor}`)).status).toBe(200)
  })

  it('CU-5, CU-11: a cursor ends with its time, which the configuration tells', async () => {
    let now = Date.UTC(2026, 0, 1)
    const host = await people(await start({ now: () => new Date(now), limits: { cursorTimeout: 60 } }))
    expect((await host.send('GET', '/ServiceProviderConfig')).body.pagination).toEqual({
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: 100,
      maxPageSize: 1_000,
      cursorTimeout: 60,
    })
    const cursor = cursorOf(await host.send('GET', '/Users?cursor&count=3'))
    now += 59_000
    expect((await host.send('GET', `/Users?cursor=${cursor}`)).status).toBe(200)
    now += 2_000
    expect((await host.send('GET', `/Users?cursor=${cursor}`)).body.scimType).toBe('expiredCursor')
  })

  it('CU-13: what is there all along is given once, though others come and go', async () => {
    const host = await people(await start())
    const first = await host.send('GET', '/Users?cursor&count=3')
    for (const { id } of resourcesOf(first)) await host.send('DELETE', `/Users/${id}`)
    await createUser(host, 'late')
    const rest = await host.send('GET', `/Users?cursor=${cursorOf(first)}&count=3`)
    const last = await host.send('GET', `/Users?cursor=${cursorOf(rest)}&count=3`)
    const old = [first, rest, last].flatMap(resourcesOf).filter(({ userName }) => userName !== 'late')
    expect(new Set(old.map(({ id }) => id)).size).toBe(7)
    expect(old).toHaveLength(7)
  })

  it('cursors of an older secret are still taken; those of a foreign one are not', async () => {
    const old = 'old-secret-of-at-least-32-bytes!!'
    const fresh = 'new-secret-of-at-least-32-bytes!!'
    let next = 0
    const createId = (): string => `id-${next++}`
    const before = await people(await start({ cursorSecrets: [old], createId }), 4)
    const cursor = cursorOf(await before.send('GET', '/Users?cursor&count=3'))
    const rotated = await start({ cursorSecrets: [fresh, old] })
    expect((await rotated.send('GET', `/Users?cursor=${cursor}`)).status).toBe(200)
    const foreign = await start({ cursorSecrets: [fresh] })
    expect((await foreign.send('GET', `/Users?cursor=${cursor}`)).body.scimType).toBe('invalidCursor')
  })

  it('SE-1: a SearchRequest pages by cursor too', async () => {
    const host = await people(await start(), 3)
    const body = { schemas: [urns.searchRequest], cursor: '', count: 2 }
    const first = await host.send('POST', '/Users/.search', { body })
    const second = await host.send('POST', '/Users/.search', { body: { ...body, cursor: first.body.nextCursor } })
    expect([first.body.itemsPerPage, second.body.itemsPerPage, second.body.nextCursor]).toEqual([2, 1, undefined])
  })
}
