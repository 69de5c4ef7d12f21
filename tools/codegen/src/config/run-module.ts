import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Runs a module of the user, TypeScript or JavaScript, on every Node and without a compiler in the project; a changed
 * file is run anew. This package itself is at hand even where it is not installed.
 *
 * @param path Path of the module.
 * @returns What it exports.
 * @throws Whatever the module throws, which need not be an error.
 */
export async function runModule(path: string): Promise<unknown> {
  const [{ createJiti }, codegen] = await Promise.all([import('jiti'), import('../index.js')])
  const url = pathToFileURL(resolve(path)).href
  const options = { moduleCache: false, fsCache: false, interopDefault: false, tryNative: false }
  return createJiti(url, { ...options, virtualModules: { '@scimkit/codegen': codegen } }).import(url)
}

/**
 * Says in one line why a module could not be run.
 *
 * @param cause What {@link runModule} threw.
 * @returns The first line of its message; faults of syntax have their place on the next one.
 */
export function reasonOf(cause: unknown): string {
  const { message = String(cause) } = (cause ?? {}) as { message?: string } // a module may throw anything
  const [reason = '', place = ''] = message.split('\n')
  const line = /:(\d+):\d+$/.exec(place.trim())?.[1]
  return `${reason.replace(/^ParseError: /, '').trim()}${line === undefined ? '' : ` at line ${line}`}`
}
