import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { headerStart } from './emit-context.js'

/** How a folder differs from what a run makes. */
export interface Drift {
  /** Files with other content, and files that are missing. */
  readonly stale: readonly string[]
  /** Generated files that the run does not make any more. */
  readonly orphaned: readonly string[]
}

const generatedFile = /\.(types|schema|descriptions|zod|extension|resource)\.gen\.ts$/

/**
 * Compares a folder with what a run makes.
 *
 * @param folder Output folder; it need not exist.
 * @param files Text by path below it, or by absolute path.
 * @returns What differs; paths below the folder, sorted.
 */
export function compareFiles(folder: string, files: ReadonlyMap<string, string>): Drift {
  const stale = [...files].filter(([name, text]) => readText(resolve(folder, name)) !== text).map(([name]) => name)
  const orphaned = listFolder(folder).filter(
    (name) => generatedFile.test(name) && !files.has(name) && readText(resolve(folder, name))?.startsWith(headerStart),
  )
  return { stale: stale.sort(), orphaned: orphaned.sort() }
}

/**
 * Brings a folder to what a run makes, all or nothing: new texts are written beside the old ones and take their places
 * only when all are there; a failure on the way puts the old ones back.
 *
 * @param folder Output folder; it is made where it is missing.
 * @param files Text by path below it, or by absolute path.
 * @param drift What {@link compareFiles} found.
 * @throws {Error} The system's error; the folder is as it was.
 */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>, { stale, orphaned }: Drift): void {
  const before = new Map([...stale, ...orphaned].map((name) => [name, readText(resolve(folder, name))]))
  const temporary = (name: string) => resolve(folder, `${name}.${process.pid}.tmp`)
  try {
    for (const name of stale) {
      mkdirSync(dirname(resolve(folder, name)), { recursive: true })
      writeFileSync(temporary(name), files.get(name) ?? '')
    }
    for (const name of stale) renameSync(temporary(name), resolve(folder, name))
    for (const name of orphaned) rmSync(resolve(folder, name))
  } catch (cause) {
    for (const name of stale) rmSync(temporary(name), { force: true })
    for (const [name, text] of before) restore(resolve(folder, name), text)
    throw cause
  }
}

function restore(path: string, text: string | undefined): void {
  if (readText(path) === text) return
  if (text === undefined) rmSync(path, { force: true })
  else writeFileSync(path, text)
}

function readText(path: string): string | undefined {
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
