import { readFile } from 'node:fs/promises'
import { UsageError } from './flags.js'

const faults: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder; give its files, such as schemas/*.json',
}

/**
 * Reads a JSON file that a flag names.
 *
 * @param file Path of the file.
 * @param flag Flag, for the error.
 * @throws {UsageError} When it cannot be read or is not JSON.
 */
export async function readJsonFile(file: string, flag: string): Promise<unknown> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const { code } = error as { code?: unknown } // Node's errors have one
    throw new UsageError(`${flag}: ${file} ${faults[String(code)] ?? `cannot be read (${String(code)})`}`)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${flag}: ${file} is not JSON: ${(error as Error).message.split('\n')[0]}`) // JSON.parse throws SyntaxErrors
  }
}
