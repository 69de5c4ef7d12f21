import type { SchemaNames } from '../model/schema-model.js'
import { lineWidth } from './source-text.js'

/**
 * Writes an import, one name per line where one line is too long.
 *
 * @param names Names in their order; `type` stands before those that are types.
 * @param module Module to import from.
 * @returns The statement with its line break; empty when nothing is imported.
 */
export function importLine(names: readonly string[], module: string): string {
  if (names.length === 0) return ''
  const start = names.every((name) => name.startsWith('type ')) ? 'import type' : 'import'
  const bare = start === 'import' ? names : names.map((name) => name.slice('type '.length))
  const line = `${start} { ${bare.join(', ')} } from '${module}'\n`
  if (line.length <= lineWidth + 1 || bare.length === 1) return line
  return `${start} {\n${bare.map((name) => `  ${name},\n`).join('')}} from '${module}'\n`
}

/**
 * Writes the start of an exported constant, its type arguments over several lines where one is too long.
 *
 * @param start Such as `export const acmeUser`.
 * @param type Generic type.
 * @param types Its arguments.
 * @returns The text up to the value, which follows on the next line.
 */
export function lazyConstant(start: string, type: string, types: readonly string[]): string {
  const end = ' = /* @__PURE__ */ (() =>\n'
  const line = `${start}: ${type}<${types.join(', ')}>${end}`
  if (line.length <= lineWidth + 1) return line
  return `${start}: ${type}<\n${types
    .map((name) => `  ${name},\n`)
    .join('')
    .replace(/,\n$/, '\n')}>${end}`
}

/**
 * Writes the start of a generic call two spaces in, its type arguments over several lines where one is too long.
 *
 * @param name Function.
 * @param types Type arguments.
 * @returns Such as `defineExtension<AcmeUserUrn, AcmeUser>`.
 */
export function genericCall(name: string, types: readonly string[]): string {
  const line = `${name}<${types.join(', ')}>`
  if (line.length + 4 <= lineWidth) return line
  return `${name}<\n${types.map((type) => `    ${type}`).join(',\n')}\n  >`
}

/**
 * Writes the method that gives the full schema document, with the texts loaded when it is called.
 *
 * @param names Identifiers of the schema.
 * @param indent Spaces before it.
 * @returns The method with its comma and line break.
 */
export function describeMethod({ value, file }: SchemaNames, indent: string): string {
  const start = `${indent}  const { ${value}Descriptions } = await import(`
  const module = `'./${file}.descriptions.gen.js'`
  const line = `${start}${module})\n`
  const wrapped = `${start}\n${indent}    ${module}\n${indent}  )\n`
  return `${indent}async describe() {
${line.length <= lineWidth + 1 ? line : wrapped}${indent}  return describeSchema(${value}Schema, ${value}Descriptions)
${indent}},
`
}
