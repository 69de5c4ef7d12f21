import { urns, userResource } from '@scimkit/core'
import { describe, expect, it } from 'vitest'
import { checkChange } from './check-change.js'

const user = (more: object = {}) => ({ schemas: [urns.user], userName: 'ada', ...more })
const check = (next: object, current: object) => () => checkChange(userResource, { ...next }, { ...current })
const refused = expect.objectContaining({ status: 400, scimType: 'invalidValue' })

describe('a fault that was there before', () => {
  it.each([
    { name: 'in an attribute', next: user({ title: 7, active: true }), current: user({ title: 7 }) },
    {
      name: 'in a sub-attribute',
      next: user({ name: { givenName: 1, familyName: 'L' } }),
      current: user({ name: { givenName: 1 } }),
    },
    {
      name: 'in an element, wherever it stands now',
      next: user({ emails: [{ value: 'a' }, { value: 7 }] }),
      current: user({ emails: [{ value: 7 }] }),
    },
    { name: 'as a missing attribute', next: { schemas: [urns.user], title: 'Dr' }, current: { schemas: [urns.user] } },
  ])('$name refuses no change beside it', ({ next, current }) => {
    expect(check(next, current)).not.toThrow()
  })
})

describe('a fault that the request brings', () => {
  it.each([
    { name: 'in an attribute', next: user({ title: 8 }), current: user({ title: 7 }) },
    { name: 'in a sub-attribute of a new value', next: user({ name: { givenName: 1 } }), current: user() },
    {
      name: 'in one element more',
      next: user({ emails: [{ value: 7 }, { value: 7 }] }),
      current: user({ emails: [{ value: 7 }] }),
    },
    { name: 'as a required attribute that goes', next: { schemas: [urns.user] }, current: user() },
  ])('$name is refused', ({ next, current }) => {
    expect(check(next, current)).toThrow(refused)
  })
})
