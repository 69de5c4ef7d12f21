import { urns } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import type { Note } from '../../src/index.js'
import { createGroup, createUser, patchOp, resourcesOf, type StartHost } from './host.js'

/**
 * Ids, slashes and keywords: what stands around a resource.
 *
 * @param start Starts a service provider.
 */
export function edgeRules(start: StartHost): void {
  const impossible: readonly unknown[] = [
    'a/b',
    '',
    '.',
    '..',
    '.search',
    'xbulkIdx',
    'x'.repeat(1025),
    'a\0b',
    '\ud800',
    7,
  ]
  it.each(impossible)(
    'UN-9: an id from createId that no request could name is refused when it is made: %j',
    async (id) => {
      const errors: unknown[] = []
      const host = await start({ createId: () => id as string, onError: (error) => errors.push(error) })
      const { status } = await host.send('POST', '/Users', { body: { schemas: [urns.user], userName: 'ada' } })
      const message = /^createId gave an id that .+; make ids as crypto\.randomUUID\(\) does, /
      expect([status, errors]).toMatchObject([500, [{ message: expect.stringMatching(message) }]])
      expect((await host.send('GET', '/Users')).body.totalResults).toBe(0)
    },
  )

  it.each(['a?b', 'a#b', 'a%b', 'a%2Fb', 'a b', 'ä', 'a:b', 'a+b', 'a"b', '...', 'x'.repeat(1024)])(
    'an id is found again whatever it holds: %j',
    async (id) => {
      const host = await start({ createId: () => id })
      const { body } = await host.send('POST', '/Users', { body: { schemas: [urns.user], userName: 'ada' } })
      const { location } = body.meta as { location: string }
      const path = location.slice(location.indexOf('/Users'))
      expect((await host.send('GET', path)).body.id).toBe(id)
      const operation = patchOp({ op: 'add', path: 'title', value: 'x' })
      expect((await host.send('PATCH', path, { body: operation })).status).toBe(200)
      const operations = [{ method: 'DELETE', path }]
      const bulk = { schemas: [urns.bulkRequest], Operations: operations }
      expect((await host.send('POST', '/Bulk', { body: bulk })).body.Operations).toMatchObject([{ status: '204' }])
    },
  )

  it('EP-7: doubledSlashes reads several slashes in a path as one; strict answers 404', async () => {
    const lenient = await start()
    const { id } = await createUser(lenient, 'ada')
    for (const path of [`//Users/${id}`, `/Users//${id}`, `/Users/${id}//`]) {
      expect((await lenient.send('GET', path)).body.id).toBe(id)
    }
    const strict = await start({ compatibility: 'strict' })
    expect((await strict.send('GET', '//Users')).status).toBe(404)
    expect((await lenient.send('GET', `//Users/${id}`, { token: null })).status).toBe(401)
  })

  describe.each(['lenient', 'strict'] as const)('in %s', (compatibility) => {
    it('keywordCase: keywords in another case are read in lenient alone', async () => {
      const host = await start({ compatibility })
      await createUser(host, 'ada')
      await createUser(host, 'grace')
      const sorted = await host.send('GET', '/Users?sortBy=userName&sortOrder=DESCENDING')
      const data = { schemas: [urns.user], userName: 'x' }
      const operations = [{ method: 'post', path: '/Users', bulkId: 'a', data }]
      const bulk = await host.send('POST', '/Bulk', { body: { schemas: [urns.bulkRequest], Operations: operations } })
      if (compatibility === 'lenient') {
        expect(resourcesOf(sorted).map(({ userName }) => userName)).toEqual(['grace', 'ada'])
        expect(bulk.body.Operations).toMatchObject([{ status: '201', method: 'POST' }])
      } else {
        expect([sorted.status, sorted.body.scimType]).toEqual([400, 'invalidValue'])
        expect(bulk.body.Operations).toMatchObject([{ status: '400' }])
      }
    })

    it('BU-2: a path takes a slash at the end as a URL does', async () => {
      const host = await start({ compatibility })
      const { id } = await createUser(host, 'ada')
      const data = { schemas: [urns.user], userName: 'grace' }
      const operations = [
        { method: 'POST', path: '/Users/', bulkId: 'a', data },
        { method: 'DELETE', path: `/Users/${id}/` },
      ]
      const { body } = await host.send('POST', '/Bulk', {
        body: { schemas: [urns.bulkRequest], Operations: operations },
      })
      expect(body.Operations).toMatchObject([{ status: '201' }, { status: '204' }])
    })
  })

  const skipping = (['strict', 'interop', 'lenient'] as const).flatMap((base) =>
    [true, false].map((skips) => ({ base, skips })),
  )
  it.each(skipping)(
    'skipUnknownMembers ($skips, $base) passes over members that do not exist, with a note; else they are 400',
    async ({ base, skips }) => {
      const notes: Note[] = []
      const onNote = (note: Note) => notes.push(note)
      const host = await start({ compatibility: { base, rules: { skipUnknownMembers: skips } }, onNote })
      const { id: user } = await createUser(host, 'ada')
      const { id } = await createGroup(host, 'Sales')
      const members = [{ value: user }, { value: 'nobody' }]
      const body = { schemas: [urns.group], displayName: 'Sales', members }
      const statuses = [
        (await host.send('PATCH', `/Groups/${id}`, { body: patchOp({ op: 'add', path: 'members', value: members }) }))
          .status,
        (await host.send('PUT', `/Groups/${id}`, { body })).status,
        (await host.send('POST', '/Groups', { body })).status,
      ]
      const operations = [
        { method: 'POST', path: '/Groups', bulkId: 'g', data: body },
        { method: 'PUT', path: `/Groups/${id}`, data: body },
        {
          method: 'PATCH',
          path: `/Groups/${id}`,
          data: patchOp({ op: 'replace', path: 'members', value: [...members, { value: 'no one' }] }),
        },
      ]
      const bulk = { schemas: [urns.bulkRequest], Operations: operations }
      const outcomes = (await host.send('POST', '/Bulk', { body: bulk })).body.Operations as { status: string }[]
      expect(statuses).toEqual(skips ? [204, 200, 201] : [400, 400, 400])
      expect(outcomes.map(({ status }) => status)).toEqual(skips ? ['201', '200', '204'] : ['400', '400', '400'])
      const told = notes.filter(({ rule }) => rule === 'skipUnknownMembers')
      expect(told.map(({ path }) => path)).toEqual(skips ? Array(7).fill('members') : [])
      const { members: now } = (await host.send('GET', `/Groups/${id}`)).body
      if (skips) expect(now).toMatchObject([{ value: user }])
      else expect(now).toBeUndefined()
    },
  )
}
