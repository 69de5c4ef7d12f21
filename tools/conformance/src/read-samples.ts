import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ConversationSample, DocumentSample, ExchangeSample, Sample } from './sample.js'

/** The samples of a folder, sorted by kind; each list is in the order of the file names. */
export interface SampleFolder {
  /** Every file as it was read, by its name without `.json`. */
  readonly files: ReadonlyMap<string, Sample>
  readonly exchanges: readonly ExchangeSample[]
  readonly documents: readonly DocumentSample[]
  readonly conversations: readonly ConversationSample[]
}

/**
 * Reads all samples of a folder.
 *
 * @param folder Path of the folder, such as `schemas/samples`.
 * @returns The samples by kind.
 * @throws {Error} When a file is not JSON or two files share an id; the message names them.
 */
export async function readSamples(folder: string): Promise<SampleFolder> {
  const files = new Map<string, Sample>()
  const ids = new Map<string, string>()
  for (const file of (await readdir(folder)).sort()) {
    if (!file.endsWith('.json') || file === 'sample.schema.json') continue
    const sample = await readSample(join(folder, file))
    const other = ids.get(sample.id)
    if (other !== undefined) throw new Error(`${file} and ${other} have the same id ${sample.id}`)
    ids.set(sample.id, file)
    files.set(file.slice(0, -'.json'.length), sample)
  }
  const all = [...files.values()]
  return {
    files,
    exchanges: all.filter((sample) => 'request' in sample),
    documents: all.filter((sample) => 'validates' in sample),
    conversations: all.filter((sample) => 'steps' in sample),
  }
}

async function readSample(path: string): Promise<Sample> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Sample // checked against sample.schema.json by a test
  } catch (cause) {
    throw new Error(`${path} is not JSON`, { cause })
  }
}
