import { describe, expect, it } from 'vitest'
import { makeContext } from '../../test/make-context.js'
import { type GivenQuery, readListQuery } from './read-list-query.js'

function read(given: GivenQuery, compatibility: 'lenient' | 'strict' = 'strict') {
  const { context, notes } = makeContext({ compatibility, limits: { defaultPageSize: 20, maxPageSize: 50 } })
  return { ...readListQuery(context, given), notes }
}

describe('the page', () => {
  it.each([
    { given: {}, want: { startIndex: 1, count: 20, counted: false, cursor: undefined } },
    { given: { count: '5', startIndex: '3' }, want: { startIndex: 3, count: 5, counted: true } },
    { given: { count: 5, startIndex: 3 }, want: { startIndex: 3, count: 5, counted: true } },
    { given: { count: '0' }, want: { count: 0, counted: true } },
    { given: { count: '-1', startIndex: '-7' }, want: { count: 0, startIndex: 1 } },
    { given: { count: '51' }, want: { count: 50, counted: true } },
    { given: { count: ' +7 ' }, want: { count: 7 } },
    {
      given: { count: '9'.repeat(400), startIndex: '9'.repeat(400) },
      want: { count: 50, startIndex: Number.MAX_SAFE_INTEGER },
    },
    { given: { count: '', startIndex: null }, want: { count: 20, startIndex: 1, counted: false } },
    { given: { cursor: '' }, want: { cursor: '', startIndex: undefined, count: 20 } },
    { given: { cursor: 'abc', count: 3 }, want: { cursor: 'abc', startIndex: undefined, count: 3 } },
  ])('$given', ({ given, want }) => {
    expect(read(given)).toMatchObject(want)
  })

  it.each([
    { given: { count: '1.5' }, detail: 'count must be an integer' },
    { given: { count: 1.5 }, detail: 'count must be an integer' },
    { given: { startIndex: 'one' }, detail: 'startIndex must be an integer' },
    { given: { startIndex: true }, detail: 'startIndex must be an integer' },
    { given: { cursor: 7 }, detail: 'cursor must be a string' },
    { given: { cursor: '', startIndex: 1 }, detail: 'cursor and startIndex cannot be combined; give one of them' },
  ])('$given is refused: $detail', ({ given, detail }) => {
    expect(() => read(given)).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidValue', detail }))
  })
})

describe('the order', () => {
  it.each([
    { given: {}, attribute: undefined, subAttribute: undefined, sortOrder: 'ascending' },
    { given: { sortBy: '  ' }, attribute: undefined, subAttribute: undefined, sortOrder: 'ascending' },
    { given: { sortBy: ' USERNAME ' }, attribute: 'userName', subAttribute: undefined, sortOrder: 'ascending' },
    {
      given: { sortBy: 'name.familyName', sortOrder: 'descending' },
      attribute: 'name',
      subAttribute: 'familyName',
      sortOrder: 'descending',
    },
    { given: { sortBy: 'emails' }, attribute: 'emails', subAttribute: 'value', sortOrder: 'ascending' },
    { given: { sortBy: 'title', sortOrder: '' }, attribute: 'title', subAttribute: undefined, sortOrder: 'ascending' },
  ])('$given', ({ given, attribute, subAttribute, sortOrder }) => {
    const { sortBy, sortOrder: order } = read(given)
    expect([sortBy?.attribute?.name, sortBy?.subAttribute?.name, order]).toEqual([attribute, subAttribute, sortOrder])
  })

  it.each([
    { given: { sortBy: 'name' }, scimType: 'invalidPath' },
    { given: { sortBy: 'nickname2' }, scimType: 'invalidPath' },
    { given: { sortBy: 'password' }, scimType: 'invalidPath' },
    { given: { sortOrder: 'down' }, scimType: 'invalidValue' },
    { given: { sortOrder: 'DESCENDING' }, scimType: 'invalidValue' },
    { given: { sortBy: ['userName'] }, scimType: 'invalidValue' },
  ])('$given is refused in strict', ({ given, scimType }) => {
    expect(() => read(given)).toThrow(expect.objectContaining({ status: 400, scimType }))
  })

  it('lenient passes over a sort key that it does not know, and never sorts by a password', () => {
    for (const sortBy of ['nickname2', 'password']) expect(read({ sortBy }, 'lenient').sortBy).toBeUndefined()
    expect(read({ sortOrder: 'DESCENDING' }, 'lenient')).toMatchObject({
      sortOrder: 'descending',
      notes: ['keywordCase sortOrder'],
    })
  })
})

it('reads filter and projection, and refuses a filter that is not text', () => {
  const { filter, projection } = read({ filter: 'userName eq "ada"', attributes: 'userName' })
  expect(filter).toMatchObject({ kind: 'comparison', operator: 'eq', value: 'ada' })
  expect(projection.project({ schemas: [], id: '1', userName: 'ada', title: 'Dr' })).not.toHaveProperty('title')
  expect(() => read({ filter: 1 })).toThrow(expect.objectContaining({ detail: 'filter must be a string' }))
})
