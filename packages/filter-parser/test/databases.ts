import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { foldCase } from '@scimkit/core/schema'
import type { SqlColumns, SqlDialect, SqlParameter } from '@scimkit/filter-parser/sql'
import Database from 'libsql'
import pg from 'pg'
import { badgeUrn } from './thing-resource.js'

/** A database that holds things. */
export interface ThingDatabase {
  readonly dialect: SqlDialect
  readonly columns: SqlColumns
  /** Ids of the rows that a condition selects. */
  select(where: string, params: readonly SqlParameter[]): Promise<string[]>
  close(): Promise<void>
}

type Thing = Readonly<Record<string, unknown>>

const columns = (dialect: SqlDialect): SqlColumns => ({
  id: 'things.id',
  title: { sql: 'things.title_folded', folded: true },
  code: 'things.code',
  active: 'things.active',
  count: 'things.count',
  ratio: 'things.ratio',
  at: { sql: 'things.at', dateTime: dialect === 'postgres' ? 'timestamptz' : 'text' },
  link: 'things.link',
  peer: 'things.peer',
  blob: 'things.blob',
  'person.first': { sql: 'things.person_first_folded', folded: true },
  'person.last': 'things.person_last',
  // The column of a case exact attribute is folded here, so that only a part has SQL.
  'owner.value': { sql: 'things.owner_value_folded', folded: true },
  'owner.display': { sql: 'things.owner_display_folded', folded: true },
  emails: {
    table: 'thing_emails AS email',
    on: 'email.thing_id = things.id',
    columns: {
      value: { sql: 'email.value_folded', folded: true },
      type: 'email.type',
      primary: 'email.is_primary',
      rank: 'email.rank',
      since: 'email.since',
    },
  },
  phones: {
    json: 'things.phones',
    members: {
      value: { name: 'value_folded', folded: true },
      type: 'type',
      primary: 'primary',
      rank: 'rank',
      since: { name: 'since_ms', dateTime: 'milliseconds' },
    },
  },
  tags: { json: 'things.tags_folded', members: { value: { folded: true } } },
  marks: { table: 'thing_marks', on: 'thing_marks.thing_id = things.id', columns: { value: 'thing_marks.value' } },
  'party.name': { sql: 'things.party_name_folded', folded: true },
  'party.kinds': { json: 'things.party_kinds_folded', members: { value: { folded: true } } },
  'party.scores': {
    table: 'thing_scores',
    on: 'thing_scores.thing_id = things.id',
    columns: { value: 'thing_scores.value' },
  },
  'party.dates': { json: 'things.party_dates', members: { value: {} } },
  rows: { json: 'things.list_rows', members: { value: { name: 'value_folded', folded: true }, kinds: 'kinds' } },
  [`${badgeUrn}:zones`]: { json: 'things.badge_zones_folded', members: { value: { folded: true } } },
  [`${badgeUrn}:holder.value`]: { sql: 'things.holder_value_folded', folded: true },
  [`${badgeUrn}:holder.dates`]: { json: 'things.holder_dates', members: { value: { dateTime: 'milliseconds' } } },
  [`${badgeUrn}:number`]: 'things.badge_number',
  [`${badgeUrn}:level`]: 'things.badge_level',
  [`${badgeUrn}:issued`]: { sql: 'things.badge_issued', dateTime: 'milliseconds' },
})

const thingColumns = [
  'id',
  'title_folded',
  'code',
  'active',
  'count',
  'ratio',
  'at',
  'link',
  'peer',
  'blob',
  'person_first_folded',
  'person_last',
  'owner_value_folded',
  'owner_display_folded',
  'phones',
  'tags_folded',
  'badge_number',
  'badge_level',
  'badge_issued',
  'party_name_folded',
  'party_kinds_folded',
  'party_dates',
  'list_rows',
  'badge_zones_folded',
  'holder_value_folded',
  'holder_dates',
]
const schema = (json: string, time: string) => [
  `CREATE TABLE things (id text PRIMARY KEY, title_folded text, code text, active boolean, count bigint, ratio double precision, at ${time}, link text, peer text, blob text, person_first_folded text, person_last text, owner_value_folded text, owner_display_folded text, phones ${json}, tags_folded ${json}, badge_number text, badge_level bigint, badge_issued bigint, party_name_folded text, party_kinds_folded ${json}, party_dates ${json}, list_rows ${json}, badge_zones_folded ${json}, holder_value_folded text, holder_dates ${json})`,
  `CREATE TABLE thing_emails (thing_id text, value_folded text, type text, is_primary boolean, rank bigint, since text)`,
  `CREATE TABLE thing_marks (thing_id text, value text)`,
  `CREATE TABLE thing_scores (thing_id text, value bigint)`,
]

function rowsOf(thing: Thing): { thing: unknown[]; emails: unknown[][]; marks: unknown[][]; scores: unknown[][] } {
  const person = objectOf(thing.person)
  const owner = objectOf(thing.owner)
  const badge = objectOf(thing[badgeUrn])
  const party = objectOf(thing.party)
  const holder = objectOf(badge.holder)
  const rows = listOf(thing.rows).map(({ value, ...rest }) => ({
    ...rest,
    ...(value !== undefined && { value_folded: fold(value) }),
  }))
  const phones = listOf(thing.phones).map(({ value, since, ...rest }) => ({
    ...rest,
    ...(value !== undefined && { value_folded: fold(value) }),
    ...(since !== undefined && { since_ms: Date.parse(String(since)) }),
  }))
  const tags = (thing.tags as string[] | undefined)?.map(foldCase)
  return {
    thing: [
      thing.id,
      fold(thing.title),
      thing.code,
      thing.active,
      thing.count,
      thing.ratio,
      thing.at,
      thing.link,
      thing.peer,
      thing.blob,
      fold(person.first),
      person.last,
      fold(owner.value),
      fold(owner.display),
      JSON.stringify(phones),
      tags && JSON.stringify(tags),
      badge.number,
      badge.level,
      badge.issued && Date.parse(String(badge.issued)),
      fold(party.name),
      jsonOf(party.kinds, fold),
      jsonOf(party.dates, (date) => date),
      JSON.stringify(rows),
      jsonOf(badge.zones, fold),
      fold(holder.value),
      jsonOf(holder.dates, (date) => Date.parse(String(date))),
    ],
    emails: listOf(thing.emails).map((email) => [
      thing.id,
      fold(email.value),
      email.type,
      email.primary,
      email.rank,
      email.since,
    ]),
    marks: ((thing.marks as string[] | undefined) ?? []).map((mark) => [thing.id, mark]),
    scores: ((party.scores as number[] | undefined) ?? []).map((score) => [thing.id, score]),
  }
}

const fold = (value: unknown) => (typeof value === 'string' ? foldCase(value) : undefined)
const jsonOf = (list: unknown, form: (value: unknown) => unknown) =>
  Array.isArray(list) ? JSON.stringify(list.map(form)) : undefined
const objectOf = (value: unknown) => (value ?? {}) as Record<string, unknown>
const listOf = (value: unknown) => (value ?? []) as Record<string, unknown>[]
const marksFor = (count: number, mark: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => mark(index + 1)).join(', ')

/** Puts things into an SQLite database in memory. */
export async function openSqliteThings(things: readonly Thing[]): Promise<ThingDatabase> {
  const database = new Database(':memory:')
  for (const statement of schema('text', 'text')) database.exec(statement)
  const insert = (table: string, row: readonly unknown[]) =>
    database
      .prepare(`INSERT INTO ${table} VALUES (${marksFor(row.length, () => '?')})`)
      .run(row.map((value) => (value === undefined ? null : typeof value === 'boolean' ? Number(value) : value)))
  database.exec('BEGIN')
  for (const thing of things) {
    const rows = rowsOf(thing)
    insert(`things (${thingColumns.join(', ')})`, rows.thing)
    for (const row of rows.emails) insert('thing_emails', row)
    for (const row of rows.marks) insert('thing_marks', row)
    for (const row of rows.scores) insert('thing_scores', row)
  }
  database.exec('COMMIT')
  return {
    dialect: 'sqlite',
    columns: columns('sqlite'),
    async select(where, params) {
      return database
        .prepare(`SELECT id FROM things WHERE ${where}`)
        .all([...params])
        .map((row) => String((row as { id: unknown }).id))
    },
    async close() {
      database.close()
    },
  }
}

/** Folder of PostgreSQL's programs; `undefined` when it is not installed. */
export function findPostgres(): string | undefined {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : []
  return versions.map((version) => join(root, version, 'bin')).find((folder) => existsSync(join(folder, 'initdb')))
}

/** Starts a PostgreSQL of its own on loopback and puts things into it. */
export async function openPostgresThings(programs: string, things: readonly Thing[]): Promise<ThingDatabase> {
  const server = await startPostgres(programs)
  const client = new pg.Client({ host: '127.0.0.1', port: server.port, user: 'postgres', database: 'postgres' })
  try {
    await client.connect()
    for (const statement of schema('jsonb', 'timestamptz')) await client.query(statement)
    const insert = (table: string, row: readonly unknown[]) =>
      client.query(`INSERT INTO ${table} VALUES (${marksFor(row.length, (index) => `$${index}`)})`, [...row])
    for (const thing of things) {
      const rows = rowsOf(thing)
      rows.thing[6] =
        typeof rows.thing[6] === 'string' && rows.thing[6].startsWith('0000')
          ? `0001${rows.thing[6].slice(4)} BC`
          : rows.thing[6]
      await insert(`things (${thingColumns.join(', ')})`, rows.thing)
      for (const row of rows.emails) await insert('thing_emails', row)
      for (const row of rows.marks) await insert('thing_marks', row)
      for (const row of rows.scores) await insert('thing_scores', row)
    }
  } catch (error) {
    await client.end()
    await server.stop()
    throw error
  }
  return {
    dialect: 'postgres',
    columns: columns('postgres'),
    async select(where, params) {
      const { rows } = await client.query<{ id: string }>(`SELECT id FROM things WHERE ${where}`, [...params])
      return rows.map(({ id }) => id)
    },
    async close() {
      await client.end()
      await server.stop()
    },
  }
}

async function startPostgres(programs: string): Promise<{ port: number; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'scimkit-postgres-'))
  await chmod(folder, 0o777)
  const data = join(folder, 'data')
  const port = await freePort()
  // PostgreSQL refuses to run as root.
  const asPostgres = (program: string, args: readonly string[]): [string, string[]] =>
    userInfo().uid === 0
      ? ['runuser', ['-u', 'postgres', '--', join(programs, program), ...args]]
      : [join(programs, program), [...args]]
  await promisify(execFile)(
    ...asPostgres('initdb', [
      '-D',
      data,
      '-U',
      'postgres',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
    ]),
    { cwd: folder },
  )
  const [program, args] = asPostgres('postgres', [
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    `unix_socket_directories=${folder}`,
    '-c',
    'fsync=off',
  ])
  const server = spawn(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  const ready = new Promise<void>((resolve, reject) => {
    let log = ''
    server.stderr.on('data', (chunk) => {
      log += String(chunk)
      if (log.includes('ready to accept connections')) resolve()
    })
    server.once('exit', () => reject(new Error(`PostgreSQL ended: ${log}`)))
  })
  await ready
  return {
    port,
    async stop() {
      const ended = once(server, 'exit')
      await promisify(execFile)(...asPostgres('pg_ctl', ['stop', '-D', data, '-m', 'immediate']), { cwd: folder })
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}
