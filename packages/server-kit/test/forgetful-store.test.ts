import { groupResource, type ResourceDefinition } from '@scimkit/core'
import { compileFilter } from '@scimkit/filter-parser'
import { describe, expect, it } from 'vitest'
import { memoryStore, mount, type ResourceStore, type StoreContext, type StoreQuery } from '../src/index.js'
import { createGroup, createUser, filtered, type Host, resourcesOf, startHost, testUser } from './http/host.js'

const definitions: Readonly<Record<string, ResourceDefinition>> = { User: testUser, Group: groupResource }

/** A store as an application may write it: it has the membership port and forgets it in filters. */
function forgetfulStore(): ResourceStore {
  const store = memoryStore()
  const query = async (context: StoreContext, { filter, page, ...order }: StoreQuery) => {
    const matches = filter ? compileFilter(filter, definitions[context.resourceType]) : () => true
    const all = await store.query(context, { ...order, page: { startIndex: 1, count: 1_000_000 } })
    const found = all.resources.filter(matches)
    const start = 'startIndex' in page ? page.startIndex - 1 : Number(page.after ?? 0)
    const resources = found.slice(start, start + page.count)
    const end = start + resources.length
    return { resources, totalResults: found.length, ...(end < found.length && { next: String(end) }) }
  }
  return { ...store, query, resolvesMembership: undefined }
}

const ids = { ann: 'id-1', ben: 'id-2', cyd: 'id-3', dan: 'id-4', inner: 'id-5', outer: 'id-6', empty: 'id-7' }

async function fill(store: ResourceStore): Promise<Host & { close(): Promise<void> }> {
  let next = 0
  const host = await startHost(store, 'web handler', {
    createId: () => `id-${++next}`,
    resources: (own) => [mount(testUser, own), mount(groupResource, own)],
  })
  for (const name of ['ann', 'ben', 'cyd', 'dan']) await createUser(host, name, name === 'dan' ? {} : { title: 'x' })
  await createGroup(host, 'inner', [ids.ann, ids.ben])
  await createGroup(host, 'outer', [ids.inner, ids.cyd])
  await createGroup(host, 'empty')
  return host
}

const userFilters = [
  `groups.value eq "${ids.inner}"`,
  `groups eq "${ids.outer}"`,
  `groups.value ne "${ids.inner}"`,
  `groups[value eq "${ids.outer}" and type eq "direct"]`,
  `groups[type eq "indirect"]`,
  'groups.display sw "IN"',
  'groups pr',
  'groups eq null',
  'not (groups pr)',
  `not (groups.value eq "${ids.inner}")`,
  `title pr and groups.value eq "${ids.outer}"`,
  `title pr and not (groups.value eq "${ids.inner}") and userName gt "a"`,
  `userName eq "dan" or groups.value eq "${ids.inner}"`,
  `not (userName eq "dan" or groups[value eq "${ids.inner}"])`,
  'groups.value eq "nobody"',
  `title pr and (groups.value co "6" or userName eq "dan") and meta.resourceType eq "User"`,
]
const groupFilters = [
  `members.value eq "${ids.ann}"`,
  `members eq "${ids.inner}"`,
  `members[value eq "${ids.cyd}" and type eq "User"]`,
  `members[value eq "${ids.cyd}" and type eq "Group"]`,
  `members.value ne "${ids.ann}"`,
  'members.value ne "nobody"',
  `not (members.value eq "${ids.ann}")`,
  `not (members[value eq "${ids.inner}" or type eq "User"])`,
  'members pr',
  'members eq null',
  'members.value co "5"',
  'members.value gt "id-4"',
  `displayName pr and members.value sw "id" and not (members.type eq "Group")`,
  `displayName eq "empty" or members.value eq "${ids.cyd}"`,
]

describe.each([
  ['/Users', userFilters],
  ['/Groups', groupFilters],
] as const)('a store that forgets membership terms is answered for by the handler: %s', (path, filters) => {
  it.each(filters)('%s', async (filter) => {
    const [mine, forgetful] = [await fill(memoryStore()), await fill(forgetfulStore())]
    const answerOf = async (host: Host, query: string) => {
      const answer = await host.send('GET', `${path}${filtered(filter)}${query}`)
      return [answer.status, answer.body.totalResults, resourcesOf(answer).map(({ id }) => id)]
    }
    for (const query of [
      '',
      '&count=1',
      '&startIndex=2&count=1',
      '&startIndex=3&count=5',
      '&count=0',
      '&sortBy=id&sortOrder=descending',
    ]) {
      expect([query, await answerOf(forgetful, query)]).toEqual([query, await answerOf(mine, query)])
    }
    const [, total, all] = await answerOf(mine, '')
    expect(total).toBe((all as unknown[]).length)
    const listed: unknown[] = []
    let cursor: unknown = ''
    for (let pages = 0; cursor !== undefined && pages < 20; pages++) {
      const page = await forgetful.send('GET', `${path}${filtered(filter)}&count=1&cursor=${String(cursor)}`)
      listed.push(...resourcesOf(page).map(({ id }) => id))
      cursor = page.body.nextCursor
    }
    expect(listed).toEqual(all)
    await Promise.all([mine.close(), forgetful.close()])
  })
})

it('a query over all types resolves membership too', async () => {
  const host = await fill(forgetfulStore())
  const { body } = await host.send(
    'GET',
    `/${filtered(`groups.value eq "${ids.inner}" or members.value eq "${ids.ann}"`)}`,
  )
  expect([body.totalResults, (body.Resources as readonly { id: string }[]).map(({ id }) => id)]).toEqual([
    3,
    [ids.ann, ids.ben, ids.inner],
  ])
})
