import { describe, expect, it } from 'vitest'
import { ScimError } from './scim-error.js'

const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error']

describe('ScimError', () => {
  it.each([
    {
      name: 'with a keyword',
      given: new ScimError(409, 'userName is taken', { scimType: 'uniqueness' }),
      want: { schemas, status: '409', scimType: 'uniqueness', detail: 'userName is taken' },
    },
    { name: 'without one', given: new ScimError(404, 'gone'), want: { schemas, status: '404', detail: 'gone' } },
  ])('goes over the wire $name', ({ given, want }) => expect(JSON.parse(JSON.stringify(given))).toEqual(want))

  it('keeps the cause off the wire', () => {
    const error = new ScimError(500, 'failed', { cause: new Error('password=hunter2') })
    expect(error.cause).toBeInstanceOf(Error)
    expect(JSON.stringify(error)).not.toContain('hunter2')
  })

  it('has no cause where none is given', () => expect('cause' in new ScimError(400, 'x')).toBe(false))

  it('is an Error with a name', () => {
    const error = new ScimError(400, 'x')
    expect(error).toBeInstanceOf(Error)
    expect(String(error)).toBe('ScimError: x')
  })

  it.each([
    { name: 'one', given: new ScimError(400, 'x'), want: true },
    {
      name: 'one with the keyword',
      given: new ScimError(400, 'x', { scimType: 'noTarget' }),
      type: 'noTarget',
      want: true,
    },
    {
      name: 'one with another keyword',
      given: new ScimError(400, 'x', { scimType: 'noTarget' }),
      type: 'tooMany',
      want: false,
    },
    { name: 'one without keyword', given: new ScimError(400, 'x'), type: 'noTarget', want: false },
    { name: 'another error', given: new Error('x'), want: false },
    { name: 'an object that looks alike', given: { status: 400, detail: 'x', scimType: 'noTarget' }, want: false },
    { name: 'nothing', given: null, want: false },
    { name: 'a text', given: 'ScimError', want: false },
  ])('recognises $name', ({ given, type, want }) => expect(ScimError.is(given, type)).toBe(want))

  it('recognises one of another copy of the package', () => {
    class Other extends Error {
      readonly status = 412
      readonly scimType = undefined
    }
    const foreign = new Other('x')
    Object.defineProperty(foreign, Symbol.for('@scimkit/core/ScimError'), { value: true })
    expect(ScimError.is(foreign)).toBe(true)
  })
})
