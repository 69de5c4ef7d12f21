import { readFileSync, statSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import type { OnProgress } from '../show-progress.js'
import { expandPattern, toSlashes } from './expand-pattern.js'
import { findJsonFault } from './find-json-fault.js'
import type { DocumentSource } from './sources.js'

/** Documents of a command line, or why they cannot be had. */
export interface DocumentReading {
  readonly documents: readonly DocumentSource[]
  /** One line for each pattern without files and each file that cannot be read as JSON. */
  readonly faults: readonly string[]
}

/** Documents by path with their texts, which a watch keeps from build to build. */
export type DocumentMemory = Map<string, { readonly text: string; readonly document: unknown }>

/** What goes along with a reading. */
export interface ReadingOptions {
  /** Documents of an earlier reading; a file with the same text is not parsed again. */
  readonly memory?: DocumentMemory | undefined
  /** Called with each file that is read. */
  readonly onProgress?: OnProgress | undefined
}

/**
 * Reads the JSON files that patterns mean, each once.
 *
 * @param patterns Files, globs, folders.
 * @param base Folder that the shown paths start from.
 * @param options Earlier documents, and who watches.
 * @returns The parsed documents in the order of the patterns.
 */
export function readDocuments(
  patterns: readonly string[],
  base: string,
  { memory = new Map(), onProgress }: ReadingOptions = {},
): DocumentReading {
  const documents: DocumentSource[] = []
  const faults: string[] = []
  const seen = new Set<string>()
  const found = patterns.map((pattern) => ({ pattern, paths: expandPattern(pattern) }))
  const total = found.reduce((sum, { paths }) => sum + paths.length, 0)
  let done = 0
  for (const { pattern, paths } of found) {
    if (paths.length === 0) faults.push(describeNothingFound(pattern))
    for (const path of paths) {
      onProgress?.('read', ++done, total, path)
      const absolute = resolve(path)
      if (seen.has(absolute)) continue
      seen.add(absolute)
      const read = readDocument(path, memory)
      if (typeof read === 'string') faults.push(read)
      else documents.push({ file: toSlashes(relative(base, absolute)), document: read.document })
    }
  }
  return { documents, faults }
}

function describeNothingFound(pattern: string): string {
  return statSync(pattern, { throwIfNoEntry: false })?.isDirectory()
    ? `${pattern}: the folder holds no .json file; put the schemas there, or check the path`
    : `${pattern}: no such file, and no file matches; check the path`
}

function readDocument(path: string, memory: DocumentMemory): { readonly document: unknown } | string {
  let text: string
  try {
    text = readFileSync(path, 'utf8').replace(/^\ufeff/, '')
  } catch (cause) {
    return `${path}: the file cannot be read (${(cause as NodeJS.ErrnoException).code}); check its permissions` // of node:fs
  }
  const known = memory.get(path)
  if (known?.text === text) return known
  const fault = findJsonFault(text)
  if (fault !== undefined) return `${path}: ${fault}`
  const read = { text, document: JSON.parse(text) as unknown }
  memory.set(path, read)
  return read
}
