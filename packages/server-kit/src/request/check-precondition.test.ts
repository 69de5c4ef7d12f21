import { describe, expect, it } from 'vitest'
import { checkPrecondition, isConditional, isNotModified } from './check-precondition.js'
import { fromRequest } from './incoming-request.js'

const given = (headers: Record<string, string>) => fromRequest(new Request('http://localhost/', { headers }))

describe('ET-3, ET-4: an entity tag of a list', () => {
  const cases = [
    { tag: '*', matches: true },
    { tag: ' * ', matches: true },
    { tag: 'W/"3"', matches: true },
    { tag: '"3"', matches: true },
    { tag: '"1", W/"3"', matches: true },
    { tag: '"1","2"', matches: false },
    { tag: '3', matches: false },
    { tag: 'w/"3"', matches: false },
    { tag: 'W/"33"', matches: false },
    { tag: '"3', matches: false },
    { tag: '', matches: false },
    { tag: '"1,"3"', matches: true },
  ]
  it.each(cases)('$tag matches version 3: $matches', ({ tag, matches }) => {
    expect(isNotModified(given({ 'if-none-match': tag }), '3')).toBe(matches)
    const check = (): void => checkPrecondition(given({ 'if-match': tag }), '3')
    if (matches) expect(check).not.toThrow()
    else expect(check).toThrow(expect.objectContaining({ status: 412 }))
    const except = (): void => checkPrecondition(given({ 'if-none-match': tag }), '3')
    if (matches) expect(except).toThrow(expect.objectContaining({ status: 412 }))
    else expect(except).not.toThrow()
  })
})

it('spaces around a value that no HTTP parser has seen say nothing', () => {
  const incoming = { ...given({}), header: (name: string) => (name === 'if-match' ? ' * ' : null) }
  expect(() => checkPrecondition(incoming, '3')).not.toThrow()
})

it('a refusal says which header it is about', () => {
  const other = given({ 'if-match': '"2"' })
  expect(() => checkPrecondition(other, '3')).toThrow(
    /^The resource has another version than If-Match names; read it again$/,
  )
  expect(() => isNotModified(other, '3')).toThrow(/^The resource has another version than If-Match names$/)
  expect(() => checkPrecondition(given({ 'if-none-match': '"3"' }), '3')).toThrow(
    /^The resource has the version that If-None-Match excludes$/,
  )
})

it('a GET with another version in If-Match is 412', () => {
  expect(() => isNotModified(given({ 'if-match': '"2"' }), '3')).toThrow(expect.objectContaining({ status: 412 }))
  expect(isNotModified(given({ 'if-match': '"3"' }), '3')).toBe(false)
})

it('a request is conditional by either header, even an empty one', () => {
  expect([{}, { 'if-match': '' }, { 'if-none-match': '*' }].map((headers) => isConditional(given(headers)))).toEqual([
    false,
    true,
    true,
  ])
})
