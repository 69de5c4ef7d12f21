import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CollectedBytes } from './read-bytes.js'

it('is what was added, in order, and leaves the chunks as they were', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 20 })), (chunks) => {
      const before = chunks.map((chunk) => [...chunk])
      const bytes = new CollectedBytes()
      for (const chunk of chunks) bytes.add(chunk)
      expect([...bytes.take()]).toEqual(before.flat())
      expect(bytes.size).toBe(before.flat().length)
      expect(chunks.map((chunk) => [...chunk])).toEqual(before)
    }),
  )
})

it('holds at most twice what it was given, however small the pieces', () => {
  const bytes = new CollectedBytes()
  for (let n = 0; n < 100_000; n++) bytes.add(new Uint8Array([n]))
  expect(bytes.take().buffer.byteLength).toBeLessThanOrEqual(200_000)
})
