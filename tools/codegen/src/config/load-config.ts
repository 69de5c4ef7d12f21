import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import type { CodegenConfig } from '../define-config.js'
import { toSlashes } from '../input/expand-pattern.js'
import { findJsonFault } from '../input/find-json-fault.js'
import { checkConfig } from './check-config.js'
import { ConfigError } from './config-error.js'
import { reasonOf, runModule } from './run-module.js'

/** Names under which a configuration is looked for, in this order. */
export const configNames: readonly string[] = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs', 'json'].map(
  (ending) => `scim.config.${ending}`,
)

/** A configuration and where it is. */
export interface LoadedConfig {
  /** Path as messages show it. */
  readonly file: string
  /** Absolute path of its folder, which its paths start from. */
  readonly folder: string
  readonly config: CodegenConfig
}

/**
 * Finds the configuration of the current folder.
 *
 * @returns Its path; `undefined` when there is none.
 * @throws {ConfigError} When there are two.
 */
export function findConfig(): string | undefined {
  const [first, second] = configNames.filter((name) => existsSync(name))
  if (first !== undefined && second !== undefined) {
    throw new ConfigError([`${second}: ${first} is there as well; remove one of the two, or name one with --config`])
  }
  return first
}

/**
 * Loads and checks a configuration. Modules run as programs; TypeScript needs no compiler in the project.
 *
 * @param path Path of the file.
 * @returns The configuration.
 * @throws {ConfigError} When it cannot be loaded or is faulty.
 */
export async function loadConfig(path: string): Promise<LoadedConfig> {
  const file = toSlashes(path)
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    throw new ConfigError([`${file}: no such file; scim-codegen init writes one`])
  }
  const config = checkConfig(path.endsWith('.json') ? readJson(path, file) : await loadModule(path, file))
  if (isFaults(config)) throw new ConfigError(config.map((fault) => `${file}: ${fault}`))
  return { file, folder: dirname(resolve(path)), config }
}

/**
 * Tells where a path of a configuration leads, from the current folder, so that messages stay short.
 *
 * @param loaded Configuration that names the path.
 * @param path Path from the folder of the configuration.
 * @returns The path from the current folder.
 */
export function resolvePath({ folder }: LoadedConfig, path: string): string {
  return relative(process.cwd(), resolve(folder, path)) || '.'
}

function isFaults(value: CodegenConfig | readonly string[]): value is readonly string[] {
  return Array.isArray(value)
}

function readJson(path: string, file: string): unknown {
  const text = readFileSync(path, 'utf8').replace(/^\ufeff/, '')
  const fault = findJsonFault(text)
  if (fault !== undefined) throw new ConfigError([`${file}: ${fault}`])
  return JSON.parse(text)
}

async function loadModule(path: string, file: string): Promise<unknown> {
  let exported: unknown
  try {
    exported = await runModule(path)
  } catch (cause) {
    const line = `${file}: it cannot be loaded (${reasonOf(cause)}); fix it, or write a new one with init`
    throw new ConfigError([line], { cause })
  }
  const { default: value } = exported as { default?: unknown } // a module namespace
  if (value !== undefined) return value
  if (/\.c[jt]s$/.test(path)) return exported
  throw new ConfigError([
    `${file}: it has no default export; write export default defineConfig({ schemas: …, out: … })`,
  ])
}
