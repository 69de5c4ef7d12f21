import { ScimError } from '@scimkit/core/schema'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkJsonSize } from './check-json-size.js'

it.each([
  { name: 'depth at the limit', text: '[[[]]]', fits: true },
  { name: 'depth past the limit', text: '[[[[]]]]', fits: false },
  { name: 'brackets in texts do not count', text: '["[[[[{{{{"]', fits: true },
  { name: 'an escaped quotation mark does not end a text', text: '["\\"[[[[", "\\\\"]', fits: true },
  { name: 'a text without end', text: '["[[[[', fits: true },
  { name: 'brackets that were closed do not count', text: '[[],[],[],[],[]]', fits: true },
  { name: 'members at the limit', text: '{"a":{"b":1},"c:":"d:"}', fits: true },
  { name: 'members past the limit', text: '{"a":1,"b":1,"c":1,"d":1}', fits: false },
  { name: 'broken JSON', text: ']]]}}}', fits: true },
])('$name', ({ text, fits }) => {
  const check = (): void => checkJsonSize(text, 3, 3)
  if (fits) expect(check).not.toThrow()
  else expect(check).toThrow(ScimError)
})

it('counts as JSON.parse sees it', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 5 }).map((value) => JSON.stringify(value)),
      (text) => {
        const { depth, members } = measure(JSON.parse(text))
        expect(() => checkJsonSize(text, depth, members)).not.toThrow()
        if (depth > 0) expect(() => checkJsonSize(text, depth - 1, members)).toThrow(/deeper/)
        if (members > 0) expect(() => checkJsonSize(text, depth, members - 1)).toThrow(/members/)
      },
    ),
    { numRuns: 500 },
  )
})

function measure(value: unknown): { depth: number; members: number } {
  if (typeof value !== 'object' || value === null) return { depth: 0, members: 0 }
  const inside = Object.values(value).map(measure)
  return {
    depth: 1 + Math.max(0, ...inside.map(({ depth }) => depth)),
    members: inside.reduce((sum, { members }) => sum + members, Array.isArray(value) ? 0 : inside.length),
  }
}
