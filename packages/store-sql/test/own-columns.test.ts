import { resourceFromSchemas } from '@scimkit/core'
import { ScimError } from '@scimkit/core/schema'
import { compareBy, compileFilter } from '@scimkit/filter-parser'
import type { Member, MembershipPort, ResourceStore, StoredResource } from '@scimkit/server-kit'
import { describeResourceStore } from '@scimkit/server-kit/testing'
import Database from 'libsql'
import { describe, expect, it } from 'vitest'

// A store as an application has it: typed columns for the attributes that it knows, one tenant, users alone in groups.

const text = (name: string, more: object = {}) => ({ name, type: 'string', ...more })
const userSchema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:User',
  name: 'User',
  attributes: [
    text('userName', { required: true, uniqueness: 'server' }),
    { name: 'name', type: 'complex', subAttributes: [text('givenName'), text('familyName')] },
    { name: 'active', type: 'boolean' },
  ],
}
const user = resourceFromSchemas([userSchema], { name: 'User', endpoint: '/Users', schema: userSchema.id })
const groupSchema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  name: 'Group',
  attributes: [text('displayName', { required: true })],
}
const group = resourceFromSchemas([groupSchema], { name: 'Group', endpoint: '/Groups', schema: groupSchema.id })

const tables = `
  CREATE TABLE users (id TEXT PRIMARY KEY, user_name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE, external_id TEXT,
    given_name TEXT, family_name TEXT, active INTEGER, created TEXT NOT NULL, modified TEXT NOT NULL, version INTEGER NOT NULL);
  CREATE TABLE groups (id TEXT PRIMARY KEY, name TEXT NOT NULL, external_id TEXT, created TEXT NOT NULL,
    modified TEXT NOT NULL, version INTEGER NOT NULL);
  CREATE TABLE members (group_id TEXT REFERENCES groups(id) ON DELETE CASCADE, user_id TEXT REFERENCES users(id),
    display TEXT, PRIMARY KEY (group_id, user_id))`

type Row = Readonly<Record<string, string | number | null>>

const kinds = {
  User: {
    table: 'users',
    definition: user,
    toRow: (one: StoredResource): Row => {
      const { givenName, familyName } = (one.name ?? {}) as Record<string, string | undefined> // checked by its schema
      const userName = String(one.userName)
      const active = one.active === undefined ? null : Number(one.active)
      const names = { given_name: givenName ?? null, family_name: familyName ?? null }
      return { user_name: userName, folded: fold(userName), ...names, active }
    },
    toAttributes: (row: Row) => ({
      userName: row.user_name,
      ...nameOf(row),
      ...(row.active !== null && { active: row.active === 1 }),
    }),
  },
  Group: {
    table: 'groups',
    definition: group,
    toRow: (one: StoredResource): Row => ({ name: String(one.displayName) }),
    toAttributes: (row: Row) => ({ displayName: row.name }),
  },
}

/** Unicode's full folding is more than SQLite's NOCASE knows. */
function fold(value: string): string {
  return value.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC').replaceAll('ς', 'σ')
}

function nameOf({ given_name: givenName, family_name: familyName }: Row): object {
  const members = Object.entries({ givenName, familyName }).filter(([, value]) => value !== null)
  return members.length === 0 ? {} : { name: Object.fromEntries(members) }
}

function columnStore(): { store: ResourceStore; close: () => void } {
  const db = new Database(':memory:')
  db.exec(`PRAGMA foreign_keys = ON; ${tables}`)
  const all = (sql: string, ...values: unknown[]) => db.prepare(sql).all(...values) as Row[] // columns of our own tables
  const run = (sql: string, ...values: unknown[]) => db.prepare(sql).run(...values).changes
  const kindOf = ({ resourceType }: { resourceType: string }) => kinds[resourceType as keyof typeof kinds] // served types
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <R>(work: () => R | Promise<R>): Promise<R> => {
    const done = last.then(work)
    last = done.catch(() => undefined)
    return done
  }

  const read = (type: keyof typeof kinds, row: Row): StoredResource => ({
    schemas: [kinds[type].definition.schema.id],
    id: String(row.id),
    ...(row.external_id !== null && { externalId: row.external_id }),
    ...kinds[type].toAttributes(row),
    meta: {
      resourceType: type,
      created: String(row.created),
      lastModified: String(row.modified),
      version: String(row.version),
    },
  })
  const columnsOf = (type: keyof typeof kinds, { externalId, meta, ...one }: StoredResource): Row => ({
    ...kinds[type].toRow({ ...one, meta }),
    external_id: externalId === undefined ? null : String(externalId),
    created: meta.created,
    modified: meta.lastModified,
    version: Number(meta.version),
  })
  const unique = <R>(work: () => R): R => {
    try {
      return work()
    } catch (error) {
      if (!/UNIQUE|PRIMARY/.test(String(error))) throw error
      throw new ScimError(409, 'userName is taken', { scimType: 'uniqueness', cause: error })
    }
  }

  const resources = (turn: typeof inTurn): ResourceStore => ({
    get: (context, id) =>
      turn(() => {
        const [row] = all(`SELECT * FROM ${kindOf(context).table} WHERE id = ?`, id)
        return row && read(context.resourceType as keyof typeof kinds, row)
      }),
    create: (context, resource) =>
      turn(() => {
        const row = { id: resource.id, ...columnsOf(context.resourceType as keyof typeof kinds, resource) }
        const names = Object.keys(row)
        const sql = `INSERT INTO ${kindOf(context).table} (${names}) VALUES (${names.map(() => '?')})`
        unique(() => run(sql, ...Object.values(row)))
        return resource
      }),
    replace: (context, current, next) =>
      turn(() => {
        const row = columnsOf(context.resourceType as keyof typeof kinds, next)
        const set = Object.keys(row).map((name) => `${name} = ?`)
        const sql = `UPDATE ${kindOf(context).table} SET ${set} WHERE id = ? AND version = ?`
        const changes = unique(() => run(sql, ...Object.values(row), current.id, Number(current.meta.version)))
        if (changes === 0) throw new ScimError(412, 'The resource has changed')
        return next
      }),
    delete: (context, current) =>
      turn(() => {
        const sql = `DELETE FROM ${kindOf(context).table} WHERE id = ? AND version = ?`
        if (run(sql, current.id, Number(current.meta.version)) === 0) throw new ScimError(412, 'It has changed')
      }),
    query: (context, { filter, sortBy, sortOrder, page }) =>
      turn(() => {
        const type = context.resourceType as keyof typeof kinds
        const matches = filter ? compileFilter(filter, kinds[type].definition) : () => true
        const found = all(`SELECT * FROM ${kinds[type].table} ORDER BY id`)
          .map((row) => read(type, row))
          .filter(matches)
        const sorted = sortBy ? [...found].sort(compareBy(sortBy, sortOrder)) : found
        const start = 'startIndex' in page ? page.startIndex - 1 : Number(page.after ?? 0)
        if ('startIndex' in page)
          return { resources: sorted.slice(start, start + page.count), totalResults: sorted.length }
        const behind = sortBy ? sorted.slice(start) : found.filter(({ id }) => id > (page.after ?? ''))
        const resources = behind.slice(0, page.count)
        const next = sortBy ? String(start + page.count) : resources.at(-1)?.id
        return { resources, ...(behind.length > page.count && { next }) }
      }),
    members: members(turn),
  })

  const members = (turn: typeof inTurn): MembershipPort => {
    const metaOf = (id: string) => {
      const [row] = all('SELECT * FROM groups WHERE id = ?', id)
      if (!row) throw new ScimError(404, 'There is no such group')
      return read('Group', row).meta
    }
    const list = (id: string) => all('SELECT * FROM members WHERE group_id = ? ORDER BY user_id', id)
    const raise = (id: string, now: string) =>
      run('UPDATE groups SET version = version + 1, modified = max(modified, ?) WHERE id = ?', now, id)
    const write = (
      id: string,
      given: readonly Member[],
      gone: (known: string) => boolean,
      expected: string | undefined,
      now: string,
    ) => {
      const meta = metaOf(id)
      if (expected !== undefined && expected !== meta.version) throw new ScimError(412, 'The group has changed')
      const known = new Map(list(id).map((row) => [String(row.user_id), row.display]))
      const added: string[] = []
      const differing: string[] = []
      let named = 0
      for (const { value, display } of given) {
        if (!known.has(value)) {
          run('INSERT INTO members VALUES (?, ?, ?)', id, value, display ?? null)
          known.set(value, display ?? null)
          added.push(value)
        } else if (display !== undefined && known.get(value) === null) {
          named += run('UPDATE members SET display = ? WHERE group_id = ? AND user_id = ?', display, id, value)
        } else if (display !== undefined && known.get(value) !== display) differing.push(value)
      }
      const removed = [...known.keys()].filter((one) => !added.includes(one) && gone(one))
      for (const one of removed) run('DELETE FROM members WHERE group_id = ? AND user_id = ?', id, one)
      if (added.length + removed.length + named > 0) raise(id, now)
      return { meta: metaOf(id), added, removed, differing }
    }
    const nothing = () => false
    return {
      add: (_, id, given, { now, expectedVersion }) => turn(() => write(id, given, nothing, expectedVersion, now)),
      remove: (_, id, ids, { now, expectedVersion }) =>
        turn(() => write(id, [], (one) => ids.includes(one), expectedVersion, now)),
      replace: (_, id, given, { now, expectedVersion }) =>
        turn(() => write(id, given, (one) => !given.some(({ value }) => value === one), expectedVersion, now)),
      has: (_, id, ids) =>
        turn(
          () =>
            new Set(
              list(id)
                .map((row) => String(row.user_id))
                .filter((one) => ids.includes(one)),
            ),
        ),
      count: (_, id) => turn(() => list(id).length),
      page: (_, id, { after = '', count }) =>
        turn(() => {
          const rows = list(id).filter((row) => String(row.user_id) > after)
          const shown = rows.slice(0, count).map(({ user_id, display }) => ({
            value: String(user_id),
            type: 'User',
            ...(display !== null && { display: String(display) }),
          }))
          return { members: shown, ...(rows.length > count && { next: shown.at(-1)?.value }) }
        }),
      groupsOf: (_, ids) =>
        turn(() => {
          const of = (id: string) =>
            all(
              'SELECT g.id, g.name FROM groups g JOIN members m ON m.group_id = g.id WHERE m.user_id = ? ORDER BY g.id',
              id,
            )
          const told = (row: Row) => ({ group: String(row.id), display: String(row.name), type: 'direct' as const })
          return new Map(ids.map((id) => [id, of(id).map(told)]))
        }),
      forget: (_, id, now) =>
        turn(() => {
          for (const row of all('SELECT group_id FROM members WHERE user_id = ?', id)) raise(String(row.group_id), now)
          run('DELETE FROM members WHERE user_id = ?', id)
        }),
    }
  }

  const store: ResourceStore = {
    ...resources(inTurn),
    transaction: (_, work) =>
      inTurn(async () => {
        db.exec('BEGIN')
        try {
          const result = await work(resources(async (step) => step()))
          db.exec('COMMIT')
          return result
        } catch (error) {
          db.exec('ROLLBACK')
          throw error
        }
      }),
  }
  return { store, close: () => db.close() }
}

describe('a store over real columns, of one tenant, whose groups have users alone', () => {
  describeResourceStore(columnStore, {
    describe,
    it,
    tenants: ['default'],
    user,
    group,
    without: {
      nestedMembers: 'the members table refers to users',
      membershipFilters: 'the handler resolves them',
      changes: 'there is no feed',
      outbox: 'the application has no hooks',
    },
  })
})

describe('a store over real columns whose members are there beforehand', () => {
  const memberIds = Array.from({ length: 12 }, (_, n) => `person-${String(n).padStart(2, '0')}`)
  const createStore = () => {
    const made = columnStore()
    const context = { tenantId: 'default', resourceType: 'User' } as Parameters<ResourceStore['create']>[0] // all it reads
    const meta = {
      resourceType: 'User',
      created: '2026-01-01T00:00:00Z',
      lastModified: '2026-01-01T00:00:00Z',
      version: '1',
    }
    const people = memberIds.map((id) =>
      made.store.create(context, { schemas: [userSchema.id], id, userName: id, meta }),
    )
    return Promise.all(people).then(() => made)
  }
  const names: string[] = []
  const skipped: string[] = []
  const runs: (() => Promise<void>)[] = []
  const register = Object.assign(
    (name: string, body: () => Promise<void>) => {
      names.push(name)
      if (within.at(-1) === 'members') runs.push(body)
    },
    { skip: (name: string) => void skipped.push(name) },
  )
  const within: string[] = []
  const nest = (name: string, body: () => void): void => {
    within.push(name)
    body()
    within.pop()
  }
  const without = { nestedMembers: 'the members table refers to users', membershipFilters: 'the handler resolves them' }
  describeResourceStore(createStore, {
    describe: nest,
    it: register,
    tenants: ['default'],
    user,
    group,
    memberIds,
    without,
  })

  it('passes the tests of members with these', async () => {
    expect(runs.length).toBeGreaterThan(12)
    for (const run of runs) await run()
  })

  it('has each test that it cannot take left out with the reason in its name', () => {
    expect(skipped).toContainEqual(expect.stringMatching(/^MT-3.*\(left out: the store has one tenant\)$/))
    expect(skipped).toContainEqual(expect.stringMatching(/circle.*\(left out: the members table refers to users\)$/))
    expect(skipped).toContainEqual(
      expect.stringMatching(/sorted by emails\.value.*emails\.value is not an attribute of User\)$/),
    )
    expect(names.some((name) => name.includes('circle') || name.includes('MT-5'))).toBe(false)
  })
})

describe('wrong options of the contract', () => {
  it.each([
    { given: { without: { nesting: 'x' } }, says: 'without.nesting is not an option' },
    { given: { tenants: [] }, says: 'tenants needs at least one id' },
    { given: { memberIds: ['a'] }, says: 'memberIds needs nine ids' },
    { given: { user: group }, says: 'user needs userName' },
    { given: { group: user }, says: 'group needs displayName' },
  ])('are refused at once: $says', ({ given, says }) => {
    const options = { describe: () => undefined, it: () => undefined, ...given }
    expect(() => describeResourceStore(columnStore, options as never)).toThrow(says)
  })
})
