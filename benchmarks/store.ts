import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { groupResource, userResource } from '@scimkit/core'
import { parseFilter } from '@scimkit/filter-parser'
import type { StoreContext, StoredResource, TenantId } from '@scimkit/server-kit'
import { createSqlStore, openSqlite } from '@scimkit/store-sql'
import { type Finding, median, report } from './measure.js'

/**
 * The SQLite store beside bare prepared statements on the same file: a look-up by userName, pages of a walk through
 * everything, a member more for groups of two sizes, and a durable change of a resource.
 */
const count = Number(process.env.SCIMKIT_BENCH_USERS ?? 100_000)
const pageSize = 100
const now = '2026-11-24T08:00:00.000Z'

const contextOf = (resourceType: string): StoreContext => ({
  tenantId: 'default' as TenantId, // the handler's brand
  resourceType,
  principal: { subject: 'benchmark' },
  requestId: 'benchmark',
  signal: new AbortController().signal,
})
const users = contextOf('User')
const groups = contextOf('Group')

const folder = mkdtempSync(join(tmpdir(), 'scimkit-store-'))
const database = openSqlite(join(folder, 'scim.db'))
const store = createSqlStore({ database })
store.serve(userResource)
store.serve(groupResource)
const findings: Finding[] = []

try {
  await fill()
  await lookUp()
  await walk('by index')
  await walk('by cursor')
  await walkFiltered()
  await addMembers()
  await change()
  report('store', findings)
} finally {
  database.close()
  rmSync(folder, { recursive: true, force: true })
}

function user(index: number): StoredResource {
  return {
    schemas: [userResource.schema.id],
    id: `user-${String(index * 7919).padStart(12, '0')}`,
    userName: `User.${index}@example.com`,
    externalId: `external-${index}`,
    name: { givenName: 'Ada', familyName: `King ${index}` },
    displayName: `Ada King ${index}`,
    emails: [{ value: `user.${index}@example.com`, type: 'work', primary: true }],
    title: `title ${index % 10}`,
    active: true,
    meta: { resourceType: 'User', created: now, lastModified: now, version: '1' },
  }
}

function group(id: string): StoredResource {
  const meta = { resourceType: 'Group', created: now, lastModified: now, version: '1' }
  return { schemas: [groupResource.schema.id], id, displayName: id, meta }
}

async function fill(): Promise<void> {
  const started = performance.now()
  for (let from = 0; from < count; from += 1_000) {
    const batch = Array.from({ length: Math.min(1_000, count - from) }, (_, offset) => user(from + offset))
    await Promise.all(batch.map((resource) => store.create(users, resource)))
  }
  findings.push({
    what: `users stored a second, ${count} of them`,
    figure: (count / (performance.now() - started)) * 1_000,
  })
}

/** C13: the bare statement finds the same document through the same index. */
async function lookUp(): Promise<void> {
  const bare = database.reader.statement<{ document: string }>(
    `SELECT document FROM unique_values JOIN resources USING (resource)
     WHERE attribute = (SELECT attribute FROM indexed_attributes WHERE path = 'userName') AND unique_values.scope = 1 AND value = ?`,
  )
  let next = 0
  const name = () => {
    next = (next + 7_919) % count
    return `user.${next}@example.com`
  }
  const [floor = 0, ours = 0] = await raceAsync([
    () => JSON.parse(bare.get(name())?.document ?? ''),
    () => store.query(users, { filter: equal(name()), page: { startIndex: 1, count: 1 } }),
  ])
  findings.push({ what: 'userName eq: microseconds', figure: ours })
  findings.push(ratio('userName eq: time / bare statement and JSON.parse', ours / floor, 1.3))
}

function equal(value: string) {
  return { kind: 'comparison', path: { name: 'userName' }, operator: 'eq', value } as const
}

/** C15: the last pages of a walk beside the first ones. */
async function walk(style: 'by index' | 'by cursor'): Promise<void> {
  const times: number[] = []
  let after: string | undefined
  for (let startIndex = 1; startIndex <= count; startIndex += pageSize) {
    const page = style === 'by index' ? { startIndex, count: pageSize } : { after, count: pageSize }
    const started = performance.now()
    const found = await store.query(users, { page })
    times.push(performance.now() - started)
    after = found.next
    if (found.resources.length !== pageSize) throw new Error('A page of the walk is short')
  }
  findings.push(...comparePages(`walk ${style}`, times))
}

/** The same for a filter that no index answers: the first page pays for all. */
async function walkFiltered(): Promise<void> {
  const filter = parseFilter('title eq "TITLE 3"')
  const times: number[] = []
  for (let startIndex = 1; startIndex <= count / 10; startIndex += pageSize) {
    const started = performance.now()
    await store.query(users, { filter, page: { startIndex, count: pageSize } })
    times.push(performance.now() - started)
  }
  findings.push({ what: 'walk of an unindexed filter: first page, milliseconds', figure: times[0] ?? 0 })
  findings.push(...comparePages('walk of an unindexed filter', times.slice(1)))
}

function comparePages(what: string, times: readonly number[]): Finding[] {
  const share = Math.max(1, Math.floor(times.length / 10))
  const first = median(times.slice(1, share + 1))
  const last = median(times.slice(-share))
  return [
    { what: `${what}: milliseconds a page, first tenth`, figure: first },
    ratio(`${what}: last tenth of pages / first tenth`, last / first, 2),
  ]
}

/** C10: one member in and out again, without the disk's part in it. */
async function addMembers(): Promise<void> {
  const fast = openSqlite(join(folder, 'groups.db'), { durability: 'normal' })
  const other = createSqlStore({ database: fast })
  const sizes = [1_000, 100_000]
  for (const size of sizes) {
    await other.create(groups, group(`group-${size}`))
    const members = Array.from({ length: size }, (_, index) => ({ value: `user-${index}`, type: 'User' }))
    await other.members.add(groups, `group-${size}`, members, { now })
  }
  let next = 0
  const toggle = (size: number) => async () => {
    const value = `new-${next++}`
    await other.members.add(groups, `group-${size}`, [{ value, type: 'User' }], { now })
    await other.members.remove(groups, `group-${size}`, [value], { now })
  }
  const [small = 0, large = 0] = await raceAsync(sizes.map(toggle))
  fast.close()
  findings.push({ what: 'add and remove a member: microseconds', figure: large })
  findings.push(ratio('add and remove a member: 100 000 members / 1 000', large / small, 1.3))
}

/** C16: a durable replace beside one bare durable UPDATE of the same document. */
async function change(): Promise<void> {
  const bare = database.writer.statement('UPDATE resources SET document = ? WHERE id = ? AND scope = 1')
  let written = 0
  let current = (await store.get(users, user(2).id)) ?? user(2)
  const [floor = 0, ours = 0] = await raceAsync([
    () => bare.run(JSON.stringify({ ...user(1), title: String(written++) }), user(1).id),
    async () => {
      const version = String(Number(current.meta.version) + 1)
      current = await store.replace(users, current, { ...current, title: version, meta: { ...current.meta, version } })
    },
  ])
  findings.push({ what: 'durable replace: microseconds', figure: ours })
  findings.push(ratio('durable replace: time / bare durable UPDATE', ours / floor, 1.3))
}

function ratio(what: string, figure: number, most: number): Finding {
  return { what, figure, goal: `≤ ${most}`, holds: figure <= most }
}

/** Contestants in turn, window by window. @returns Microseconds for one unit of each, median of the windows. */
async function raceAsync(contestants: readonly (() => unknown)[]): Promise<readonly number[]> {
  const times = contestants.map(() => [] as number[])
  for (let window = 0; window < 11; window++) {
    for (const [index, run] of contestants.entries()) {
      const started = performance.now()
      let units = 0
      while (performance.now() - started < 150) {
        await run()
        units++
      }
      if (window > 1) times[index]?.push(((performance.now() - started) / units) * 1_000)
    }
  }
  return times.map(median)
}
