import { enterpriseUser, groupResource, urns, userResource } from '@scimkit/core'
import { createScimHandler, mount, type TenantId } from '@scimkit/server-kit'
import { createSqlStore, openSqlite, type SqliteDatabase, type SqliteDriver, type SqlStore } from '../src/index.js'
import { migrateNow } from '../src/migrations/migrate.js'
import type { SqlConnection } from '../src/sqlite/sql-connection.js'

/** A statement that the planner answers by reading more than it must. */
export interface PlanFault {
  readonly rows: number
  readonly analyzed: boolean
  readonly text: string
  readonly step: string
}

/** What {@link checkPlans} has looked at. */
export interface PlanReport {
  readonly driver: SqliteDriver
  readonly version: string
  readonly statements: number
  readonly faults: readonly PlanFault[]
}

/**
 * Collects every statement that requests run, and reads its plan on databases of several sizes, before and after
 * `ANALYZE`.
 *
 * @param driver Driver whose planner is asked.
 * @param sizes Numbers of users.
 */
export async function checkPlans(driver: SqliteDriver, sizes: readonly number[]): Promise<PlanReport> {
  const texts = await collectStatements(driver)
  const faults: PlanFault[] = []
  let version = ''
  for (const rows of sizes) {
    const database = openSqlite(':memory:', { driver })
    migrateNow(database)
    fill(database.writer, rows)
    version = database.reader.statement<{ v: string }>('SELECT sqlite_version() AS v').get()?.v ?? ''
    for (const analyzed of [false, true]) {
      if (analyzed) database.writer.execute('ANALYZE')
      for (const text of texts) {
        for (const step of listFaults(database.writer, text)) faults.push({ rows, analyzed, text, step })
      }
    }
    database.close()
  }
  return { driver, version, statements: texts.length, faults }
}

/** Notes each text at the connection, so that a new statement is looked at without being listed anywhere. */
async function collectStatements(driver: SqliteDriver): Promise<readonly string[]> {
  const database = openSqlite(':memory:', { driver })
  const texts = new Set<string>()
  const { statement } = database.writer
  Object.assign(database.writer, {
    statement: (text: string) => {
      if (!/^(?:PRAGMA|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)/.test(text)) texts.add(text)
      return statement(text)
    },
  })
  await sendRequests(database)
  database.close()
  return [...texts]
}

const pathless = (value: object) => patch({ op: 'replace', value })
const patch = (...Operations: readonly object[]) => ({ schemas: [urns.patchOp], Operations })

/** Every route and every way through the store. */
async function sendRequests(database: SqliteDatabase): Promise<void> {
  const store = createSqlStore({ database, indexed: { User: ['title'] } })
  const scim = createScimHandler({
    basePath: '/scim/v2',
    resources: [mount(userResource.extend(enterpriseUser), store), mount(groupResource, store)],
    authenticate: () => ({ subject: 'test', userId: me, scopes: ['scim'] }),
    hooks: { after: Object.fromEntries(kinds.map((kind) => [kind, () => undefined])) },
  })
  let me = 'none'
  const send = async (method: string, path: string, body?: object) => {
    const headers = { 'content-type': 'application/scim+json' }
    const init = body ? { method, headers, body: JSON.stringify(body) } : { method }
    const response = await scim.fetch(new Request(`http://localhost/scim/v2${path}`, init))
    if (response.status >= 500) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response.status === 204 ? {} : response.json()
  }
  const user = (userName: string) => ({
    schemas: [urns.user],
    userName,
    displayName: userName,
    title: 'Dr.',
    emails: [{ value: `${userName}@x.org` }],
  })
  await send('GET', '/Users')
  const ada = await send('POST', '/Users', user('ada'))
  const bob = await send('POST', '/Users', user('bob'))
  me = ada.id
  const group = (displayName: string, ...members: readonly string[]) => ({
    schemas: [urns.group],
    displayName,
    members: members.map((value) => ({ value })),
  })
  const inner = await send('POST', '/Groups', group('inner', ada.id))
  const outer = await send('POST', '/Groups', group('outer', inner.id, bob.id))
  const filters = {
    Users: [
      'userName eq "ada"',
      'userName sw "a"',
      'emails.value eq "ada@x.org"',
      'emails.value sw "a"',
      'title eq "Dr."',
      'title sw "D"',
      'nickName pr',
      `id eq "${ada.id}"`,
      'meta.lastModified gt "2020-01-01T00:00:00Z"',
      `groups.value eq "${outer.id}"`,
      'groups pr',
      `userName eq "ada" or id eq "${bob.id}"`,
    ],
    Groups: [`members.value eq "${ada.id}"`, 'members.type eq "User"', 'displayName eq "inner"', 'not (members pr)'],
  }
  for (const [type, texts] of Object.entries(filters)) {
    for (const text of texts) {
      for (const more of ['', '&startIndex=2', '&cursor&count=1', '&sortBy=displayName']) {
        const { nextCursor } = await send('GET', `/${type}?filter=${encodeURIComponent(text)}${more}`)
        if (nextCursor) await send('GET', `/${type}?filter=${encodeURIComponent(text)}${more}=${nextCursor}`)
      }
    }
  }
  for (const path of ['/Me', '/Users?startIndex=2&count=1', '/Groups?cursor&count=1', '/Users?sortBy=userName']) {
    await send('GET', path)
  }
  await send('GET', '/?count=5')
  await send('POST', '/.search', { schemas: [urns.searchRequest], filter: 'displayName pr' })
  for (const id of [ada.id, bob.id]) await send('GET', `/Users/${id}`)
  await send('GET', `/Groups/${outer.id}`)
  await send('PUT', `/Users/${ada.id}`, { ...user('ada'), displayName: 'Ada' })
  await send('PATCH', `/Users/${ada.id}`, pathless({ title: 'Prof.', emails: [{ value: 'a@x.org' }] }))
  await send('PATCH', '/Me', pathless({ active: false }))
  await send('PUT', `/Groups/${outer.id}`, group('outer', ada.id))
  await send('PATCH', `/Groups/${outer.id}`, patch({ op: 'add', path: 'members', value: [{ value: bob.id }] }))
  await send('PATCH', `/Groups/${outer.id}`, patch({ op: 'remove', path: `members[value eq "${bob.id}"]` }))
  await send('PATCH', `/Groups/${inner.id}`, patch({ op: 'replace', path: 'members', value: [{ value: bob.id }] }))
  await send('POST', '/Bulk', {
    schemas: [urns.bulkRequest],
    Operations: [
      { method: 'POST', path: '/Users', bulkId: 'a', data: user('carl') },
      { method: 'DELETE', path: `/Users/${bob.id}` },
    ],
  })
  await send('DELETE', `/Groups/${outer.id}`)
  await send('DELETE', '/Me')
  await useOutbox(store)
  await scim.redeliver()
  await store.changes('default' as never, 0, 10) // the tenant of principals without one
}

const kinds = ['provision', 'update', 'activate', 'deactivate', 'deprovision', 'join', 'leave']

/** What only failures lead to. */
async function useOutbox({ outbox }: SqlStore): Promise<void> {
  const tenantId = 'default' as TenantId // the tenant of principals without one
  const lease = { holder: 'test', duration: 1_000 }
  for (const selection of [{ ids: ['a'] }, { keys: [{ resource: 'a' }] }, { resource: 'a' }, { after: 1 }]) {
    await outbox.list(tenantId, { ...selection, limit: 1 })
    await outbox.claim(tenantId, { ...selection, limit: 1 }, lease)
  }
  await outbox.settle(tenantId, { holder: 'test', delivered: ['a'], failed: ['b'], parked: ['c'], released: ['d'] })
  await outbox.drop(tenantId, 'a')
}

/** Makes users, each with all that a request makes, and a group for every tenth of them; the database does it. */
function fill(writer: SqlConnection, users: number): void {
  if (users === 0) return
  const groups = Math.ceil(users / 10)
  const n = (count: number) => `WITH RECURSIVE n (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM n WHERE n < ${count})`
  const at = "'2026-01-01T00:00:00.000Z'"
  writer.execute(`BEGIN;
    INSERT INTO tenants VALUES (1, 'default'), (2, 'other');
    INSERT INTO scopes VALUES (1, 1, 'User', ${users}), (2, 1, 'Group', ${groups}), (3, 2, 'User', 0);
    INSERT INTO indexed_attributes VALUES (1, 'User', 'userName', ''), (2, 'User', 'displayName', ''), (3, 'Group', 'displayName', '');
    ${n(users)} INSERT INTO resources SELECT n, 1, 'u' || n, 1, ${at}, ${at}, '{"id":"u' || n || '"}' FROM n;
    ${n(groups)} INSERT INTO resources SELECT ${users} + n, 2, 'g' || n, 1, ${at}, ${at}, '{"id":"g' || n || '"}' FROM n;
    INSERT INTO unique_values SELECT 1, 1, 'name' || id, resource FROM resources WHERE scope = 1;
    INSERT INTO indexed_values SELECT scope + 1, scope, 'name' || id, id, resource FROM resources;
    ${n(users)} INSERT INTO memberships SELECT ${users} + 1 + n % ${groups}, 'u' || n, 1, 'User', NULL FROM n;
    INSERT INTO changes SELECT 1, resource, 'User', id, 'create', 1, ${at} FROM resources;
    ${n(users)} INSERT INTO pending_changes (tenant, id, resource, member, payload) SELECT 1, 'c' || n, 'u' || n, '', '{}' FROM n;
    COMMIT;`)
}

/** What a step may read as a whole: lists that the statement was given, and a table of a few rows for each type. */
const shortLists = /^SCAN (?:\S+ VIRTUAL TABLE|CONSTANT ROW|indexed_attributes$)/
/** Too little of a key: everything of a tenant, a type or an attribute. */
const wideSearch =
  /^SEARCH (?:resources|memberships|kept|pending_changes|unique_values|indexed_values)\b.*\((?:(?:tenant|scope|attribute)=\?(?: AND )?)+\)$/

/** It counts everything that waits, and a server asks it when it looks for what a dead process has left. */
const countsAll = /count\(\*\) AS kept FROM pending_changes/

function listFaults(connection: SqlConnection, text: string): readonly string[] {
  if (countsAll.test(text)) return []
  const own = new Set(Array.from(text.matchAll(/(\w+) \([\w, ]+\) AS \(/g), ([, name]) => name))
  const steps = connection.statement<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`).all()
  return steps.flatMap(({ detail }) => {
    // The look for rows that refer to a new one is never taken.
    const isForeignKey = !text.includes(/^SEARCH (\w+)/.exec(detail)?.[1] ?? '')
    const [, scanned] = /^SCAN (\w+)$/.exec(detail) ?? []
    const isWhole = detail.startsWith('SCAN') && !shortLists.test(detail) && !own.has(scanned)
    return isWhole || detail.includes('AUTOMATIC') || (wideSearch.test(detail) && !isForeignKey) ? [detail] : []
  })
}
