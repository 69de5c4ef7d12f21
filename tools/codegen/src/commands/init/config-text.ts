import { literal, quote } from '../../emit/source-text.js'
import type { ZodPackage } from '../../model/codegen-model.js'
import type { CodeFormat } from '../../output/format-code.js'
import type { PluginName } from '../../plugins/choose-plugins.js'

/** What the written configuration says. */
export interface ConfigChoice {
  /** Files, globs, folders. */
  readonly schemas: readonly string[]
  readonly resourceTypes?: readonly string[] | undefined
  /** Default: `src/scim`. */
  readonly out?: string | undefined
  readonly plugins?: readonly PluginName[] | undefined
  readonly zod?: ZodPackage | undefined
  readonly lenient?: boolean | undefined
  readonly format: CodeFormat
}

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
      quote(choice.out ?? 'src/scim'),
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
    ...(lenient ? [['lenient', 'true', 'Accepts what vendors publish beyond the RFC, with warnings.'] as const] : []),
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
