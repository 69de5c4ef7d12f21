import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expandPattern, toSlashes } from '../input/expand-pattern.js'
import type { ZodPackage } from '../model/codegen-model.js'
import type { CodeFormat } from '../output/format-code.js'
import type { RunResult } from '../output/settle-files.js'
import { readText, writeFiles } from '../output/write-files.js'
import { type PluginName, pluginNames } from '../plugins/choose-plugins.js'
import type { Command } from './command.js'
import { type ConfigChoice, configText } from './init/config-text.js'
import { sampleFiles } from './init/sample-files.js'
import { describeWrongWord, parseFlags, splitNames, wrongUse } from './parse-flags.js'
import { codeFlags, inputFlags, lenientFlag, outFolder, zodPackages } from './source-flags.js'

const flags = {
  ...inputFlags,
  ...outFolder,
  plugins: { ...codeFlags.plugins, multiple: true },
  zod: codeFlags.zod,
  ...lenientFlag,
  javascript: { type: 'boolean', description: 'For a project in plain JavaScript' },
  example: { type: 'boolean', description: 'Write a sample schema in any case' },
  force: { type: 'boolean', description: 'Replace what is there' },
} as const

/** `scim-codegen init`. */
export const init: Command = {
  usage: 'init',
  description: 'Writes scim.config.ts, and a sample schema where there is none yet.',
  flags,
  async run(args) {
    const given = parseFlags(args, flags)
    if (typeof given === 'string') return wrongUse(given)
    const { values, positionals } = given
    const [stray] = positionals
    if (stray !== undefined && !values.schemas)
      return wrongUse(`${stray} belongs to no flag; write --schemas before it`)
    const plugins = values.plugins?.flatMap(splitNames)
    const wrong =
      describeWrongWord('--zod', values.zod, zodPackages) ??
      plugins?.map((plugin) => describeWrongWord('--plugins', plugin, pluginNames)).find((line) => line !== undefined)
    if (wrong !== undefined) return wrongUse(wrong)
    return writeConfig({
      ...values,
      schemas: values.schemas && [...values.schemas, ...positionals],
      resourceTypes: values['resource-types'],
      plugins: plugins as readonly PluginName[] | undefined, // each has been looked up
      zod: values.zod as ZodPackage | undefined, // has been looked up
    })
  },
}

/** What `init` is asked for. */
interface InitOptions extends Omit<ConfigChoice, 'schemas' | 'format'> {
  /** Files, globs, folders. Default: `schemas`. */
  readonly schemas?: readonly string[] | undefined
  /** Writes for a project in plain JavaScript: `scim.config.mjs`, and code with declarations. */
  readonly javascript?: boolean | undefined
  /** Writes a sample schema even where there are schema files. */
  readonly example?: boolean | undefined
  /** Replaces files that are there. */
  readonly force?: boolean | undefined
}

/** Writes a configuration that runs as it is, with a sample schema where there is none yet. */
async function writeConfig(options: InitOptions): Promise<RunResult> {
  const { configNames } = await import('../config/load-config.js') // with a parser of JSON
  const { schemas = ['schemas'], resourceTypes = [], force = false } = options
  const found = [...schemas, ...resourceTypes].map((pattern) => [pattern, expandPattern(pattern)] as const)
  const missing = found.find(([, files]) => files.length === 0)?.[0]
  if (missing !== undefined && (options.schemas ?? options.resourceTypes) !== undefined && !options.example) {
    return wrongUse(`${missing}: no such file, and no file matches; check the path, or write a sample with --example`)
  }
  const files = new Map<string, string>()
  if (options.example || missing !== undefined) {
    const folder = folderOf(schemas[0] ?? 'schemas')
    for (const [name, text] of sampleFiles(folder)) files.set(toSlashes(join(folder, name)), text)
  }
  const name = options.javascript ? 'scim.config.mjs' : 'scim.config.ts'
  files.set(name, configText({ ...options, schemas, format: options.javascript ? moduleKind() : 'ts' }))
  const others = configNames.filter((other) => other !== name && existsSync(other))
  const taken = force ? others : [...others, ...[...files.keys()].filter((path) => existsSync(path))]
  const [first] = taken
  if (first !== undefined) {
    const way = others.includes(first) ? 'remove it first' : 'give --force to replace it'
    return wrongUse(`${first} is there already; ${way}`)
  }
  const stale = [...files.keys()].filter((path) => readText(path) !== undefined)
  try {
    writeFiles('.', files, { stale, missing: [...files.keys()].filter((path) => !stale.includes(path)), orphaned: [] })
  } catch (cause) {
    return wrongUse(`${name}: cannot be written (${(cause as NodeJS.ErrnoException).code}); nothing was changed`) // of node:fs
  }
  const lines = [...files.keys()].map((path) => `wrote ${path}`)
  return { status: 0, output: [...lines, `next: npx scim-codegen generate`], errors: [] }
}

/** A sample goes into the folder that the configuration names; a single file or a glob has one around it. */
function folderOf(pattern: string): string {
  if (!/[*?]/.test(pattern)) return pattern.endsWith('.json') ? dirname(pattern) : pattern
  const folder = dirname(pattern)
  return /[*?]/.test(folder) ? folderOf(folder) : folder
}

/** JavaScript files are modules or CommonJS by what the package says. */
function moduleKind(): CodeFormat {
  try {
    const { type } = JSON.parse(readFileSync('package.json', 'utf8')) as { type?: unknown }
    return type === 'module' ? 'esm' : 'cjs'
  } catch {
    return 'cjs'
  }
}
