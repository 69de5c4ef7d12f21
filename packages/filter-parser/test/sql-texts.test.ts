import { parseFilter } from '@scimkit/filter-parser'
import { type SqlColumns, type SqlDialect, type ToSqlOptions, toSql } from '@scimkit/filter-parser/sql'
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
]
const untypedColumns: SqlColumns = {
  a: 't.a',
  'b.c': 't.bc',
  e: { table: 'e', on: 'x', columns: { c: 'e.c', value: 'e.v' } },
  j: { json: 't.j', members: { value: {}, k: 'k' } },
  'u:x:y': 't.y',
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
  await expect([...withTypes, ...without].join('\n')).toMatchFileSnapshot('./sql-texts.txt')
})
