import { createHash } from 'node:crypto'
import { resolve, sep } from 'node:path'
import { isObject } from '@scimkit/core/internal'
import { isRecognized, readText } from './write-files.js'

/** File of the output folder that lists what cannot be recognized by its name and first line. */
export const manifestName = '.scim-codegen.json'

const about =
  'Files that scim-codegen made, each with the SHA-256 of its text; they go when they are not made any more.'

/**
 * Lists the files of a run that a later one could not recognize, such as JSON and what the user's plug-ins make.
 * What lies outside the output folder does not belong to the run alone and is not listed.
 *
 * @param folder Output folder.
 * @param files Text by path from the output folder, sorted.
 * @returns Text of the manifest; `undefined` when every file is recognized without it.
 */
export function writeManifest(folder: string, files: ReadonlyMap<string, string>): string | undefined {
  const listed = [...files].filter(([name, text]) => isInside(folder, name) && !isRecognized(name, text))
  if (listed.length === 0) return undefined
  const made = Object.fromEntries(listed.map(([name, text]) => [name, digestOf(text)]))
  return `${JSON.stringify({ about, files: made }, null, 2)}\n`
}

/**
 * Finds the files that an earlier run has listed and this one does not make. A file whose text is another than that run
 * has written has been edited since and is not among them.
 *
 * @param folder Output folder.
 * @param files Text by path that the run makes.
 * @returns Paths from the folder; the manifest itself where it is no longer needed.
 */
export function listSurplus(folder: string, files: ReadonlyMap<string, string>): readonly string[] {
  const manifest = readManifest(readText(resolve(folder, manifestName)))
  if (!manifest) return []
  // Where case does not count, a file that is only spelt anew is the same file.
  const spelling = (name: string) => resolve(folder, name).toLowerCase()
  const kept = new Set([...files.keys()].map(spelling))
  const surplus = Object.entries(manifest).filter(([name, digest]) => {
    if (!isInside(folder, name) || kept.has(spelling(name))) return false
    const text = readText(resolve(folder, name))
    return text !== undefined && digestOf(text) === digest
  })
  return [...surplus.map(([name]) => name), ...(writeManifest(folder, files) === undefined ? [manifestName] : [])]
}

function isInside(folder: string, name: string): boolean {
  return resolve(folder, name).startsWith(resolve(folder) + sep)
}

function readManifest(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const { about: said, files } = JSON.parse(text ?? '{}') as { about?: unknown; files?: unknown } // any JSON object
    return said === about && isObject(files) ? files : undefined
  } catch {
    return undefined
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
