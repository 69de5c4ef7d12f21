import type { SourceFault } from './sources.js'

/**
 * Writes a fault as the command line shows it.
 *
 * @param fault Fault or warning of a document.
 * @returns `file: attribute path: what is wrong`, without the path where the whole document is meant.
 */
export function faultLine({ file, path, message }: SourceFault): string {
  return [file, path, message].filter(Boolean).join(': ')
}

/**
 * Writes faults as the command line shows them, and whether `--lenient` would accept some of them.
 *
 * @param faults Faults of documents.
 * @returns A line for each, and one more where it helps.
 */
export function faultLines(faults: readonly SourceFault[]): readonly string[] {
  const taken = faults.filter(({ readAs }) => readAs !== undefined).length
  const lines = faults.map(faultLine)
  if (taken === 0) return lines
  const which = taken < faults.length ? `${taken} of these ${faults.length} faults` : 'this'
  return [...lines, `scim-codegen: --lenient accepts ${which} with a warning; add it, or fix the documents`]
}
