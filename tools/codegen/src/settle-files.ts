import { isAbsolute, join, relative } from 'node:path'
import { toSlashes } from './expand-pattern.js'
import { compareFiles, writeFiles } from './write-files.js'

/** How a run ended: `0` done, `1` drift, `2` wrong use, or unreadable or faulty input. */
export interface RunResult {
  readonly status: 0 | 1 | 2
  /** Lines for standard output. */
  readonly output: readonly string[]
  /** Lines for standard error. */
  readonly errors: readonly string[]
}

/** What is to be done with the files of a run. */
export interface SettleOptions {
  /** Compares with what is there instead of writing. */
  readonly check: boolean
  /** Whether the folder belongs to the run, so that generated files which it no longer makes go. */
  readonly owned: boolean
  /** Command that the message on drift names. */
  readonly command: string
  /** Warnings, which go before everything else. */
  readonly notes: readonly string[]
}

/**
 * Brings a folder to what a run made, or says what differs.
 *
 * @param folder Output folder.
 * @param files Text by path below it, or by absolute path.
 * @param options Whether to write or to compare.
 * @returns Status and lines; where a file cannot be written, nothing is changed.
 */
export function settleFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
  { check, owned, command, notes }: SettleOptions,
): RunResult {
  const { stale, orphaned } = compareFiles(folder, files)
  const drift = { stale, orphaned: owned ? orphaned : [] }
  const shown = (name: string) => toSlashes(isAbsolute(name) ? name : join(folder, name))
  if (drift.stale.length + drift.orphaned.length === 0) {
    return { status: 0, output: [`${files.size} files are up to date`], errors: notes }
  }
  if (check) {
    const lines = [
      ...drift.stale.map((name) => `${shown(name)} is stale`),
      ...drift.orphaned.map((name) => `${shown(name)} has no schema any more`),
    ]
    return { status: 1, output: [], errors: [...notes, ...lines, `run ${command}`] }
  }
  try {
    writeFiles(folder, files, drift)
  } catch (cause) {
    const { path = folder, code } = cause as NodeJS.ErrnoException // of node:fs
    const where = toSlashes(relative(process.cwd(), path))
    return { status: 2, output: [], errors: [...notes, `${where}: cannot be written (${code}); nothing was changed`] }
  }
  const written = drift.stale.map((name) => `wrote ${shown(name)}`)
  return { status: 0, output: [...written, ...drift.orphaned.map((name) => `removed ${shown(name)}`)], errors: notes }
}
