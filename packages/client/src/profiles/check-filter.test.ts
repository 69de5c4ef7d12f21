import { describe, expect, test } from 'vitest'
import { type Call, createScope } from '../transport/call.js'
import { checkFilter } from './check-filter.js'

const scope = createScope({}, { timeout: 1, budget: 1 })
const listing = (path: string, filter: string): Call => ({
  method: 'GET',
  path: `${path}?filter=${encodeURIComponent(filter)}`,
  scope,
})
const refuse = (sentence: string): never => {
  throw new TypeError(sentence)
}

const facts = {
  operators: ['eq', 'pr'],
  logical: ['and'],
  maxNodes: 2,
  userAttributes: ['userName', 'emails.value'],
  groupAttributes: ['displayName'],
} as const

describe('a filter that a server does not know', () => {
  const table = [
    { name: 'an operator', path: '/Users', filter: 'userName sw "a"', want: 'does not accept filters with sw' },
    {
      name: 'or',
      path: '/Users',
      filter: 'userName eq "a" or userName eq "b"',
      want: 'does not accept filters with or',
    },
    { name: 'not', path: '/Users', filter: 'not (userName eq "a")', want: 'does not accept filters with not' },
    { name: 'an attribute', path: '/Users', filter: 'title pr', want: 'does not accept filters by title' },
    {
      name: 'another’s attribute',
      path: '/Groups',
      filter: 'userName pr',
      want: 'does not accept filters by userName',
    },
    {
      name: 'a sub-attribute',
      path: '/Users',
      filter: 'emails[type eq "x"]',
      want: 'does not accept filters by emails.type',
    },
    {
      name: 'too much',
      path: '/Users',
      filter: 'userName pr and userName eq "a" and emails.value pr',
      want: 'accepts filters of at most 2 nodes',
    },
    {
      name: 'a term inside',
      path: '/Users',
      filter: 'userName pr and title pr',
      want: 'does not accept filters by title',
    },
  ]
  test.each(table)('is refused: $name', ({ path, filter, want }) => {
    expect(() => checkFilter(facts, listing(path, filter), refuse)).toThrow(want)
  })

  test('is refused in the body of a search, too', () => {
    const call: Call = { method: 'POST', path: '/Users/.search', scope, reads: true, body: { filter: 'title pr' } }
    expect(() => checkFilter(facts, call, refuse)).toThrow('does not accept filters by title')
  })
})

describe('a filter', () => {
  const table = [
    { name: 'within the facts', given: listing('/Users', 'USERNAME eq "a" and emails[value pr]') },
    { name: 'of a type without facts', given: listing('/Devices', 'serial eq "a"') },
    { name: 'that cannot be parsed', given: listing('/Users', 'title is big') },
    { name: 'that is missing', given: { method: 'GET', path: '/Users', scope } as const },
    {
      name: 'that is only data',
      given: { method: 'POST', path: '/Users', scope, body: { filter: 'title pr' } } as const,
    },
  ]
  test.each(table)('is left to the server $name', ({ given }) => {
    expect(() => checkFilter(facts, given, refuse)).not.toThrow()
  })

  test('is left to a server of which nothing is known', () => {
    const call = listing('/Users', 'not (title co "a") or nickName pr or emails[type eq "x"]')
    expect(() => checkFilter({}, call, refuse)).not.toThrow()
  })
})
