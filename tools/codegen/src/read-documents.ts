import { readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import ts from 'typescript'
import { expandPattern, toSlashes } from './expand-pattern.js'
import { findRepeatedMember } from './find-repeated-member.js'
import type { DocumentSource } from './read-sources.js'

/** Documents of a command line, or why they cannot be had. */
export interface DocumentReading {
  readonly documents: readonly DocumentSource[]
  /** One line for each pattern without files and each file that cannot be read as JSON. */
  readonly faults: readonly string[]
}

/**
 * Reads the JSON files that patterns mean, each once.
 *
 * @param patterns Files, globs, folders.
 * @param base Folder that the shown paths start from.
 * @returns The parsed documents in the order of the patterns.
 */
export function readDocuments(patterns: readonly string[], base: string): DocumentReading {
  const documents: DocumentSource[] = []
  const faults: string[] = []
  const seen = new Set<string>()
  for (const pattern of patterns) {
    const paths = expandPattern(pattern)
    if (paths.length === 0) faults.push(`${pattern}: no such file, and no file matches; check the path`)
    for (const path of paths) {
      const absolute = resolve(path)
      if (seen.has(absolute)) continue
      seen.add(absolute)
      const read = readDocument(path)
      if (typeof read === 'string') faults.push(read)
      else documents.push({ file: toSlashes(relative(base, absolute)), document: read.document })
    }
  }
  return { documents, faults }
}

function readDocument(path: string): { readonly document: unknown } | string {
  let text: string
  try {
    text = readFileSync(path, 'utf8').replace(/^\ufeff/, '')
  } catch (cause) {
    return `${path}: the file cannot be read (${(cause as NodeJS.ErrnoException).code}); check its permissions` // of node:fs
  }
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return `${path}: ${placeOfFault(path, text)}; the file must hold a JSON document`
  }
  const repeated = isDeep(text) ? undefined : findRepeatedMember(text)
  if (!repeated) return { document }
  const name = JSON.stringify(repeated.name).slice(0, 60)
  return `${path}: the member ${name} at line ${repeated.line} is there twice; remove one of the two`
}

/** Such a document is refused by its depth, which the compiler's parser would not survive. */
function isDeep(text: string): boolean {
  let depth = 0
  for (const character of text) {
    if (character === '[' || character === '{') depth++
    else if (character === ']' || character === '}') depth--
    if (depth > 500) return true
  }
  return false
}

/** JSON.parse does not always say where it stopped; TypeScript's parser does, but takes comments and last commas. */
function placeOfFault(path: string, text: string): string {
  if (text.trim() === '') return 'the file is empty'
  const offset = ts.parseConfigFileTextToJson(path, text).error?.start
  if (offset === undefined) return 'this is not JSON, which has no comments and no comma after the last member'
  const before = text.slice(0, offset).split('\n')
  return `this is not JSON at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
}
