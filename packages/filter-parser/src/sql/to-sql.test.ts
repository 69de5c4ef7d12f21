import { enterpriseUser, ScimError, userResource } from '@scimkit/core/schema'
import { describe, expect, it } from 'vitest'
import { f, parseFilter, stringifyFilter } from '../index.js'
import { joinSql, rawSql, type SqlColumns, sql, type ToSqlOptions, toSql, UntranslatableFilterError } from '../sql.js'

const columns: SqlColumns = {
  userName: { sql: 'users.user_name_folded', folded: true },
  id: 'users.id',
  active: 'users.active',
  externalId: { sql: 'users.external_id_folded', folded: true },
  'name.familyName': { sql: 'users.family_folded', folded: true },
  'meta.lastModified': 'users.last_modified',
  'meta.created': { sql: 'users.created', dateTime: 'milliseconds' },
  emails: {
    table: 'emails',
    on: 'emails.user_id = users.id',
    columns: { value: { sql: 'emails.value_folded', folded: true }, primary: 'emails.is_primary' },
  },
  roles: { json: 'users.roles', members: { value: { name: 'value_folded', folded: true } } },
  groups: (filter) =>
    filter.kind === 'present'
      ? undefined
      : sql`users.id IN (SELECT member_id FROM memberships WHERE group_id = ${'G'})`,
}
const translate = (text: string, options: Partial<ToSqlOptions> = {}) =>
  toSql(parseFilter(text), { dialect: 'sqlite', columns, definition: userResource.extend(enterpriseUser), ...options })

describe('toSql', () => {
  it.each([
    ['userName eq "Ada"', 'users.user_name_folded = ?', ['ada']],
    ['USERNAME ne "Ada"', '(users.user_name_folded = ?) IS NOT TRUE', ['ada']],
    ['userName sw "A%"', '(users.user_name_folded >= ? AND users.user_name_folded < ?)', ['a%', 'a&']],
    ['userName sw "\u{10ffff}"', 'users.user_name_folded >= ?', ['\u{10ffff}']],
    ['id sw "a\ud7ff"', '(users.id >= ? AND users.id < ?)', ['a\ud7ff', 'a\ue000']],
    [
      'userName co "_" and userName ew "X"',
      '(instr(users.user_name_folded, ?) > 0 AND substr(users.user_name_folded, -length(?)) = ?)',
      ['_', 'x', 'x'],
    ],
    ['userName co ""', 'users.user_name_folded IS NOT NULL', []],
    ['id gt "a"', 'users.id > ?', ['a']],
    ['active eq true', 'users.active = ?', [1]],
    ['active pr and userName pr', "(users.active IS NOT NULL AND users.user_name_folded <> '')", []],
    ['userName eq null', "(users.user_name_folded <> '') IS NOT TRUE", []],
    ['not (active eq true or id eq "a")', '((users.active = ? OR users.id = ?)) IS NOT TRUE', [1, 'a']],
    ['meta.lastModified ge "2026-01-01T00:00:00Z"', 'users.last_modified >= ?', ['2026-01-01T00:00:00.000Z']],
    ['meta.lastModified ge "2026-01-01T00:00:00.0001Z"', 'users.last_modified > ?', ['2026-01-01T00:00:00.000Z']],
    ['meta.lastModified lt "2026-01-01T00:00:00.0001Z"', 'users.last_modified <= ?', ['2026-01-01T00:00:00.000Z']],
    ['meta.lastModified eq "2026-01-01T00:00:00.0001Z"', '1 = 0', []],
    ['meta.created eq "1970-01-01T00:00:01Z"', 'users.created = ?', [1000]],
    [
      'emails[primary eq true]',
      'EXISTS (SELECT 1 FROM emails WHERE emails.user_id = users.id AND emails.is_primary = ?)',
      [1],
    ],
    ['emails pr', 'EXISTS (SELECT 1 FROM emails WHERE emails.user_id = users.id AND 1 = 1)', []],
    ['groups eq "G"', '(users.id IN (SELECT member_id FROM memberships WHERE group_id = ?))', ['G']],
    ['groups[value eq "G"]', '(users.id IN (SELECT member_id FROM memberships WHERE group_id = ?))', ['G']],
    ['foo eq "x" or foo ne "x" or foo[a pr]', '(1 = 0 OR 1 = 1 OR 1 = 0)', []],
  ])('writes %s for SQLite', (text, want, params) => {
    expect(translate(text)).toEqual({ text: want, params })
  })

  it.each([
    ['userName co "50%_\\\\"', 'users.user_name_folded LIKE $1', ['%50\\%\\_\\\\%']],
    [
      'userName sw "a" or userName ew "a"',
      '(users.user_name_folded LIKE $1 OR users.user_name_folded LIKE $2)',
      ['a%', '%a'],
    ],
    ['id gt "a"', 'users.id COLLATE "C" > $1', ['a']],
    ['id eq "\\u0000"', '1 = 0', []],
    ['active eq false', 'users.active = $1', [false]],
    ['meta.created lt "1970-01-01T00:00:01Z"', 'users.created < $1::bigint', [1000]],
  ])('writes %s for PostgreSQL', (text, want, params) => {
    expect(translate(text, { dialect: 'postgres' })).toEqual({ text: want, params })
  })

  it('needs no definition where the columns tell', () => {
    const flat = {
      active: 'users.active',
      'emails.type': 'emails.type',
      n: 'users.n',
      at: { sql: 'users.at', type: 'dateTime', dateTime: 'timestamptz' },
    } as const
    const filter = f.and(
      f.eq('active', true),
      f.where('emails', f.eq('type', 'work')),
      f.gt('n', 1.5),
      f.pr('n'),
      f.gt('at', '0000-01-01T00:00:00Z'),
    )
    expect(toSql(filter, { dialect: 'postgres', columns: flat, firstParameter: 4 })).toEqual({
      text: `(users.active = $4 AND emails.type = $5 AND users.n > $6::numeric AND CAST(users.n AS TEXT) <> '' AND users.at > $7::timestamptz)`,
      params: [true, 'work', 1.5, '0001-01-01T00:00:00.000000Z BC'],
    })
    expect(toSql(f.gt('n', null as never), { dialect: 'sqlite', columns: flat }).text).toBe('1 = 0') // untyped callers may do so
  })

  it('reads ne on a list in both ways', () => {
    const differs = translate('emails.value ne "x"').text
    expect(differs).toContain(' OR NOT EXISTS')
    expect(translate('emails.value ne "x"', { multiValuedNe: 'every' }).text).toMatch(/^NOT EXISTS/)
  })

  it.each([
    ['title eq "x"', 'title: no column holds it'],
    ['title pr', 'title: no column shows whether it has a value'],
    ['name pr', 'name: no column shows whether it has a value'],
    ['name[familyName pr]', 'name: not all of its sub-attributes have a column'],
    ['groups pr', 'groups: its resolver returned nothing'],
    ['externalId eq "x"', 'externalId: its column holds folded text'],
    ['externalId ne "x"', 'externalId: its column holds folded text'],
    ['externalId co "x"', 'externalId: folded text shows only whether values of a case exact attribute are equal'],
    ['id eq "\\u0000"', 'id: the text holds a character that the database cannot compare'],
    ['emails.type eq "x"', 'emails.type: no column holds it'],
    ['not (title eq "x")', 'title: no column holds it'],
  ])('has a named error for %s', (text, message) => {
    const error = failureOf(() => translate(text))
    expect(UntranslatableFilterError.is(error)).toBe(true)
    expect(UntranslatableFilterError.is(null)).toBe(false)
    expect(error).toMatchObject({ name: 'UntranslatableFilterError', message })
  })

  it('a column that is not folded serves no attribute without case', () => {
    expect(() => translate('userName eq "x"', { columns: { userName: 'users.user_name' } })).toThrow(
      'must hold folded text',
    )
  })

  it.each([
    ['title eq "x" and active eq true', 'users.active = ?', 'title eq "x"'],
    ['title eq "x" and nickName eq "y" and active eq true', 'users.active = ?', 'title eq "x" and nickName eq "y"'],
    ['title eq "x" or active eq true', '1 = 1', 'title eq "x" or active eq true'],
    [
      'externalId eq "X" or active eq true',
      '(users.external_id_folded = ? OR users.active = ?)',
      'externalId eq "X" or active eq true',
    ],
    ['not (externalId eq "X")', '1 = 1', 'not(externalId eq "X")'],
    [
      'emails[type eq "x" and primary eq true]',
      'EXISTS (SELECT 1 FROM emails WHERE emails.user_id = users.id AND emails.is_primary = ?)',
      'emails[type eq "x" and primary eq true]',
    ],
  ])('leaves a part of %s when it may', (text, want, left) => {
    const { text: written, remaining } = translate(text, { partial: true })
    expect(written).toBe(want)
    expect(remaining && stringifyFilter(remaining)).toBe(left)
  })

  it('refuses what the definition forbids', () => {
    for (const text of ['active gt true', 'password eq "x"', 'name eq "x"'])
      expect(() => translate(text)).toThrow(ScimError)
    expect(() => translate('usrName pr', { unknownAttribute: 'refuse' })).toThrow(ScimError)
  })

  it('never lets text of the filter into the SQL', () => {
    const evil = `'; DROP TABLE users; --`
    for (const dialect of ['sqlite', 'postgres'] as const) {
      for (const filter of [
        f.eq('userName', evil),
        f.co('userName', evil),
        f.where('emails', f.sw('value', evil)),
        f.eq('roles', evil),
      ]) {
        expect(toSql(filter, { dialect, columns }).text).not.toContain('DROP')
      }
      expect(() => toSql(f.pr('DROP-TABLE'), { dialect, columns })).toThrow(UntranslatableFilterError)
      expect(() => toSql(f.pr('constructor'), { dialect, columns })).toThrow(UntranslatableFilterError)
    }
  })
})

describe('the sql tag', () => {
  it('splices fragments and binds the rest', () => {
    const joined = joinSql([sql`a = ${1}`, sql`b = ${'x'} AND ${sql`c = ${null}`}`, rawSql('d')], 'OR')
    expect(joined.render('postgres')).toEqual({ text: '(a = $1 OR b = $2 AND c = $3 OR d)', params: [1, 'x', null] })
    expect(joined.render('postgres', 3).text).toBe('(a = $3 OR b = $4 AND c = $5 OR d)')
    expect(joined.render('sqlite').text).toBe('(a = ? OR b = ? AND c = ? OR d)')
  })
})

function failureOf(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
