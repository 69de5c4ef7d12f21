import { literal, quote } from '../../emit/source-text.js'
import type { CodeFormat } from '../../output/format-code.js'
import type { InitOptions } from './run-init.js'

/** What the written configuration says. */
export interface ConfigChoice extends InitOptions {
  readonly schemas: readonly string[]
  readonly format: CodeFormat
}

const defaultOut = { ts: 'src/scim', esm: 'src/scim', cjs: 'src/scim' } as const

/**
 * Writes the text of a configuration: what was chosen, and by comments what else could be.
 *
 * @param choice What was chosen.
 * @returns The module's text.
 */
export function configText(choice: ConfigChoice): string {
  const { schemas, resourceTypes = [], format, plugins, zod, lenient } = choice
  const members: readonly (readonly [string, string, string?])[] = [
    ['schemas', oneOrMore(schemas), 'Schema documents, ResourceType documents among them: files, globs, folders.'],
    ...(resourceTypes.length > 0 ? [['resourceTypes', oneOrMore(resourceTypes)] as const] : []),
    [
      'out',
      quote(choice.out ?? defaultOut[format]),
      'The folder belongs to the generator; its files are meant to be committed.',
    ],
    ...(format === 'ts'
      ? []
      : [['format', quote(format), 'JavaScript with declarations beside it; leave it out for TypeScript.'] as const]),
    [
      'plugins',
      literal(plugins ?? ['types', 'zod']),
      'Also there: client, openapi, samples, docs; or your own: { name, emit(model) }.',
    ],
    ...(zod === undefined ? [] : [['zod', quote(zod)] as const]),
    ...(lenient ? [['lenient', 'true', 'Takes what vendors publish beyond the RFC, with warnings.'] as const] : []),
  ]
  const lines = members.map(([name, value, comment]) => `${comment ? `  // ${comment}\n` : ''}  ${name}: ${value},\n`)
  return `import { defineConfig } from '@scimkit/codegen'

export default defineConfig({
${lines.join('')}})
`
}

function oneOrMore(values: readonly string[]): string {
  const [only = ''] = values
  return values.length === 1 ? quote(only) : literal(values)
}
