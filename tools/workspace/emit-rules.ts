// What is derived from the table of compatibility rules: the table in server-kit's README, the list in the sample schema.
import { readFileSync } from 'node:fs'
import { compatibilityRules } from '../../packages/core/src/internal.js'

/** A rule of the table in core, with what its comment says. */
interface DescribedRule {
  readonly name: string
  /** Markdown: what is read under the rule. */
  readonly summary: string
  /** Markdown: RFC section, vendor or habit that the rule comes from. */
  readonly source: string
  /** Bases that have it on. */
  readonly bases: readonly string[]
}

const table = 'packages/core/src/compatibility.ts'
const readme = 'packages/server-kit/README.md'
const sampleSchema = 'schemas/samples/sample.schema.json'

/**
 * Emits the files that hold something derived from the rules.
 *
 * @returns Their text by path.
 * @throws {Error} When a rule has no comment, or its comment has no source.
 */
export function emitRules(): ReadonlyMap<string, string> {
  const rules = readRules()
  return new Map([
    [readme, emitReadme(rules)],
    [sampleSchema, emitSampleSchema(rules)],
  ])
}

function readRules(): readonly DescribedRule[] {
  const comments = new Map(
    [...readFileSync(table, 'utf8').matchAll(/\/\*\*((?:(?!\*\/).)*)\*\/\n {2}(\w+): \w+,/gs)].map(
      ([, comment = '', name = '']) => [
        name,
        comment
          .replace(/\n\s*\*?/g, ' ')
          .replace(/\s+/g, ' ')
          .trim(),
      ],
    ),
  )
  return Object.entries(compatibilityRules).map(([name, bases]) => {
    const [, summary, source] = /^(.+)\. Source: (.+)$/.exec(comments.get(name) ?? '') ?? []
    if (summary && source) return { name, summary, source, bases }
    throw new Error(`${table}: ${name} needs a comment of the form "What is read. Source: where it comes from"`)
  })
}

function emitReadme(rules: readonly DescribedRule[]): string {
  const rows = rules.map(({ name, summary, source, bases }) => {
    const on = bases.length === 0 ? 'none' : bases.map((base) => `\`${base}\``).join(', ')
    return `| \`${name}\` | ${summary} | ${source} | ${on} |`
  })
  const text = ['| rule | what is read | source | on in |', '| --- | --- | --- | --- |', ...rows].join('\n')
  return replaceIn(readme, /(<!-- rules -->\n).*(\n<!-- \/rules -->)/s, text)
}

/** A sample shows what a rule reads, so it names those that lenient has on and strict has off. */
function emitSampleSchema(rules: readonly DescribedRule[]): string {
  const names = rules.filter(({ bases }) => bases.includes('lenient') && !bases.includes('strict'))
  const list = names.map(({ name }) => `        "${name}"`).join(',\n')
  return replaceIn(sampleSchema, /("rule": \{[^}]*"enum": \[\n).*?(\n {6}\])/s, list)
}

function replaceIn(file: string, place: RegExp, text: string): string {
  const before = readFileSync(file, 'utf8')
  if (!place.test(before)) throw new Error(`${file} has lost the place of the compatibility rules`)
  return before.replace(place, (_, start: string, end: string) => start + text + end)
}
