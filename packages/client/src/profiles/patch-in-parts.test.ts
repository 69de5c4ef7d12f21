import type { PatchOperation } from '@scimkit/core/schema'
import { describe, expect, test } from 'vitest'
import { ScimPartialPatchError, ScimTransportError } from '../transport/errors.js'
import { patchInParts } from './patch-in-parts.js'

const operation = (path: string): PatchOperation => ({ op: 'remove', path })
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(operation) as [
  PatchOperation,
  PatchOperation,
  PatchOperation,
  PatchOperation,
] // four names
const parts = [[a, b], [c], [d]]

/** Sends parts to a server that fails with one of them. */
function send(failing: number, error: unknown, signal?: AbortSignal) {
  const sent: number[] = []
  const result = patchInParts(
    parts,
    async (_, index) => {
      sent.push(index)
      if (index === failing) throw error
      return index
    },
    signal,
  )
  return { sent, result }
}

describe('a PATCH in parts', () => {
  test('is sent in order, and returns what came of the last part', async () => {
    const { sent, result } = send(-1, undefined)
    expect(await result).toBe(2)
    expect(sent).toEqual([0, 1, 2])
  })

  test('without parts returns nothing', async () => {
    expect(await patchInParts([], async () => 1, undefined)).toBeUndefined()
  })

  test('throws the failure of its first part as it is', async () => {
    const error = new Error('x')
    const { sent, result } = send(0, error)
    await expect(result).rejects.toBe(error)
    expect(sent).toEqual([0])
  })

  const unknown = new ScimTransportError('timeout', 'x', { outcome: 'unknown' })
  const refused = new ScimTransportError('timeout', 'x', { outcome: 'not-applied' })
  const table = [
    { name: 'second part', failing: 1, error: refused, want: { applied: [a, b], unknown: [], notApplied: [c, d] } },
    { name: 'last part', failing: 2, error: refused, want: { applied: [a, b, c], unknown: [], notApplied: [d] } },
    { name: 'lost second part', failing: 1, error: unknown, want: { applied: [a, b], unknown: [c], notApplied: [d] } },
    { name: 'lost last part', failing: 2, error: unknown, want: { applied: [a, b, c], unknown: [d], notApplied: [] } },
  ]
  test.each(table)('says what came of each operation after a failed $name', async ({ failing, error, want }) => {
    const { sent, result } = send(failing, error)
    const failure = await result.catch((thrown: unknown) => thrown)
    expect(failure).toBeInstanceOf(ScimPartialPatchError)
    expect(failure).toMatchObject(want)
    expect((failure as ScimPartialPatchError).cause).toBe(error)
    expect(sent).toHaveLength(failing + 1)
  })

  test('ends with the reason of its signal', async () => {
    const { result } = send(1, new Error('x'), AbortSignal.abort('enough'))
    await expect(result).rejects.toBe('enough')
  })
})
