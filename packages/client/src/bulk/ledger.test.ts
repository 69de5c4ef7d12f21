import { ScimError } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { ScimTransportError } from '../transport/errors.js'
import { type BulkEntry, isFailed, isUnknown, notApplied, sortLedger, toEntry } from './ledger.js'

const entry = (index: number, error?: Error): BulkEntry => ({
  index,
  method: 'PUT',
  path: '/Users/1',
  ...(error && { error }),
})
const lost = new ScimTransportError('network', 'x', { outcome: 'unknown' })
const unsent = new ScimTransportError('network', 'x', { outcome: 'not-applied' })

describe('the ledger of a bulk call', () => {
  test('has each operation in one list, in the order they were given', () => {
    const [a, b, c, d, e] = [
      entry(0),
      entry(1, lost),
      entry(2, new ScimError(400, 'x')),
      entry(3, unsent),
      entry(4),
    ] as const
    expect(sortLedger([e, d, c, b, a])).toEqual({ done: [a, e], failed: [c, d], unknown: [b] })
  })

  test('tells failed from unknown', () => {
    const entries = [entry(0), entry(1, lost), entry(2, unsent), entry(3, new Error('x'))]
    expect(entries.map(isUnknown)).toEqual([false, true, false, false])
    expect(entries.map(isFailed)).toEqual([false, false, true, true])
  })

  test('names an operation that was not carried out, without an e-mail address', () => {
    const { error } = notApplied({ index: 0, method: 'PUT', path: '/Users/ada@example.com' }, 'Too large')
    expect(error).toMatchObject({ outcome: 'not-applied', message: 'PUT /Users/… in a bulk request: Too large' })
  })

  test('leaves out a bulkId that there is not, and the operation itself', () => {
    const item = { ...entry(7), operation: { method: 'PUT', path: '/Users/1' } }
    expect(toEntry(item, { status: 200 })).toEqual({ index: 7, method: 'PUT', path: '/Users/1', status: 200 })
    expect(toEntry({ ...item, bulkId: 'a' }, {})).toEqual({ index: 7, bulkId: 'a', method: 'PUT', path: '/Users/1' })
  })
})
