import { groupResource, userResource } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { createScimClient, type PagingFault, ScimPagingError } from '../src/index.js'
import { collect, failure, json, page, type Step, scimError, scriptedFetch, user } from './scripted-fetch.js'

const resources = { users: userResource }

function script(...steps: Step[]) {
  const fetch = scriptedFetch(...steps)
  const faults: PagingFault[] = []
  const baseUrl = 'https://scim.test'
  return {
    scim: createScimClient({ baseUrl, resources, fetch }),
    tolerant: createScimClient({ baseUrl, resources, fetch, onPagingFault: ({ reason }) => faults.push(reason) }),
    faults,
    queries: () => fetch.requests.map(({ url }) => decodeURIComponent(url.search)),
    bodies: () => fetch.requests.map(({ text }) => JSON.parse(text) as Record<string, unknown>), // a search sends objects
  }
}

const ids = async (list: AsyncIterable<{ id: string }>) => (await collect(list)).map(({ id }) => id)
const part = (from: number, to: number, totalResults: number, rest = {}) =>
  page(
    Array.from({ length: to - from + 1 }, (_, n) => user(`${from + n}`)),
    { totalResults, startIndex: from, ...rest },
  )

describe('by index', () => {
  test('the next page begins behind what came, not behind what was asked for', async () => {
    const { scim, queries } = script(part(1, 3, 7), part(4, 5, 7), part(6, 7, 7))
    expect(await ids(scim.users.list({ count: 5, filter: 'title pr' }))).toEqual(['1', '2', '3', '4', '5', '6', '7'])
    expect(queries()).toEqual([
      '?filter=title pr&count=5&cursor=',
      '?filter=title pr&startIndex=4&count=5',
      '?filter=title pr&startIndex=6&count=5',
    ])
  })

  test('a server without totals is read to its empty page', async () => {
    const { scim } = script(
      page([user('1')], { totalResults: undefined, startIndex: 1 }),
      page([], { totalResults: undefined }),
    )
    expect(await ids(scim.users.list())).toEqual(['1'])
  })

  test('no match is an empty listing, with or without Resources', async () => {
    expect(await ids(script(page([])).scim.users.list())).toEqual([])
    expect(await ids(script(json(200, { totalResults: 0 })).scim.users.list())).toEqual([])
    expect(await ids(script(json(200, { totalResults: '0', Resources: [] })).scim.users.list())).toEqual([])
  })

  test('a server that refuses the cursor or the page size that the client added is not asked for them again', async () => {
    const { scim, queries } = script(scimError(400, 'invalidValue'), part(1, 2, 2), part(1, 2, 2))
    expect(await ids(scim.users.list())).toEqual(['1', '2'])
    expect(await ids(scim.users.list())).toEqual(['1', '2'])
    expect(queries()).toEqual(['?count=100&cursor=', '', ''])
  })

  test('a wrong filter is an error at once', async () => {
    const { scim, queries } = script(scimError(400, 'invalidFilter'))
    expect(await failure(collect(scim.users.list({ filter: 'x' })))).toMatchObject({ scimType: 'invalidFilter' })
    expect(queries()).toHaveLength(1)
  })
})

describe('a server that refuses the cursor that the client added', () => {
  const withoutCursor = (status: number, scimType?: string) => (request: Request) => {
    const asks = request.url.includes('cursor=') || request.method === 'POST'
    return asks
      ? request.text().then((text) => (/cursor/.test(request.url + text) ? scimError(status, scimType) : part(1, 2, 2)))
      : part(1, 2, 2)
  }

  test.each([400, 403, 404, 405, 422, 500, 501])('by %i is asked by index, once for the client', async (status) => {
    const { tolerant, queries } = script(withoutCursor(status))
    expect(await ids(tolerant.users.list())).toEqual(['1', '2'])
    expect(await ids(tolerant.users.list({ count: 5 }))).toEqual(['1', '2'])
    expect(queries()).toEqual(['?count=100&cursor=', '', '?count=5'])
    const search = script(withoutCursor(status))
    expect(await ids(search.scim.users.search())).toEqual(['1', '2'])
    expect(await ids(search.scim.users.search())).toEqual(['1', '2'])
    expect(search.bodies().map(({ cursor }) => cursor)).toEqual(['', undefined, undefined])
  })

  test('or responds to it with what is not a list is asked by index', async () => {
    const html = () => new Response('<p>Oops</p>', { headers: { 'content-type': 'text/html' } })
    const { scim, queries } = script(html, part(1, 1, 1))
    expect(await ids(scim.users.list())).toEqual(['1'])
    expect(queries()).toEqual(['?count=100&cursor=', ''])
  })

  test('is noted once, for all resource types of the client', async () => {
    const notes: unknown[] = []
    const fetch = scriptedFetch(withoutCursor(501))
    const scim = createScimClient({
      baseUrl: 'https://scim.test',
      resources: { users: userResource, groups: groupResource },
      fetch,
      onNote: (note) => notes.push(note),
    })
    await ids(scim.users.list())
    await ids(scim.groups.list())
    expect(fetch.requests.map(({ url }) => url.pathname + url.search)).toEqual([
      '/Users?count=100&cursor=',
      '/Users',
      '/Groups',
    ])
    expect(notes).toEqual([{ kind: 'index-paging', detail: expect.stringContaining('/Users') }])
  })

  test('and the query itself is refused with the error of the query, and remembered for nothing', async () => {
    const { scim, queries } = script(
      scimError(400, 'invalidValue'),
      scimError(403),
      part(1, 1, 1, { nextCursor: undefined }),
    )
    expect(await failure(collect(scim.users.list({ sortBy: 'userName' })))).toMatchObject({ status: 403 })
    expect(await ids(scim.users.list())).toEqual(['1'])
    expect(queries()).toEqual(['?sortBy=userName&count=100&cursor=', '?sortBy=userName', '?count=100&cursor='])
  })

  test('while what is refused for another reason is refused at once', async () => {
    for (const status of [401, 429]) {
      const fetch = scriptedFetch(() => scimError(status))
      const scim = createScimClient({ baseUrl: 'https://scim.test', resources, fetch, retries: 0 })
      expect(await failure(collect(scim.users.list()))).toMatchObject({ status })
      expect(fetch.requests).toHaveLength(1)
    }
  })

  test('while one that is only out of order for a while is asked for it again', async () => {
    const { scim, queries } = script(scimError(503), part(1, 1, 1))
    expect(await ids(scim.users.list())).toEqual(['1'])
    expect(queries()).toEqual(['?count=100&cursor=', '?count=100&cursor='])
  })

  test('while a cursor that the caller asked for is never taken back', async () => {
    const { scim, queries } = script(scimError(501))
    expect(await failure(scim.users.page({ cursor: '' }))).toMatchObject({ status: 501 })
    expect(queries()).toHaveLength(1)
  })

  test('is not asked for one where discovery, which the client has read, says so', async () => {
    for (const [pagination, first] of [
      [{ cursor: false, index: true }, ''],
      [{ cursor: true, index: true }, '?count=100&cursor='],
      [undefined, '?count=100&cursor='],
    ] as const) {
      const { scim, queries } = script(({ url }: Request) =>
        /\/(Users|Groups)/.test(url) ? part(1, 1, 1) : json(200, { schemas: [], pagination, Resources: [] }),
      )
      await scim.discover()
      await ids(scim.users.list())
      expect(queries().at(-1)).toBe(first)
      expect(queries()).toHaveLength(4)
    }
  })
})

describe('by cursor', () => {
  test('the other parameters stay as they are', async () => {
    const { scim, queries } = script(
      part(1, 2, 3, { nextCursor: 'c1', startIndex: undefined }),
      part(3, 3, 3, { startIndex: undefined }),
    )
    expect(await ids(scim.users.list({ sortBy: 'userName', attributes: ['userName'] }))).toEqual(['1', '2', '3'])
    expect(queries()).toEqual([
      '?sortBy=userName&count=100&cursor=&attributes=userName',
      '?sortBy=userName&count=100&cursor=c1&attributes=userName',
    ])
  })

  test('a search carries everything in its body', async () => {
    const { scim, bodies, queries } = script(part(1, 1, 2, { nextCursor: 'c1' }), part(2, 2, 2))
    expect(await ids(scim.users.search({ filter: (f) => f.eq('title', 'x'), attributes: ['userName'] }))).toEqual([
      '1',
      '2',
    ])
    const rest = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      filter: 'title eq "x"',
      count: 100,
      attributes: ['userName'],
    }
    expect(bodies()).toEqual([
      { ...rest, cursor: '' },
      { ...rest, cursor: 'c1' },
    ])
    expect(queries()).toEqual(['', ''])
  })

  test('an expired cursor begins again, and no id comes twice', async () => {
    const { scim } = script(
      part(1, 2, 4, { nextCursor: 'c1' }),
      scimError(400, 'expiredCursor'),
      part(1, 2, 4, { nextCursor: 'd1' }),
      part(3, 4, 4),
    )
    expect(await ids(scim.users.list())).toEqual(['1', '2', '3', '4'])
  })

  test('a total that is left out or only changes is not a fault', async () => {
    const { scim } = script(part(1, 2, 9, { nextCursor: 'c1' }), part(3, 4, 8))
    expect(await ids(scim.users.list())).toEqual(['1', '2', '3', '4'])
  })

  test('an empty page with a cursor is passed', async () => {
    const { scim } = script(page([], { totalResults: 1, nextCursor: 'c1' }), part(1, 1, 1))
    expect(await ids(scim.users.list())).toEqual(['1'])
  })
})

describe('faults', () => {
  const table: readonly { name: string; steps: () => Step[]; want: PagingFault[]; ids: string[] }[] = [
    {
      name: 'an id twice',
      steps: () => [part(1, 3, 5), part(3, 5, 6)],
      want: ['duplicate', 'total'],
      ids: ['1', '2', '3', '4', '5'],
    },
    {
      name: 'a listing that became shorter',
      steps: () => [part(1, 3, 6), part(4, 5, 5)],
      want: ['gap'],
      ids: ['1', '2', '3', '4', '5'],
    },
    {
      name: 'an index left out',
      steps: () => [part(1, 2, 4), page([user('4'), user('5')], { totalResults: 4, startIndex: 5 })],
      want: ['gap'],
      ids: ['1', '2', '4', '5'],
    },
    {
      name: 'a total too high',
      steps: () => [part(1, 2, 5), page([], { totalResults: 5 })],
      want: ['total'],
      ids: ['1', '2'],
    },
    { name: 'a total too low', steps: () => [part(1, 4, 2)], want: ['total'], ids: ['1', '2', '3', '4'] },
    {
      name: 'the same page again',
      steps: () => [part(1, 2, 9), part(1, 2, 9)],
      want: ['duplicate', 'endless', 'total'],
      ids: ['1', '2'],
    },
    {
      name: 'a cursor twice',
      steps: () => [part(1, 1, 3, { nextCursor: 'c' }), part(2, 2, 3, { nextCursor: 'c' })],
      want: ['endless', 'total'],
      ids: ['1', '2'],
    },
  ]
  test.each(table)('$name: every resource once, and the fault at the end', async ({ steps, want, ids: wanted }) => {
    const got: string[] = []
    const error = await failure(
      (async () => {
        for await (const { id } of script(...steps()).scim.users.list()) got.push(id)
      })(),
    )
    expect(got).toEqual(wanted)
    expect(error).toBeInstanceOf(ScimPagingError)
    expect(error).toMatchObject({ reason: want[0] })
  })

  test.each(table)(
    '$name: onPagingFault hears of it, which keeps it from being thrown',
    async ({ steps, want, ids: wanted }) => {
      const { tolerant, faults } = script(...steps())
      expect(await ids(tolerant.users.list())).toEqual(wanted)
      expect(faults).toEqual(want)
    },
  )

  test('a caller who stops early hears of nothing', async () => {
    const { scim, queries } = script(part(1, 3, 2))
    for await (const { id } of scim.users.list()) if (id === '2') break
    expect(queries()).toHaveLength(1)
  })
})

test('the budget of a listing is for each page', async () => {
  const slow = (answer: Response) => () =>
    new Promise<Response>((resolve) => {
      setTimeout(() => resolve(answer), 400)
    })
  const fetch = scriptedFetch(slow(part(1, 1, 3)), slow(part(2, 2, 3)), slow(part(3, 3, 3)))
  const scim = createScimClient({ baseUrl: 'https://scim.test', resources, fetch, budget: 1_100, retries: 0 })
  expect(await ids(scim.users.list())).toEqual(['1', '2', '3'])
})

describe('page', () => {
  test('gives what the server says of it', async () => {
    const { scim, queries } = script(part(3, 4, 9, { nextCursor: 'n', previousCursor: 'p', itemsPerPage: 2 }))
    expect(await scim.users.page({ startIndex: 3, count: 2 })).toMatchObject({
      resources: [{ id: '3' }, { id: '4' }],
      totalResults: 9,
      startIndex: 3,
      nextCursor: 'n',
      previousCursor: 'p',
    })
    expect(queries()).toEqual(['?startIndex=3&count=2'])
  })
})
