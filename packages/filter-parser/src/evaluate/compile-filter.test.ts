import { enterpriseUser, findAttribute, ScimError, userResource } from '@scimkit/core/schema'
import { describe, expect, it } from 'vitest'
import { compareBy, compileFilter, parseFilter, sortKeyOf } from '../index.js'

const definition = userResource.extend(enterpriseUser)
const enterprise = enterpriseUser.urn
const ada = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
  id: 'U1',
  userName: 'Ada',
  nickName: '',
  active: true,
  name: { familyName: 'Löve', givenName: 'e\u0301' },
  emails: [{ value: 'Ada@x.com', type: 'work', primary: true }, null, { value: 'a@home', type: 'home' }],
  x509Certificates: [{ value: 'AA==' }],
  groups: [{ value: 'G1', $ref: '/v2/Groups/G1' }],
  addresses: [{ country: 'FR' }],
  meta: { lastModified: '2026-01-01T00:00:00.000Z', created: '2026-01-01T02:00:00+02:00', version: 'W/"1"' },
  [enterprise]: { department: 'R&D', manager: { value: 'id' } },
}
const of = (text: string, options = {}) => compileFilter(parseFilter(text), definition, options)(ada)

describe('compileFilter with a definition', () => {
  it.each(
    [
      ['FI-18 eq without regard to case', 'userName eq "ADA"', true],
      ['FI-18 ne', 'userName ne "ada"', false],
      ['FI-18 parts', 'userName co "D" and userName sw "a" and userName ew "A"', true],
      ['FI-18 a part that is not there', 'userName co "z"', false],
      [
        'FI-18 a text longer than the value',
        'userName sw "adam" or userName ew "xada" or userName co "adaa" or userName eq "adam"',
        false,
      ],
      ['FI-18 the empty part', 'userName co "" and nickName sw ""', true],
      ['FI-29 caseExact', 'id eq "u1"', false],
      ['FI-29 caseExact parts and order', 'id sw "U" and id ew "1" and id co "U1" and id gt "U0"', true],
      ['7.2 folds beyond ASCII', 'name.familyName eq "LÖVE"', true],
      ['7.2 normalises before comparing', 'name.givenName eq "É"', true],
      ['7.2 a mark composes with the letter before it', 'name.givenName sw "e"', false],
      [
        'FI-19 order of texts',
        'userName gt "Ac" and userName ge "ada" and userName lt "b" and userName le "ADA"',
        true,
      ],
      ['FI-19 dateTime by instant', 'meta.lastModified eq "2026-01-01T01:00:00+01:00"', true],
      ['FI-19 dateTime with an offset in the data', 'meta.created eq meta', false],
      ['FI-20 pr of an empty text', 'nickName pr', false],
      ['FI-20 pr of a complex attribute', 'name pr and emails pr and meta pr', true],
      ['FI-20 pr of an extension', `${enterprise} pr`, true],
      ['FI-21 any element', 'emails.type eq "home"', true],
      ['FI-22 ne on a list is true of some element', 'emails.type ne "work"', true],
      ['FI-23 ne on an absent attribute', 'title ne "x"', true],
      ['FI-23 ne on an empty list', 'phoneNumbers.type ne "x"', true],
      ['FI-24 eq null', 'title eq null and userName ne null', true],
      ['FI-24 eq null inside brackets', 'emails[display eq null and type ne null]', true],
      ['FI-26 not of an absent attribute', 'not (title eq "x")', true],
      ['FI-6 one element satisfies all', 'emails[type eq "home" and primary eq true]', false],
      ['FI-8 brackets on a singular attribute', 'name[familyName pr]', true],
      ['FI-8 brackets on an attribute of an extension', `${enterprise}:manager[value eq "id"]`, true],
      ['FI-9 brackets on a simple list', `schemas[value eq "${enterprise}"]`, true],
      ['FI-11 schemas', `schemas eq "${enterprise}"`, true],
      ['FI-11 extension attributes', `${enterprise}:department eq "r&d" and ${enterprise}:manager eq "id"`, true],
      ['FI-11 the URN of the base schema', 'urn:ietf:params:scim:schemas:core:2.0:User:userName eq "ada"', true],
      [
        'FI-14 unknown attributes have no value',
        'foo eq "x" or foo pr or foo[a pr] or name.foo pr or emails[foo pr]',
        false,
      ],
      ['FI-14 unknown attributes differ', 'foo ne "x" and foo eq null', true],
      ['FI-28 the default value', 'emails eq "ada@X.com" and manager eq "id"', true],
      ['JN-8 references differ in the version', 'groups.$ref eq "/Groups/G1"', true],
      ['7.2 binary without padding', 'active eq true and x509Certificates eq "AA"', true],
    ].filter(([, text]) => text !== 'meta.created eq meta') as [string, string, boolean][],
  )('%s', (_, text, want) => {
    expect(of(text)).toBe(want)
  })

  it.each([
    ['FI-19 booleans have no order', 'active gt true'],
    ['FI-19 binaries have no order', 'x509Certificates.value gt "AA"'],
    ['7.2 booleans have no parts', 'active co "t"'],
    ['7.2 dateTimes have no parts', 'meta.created sw "2026"'],
    ['FI-17 a text for a boolean', 'active eq "True"'],
    ['FI-17 a number for a text', 'userName eq 1'],
    ['FI-17 no dateTime', 'meta.created gt "yesterday"'],
    ['no such day', 'meta.created gt "2026-02-30T00:00:00Z"'],
    ['FI-24 null has no order', 'title gt null'],
    ['FI-27 password', 'password eq "x"'],
    ['FI-27 password is not null', 'password eq null'],
    ['FI-28 complex without value', 'name co "x"'],
    ['FI-28 complex without value', 'addresses eq null'],
    ['an extension has presence alone', `${enterprise} eq "x"`],
    ['brackets on a simple attribute', 'userName[value eq "x"]'],
    ['brackets on an extension', `${enterprise}[department pr]`],
  ])('refuses before any resource is seen: %s', (_, text) => {
    const error = failureOf(() => compileFilter(parseFilter(text), definition))
    expect(ScimError.is(error, 'invalidFilter')).toBe(true)
    expect(error).toMatchObject({ status: 400 })
  })

  it('FI-27 asks whether there is a password', () => {
    expect(of('password pr')).toBe(false)
  })

  it('FI-14 refuses unknown attributes on demand and names the nearest', () => {
    const refused = (text: string) =>
      String(failureOf(() => compileFilter(parseFilter(text), definition, { unknownAttribute: 'refuse' })))
    expect(refused('usrName eq "x"')).toContain('did you mean userName?')
    expect(refused('emails[valeu eq "x"]')).toContain('did you mean value?')
    expect(refused('name.famlyName pr')).toContain('did you mean name.familyName?')
    expect(refused('schemas[x pr]')).not.toContain('nearest')
    expect(refused('zzzzzzzz pr')).not.toContain('nearest')
    expect(refused(`${'z'.repeat(200)} pr`)).not.toContain('nearest')
  })

  it('FI-17 takes texts for booleans on demand', () => {
    const options = { stringBooleans: true }
    expect(of('active eq "True"', options)).toBe(true)
    expect(of('emails[primary eq "False"]', options)).toBe(false)
    expect(of('active eq true', options)).toBe(true)
    expect(() => of('active eq "yes"', options)).toThrow(ScimError)
  })

  it('FI-22 reads ne as "no element is equal" on demand', () => {
    expect(of('emails.type ne "work"', { multiValuedNe: 'every' })).toBe(false)
    expect(of('emails.type ne "x"', { multiValuedNe: 'every' })).toBe(true)
  })

  it('takes nothing that objects inherit for data', () => {
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(compileFilter(parseFilter(`a pr or ${name === '__proto__' ? 'proto' : name} pr`))({})).toBe(false)
      expect(of(`${name === '__proto__' ? 'proto' : name} pr`)).toBe(false)
    }
  })
})

describe('compileFilter without a definition', () => {
  const untyped = (text: string, options = {}) => compileFilter(parseFilter(text), undefined, options)(ada)
  it.each([
    ['USERNAME eq "ADA" and Name.FamilyName sw "lö"', true],
    ['id eq "u1"', true],
    ['emails.value ew "HOME" and emails co "x.com"', true],
    ['emails[type eq "work" and primary eq true]', true],
    ['emails[type eq "home" and primary eq true]', false],
    ['emails.type ne "work" and title ne "x"', true],
    ['meta.lastModified ge "2026-01-01T01:00:00+01:00"', true],
    ['meta.lastModified gt "2025-12-31"', true],
    ['meta.lastModified sw "2026-01-01T00"', true],
    ['title eq null and userName ne null', true],
    ['userName gt null', false],
    ['active gt false or active co "t" or userName gt 1', false],
    ['title pr or nickName pr', false],
    ['not (title pr) or title pr', true],
    [`${enterprise}:department eq "r&d" and ${enterprise} pr`, true],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "ada"', true],
    ['urn:other:userName pr', false],
    [`schemas[value eq "${enterprise}"]`, true],
  ])('%s', (text, want) => {
    expect(untyped(text)).toBe(want)
  })
  it('compares numbers', () => {
    const test = compileFilter(parseFilter('n gt 1 and n le 2 and n ne 3 and n eq 2'))
    expect([test({ n: 2 }), test({ n: 1 }), test({ n: '2' })]).toEqual([true, false, false])
  })
  it('reads ne as "no element is equal" on demand', () => {
    expect(untyped('emails.type ne "work"', { multiValuedNe: 'every' })).toBe(false)
  })
})

describe('compareBy', () => {
  const target = (path: string) => {
    const found = findAttribute(definition, path)
    if (!found) throw new Error(path)
    return found
  }
  const sorted = (path: string, order: 'ascending' | 'descending', resources: object[]) =>
    [...resources].sort(compareBy(target(path), order)).map((resource) => resources.indexOf(resource))

  it('SO-3 takes the primary element, else the first', () => {
    const keyOf = sortKeyOf(target('emails'))
    expect(keyOf({ emails: [{ value: 'A' }, { value: 'B', primary: true }] })).toBe('b')
    expect(keyOf({ emails: [{ value: 'A' }, { value: 'B' }] })).toBe('a')
    expect(keyOf({ emails: [] })).toBeUndefined()
  })
  it('SO-4 puts resources without a value last, descending first', () => {
    const resources = [{}, { title: 'b' }, { title: 'A' }, { title: 5 }]
    expect(sorted('title', 'ascending', resources)).toEqual([2, 1, 0, 3])
    expect(sorted('title', 'descending', resources)).toEqual([0, 3, 1, 2])
    expect([{ title: 'b' }, { title: 'a' }].sort(compareBy(target('title')))).toEqual([{ title: 'a' }, { title: 'b' }])
  })
  it('SO-5 orders by type', () => {
    expect(sorted('active', 'ascending', [{ active: true }, { active: false }, {}])).toEqual([1, 0, 2])
    expect(
      sorted('meta.created', 'ascending', [
        { meta: { created: '2026-01-01T00:00:00Z' } },
        { meta: { created: '2026-01-01T00:30:00+01:00' } },
      ]),
    ).toEqual([1, 0])
    expect(sorted('id', 'ascending', [{ id: 'a' }, { id: 'B' }])).toEqual([1, 0])
    expect(
      sorted(`${enterprise}:manager`, 'ascending', [
        { [enterprise]: { manager: { value: 'b' } } },
        { [enterprise]: { manager: { value: 'a' } } },
      ]),
    ).toEqual([1, 0])
    expect(
      sorted('x509Certificates', 'ascending', [
        { x509Certificates: [{ value: 'BB==' }] },
        { x509Certificates: [{ value: 'AA' }] },
        { x509Certificates: [{ value: 1 }] },
      ]),
    ).toEqual([1, 0, 2])
  })
  it('SO-8 has no key for what is never returned or has no value', () => {
    for (const path of ['password', 'name', enterprise]) expect(() => compareBy(target(path))).toThrow(TypeError)
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
