import { describe, expect, it } from 'vitest'
import { createFailureRules, type FailureRule } from './failure-rules.js'

describe('failure rules', () => {
  it.each<{ name: string; given: unknown; says: string }>([
    { name: 'nothing', given: undefined, says: 'needs a rule' },
    { name: 'a rule without effect', given: {}, says: 'status, delay or drop' },
    { name: 'a rule with a method alone', given: { method: 'GET' }, says: 'status, delay or drop' },
    { name: 'a delay of nothing', given: { delay: 0 }, says: 'status, delay or drop' },
    { name: 'an unknown member', given: { status: 500, statusCode: 1 }, says: 'statusCode' },
    { name: 'an unknown method', given: { status: 500, method: 'post' }, says: 'method' },
    { name: 'a path without a slash', given: { status: 500, path: 'Users' }, says: 'path' },
    { name: 'a path with a query', given: { status: 500, path: '/Users?a=b' }, says: 'path' },
    { name: 'a status of text', given: { status: '500' }, says: 'status' },
    { name: 'a status of success', given: { status: 200 }, says: 'status' },
    { name: 'a status beyond HTTP', given: { status: 600 }, says: 'status' },
    { name: 'no time at all', given: { status: 500, times: 0 }, says: 'times' },
    { name: 'half a time', given: { status: 500, times: 1.5 }, says: 'times' },
    { name: 'a delay into the past', given: { status: 500, delay: -1 }, says: 'delay' },
    { name: 'an unknown way to drop', given: { drop: 'both' }, says: 'drop' },
    { name: 'a lost response with a status', given: { drop: true, status: 500 }, says: 'exclude' },
    { name: 'headers without an answer', given: { delay: 5, headers: {} }, says: 'status as well' },
    { name: 'a body without an answer', given: { drop: true, body: 'x' }, says: 'status as well' },
    { name: 'a header that is none', given: { status: 500, headers: { 'a b': 'c' } }, says: 'a b' },
  ])('refuse $name', ({ given, says }) => {
    const add = () => createFailureRules().add(given as FailureRule)
    expect(add).toThrow(TypeError)
    expect(add).toThrow(says)
  })

  it('are used up by the requests they are meant for, oldest first', () => {
    const rules = createFailureRules()
    rules.add({ method: 'POST', path: '/Users', status: 429, times: 2 })
    rules.add({ path: '/Users/*', status: 503 })
    rules.add({ status: 500 })
    const statusOf = (method: string, path: string) => rules.take(method, path)?.response?.status
    expect(statusOf('POST', '/Users')).toBe(429)
    expect(statusOf('GET', '/Users/1')).toBe(503)
    expect(statusOf('POST', '/Users')).toBe(429)
    expect(statusOf('POST', '/Users')).toBe(500)
    expect(statusOf('POST', '/Users')).toBeUndefined()
  })
})
