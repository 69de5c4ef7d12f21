import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPages, root } from './docs/read-pages.js'

/** What an English engineer would not write, and what they write instead. */
const phrases: readonly { readonly phrase: RegExp; readonly instead: string }[] = [
  { phrase: /(?<!\bthere )\b(?:is|are) no (?!longer\b|one\b|better\b|more\b|other\b)[a-z]/i, instead: 'is not a …' },
  { phrase: /\bnobody\b(?![@"'`])/i, instead: 'no one, or the passive' },
  { phrase: /\bSees to it that\b/i, instead: 'Makes sure that, or the verb itself' },
  { phrase: /@param \S+ Of the\b/, instead: 'what the parameter is' },
  { phrase: /\bpassed over\b/i, instead: 'ignored' },
  { phrase: /\bfor ever\b/i, instead: 'forever' },
]

const leftOut = new Set(['node_modules', 'dist', 'coverage', 'reports', 'test', 'fuzz', 'generated'])

/** Sources of a folder, without tests, whose data may be anything, and without generated code, which quotes the RFC. */
function listSources(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return leftOut.has(entry.name) ? [] : listSources(path)
    return /\.(ts|mts|mjs|js)$/.test(path) && !/\.(test|test-d|gen)\.ts$/.test(path) ? [path] : []
  })
}

/** A line that begins with `>` quotes someone, mostly an RFC; their words stay theirs. */
function findPhrases(text: string): readonly string[] {
  return text.split('\n').flatMap((line, index) => {
    if (/^\s*(?:\*\s*|\/\/\s*)?>/.test(line)) return []
    const found = phrases.filter(({ phrase }) => phrase.test(line))
    return found.map(({ phrase, instead }) => `${index + 1}: "${phrase.exec(line)?.[0]}"; write ${instead}`)
  })
}

const sources = ['packages', 'tools', 'examples', 'benchmarks'].flatMap(listSources)
const texts = [...readPages(), ...sources.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))]

describe('words', () => {
  it.each([
    { given: '`nickname` is no attribute of User', want: 1 },
    { given: 'a value that nobody has', want: 1 },
    { given: ' * @param filter Of the request.', want: 1 },
    { given: 'There is no such endpoint; the path is no longer served', want: 0 },
    { given: '> A value that is no list, as the RFC says', want: 0 },
    { given: `f.eq('userName', 'nobody')`, want: 0 },
  ])('in "$given": $want to change', ({ given, want }) => {
    expect(findPhrases(given)).toHaveLength(want)
  })

  it('are plain English in every source and page', () => {
    expect(texts.length).toBeGreaterThan(300)
    const found = texts.flatMap(({ path, text }) => findPhrases(text).map((line) => `${path}:${line}`))
    expect(found).toEqual([])
  })
})
