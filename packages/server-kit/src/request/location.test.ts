import { describe, expect, it } from 'vitest'
import { makeContext } from '../../test/make-context.js'
import { findReferred, findReferredId, locationOf } from './location.js'

const root = 'https://scim.example.com/scim/v2'

it.each([
  { id: '2819c223-7f76', want: `${root}/Users/2819c223-7f76` },
  { id: 'a b/ü', want: `${root}/Users/a%20b%2F%C3%BC` },
  { id: '~.-_', want: `${root}/Users/~.-_` },
])('the location of $id leads back to it', ({ id, want }) => {
  const { context } = makeContext()
  expect(locationOf(context, context.served, id)).toBe(want)
  expect(findReferred(context, want)).toEqual({ type: 'User', id })
})

describe('the resource that a URL names', () => {
  it.each([
    { url: `${root}/Users/1`, want: { type: 'User', id: '1' } },
    { url: 'https://scim.example.com/scim/Users/1', want: { type: 'User', id: '1' } },
    { url: 'https://scim.example.com/scim/v1/Groups/1', want: { type: 'Group', id: '1' } },
    { url: '/Users/1', want: { type: 'User', id: '1' } },
    { url: '../Users/1', want: { type: 'User', id: '1' } },
    { url: '/v2/Users/1', want: { type: 'User', id: '1' } },
    { url: 'Users/a%20b', want: { type: 'User', id: 'a b' } },
    { url: 'Users/%', want: undefined },
    { url: '1', want: undefined },
    { url: '/Devices/1', want: undefined },
    { url: '/Users/1/x', want: undefined },
    { url: '/Users/1?x', want: undefined },
    { url: 'https://other.example.com/scim/v2/Users/1', want: undefined },
    { url: 'urn:Users/1', want: undefined },
  ])('$url', ({ url, want }) => {
    expect(findReferred(makeContext().context, url)).toEqual(want)
  })

  it.each([
    { types: undefined, want: '1' },
    { types: ['User'], want: '1' },
    { types: ['Group', 'Device'], want: '' },
    { types: ['Device'], want: '1' },
  ])('its id where $types may be meant', ({ types, want }) => {
    expect(findReferredId(makeContext().context, '/Users/1', types)).toBe(want)
  })
})

it.each([
  { baseUrl: 'https://app.example.com/scim/', want: 'https://app.example.com/scim/Users/1' },
  { baseUrl: () => 'https://acme.example.com/v2', want: 'https://acme.example.com/v2/Users/1' },
])('locations stand below $baseUrl', ({ baseUrl, want }) => {
  const { context } = makeContext({ baseUrl })
  expect(locationOf(context, context.served, '1')).toBe(want)
})
