import { isObject } from '@scimkit/core/internal'
import type { CodegenConfig } from '../define-config.js'
import { codeFormats } from '../output/format-code.js'
import { choosePlugins, PluginShapeError } from '../plugins/choose-plugins.js'

/** Says what is wrong with the value of a member; `undefined` when nothing is. */
type Check = (value: unknown, place: string) => string | undefined

const members: Readonly<Record<keyof CodegenConfig, Check>> = {
  $schema: checkText,
  schemas: checkPatterns,
  resourceTypes: checkPatterns,
  out: checkText,
  plugins: checkPlugins,
  zod: (value, place) => checkWord(value, place, ['zod', 'zod/mini']),
  format: (value, place) => checkWord(value, place, codeFormats),
  openapi: checkText,
  lenient: (value, place) =>
    typeof value === 'boolean' ? undefined : `${place} is ${show(value)}; write true or false`,
  include: checkUrns,
  exclude: checkUrns,
  names: checkNames,
}

/**
 * Checks what a configuration file exports.
 *
 * @param config Value of the export.
 * @returns The configuration, or a line for each fault: place, what is wrong, and the way out.
 */
export function checkConfig(config: unknown): CodegenConfig | readonly string[] {
  if (typeof config === 'function') return ['the export is a function; export the object that it gives']
  if (!isObject(config)) {
    return [`the export is ${show(config)}; write export default defineConfig({ schemas: …, out: … })`]
  }
  const faults: string[] = []
  for (const [name, value] of Object.entries(config)) {
    const check = Object.hasOwn(members, name) ? members[name as keyof CodegenConfig] : undefined // just looked up
    if (!check) faults.push(`${name} is not known; the members are ${Object.keys(members).slice(1).join(', ')}`)
    else if (value !== undefined) faults.push(...[check(value, name)].filter((fault) => fault !== undefined))
  }
  const { schemas, out } = config as Partial<CodegenConfig> // only whether they are there
  if (schemas === undefined) faults.push("schemas is missing; name the schema files, such as schemas: 'schemas'")
  if (out === undefined) faults.push("out is missing; name the folder to write to, such as out: 'src/scim'")
  return faults.length > 0 ? faults : (config as object as CodegenConfig) // every member has been checked
}

function checkText(value: unknown, place: string): string | undefined {
  return typeof value === 'string' && value !== '' ? undefined : `${place} is ${show(value)}; write a string`
}

function checkPatterns(value: unknown, place: string): string | undefined {
  if (!Array.isArray(value)) return checkText(value, place)
  if (value.length === 0) return `${place} is empty; name at least one file, glob or folder`
  return value.map((item, position) => checkText(item, `${place}[${position}]`)).find((fault) => fault !== undefined)
}

function checkUrns(value: unknown, place: string): string | undefined {
  return Array.isArray(value) ? checkPatterns(value, place) : `${place} is ${show(value)}; write a list of schema URNs`
}

function checkWord(value: unknown, place: string, words: readonly string[]): string | undefined {
  return words.some((word) => word === value)
    ? undefined
    : `${place} is ${show(value)}; write one of ${words.join(', ')}`
}

function checkPlugins(value: unknown, place: string): string | undefined {
  if (!Array.isArray(value)) return `${place} is ${show(value)}; write a list of names or plug-ins`
  try {
    choosePlugins(value)
    return undefined
  } catch (error) {
    if (error instanceof PluginShapeError) return error.message
    throw error
  }
}

function checkNames(value: unknown, place: string): string | undefined {
  const way = "write type names by URN, such as { 'urn:example:User': 'AcmeUser' }"
  if (!isObject(value)) return `${place} is ${show(value)}; ${way}`
  for (const [urn, name] of Object.entries(value)) {
    if (typeof name === 'string' && /^[A-Z][A-Za-z0-9]*$/.test(name)) continue
    return `${place}[${show(urn)}] is ${show(name)}; write a type name, such as AcmeUser`
  }
  return undefined
}

function show(value: unknown): string {
  if (value === undefined || typeof value === 'function' || typeof value === 'symbol') return typeof value
  return (JSON.stringify(value) ?? typeof value).slice(0, 60)
}
