import { enterpriseUser, findAttribute, type ResourceDefinition, ScimError, userResource } from '@scimkit/core/schema'
import {
  type ComparisonValue,
  compareBy,
  compileFilter,
  FilterSyntaxError,
  f,
  filter,
  filterFor,
  parseFilter,
  sortKeyOf,
  stringifyFilter,
} from '@scimkit/filter-parser'
import { UntranslatableFilterError } from '@scimkit/filter-parser/sql'
import { describe, expect, it } from 'vitest'
import { badgeUrn, thingResource } from './thing-resource.js'

const user = userResource.extend(enterpriseUser)
const refusal = (text: string, definition: ResourceDefinition = user): string => {
  const error = failureOf(() => compileFilter(parseFilter(text), definition, { unknownAttribute: 'refuse' }))
  if (!ScimError.is(error, 'invalidFilter')) throw error
  expect(error.status).toBe(400)
  return error.detail
}

describe('what compileFilter says', () => {
  it.each([
    ['usrName eq "x"', 'usrName is not an attribute; did you mean userName?'],
    ['emails.valeu eq "x"', 'emails.valeu is not an attribute; did you mean emails.value?'],
    ['emails[typo eq "x"]', 'emails[typo] is not an attribute; did you mean type?'],
    ['schemas[valu pr]', 'schemas[valu] is not an attribute; did you mean value?'],
    [
      `${enterpriseUser.urn}:departmant eq "x"`,
      `${enterpriseUser.urn}:departmant is not an attribute; did you mean ${enterpriseUser.urn}:department?`,
    ],
    [
      `${enterpriseUser.urn}:manager.valu eq "x"`,
      `${enterpriseUser.urn}:manager.valu is not an attribute; did you mean ${enterpriseUser.urn}:manager.value?`,
    ],
    [
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:Usar pr',
      `urn:ietf:params:scim:schemas:extension:enterprise:2.0:Usar is not an attribute; did you mean ${enterpriseUser.urn}?`,
    ],
    ['qqqqqq pr', 'qqqqqq is not an attribute'],
    [`${'a'.repeat(129)} pr`, `${'a'.repeat(129)} is not an attribute`],
    ['userName[a pr]', 'userName has no elements, so no brackets can follow it'],
    ['name eq "x"', 'name has no value of its own; name a sub-attribute, or ask name pr'],
    ['password eq "x"', 'password is never returned; only pr can be asked'],
    ['active gt true', 'active is of type boolean, which gt cannot compare'],
    ['x509Certificates.value lt "x"', 'x509Certificates.value is of type binary, which lt cannot compare'],
    ['meta.created co "x"', 'meta.created is of type dateTime, which co cannot compare'],
    ['userName ge null', 'userName ge null has no meaning'],
    ['userName sw null', 'userName sw null has no meaning'],
    ['userName eq 1', 'userName must be compared with a string'],
    ['active eq "true"', 'active must be compared with a boolean'],
    ['meta.created eq "yesterday"', 'meta.created must be compared with a dateTime'],
    ['meta.created eq 5', 'meta.created must be compared with a dateTime'],
  ])('of %s', (text, want) => expect(refusal(text)).toBe(want))
  it.each([
    ['secret[value pr]', 'secret has no elements, so no brackets can follow it'],
    ['count eq "1"', 'count must be compared with a number'],
    ['ratio eq true', 'ratio must be compared with a number'],
    [`${badgeUrn} eq "x"`, `${badgeUrn} has no value of its own; name a sub-attribute, or ask ${badgeUrn} pr`],
  ])('of %s', (text, want) => expect(refusal(text, thingResource)).toBe(want))
  it('takes what names the last segment of a schema for that schema alone', () => {
    const bracketed = { ...parseFilter('emails[type eq "work"]'), filter: f.eq('emails.type', 'work') }
    expect(() => compileFilter(bracketed as never, user, { unknownAttribute: 'refuse' })).toThrow(
      /emails\[emails.type\]/,
    )
    const deeper = { ...bracketed, filter: f.eq('type.value', 'work') }
    expect(() => compileFilter(deeper as never, user, { unknownAttribute: 'refuse' })).toThrow(/emails\[type.value\]/)
    const qualified = { ...bracketed, filter: f.eq('urn:x:type', 'work') }
    expect(() => compileFilter(qualified as never, user, { unknownAttribute: 'refuse' })).toThrow(
      /emails\[urn:x:type\]/,
    )
  })
  it('reads texts as booleans only of booleans, and only booleans of them', () => {
    const options = { stringBooleans: true }
    expect(compileFilter(parseFilter('active eq "TRUE"'), user, options)({ active: true })).toBe(true)
    expect(compileFilter(parseFilter('active eq "False"'), user, options)({ active: false })).toBe(true)
    expect(compileFilter(parseFilter('userName eq "true"'), user, options)({ userName: 'true' })).toBe(true)
    expect(() => compileFilter(parseFilter('active eq "yes"'), user, options)).toThrow(/compared with a boolean/)
    expect(() => compileFilter(parseFilter('active eq 1'), user, options)).toThrow(/compared with a boolean/)
  })
})

describe('what the builder says', () => {
  it.each([
    [() => f.eq('a b', 1), 'expected end of the attribute path at position 1'],
    [() => f.where('a.b', f.pr('c')), 'a.b is a sub-attribute; where() takes the attribute'],
    [() => f.eq('a', Number.NaN), 'a filter can compare only with a string, a finite number, a boolean or null'],
    [
      () => filter`a eq ${Number.POSITIVE_INFINITY}`,
      'a filter can compare only with a string, a finite number, a boolean or null',
    ],
    [() => filter`a eq ${[] as unknown as ComparisonValue}`, 'a filter can compare only with a string'],
    [() => f.and(), 'and() needs at least one filter'],
    [() => f.or(), 'or() needs at least one filter'],
    [() => f.where('a', f.or(f.pr('b'), f.where('c', f.pr('d')))), 'where() cannot stand inside where()'],
    [() => f.where('a', f.or(f.pr('b'), f.pr('b.c'))), 'inside where() the paths are bare sub-attributes'],
    [() => stringifyFilter({ kind: 'or', filters: [] }), 'an "or" without terms has no text'],
    [
      () => stringifyFilter({ kind: 'xor' } as never),
      'comparison, present, and, or, not, valuePath; got {"kind":"xor"}',
    ],
  ])('%s', (run, want) => {
    const error = failureOf(run)
    expect(error).toBeInstanceOf(Error)
    expect(String((error as Error).message)).toContain(want) // an Error, as was checked
  })
  it('knows the URNs of its definition that end in no name', () => {
    const odd = { ...user, schema: { ...user.schema, id: 'urn:example:1.0' } } as typeof user
    expect(filterFor(odd).pr('urn:example:1.0' as never)).toEqual({
      kind: 'present',
      path: { urn: 'urn:example', name: '1', subAttribute: '0' },
    })
    expect(() => f.pr('urn:example:1.0')).toThrow(FilterSyntaxError)
    const extension = { ...enterpriseUser, urn: 'urn:example:2.0' }
    const extended = { ...user, extensions: [{ ...user.extensions[0], extension }] } as unknown as typeof user
    expect(filterFor(extended).pr('urn:example:2.0' as never)).toMatchObject({
      path: { urn: 'urn:example', name: '2' },
    })
    expect(failureOf(() => f.pr('a b'))).toMatchObject({ scimType: 'invalidFilter' })
    expect(stringifyFilter({ kind: 'and', filters: [f.or(f.pr('a'), f.pr('b'))] })).toBe('a pr or b pr')
  })
})

describe('errors', () => {
  it('say what was expected, and are known by their brand', () => {
    const error = new FilterSyntaxError('a', 1, ['space', '['], 'invalidPath')
    expect(error.detail).toBe('expected space or [ at position 1')
    expect(error.message).toBe('expected space or [ at position 1\n  a\n   ^')
    expect(error.scimType).toBe('invalidPath')
    expect(Object.keys(error)).not.toContain('name')
    const brand = Symbol.for('@scimkit/filter-parser/FilterSyntaxError')
    expect(FilterSyntaxError.is({ [brand]: true })).toBe(true)
    for (const other of [undefined, null, 'x', 5, {}, new Error('x')]) {
      expect(FilterSyntaxError.is(other)).toBe(false)
      expect(UntranslatableFilterError.is(other)).toBe(false)
    }
    const sqlBrand = Symbol.for('@scimkit/filter-parser/UntranslatableFilterError')
    expect(UntranslatableFilterError.is({ [sqlBrand]: true })).toBe(true)
    expect(UntranslatableFilterError.is(new UntranslatableFilterError(f.pr('a'), 'x'))).toBe(true)
  })
})

describe('sort keys', () => {
  const target = (path: string, definition = user) => {
    const found = findAttribute(definition, path)
    if (!found) throw new Error(path)
    return found
  }
  it('say why there is none', () => {
    expect(() => sortKeyOf(target('name'))).toThrow('a sort key needs a simple attribute')
    expect(() => sortKeyOf(target(enterpriseUser.urn))).toThrow('a sort key needs a simple attribute')
    expect(() => sortKeyOf(target('password'))).toThrow('password is never returned, so no order may depend on it')
  })
  it('take no value of another type', () => {
    expect(sortKeyOf(target('active'))({ active: 'true' })).toBeUndefined()
    expect(sortKeyOf(target('active'))({ active: [] })).toBeUndefined()
    expect(sortKeyOf(target('userName'))({ userName: 5 })).toBeUndefined()
    expect(sortKeyOf(target('userName'))({ userName: ['a'] })).toBeUndefined()
    expect(sortKeyOf(target('x509Certificates'))({ x509Certificates: [{ value: 'A-_==' }] })).toBe('A+/')
  })
  it('put a missing value last on either side', () => {
    const compare = compareBy(target('userName'))
    expect(compare({}, { userName: 'a' })).toBeGreaterThan(0)
    expect(compare({ userName: 'a' }, {})).toBeLessThan(0)
    expect(compare({ userName: 'A' }, { userName: 'a' })).toBe(0)
    expect(compare({}, {})).toBe(0)
    expect(compareBy(target('active'))({ active: true }, { active: false })).toBe(1)
    expect(compareBy(target('userName'), 'descending')({ userName: 'b' }, { userName: 'a' })).toBe(-1)
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
