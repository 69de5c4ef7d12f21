import { join, relative } from 'node:path'
import { toSlashes } from '../input/expand-pattern.js'
import type { OnProgress } from '../show-progress.js'
import { listSurplus, manifestName, writeManifest } from './list-surplus.js'
import { compareFiles, type Drift, readText, removeLeftovers, withoutTemporaryEnd, writeFiles } from './write-files.js'

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
  /** Called with each file that is compared or written. */
  readonly onProgress?: OnProgress | undefined
}

/** Above this many written files one line covers all. */
const maxLines = 40

/**
 * Brings a folder to what a run made, or says what differs, with a unified diff of the stale files.
 *
 * @param folder Output folder.
 * @param made Text by path from it.
 * @param options Whether to write or to compare.
 * @returns Status and lines; where a file cannot be written, nothing is changed.
 */
export async function settleFiles(
  folder: string,
  made: ReadonlyMap<string, string>,
  { check, owned, command, notes, onProgress }: SettleOptions,
): Promise<RunResult> {
  const manifest = owned ? writeManifest(folder, made) : undefined
  const files = manifest === undefined ? made : new Map([...made, [manifestName, manifest]])
  if (!check) removeLeftovers(folder, files)
  const found = compareFiles(folder, files, { onProgress })
  const orphaned = owned ? [...new Set([...found.orphaned, ...listSurplus(folder, files)])].sort() : []
  const drift = { ...found, orphaned }
  if (drift.stale.length + drift.missing.length + drift.orphaned.length === 0) {
    return { status: 0, output: [`${made.size} files are up to date`], errors: notes }
  }
  if (check) {
    const errors = [...notes, ...listDrift(folder, drift), `run ${command}`]
    return { status: 1, output: await diffStale(folder, files, drift.stale), errors }
  }
  try {
    writeFiles(folder, files, drift, { onProgress, list: manifestName })
  } catch (cause) {
    return { status: 2, output: [], errors: [...notes, describeUnwritten(cause as NodeJS.ErrnoException, folder)] } // of node:fs
  }
  return { status: 0, output: listWritten(folder, drift), errors: notes }
}

function describeUnwritten({ path, code = '' }: NodeJS.ErrnoException, folder: string): string {
  const where = toSlashes(withoutTemporaryEnd(relative(process.cwd(), path ?? folder)))
  return `${where}: cannot be written (${code}), so nothing was changed; ${waysOut[code] ?? 'check its folder'}`
}

const waysOut: Readonly<Record<string, string>> = {
  EACCES: 'check the permissions',
  EEXIST: 'there is a file where a folder should be, so give another --out',
  EISDIR: 'there is a folder where the file should be, so give another --out',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'there is a file where a folder should be, so give another --out',
  EPERM: 'check the permissions',
  EROFS: 'the disk is read only, so give another --out',
}

function shown(folder: string, name: string): string {
  return toSlashes(join(folder, name))
}

function listDrift(folder: string, { stale, missing, orphaned }: Drift): readonly string[] {
  return [
    ...stale.map((name) => `${shown(folder, name)} is stale`),
    ...missing.map((name) => `${shown(folder, name)} is missing`),
    ...orphaned.map((name) => `${shown(folder, name)} is no longer generated`),
  ]
}

function listWritten(folder: string, { stale, missing, orphaned }: Drift): readonly string[] {
  const written = [...stale, ...missing].sort()
  const removed = orphaned.map((name) => `removed ${shown(folder, name)}`)
  if (written.length > maxLines) return [`wrote ${written.length} files to ${toSlashes(folder)}`, ...removed]
  return [...written.map((name) => `wrote ${shown(folder, name)}`), ...removed]
}

/** What `--check` shows is a patch that makes the files right. */
async function diffStale(
  folder: string,
  files: ReadonlyMap<string, string>,
  stale: readonly string[],
): Promise<readonly string[]> {
  if (stale.length === 0) return []
  const { createTwoFilesPatch } = await import('diff')
  return stale.map((name) => {
    const path = shown(folder, name)
    const patch = createTwoFilesPatch(
      `a/${path}`,
      `b/${path}`,
      readText(join(folder, name)) ?? '',
      files.get(name) ?? '',
      undefined,
      undefined,
      { context: 3 },
    )
    return patch.replace(/^=+\n/, '').replace(/\n$/, '')
  })
}
