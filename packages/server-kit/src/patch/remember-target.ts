import type { ResourceDefinition } from '@scimkit/core/schema'
import type { Note } from '../compatibility/note.js'
import type { Reading } from '../compatibility/reading.js'
import type { CompatibilityRules } from '../compatibility/resolve-compatibility.js'
import { type PatchTarget, selectTarget } from './select-target.js'

/** A target with the notes that reading its path took. */
interface Remembered {
  readonly target: PatchTarget
  readonly notes: readonly Note[]
}

/** Paths that are kept for each definition; at the limit all are forgotten. */
const mostPaths = 256
/** Longest path that is kept, in UTF-16 units. */
const longestPath = 256

const memory = new WeakMap<ResourceDefinition, WeakMap<CompatibilityRules, Map<string, Remembered>>>()

/**
 * Finds what a path leads to as `selectTarget` does, once for each path: providers send the same few over and over.
 *
 * A path whose filter compares a `value`, such as the id of a member, is not kept, since it hardly comes twice.
 *
 * @param definition Definition whose schemas name the attributes.
 * @param path Text of the path.
 * @param reading Rules and the receiver of notes, which are given anew each time.
 * @returns The target.
 * @throws {ScimError} As `selectTarget`.
 */
export function rememberTarget(definition: ResourceDefinition, path: string, reading: Reading): PatchTarget {
  const paths = pathsOf(definition, reading.rules)
  const known = paths.get(path)
  if (known) {
    for (const note of known.notes) reading.onNote(note)
    return known.target
  }
  const notes: Note[] = []
  const onNote = (note: Note) => {
    notes.push(note)
    reading.onNote(note)
  }
  const target = selectTarget(definition, path, { rules: reading.rules, onNote })
  if (path.length > longestPath || (target.attribute && target.filter?.namesValue)) return target
  if (paths.size >= mostPaths) paths.clear()
  paths.set(path, { target, notes })
  return target
}

function pathsOf(definition: ResourceDefinition, rules: CompatibilityRules): Map<string, Remembered> {
  const byRules = memory.get(definition) ?? new WeakMap<CompatibilityRules, Map<string, Remembered>>()
  const paths = byRules.get(rules) ?? new Map<string, Remembered>()
  if (paths.size === 0) memory.set(definition, byRules.set(rules, paths))
  return paths
}
