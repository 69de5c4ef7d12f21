import { foldCase } from './fold-case.js'

/** Longer names are not compared letter by letter: no one needs the help, and the work grows with the square. */
const longest = 128

/**
 * Finds the name that a misspelt one probably means.
 *
 * @param name Name as it was written.
 * @param known Names that exist.
 * @returns The nearest, or `undefined` when none is near: more than two letters of five would have to change.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (name.length > longest) return undefined
  const wanted = foldCase(name)
  let best: string | undefined
  let least = Math.floor((wanted.length * 2) / 5) + 1
  for (const candidate of known) {
    if (Math.abs(candidate.length - wanted.length) >= least) continue
    const changes = countChanges(wanted, foldCase(candidate))
    if (changes < least) {
      least = changes
      best = candidate
    }
  }
  return best
}

/** Letters to insert, delete or replace (Levenshtein), row by row. */
function countChanges(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let i = 0; i < left.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < right.length; j++) {
      const [above = 0, before = 0, diagonal = 0] = [row[j + 1], next[j], row[j]]
      next.push(Math.min(above + 1, before + 1, diagonal + (left[i] === right[j] ? 0 : 1)))
    }
    row = next
  }
  return row[right.length] as number // a row is one longer than the text
}
