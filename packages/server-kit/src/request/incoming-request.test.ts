import { expect, it } from 'vitest'
import { fromRequest } from './incoming-request.js'

it.each([
  { given: 'https://scim.example.com/scim/v2/Users?count=1', want: '/scim/v2/Users?count=1' },
  { given: 'https://scim.example.com/scim/v2/Users?count=1#top', want: '/scim/v2/Users?count=1' },
  { given: 'https://scim.example.com#top', want: '/' },
])('of $given the target is $want, without the fragment', ({ given, want }) => {
  const { target, origin } = fromRequest(new Request(given))
  expect([target, origin]).toEqual([want, 'https://scim.example.com'])
})
