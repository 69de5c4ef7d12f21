import { describe, expect, test } from 'vitest'
import { createByteCollector } from './collect-bytes.js'

const text = 'Grüße, 世界 🌍! '.repeat(20_000)
const bytes = new TextEncoder().encode(text)

function collect(sizes: (at: number) => number): string {
  const collector = createByteCollector()
  for (let at = 0, turn = 0; at < bytes.byteLength; turn++) {
    const end = Math.min(bytes.byteLength, at + sizes(turn))
    collector.add(bytes.subarray(at, end))
    at = end
  }
  expect(collector.length).toBe(bytes.byteLength)
  return collector.read()
}

describe('a body is the same text', () => {
  const cuts: Record<string, (turn: number) => number> = {
    'in one piece': () => bytes.byteLength,
    'byte by byte': () => 1,
    'in blocks of the collector’s own size': () => 65_536,
    'in large and small pieces': (turn) => [70_000, 3, 65_535, 1, 1, 200_000][turn % 6] ?? 1,
  }
  test.each(Object.entries(cuts))('%s', (_, sizes) => expect(collect(sizes)).toBe(text))
})

test('nothing is the empty text, and bytes that are not UTF-8 are refused', () => {
  expect(createByteCollector().read()).toBe('')
  for (const wrong of [[0xff], [0xe4, 0xb8]]) {
    const collector = createByteCollector()
    collector.add(Uint8Array.from(wrong))
    expect(() => collector.read()).toThrow(TypeError)
  }
})
