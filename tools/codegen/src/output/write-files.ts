import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, posix, resolve } from 'node:path'
import { headerStart, markdownHeaderStart } from '../emit/header-line.js'
import type { OnProgress } from '../show-progress.js'

/** How a folder differs from what a run makes. */
export interface Drift {
  /** Files with other content. */
  readonly stale: readonly string[]
  /** Files that are not there. */
  readonly missing: readonly string[]
  /** Generated files that the run no longer makes. */
  readonly orphaned: readonly string[]
}

/** Who watches over many files. */
export interface FilesOptions {
  readonly onProgress?: OnProgress | undefined
  /** File that lists others; it changes when they have, so that a run that is killed before can be followed up. */
  readonly list?: string | undefined
}

/** Files that a run may remove, when their first line says that they are generated. */
const generatedFile =
  /((^index|\.(types|schema|descriptions|zod|extension|definition|resource)\.gen|^client\.gen)\.(d\.)?[cm]?[jt]s|\.md)$/

/**
 * Compares a folder with what a run makes.
 *
 * @param folder Output folder; it need not exist.
 * @param files Text by path from it.
 * @param options What is called with each file that is compared.
 * @returns What differs; paths from the folder, sorted.
 */
export function compareFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
  { onProgress }: FilesOptions = {},
): Drift {
  const stale: string[] = []
  const missing: string[] = []
  for (const [index, [name, text]] of [...files].entries()) {
    onProgress?.('compare', index + 1, files.size, name)
    const there = readText(resolve(folder, name))
    if (there === undefined) missing.push(name)
    else if (there !== text) stale.push(name)
  }
  const orphaned = foldersOf(files).flatMap((inside) =>
    listFolder(join(folder, inside))
      .filter((name) => generatedFile.test(name))
      .map((name) => posix.join(inside, name))
      .filter((name) => !files.has(name) && hasHeader(readText(resolve(folder, name)))),
  )
  return { stale: stale.sort(), missing: missing.sort(), orphaned: orphaned.sort() }
}

/**
 * Tells whether a file of the output folder is recognized as generated, by its name and its first line.
 *
 * @param name Path from the output folder; those below it are looked at only while a run makes files there.
 * @param text Text of the file.
 * @returns Whether {@link compareFiles} finds it once it is no longer generated.
 */
export function isRecognized(name: string, text: string): boolean {
  return !name.includes('/') && generatedFile.test(name) && hasHeader(text)
}

function hasHeader(text: string | undefined): boolean {
  return text?.startsWith(headerStart) === true || text?.startsWith(markdownHeaderStart) === true
}

/**
 * Brings a folder to what a run makes, all or nothing: new texts are written beside the old ones and take their places
 * only when all are there; a failure on the way puts the old ones back.
 *
 * @param folder Output folder; it is made where it is missing.
 * @param files Text by path from it.
 * @param drift What {@link compareFiles} found.
 * @param options What is called with each file that is written.
 * @throws {Error} The system's error; the folder is as it was.
 */
export function writeFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
  drift: Drift,
  { onProgress, list }: FilesOptions = {},
): void {
  const { orphaned } = drift
  const isList = (name: string) => name === list
  const isOther = (name: string) => name !== list
  const stale = [...drift.stale, ...drift.missing]
  const before = new Map([...stale, ...orphaned].map((name) => [name, readText(resolve(folder, name))]))
  const temporary = (name: string) => resolve(folder, `${name}.${process.pid}.scim-codegen.tmp`)
  try {
    for (const [index, name] of stale.entries()) {
      onProgress?.('write', index + 1, stale.length, name)
      mkdirSync(dirname(resolve(folder, name)), { recursive: true })
      writeFileSync(temporary(name), files.get(name) ?? '')
    }
    for (const isNext of [isOther, isList]) {
      for (const name of stale.filter(isNext)) renameSync(temporary(name), resolve(folder, name))
      for (const name of orphaned.filter(isNext)) rmSync(resolve(folder, name))
    }
  } catch (cause) {
    for (const name of stale) rmSync(temporary(name), { force: true })
    for (const [name, text] of before) restore(resolve(folder, name), text)
    throw cause
  }
}

/** What a run writes beside a file before it replaces it; the names of earlier versions end in the number. */
const temporaryFile = /^(.+)\.(\d+)(\.scim-codegen)?\.tmp$/

/**
 * Removes the ending that a file has while a run writes it.
 *
 * @param path Path of a temporary file, or of any other.
 * @returns The path of the file that it was for.
 */
export function withoutTemporaryEnd(path: string): string {
  return path.replace(temporaryFile, '$1')
}

/**
 * Removes the temporary files of runs that were killed. Those of a run that goes on stay, and so does every file of
 * which it is not certain that a run has made it.
 *
 * @param folder Output folder.
 * @param files Text by path from it.
 */
export function removeLeftovers(folder: string, files: ReadonlyMap<string, string>): void {
  for (const inside of foldersOf(files)) {
    for (const name of listFolder(join(folder, inside))) {
      const [, made = '', id, ours] = temporaryFile.exec(name) ?? []
      if (id === undefined || isRunning(Number(id))) continue
      if (!ours && !files.has(posix.join(inside, made)) && !generatedFile.test(made)) continue
      rmSync(resolve(folder, inside, name), { force: true })
    }
  }
}

/** A process of another user runs as well, though it may not be sent a signal. */
function isRunning(id: number): boolean {
  try {
    process.kill(id, 0)
    return id !== process.pid
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' // of node:process
  }
}

function foldersOf(files: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set(['.', ...[...files.keys()].map((name) => posix.dirname(name))])]
}

function restore(path: string, text: string | undefined): void {
  if (readText(path) === text) return
  if (text === undefined) rmSync(path, { force: true })
  else writeFileSync(path, text)
}

/**
 * Reads a file that may not be there.
 *
 * @param path Path of the file.
 * @returns Its text; `undefined` when it cannot be read.
 */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
