import { describe, expect, it } from 'vitest'
import { matchValue } from './match-value.js'

const matching = [
  { name: 'members that are not named are free', given: { a: 1 }, actual: { a: 1, b: 2 } },
  { name: 'null is an absent member', given: { a: null }, actual: {} },
  { name: 'null is an empty list', given: { a: null }, actual: { a: [] } },
  { name: 'the order of a list is free', given: [1, 2], actual: [2, 1] },
  { name: 'a list that contains more', given: { '{{contains}}': [{ a: 1 }] }, actual: [{ a: 2 }, { a: 1, b: 1 }] },
  { name: 'a list in order', given: { '{{ordered}}': [1, 2] }, actual: [1, 2] },
  { name: 'an optional value that is absent', given: { a: { '{{optional}}': { b: null } } }, actual: {} },
  { name: 'any value', given: '{{any}}', actual: false },
  { name: 'an absent member', given: { a: '{{absent}}' }, actual: {} },
  { name: 'a date', given: '{{dateTime}}', actual: '2026-03-02T17:45:10.250Z' },
  { name: 'a weak entity tag', given: '{{etag}}', actual: 'W/"1"' },
]

const differing = [
  { name: 'a number sent as text', given: { a: 1 }, actual: { a: '1' }, want: 'body.a must be 1, it is "1"' },
  {
    name: 'a value where none may be',
    given: { a: null },
    actual: { a: '' },
    want: 'body.a must be unassigned, it is ""',
  },
  {
    name: 'null where the member must be missing',
    given: '{{absent}}',
    actual: null,
    want: 'body must be {{absent}}, it is null',
  },
  { name: 'an element too many', given: [1], actual: [1, 2], want: 'body must have 1 elements, it has 2: [1,2]' },
  {
    name: 'one element for two matchers',
    given: [{ a: 1 }, { a: 1 }],
    actual: [{ a: 1 }, { a: 2 }],
    want: 'body must contain {"a":1}, it is [{"a":1},{"a":2}]',
  },
  { name: 'another order', given: { '{{ordered}}': [1, 2] }, actual: [2, 1], want: 'body[0] must be 1, it is 2' },
  { name: 'an optional value that differs', given: { '{{optional}}': 1 }, actual: 2, want: 'body must be 1, it is 2' },
  { name: 'a list for an object', given: { a: 1 }, actual: [], want: 'body must be an object, it is []' },
  {
    name: 'a placeholder that nothing was captured for',
    given: '{{u1}}',
    actual: 'x',
    want: 'body: nothing was captured for {{u1}}',
  },
  { name: 'an empty text for a text', given: '{{string}}', actual: '', want: 'body must be {{string}}, it is ""' },
  {
    name: 'a day for a date',
    given: '{{dateTime}}',
    actual: '2026-03-02',
    want: 'body must be {{dateTime}}, it is "2026-03-02"',
  },
]

describe('matchValue', () => {
  it.each(matching)('takes $name', ({ given, actual }) => {
    expect(matchValue(given, actual)).toEqual([])
  })

  it.each(differing)('names $name', ({ given, actual, want }) => {
    expect(matchValue(given, actual)[0]).toBe(want)
  })
})
