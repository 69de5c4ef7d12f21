import { parseFilter } from '@scimkit/filter-parser'
import { type SqlColumns, type SqlDialect, sql, type ToSqlOptions, toSql } from '@scimkit/filter-parser/sql'
import { expect, it } from 'vitest'
import { badgeUrn, thingResource } from './thing-resource.js'

const typedColumns: SqlColumns = {
  id: 't.id',
  title: { sql: 't.title', folded: true },
  active: 't.active',
  count: 't.count',
  ratio: 't.ratio',
  code: 't.code',
  at: { sql: 't.at', dateTime: 'timestamptz' },
  link: 't.link',
  'person.first': { sql: 't.first', folded: true },
  'person.last': 't.last',
  'owner.value': 't.owner',
  emails: {
    table: 'mails AS m',
    on: 'm.id = t.id',
    columns: { VALUE: { sql: 'm.v', folded: true }, type: 'm.type', primary: 'm.p' },
  },
  phones: {
    json: 't.phones',
    members: {
      value: { name: 'v', folded: true },
      type: 'type',
      primary: 'primary',
      rank: 'rank',
      since: { name: 's', dateTime: 'milliseconds' },
    },
  },
  tags: { json: 't.tags', members: { value: { folded: true } } },
  [`${badgeUrn}:issued`]: { sql: 't.issued', dateTime: 'milliseconds' },
  [`${badgeUrn}:level`]: 't.level',
  'meta.created': 't.created',
  marks: (filter) =>
    (filter.kind === 'valuePath' ? filter.filter : filter).kind === 'present' ? undefined : sql`marked(${filter.kind})`,
  peer: 't.peer',
}
const typed = [
  'active eq true',
  'active ne true',
  'count eq 1',
  'count gt 1.5',
  'ratio le 2',
  'code gt "a"',
  'code ge "a" and code lt "b"',
  'code sw "a"',
  'code co "%"',
  'code ew "x"',
  'title eq "A"',
  'title pr',
  'active pr',
  'count pr',
  'ratio pr',
  'at pr',
  'at eq "2026-01-01T00:00:00Z"',
  'at gt "2026-01-01T00:00:00.0000005Z"',
  'at le "2026-01-01T00:00:00.0000005Z"',
  'at lt "2026-01-01T00:00:00.5Z"',
  'at ge "0000-01-01T00:00:00Z"',
  'link eq "/a"',
  'link gt "/a"',
  'person pr',
  'person.first eq "X"',
  'person.LAST pr',
  'owner eq "x"',
  'owner pr',
  'owner.value ne "x"',
  'emails pr',
  'emails eq "X"',
  'emails.value pr',
  'emails.type ne "x"',
  'emails[value eq "X" and primary eq true]',
  'emails[type pr or not (primary eq false)]',
  'phones pr',
  'phones.value eq "X"',
  'phones[primary eq true]',
  'phones[rank gt 1.5]',
  'phones[rank eq 1 and type eq "x"]',
  'phones[since lt "1970-01-01T00:00:01Z"]',
  'phones[since pr]',
  'phones[type pr]',
  'phones.rank ne 1',
  'tags eq "X"',
  'tags[value co "x"]',
  'tags pr',
  'tags ne "x"',
  `${badgeUrn}:issued gt "1970-01-01T00:00:01Z"`,
  `${badgeUrn}:level eq null`,
  `${badgeUrn} pr`,
  'nothing eq "x" or not (nothing pr)',
  '(id eq "a" or id eq "b") and active eq false',
  'blob eq "AA"',
  'meta.created eq "2026-01-01T00:00:00.0005Z"',
  'meta.created ne "2026-01-01T00:00:00Z"',
  'meta.created gt "2026-01-01T00:00:00.0005Z"',
  'meta.created ge "2026-01-01T00:00:00.0005Z"',
  'meta.created lt "2026-01-01T00:00:00.0005Z"',
  'meta.created le "2026-01-01T00:00:00.000Z"',
  'meta.created ge "2026-01-01T00:00:00.123Z"',
  'meta.created eq "2026-01-01T00:00:00.123Z"',
  'at eq "2026-01-01T00:00:00.0000005Z"',
  'marks eq "x"',
  'marks ne null',
  'marks pr',
  'marks[value eq "x"]',
  'marks[value pr]',
  'peer eq "/Things/1"',
  'peer ne "/Things/1"',
  'peer sw "/Things"',
  'person[first eq "X" and last pr]',
  'person[not (last pr)]',
  'owner[value pr]',
  'phones[type eq "a" or nothing pr or value eq null]',
  'emails[rank eq 1 or type eq "x"]',
  'emails[PRIMARY eq null]',
  'code eq "\\u0000"',
  'code gt "\\u0000"',
  'code co "\\u0000"',
  'code sw ""',
  'title sw "\\udbff\\udfff"',
  'title gt "A"',
  'count eq null',
  'count ne null',
  'secret pr',
  'secret eq "x"',
  'active gt true',
  'person eq "x"',
]
/** Columns that seem to be in each other's place. */
const crossedColumns: SqlColumns = {
  person: 't.person',
  blob: 't.blob',
  CODE: 't.other',
  code: 't.code',
  emails: { table: 'm', on: 'x', columns: { value: 'm.v', type: 'm.type' } },
  'emails.rank': 't.rank',
  'emails.value': 't.mail',
}
const crossed = [
  'person pr',
  'person.first pr',
  'person.last eq "x"',
  'blob eq "AA"',
  'code pr',
  'emails.rank eq 1',
  'emails eq null',
  'emails.value pr',
  'emails.type pr',
]
/** Only folded, though the attribute is case exact: equality is implied alone. */
const foldedColumns: SqlColumns = {
  code: { sql: 't.code', folded: true },
  emails: { table: 'm', on: 'x', columns: { type: { sql: 'm.type', folded: true }, value: 'm.v' } },
}
const folded = [
  'code eq "A"',
  'code ne "A"',
  'code gt "A"',
  'not (code eq "A")',
  'emails.type eq "A"',
  'emails.type ne "A"',
  'emails.value eq "A"',
  'emails[type eq "A" and not (type eq "B")]',
  'code eq "A" or emails.type eq "A"',
  'code eq "A" or title eq "A"',
]
const untypedColumns: SqlColumns = {
  a: 't.a',
  'b.c': 't.bc',
  e: { table: 'e', on: 'x', columns: { c: 'e.c', value: 'e.v' } },
  j: { json: 't.j', members: { value: {}, k: 'k', t: { name: 't', type: 'dateTime' } } },
  'u:x:y': 't.y',
  d: { sql: 't.d', type: 'dateTime' },
  s: { sql: 't.s', type: 'string', folded: true },
  n: { sql: 't.n', type: 'integer' },
  r: () => sql`r`,
}
const untyped = [
  'a pr',
  'a eq 1',
  'a eq true',
  'a gt true',
  'a co 1',
  'a ne "x"',
  'b.c eq "x"',
  'B.C eq "x"',
  'b pr',
  'e eq "x"',
  'e.c pr',
  'e[c eq 1]',
  'e[d eq 1]',
  'j[value eq true]',
  'j[k gt 1]',
  'j[k pr]',
  'u:x:y eq 1',
  'a eq "x" and zz eq 1',
  'zz pr and zz eq 1',
  'a pr and (zz pr or zz eq 1) and not (zz pr)',
  'a eq null',
  'A gt "x"',
  'a ne null',
  'a gt null',
  'a co "x" and a sw "x_" and a ew "%x"',
  'd gt "2026-01-01T00:00:00Z" and d pr',
  'd co "2026"',
  'd eq "yesterday"',
  's eq "A" or s pr',
  'n pr',
  'e ne "x"',
  'e[c ne 1]',
  'x[y pr]',
  'b[c eq "x"]',
  'a.q eq 1',
  'a[q pr]',
  'j[t gt "2026-01-01T00:00:00Z"]',
  'r eq 1 and r[s pr]',
]
const refused = [
  'a gt true',
  'a co 1',
  'a.q eq 1',
  'd co "2026"',
  'd eq "yesterday"',
  'x[y pr]',
  'zz pr',
  'not (zz pr)',
]

/** One line for the filter, one for each dialect: the text and its parameters, what remains, or why there is no SQL. */
function describeSql(text: string, options: Omit<ToSqlOptions, 'dialect'>): string {
  const lines = (['postgres', 'sqlite'] satisfies SqlDialect[]).map((dialect) => {
    try {
      const { text: sql, params, remaining } = toSql(parseFilter(text), { ...options, dialect })
      return `${sql}  ${JSON.stringify(params)}${remaining ? `  remaining ${JSON.stringify(remaining)}` : ''}`
    } catch (error) {
      return String(error)
    }
  })
  return `${text}\n  ${lines.join('\n  ')}\n`
}

it('SQL of both dialects is the text that was reviewed', async () => {
  const withTypes = typed.map((text) => describeSql(text, { columns: typedColumns, definition: thingResource }))
  const without = untyped.map((text) => describeSql(text, { columns: untypedColumns, partial: true }))
  const wrong = refused.map((text) => describeSql(text, { columns: untypedColumns }))
  const odd = crossed.map((text) =>
    describeSql(text, { columns: crossedColumns, definition: thingResource, partial: true }),
  )
  const partly = folded.map((text) =>
    describeSql(text, { columns: foldedColumns, definition: thingResource, partial: true }),
  )
  const every = ['emails.type ne "x"', 'tags ne "x"', 'active ne true'].map((text) =>
    describeSql(text, { columns: typedColumns, definition: thingResource, multiValuedNe: 'every' }),
  )
  await expect([...withTypes, ...without, ...wrong, ...odd, ...partly, ...every].join('\n')).toMatchFileSnapshot(
    './sql-texts.txt',
  )
})
