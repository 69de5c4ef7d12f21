import { ScimError } from '@scimkit/core/schema'
import {
  type ComparisonOperator,
  type ComparisonValue,
  compileFilter,
  type Filter,
  parseFilter,
} from '@scimkit/filter-parser'
import { describe, expect, it } from 'vitest'
import { interpret } from './naive-interpreter.js'
import { badgeUrn, thingResource } from './thing-resource.js'

const operators: readonly ComparisonOperator[] = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']
const equality: readonly ComparisonOperator[] = ['eq', 'ne']
const order: readonly ComparisonOperator[] = ['gt', 'ge', 'lt', 'le']
const texts = ['', 'a', 'A', 'ab', 'ba', 'aab', 'ABA', 'é', 'É', 'e\u0301', 'K', 'k', 'ß', 'ss', '\ue000', '😀']
const instants = [
  '2026-01-01T00:00:00Z',
  '2026-01-01T00:00:00',
  '2026-01-01T00:00:00.000Z',
  '2026-01-01T00:00:00.001Z',
  '2026-01-01T00:00:00.0001Z',
  '2026-01-01T00:00:00.1Z',
  '2026-01-01T00:00:00.100Z',
  '2026-01-01T00:00:00.1001Z',
  '2026-01-01T14:00:00.100+14:00',
  '2025-12-31T23:30:00-00:30',
  '2025-12-31T23:59:59.999Z',
  '2026-01-01T00:00:00.0000',
  '2024-02-29T23:59:59.9Z',
]
const noInstants = [
  '2026',
  `x${instants[0]}`,
  `${instants[0]}x`,
  '2026-01-01 00:00:00.000Z',
  '2026-01-01T00:00:00,000Z',
  '2026-01-01T00:00:00.000z',
  '2026-01-01T00:00:00.Z',
  '2026-02-29T00:00:00Z',
  '2026-01-01T00:00:00+15:00',
  '2026-01-01T00:00:00+00:60',
  '9999-12-31T23:59:59-14:00',
  '0000-01-01T00:00:00+14:00',
]
const numbers = [-1, 0, 0.5, 1, 2]

interface Kind {
  readonly name: string
  readonly allowed: readonly ComparisonOperator[]
  readonly values: readonly unknown[]
  readonly foreign: readonly unknown[]
}

const kinds: readonly Kind[] = [
  { name: 'title', allowed: operators, values: texts, foreign: [1, true, {}] },
  { name: 'code', allowed: operators, values: texts, foreign: [1, true, {}] },
  { name: 'active', allowed: equality, values: [true, false], foreign: ['true', 1, 0, ''] },
  { name: 'count', allowed: [...equality, ...order], values: numbers, foreign: ['1', true, false, {}] },
  { name: 'ratio', allowed: [...equality, ...order], values: numbers, foreign: ['0.5', true, false] },
  { name: 'at', allowed: [...equality, ...order], values: instants, foreign: [2026, true, ...noInstants] },
  { name: 'blob', allowed: equality, values: ['', 'AA==', 'AA', 'aa', '+/8=', '-_8'], foreign: [0, true] },
  { name: 'link', allowed: operators, values: ['/v2/Things/1', '/Things/1', 'Things/2', ''], foreign: [1, true] },
  {
    name: 'peer',
    allowed: operators,
    values: ['/v2/Things/1', '/Things/1', '/v10/Things/1', 'v1/Things/1', 'Things/1'],
    foreign: [1, true],
  },
]

const comparison = (name: string, operator: ComparisonOperator, value: ComparisonValue): Filter => ({
  kind: 'comparison',
  path: { name },
  operator,
  value,
})

describe.each(kinds)('$name', ({ name, allowed, values, foreign }) => {
  it.each(operators)('%s means for every pair of values what the rules say', (operator) => {
    for (const literal of values) {
      const filter = comparison(name, operator, literal as ComparisonValue) // literals are values
      if (!allowed.includes(operator)) {
        expect(() => compileFilter(filter, thingResource)).toThrow(ScimError)
        continue
      }
      const test = compileFilter(filter, thingResource)
      const differing = values.filter((value) => {
        const resource = { [name]: value }
        return test(resource) !== interpret(filter, thingResource, resource)
      })
      expect(differing).toEqual([])
      for (const value of [...foreign, undefined, null, [], [literal], { value: literal }])
        expect(test({ [name]: value })).toBe(operator === 'ne')
    }
  })
  it('takes no literal of another type, and null for equality alone', () => {
    const others = [1, true, 'no dateTime'].filter((other) => !values.some((value) => typeof value === typeof other))
    if (name === 'at') others.push(...noInstants)
    for (const operator of operators) {
      for (const other of others)
        expect(() => compileFilter(comparison(name, operator, other), thingResource)).toThrow(ScimError)
      const compile = () => compileFilter(comparison(name, operator, null), thingResource)
      if (equality.includes(operator)) expect(compile()({})).toBe(operator === 'eq')
      else expect(compile).toThrow(ScimError)
    }
  })
})

describe('texts in lists', () => {
  const resources = [[], ['a'], ['A', 'b'], ['b', 'é'], [null, 'ab'], ['']].flatMap((list) => [
    { tags: list, marks: list, emails: list.map((value) => value && { value, type: value }) },
    { person: { first: list[0], last: list[1] }, owner: { value: list.at(-1) } },
  ])
  const paths = [{ name: 'tags' }, { name: 'marks' }, { name: 'emails' }, { name: 'owner' }].concat(
    [
      ['emails', 'type'],
      ['person', 'first'],
      ['person', 'last'],
      ['owner', 'value'],
    ].map(([name = '', subAttribute]) => ({ name, subAttribute })),
  )
  it.each(operators)('%s is true of the resources that the rules say', (operator) => {
    for (const path of paths) {
      for (const value of ['a', 'A', 'b', '', 'É', null]) {
        if (value === null && !equality.includes(operator)) continue
        const filter: Filter = { kind: 'comparison', path, operator, value }
        const test = compileFilter(filter, thingResource)
        const differing = resources.filter((resource) => test(resource) !== interpret(filter, thingResource, resource))
        expect({ filter, differing }).toEqual({ filter, differing: [] })
      }
    }
  })
})

describe('terms', () => {
  const truths = Array.from({ length: 16 }, (_, bits) =>
    Array.from({ length: 4 }, (_, index) => ((bits >> index) & 1) === 1),
  )
  it.each([0, 1, 2, 3, 4])('%i of them are all true for and, one true for or', (count) => {
    for (const truth of truths) {
      const resource = { title: 'x' }
      const filters = truth.slice(0, count).map((wanted) => comparison('title', 'eq', wanted ? 'x' : 'y'))
      const terms = truth.slice(0, count)
      for (const definition of [thingResource, undefined]) {
        expect(compileFilter({ kind: 'and', filters }, definition)(resource)).toBe(!terms.includes(false))
        expect(compileFilter({ kind: 'or', filters }, definition)(resource)).toBe(terms.includes(true))
      }
    }
  })
})

describe('what is not there', () => {
  const nothing = [{}, { emails: undefined }, { emails: null }, { emails: [] }, { emails: [null, undefined] }]
  const within = ['not (type pr)', 'type ne "x"', 'type eq null', 'type pr', 'type eq "x"']
  it.each(within)('has no element, of which %s could be true', (inner) => {
    for (const definition of [thingResource, undefined]) {
      const test = compileFilter(parseFilter(`emails[${inner}]`), definition)
      expect(nothing.filter(test)).toEqual([])
    }
    const test = compileFilter(parseFilter(`person[${inner.replaceAll('type', 'first')}]`), thingResource)
    expect([{}, { person: undefined }, { person: null }].filter(test)).toEqual([])
  })
  it.each([
    ['emails pr', { emails: [{ type: 'x' }] }, true],
    ['emails.value pr', { emails: [{ type: 'x' }] }, false],
    ['emails.type pr', { emails: [{ value: 'x' }, { type: 'x' }] }, true],
    ['emails.type pr', {}, false],
    ['emails.type pr', { emails: [] }, false],
    ['emails.type eq null', { emails: [{ value: 'x' }] }, true],
    ['emails.type ne "x"', { emails: [null, { type: 'x' }, undefined] }, false],
    ['emails.type ne "x"', { emails: [null] }, true],
    ['emails[type eq "x"]', { emails: [{ type: ['x'] }] }, false],
    ['tags[value eq "x"]', { tags: [['x']] }, false],
    ['tags eq "x"', { tags: [null, undefined, 'X'] }, true],
    ['tags eq "x"', { tags: 'X' }, true],
    ['tags ne "x"', { tags: 'X' }, false],
    ['person.first pr', { person: null }, false],
    ['person.first eq "x"', { person: null }, false],
    ['person.first ne "x"', { person: 'x' }, true],
    [`${badgeUrn}:number ne "x"`, { [badgeUrn]: null }, true],
    [`${badgeUrn}:number eq "x"`, { [badgeUrn]: { number: 'x' } }, true],
    [`${badgeUrn}:number eq "x"`, { number: 'x' }, false],
  ])('%s of %j is %s', (text, resource, want) => {
    expect(compileFilter(parseFilter(text), thingResource)(resource)).toBe(want)
  })
  it.each([
    ['a ne "x"', { a: [null, 'x'] }, false],
    ['a ne "x"', { a: [undefined] }, true],
    ['a eq null', { a: [null] }, true],
    ['a[not (b pr)]', { a: [null, undefined] }, false],
    ['a[not (b pr)]', { a: null }, false],
    ['a.b ne "x"', { a: [null] }, true],
  ])('%s of %j is %s without a definition', (text, resource, want) => {
    expect(compileFilter(parseFilter(text))(resource)).toBe(want)
  })
  it.each([
    ['tags ne "x"', ['x', 'y'], false],
    ['tags ne "x"', ['y'], true],
    ['tags ne "x"', [], true],
    ['tags eq "x"', ['x', 'y'], true],
    ['tags eq "x"', ['y'], false],
    ['tags sw "x"', ['xy', 'y'], true],
  ])('%s of %j is %s where no element may be equal', (text, tags, want) => {
    for (const definition of [thingResource, undefined]) {
      expect(compileFilter(parseFilter(text), definition, { multiValuedNe: 'every' })({ tags })).toBe(want)
    }
  })
  it('a list of booleans is not an exception', () => {
    const test = compileFilter(parseFilter('emails.primary ne true'), thingResource, { multiValuedNe: 'every' })
    expect(test({ emails: [{ primary: true }, { primary: false }] })).toBe(false)
    expect(test({ emails: [{ primary: false }, {}] })).toBe(true)
  })
})
