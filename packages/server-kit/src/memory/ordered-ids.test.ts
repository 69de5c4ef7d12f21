import { compareText } from '@scimkit/core/schema'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { OrderedIds } from './ordered-ids.js'

it('is always the sorted set of what was added and not deleted', () => {
  const step = fc.record({ add: fc.boolean(), id: fc.string({ unit: 'binary', maxLength: 3 }), read: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 3 }), (steps, after) => {
      const ids = new OrderedIds()
      const model = new Set<string>()
      for (const { add, id, read } of steps) {
        if (add && !model.has(id)) ids.add(id)
        if (!add && model.has(id)) ids.delete(id)
        if (add) model.add(id)
        else model.delete(id)
        if (read) expect(ids.list()).toEqual([...model].sort(compareText))
      }
      const sorted = [...model].sort(compareText)
      expect(ids.list()).toEqual(sorted)
      expect(ids.startBehind(undefined)).toBe(0)
      expect(sorted.slice(ids.startBehind(after))).toEqual(sorted.filter((id) => compareText(id, after) > 0))
    }),
    { numRuns: 300 },
  )
})
