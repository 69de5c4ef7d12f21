import { allows, type Reading } from './reading.js'

/**
 * Rule `keywordCase`: finds the keyword that a text names in another case, such as `post` and `DESCENDING`.
 *
 * @param keywords Keywords as the RFC spells them.
 * @param given Text as it came.
 * @param path Member or parameter that holds it, for the note.
 * @param reading Rules and the receiver of notes.
 * @returns The keyword where the rule allows it, else what came.
 */
export function foldKeyword(keywords: readonly string[], given: string, path: string, reading: Reading): string {
  if (keywords.includes(given)) return given
  const folded = keywords.find((keyword) => keyword.toLowerCase() === given.toLowerCase())
  const detail = `a keyword in another case was read as "${folded}"`
  return folded !== undefined && allows(reading, 'keywordCase', path, detail) ? folded : given
}

/**
 * Rule `doubledSlashes`: joins several slashes in a path, as they come from base URLs that end in one.
 *
 * @param path Path of a request or of a bulk operation.
 * @param reading Rules and the receiver of notes.
 * @returns The path with single slashes where the rule allows it, else what came.
 */
export function joinSlashes(path: string, reading: Reading): string {
  if (!path.includes('//')) return path
  const detail = 'several slashes in a path were read as one'
  return allows(reading, 'doubledSlashes', undefined, detail) ? path.replace(/\/{2,}/g, '/') : path
}
