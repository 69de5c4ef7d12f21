import { isObject } from '@scimkit/core/internal'
import type { Note } from '@scimkit/server-kit'
import type { ProviderOptions } from './provider/create-provider.js'

/** Options of `createMockServer`. */
export interface MockServerOptions extends ProviderOptions {
  /** Number of newest requests that `requests` keeps; 10 000. */
  readonly keptRequests?: number | undefined
  /** Called with every reading that goes beyond the RFC's letter. */
  readonly onNote?: ((note: Note) => void) | undefined
}

const optionNames: Readonly<Record<keyof MockServerOptions, true>> = {
  resources: true,
  basePath: true,
  baseUrl: true,
  token: true,
  compatibility: true,
  seed: true,
  store: true,
  keptRequests: true,
  onNote: true,
  limits: true,
  hooks: true,
  now: true,
  createId: true,
  cursorSecrets: true,
  omittedOnReplace: true,
}

/**
 * Checks the names of options, so that a misspelt one does not go unnoticed.
 *
 * @param options What an application gives.
 * @throws {TypeError} That names the option at fault.
 */
export function checkOptionNames(options: MockServerOptions): void {
  if (!isObject(options)) throw new TypeError('createMockServer takes an object of options')
  if (options.resources !== undefined && !Array.isArray(options.resources)) {
    throw new TypeError('createMockServer: resources must be a list of definitions, such as [userResource]')
  }
  const [unknown] =
    Object.entries(options).find(([name, value]) => value !== undefined && !Object.hasOwn(optionNames, name)) ?? []
  if (unknown === undefined) return
  throw new TypeError(
    `createMockServer: ${unknown} is not an option; the options are ${Object.keys(optionNames).join(', ')}`,
  )
}
