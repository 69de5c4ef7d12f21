import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

function run(script: string): Record<string, unknown> {
  const output = execFileSync(process.execPath, [join(import.meta.dirname, script)], { encoding: 'utf8' })
  return JSON.parse(output) as Record<string, unknown> // the scripts print one object
}

test('createScimClient and bearer take at most 6.25 KB, without parser and zod', () => {
  const { firstChunk, parser, zod } = run('measure-size.mjs')
  expect(firstChunk).toBeLessThanOrEqual(6.25 * 1024)
  expect({ parser, zod }).toEqual({ parser: false, zod: false })
})

test('a typical app file adds at most 3,000 type instantiations', () => {
  expect(run('measure-instantiations.mjs').instantiations).toBeLessThanOrEqual(3_000)
})
