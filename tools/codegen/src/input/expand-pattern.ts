import { readdirSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'

/**
 * Finds the files that a FILE, GLOB or DIR means. A folder means the `*.json` files in it; a glob knows `*`, `**`, `?`.
 * Files whose names start with a dot are meant only when they are named so.
 *
 * @param pattern As it was given.
 * @returns Paths in code unit order, so that the order of a run does not depend on the file system; empty when there is
 *   no such file.
 */
export function expandPattern(pattern: string): readonly string[] {
  const kind = statSync(pattern, { throwIfNoEntry: false })
  if (kind?.isFile()) return [pattern]
  if (kind?.isDirectory()) return listFolder(pattern).filter((path) => path.endsWith('.json'))
  if (!/[*?]/.test(pattern)) return []
  const parts = toSlashes(pattern).split('/')
  const wild = parts.findIndex((part) => /[*?]/.test(part))
  const folder = parts.slice(0, wild).join('/')
  const start = folder === '' && !pattern.startsWith('/') ? '.' : `${folder}/`
  return matchParts(start, parts.slice(wild)).map((path) => path.replace(/^\.\//, ''))
}

/**
 * Writes a path with forward slashes, as header lines and messages show it.
 *
 * @param path Path of this system.
 * @returns The path.
 */
export function toSlashes(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/')
}

function listFolder(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => toSlashes(join(folder, entry.name)))
    .sort()
}

function matchParts(folder: string, [part = '', ...rest]: readonly string[]): readonly string[] {
  const entries = readFolder(folder)
  const found = entries.flatMap((entry) => {
    const path = `${folder.endsWith('/') ? folder : `${folder}/`}${entry.name}`
    if (part === '**') {
      const deeper = entry.isDirectory() ? matchParts(path, [part, ...rest]) : []
      return [...deeper, ...(rest.length === 1 && entry.isFile() && matches(entry.name, rest[0] ?? '') ? [path] : [])]
    }
    if (!matches(entry.name, part)) return []
    if (rest.length === 0) return entry.isFile() ? [path] : []
    return entry.isDirectory() ? matchParts(path, rest) : []
  })
  const here = part === '**' && rest.length > 1 ? matchParts(folder, rest) : []
  return [...new Set([...found, ...here])].sort()
}

function readFolder(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

function matches(name: string, part: string): boolean {
  if (name.startsWith('.') && !part.startsWith('.')) return false
  let at = 0
  let next = 0
  let star = -1
  let from = 0
  while (at < name.length) {
    if (part[next] === '*') {
      star = next++
      from = at
    } else if (part[next] === '?' || part[next] === name[at]) {
      next++
      at++
    } else if (star >= 0) {
      // The last star takes one letter more; those before it have what they need.
      next = star + 1
      at = ++from
    } else return false
  }
  return /^\**$/.test(part.slice(next))
}
