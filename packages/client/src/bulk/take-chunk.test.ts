import type { BulkRequestOperation } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import type { BulkItem } from './ledger.js'
import { takeBulkChunk } from './take-chunk.js'

const none = new Map<string, string>()

function waitingFor(...operations: readonly BulkRequestOperation[]): BulkItem[] {
  return operations.map((operation, index) => ({ index, method: operation.method, path: operation.path, operation }))
}

const remove = (id: string): BulkRequestOperation => ({ method: 'DELETE', path: `/Users/${id}` })
const bytesOf = (...operations: readonly BulkRequestOperation[]) =>
  operations.reduce((sum, operation) => sum + new TextEncoder().encode(JSON.stringify(operation)).length + 1, 200)

describe('the operations of one request', () => {
  test('are as many as the server takes, and leave the line in their order', () => {
    const waiting = waitingFor(remove('1'), remove('2'), remove('3'))
    const chunk = takeBulkChunk(waiting, none, { maxOperations: 2, maxPayloadSize: 10_000 })
    expect(chunk.items.map(({ index }) => index)).toEqual([0, 1])
    expect(chunk.texts).toEqual([JSON.stringify(remove('1')), JSON.stringify(remove('2'))])
    expect(waiting.map(({ index }) => index)).toEqual([2])
  })

  test('take no more bytes than the server does, to the byte', () => {
    const operations = [remove('1'), remove('ä€')] as const
    const exact = bytesOf(...operations)
    const take = (maxPayloadSize: number) =>
      takeBulkChunk(waitingFor(...operations), none, { maxOperations: 9, maxPayloadSize }).items.length
    expect([take(exact), take(exact - 1)]).toEqual([2, 1])
  })

  test('leave out one that no request can carry, when it is the first in line', () => {
    const large: BulkRequestOperation = {
      method: 'POST',
      path: '/Users',
      bulkId: 'a',
      data: { userName: 'a'.repeat(500) },
    }
    const waiting = waitingFor(remove('1'), large, remove('2'))
    const limits = { maxOperations: 9, maxPayloadSize: 300 }
    expect(takeBulkChunk(waiting, none, limits)).toMatchObject({ items: [{ index: 0 }] })
    const second = takeBulkChunk(waiting, none, limits)
    expect(second).toMatchObject({ items: [], tooLarge: { index: 1 } })
    expect(takeBulkChunk(waiting, none, limits)).toMatchObject({ items: [{ index: 2 }] })
    expect(waiting).toEqual([])
  })

  test('refer by id to what earlier requests have created', () => {
    const waiting = waitingFor(remove('bulkId:a'))
    const { items, texts } = takeBulkChunk(waiting, new Map([['a', '7']]), { maxOperations: 1, maxPayloadSize: 1000 })
    expect(items[0]?.operation.path).toBe('/Users/7')
    expect(texts).toEqual([JSON.stringify(remove('7'))])
  })

  test('are none when nothing waits', () => {
    expect(takeBulkChunk([], none, { maxOperations: 1, maxPayloadSize: 1000 })).toEqual({ items: [], texts: [] })
  })
})
