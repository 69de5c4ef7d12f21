import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { expandPattern } from './expand-pattern.js'

const folder = mkdtempSync(join(tmpdir(), 'scimkit-pattern-'))
for (const file of ['b.json', 'a.json', 'note.txt', '.hidden.json', 'deep/c.json', 'deep/deeper/d.json', 'x[1].json']) {
  mkdirSync(join(folder, file, '..'), { recursive: true })
  writeFileSync(join(folder, file), '{}')
}

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const patterns: readonly { name: string; given: string; want: readonly string[] }[] = [
  { name: 'a file', given: 'note.txt', want: ['note.txt'] },
  { name: 'a file with brackets in its name', given: 'x[1].json', want: ['x[1].json'] },
  { name: 'the JSON files of a folder, sorted', given: 'deep', want: ['deep/c.json'] },
  { name: 'none of the hidden files of a folder', given: '.', want: ['a.json', 'b.json', 'x[1].json'] },
  { name: 'a star, which leaves hidden files out', given: '*.json', want: ['a.json', 'b.json', 'x[1].json'] },
  { name: 'a question mark', given: '?.json', want: ['a.json', 'b.json'] },
  { name: 'a star for a folder', given: '*/c.json', want: ['deep/c.json'] },
  {
    name: 'two stars, at every depth',
    given: '**/*.json',
    want: ['a.json', 'b.json', 'deep/c.json', 'deep/deeper/d.json', 'x[1].json'],
  },
  { name: 'two stars before a folder', given: '**/deeper/*.json', want: ['deep/deeper/d.json'] },
  { name: 'nothing, for a file that is not there', given: 'missing.json', want: [] },
  { name: 'nothing, for a glob in a folder that is not there', given: 'missing/*.json', want: [] },
]

describe('expandPattern', () => {
  for (const { name, given, want } of patterns) {
    it(`finds ${name}`, () => {
      expect(expandPattern(join(folder, given)).map((path) => path.slice(folder.length + 1))).toEqual(want)
    })
  }
})
