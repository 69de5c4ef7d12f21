import { join } from 'node:path'
import { expect, test } from 'vitest'
import { countSnippets } from './count-snippets.js'

test('at least 150 snippets of the type tests must compile, and 120 must not', () => {
  const counts = ['client.test-d.ts', 'typed-api.test-d.ts'].map((file) =>
    countSnippets(join(import.meta.dirname, file)),
  )
  const sum = (kind: 'compiling' | 'refused') => counts.reduce((total, count) => total + count[kind], 0)
  expect(sum('compiling')).toBeGreaterThanOrEqual(150)
  expect(sum('refused')).toBeGreaterThanOrEqual(120)
  expect(counts.every(({ compiling, refused }) => compiling > 0 && refused > 0)).toBe(true)
})
