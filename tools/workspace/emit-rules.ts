// What is derived from the table of compatibility rules: the table in server-kit's README, the list in the sample schema.
import { readFileSync } from 'node:fs'
import ts from 'typescript'
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
  const comments = readComments()
  return Object.entries(compatibilityRules).map(([name, bases]) => {
    const [summary, source] = comments.get(name)?.split('. Source: ') ?? []
    if (summary && source) return { name, summary, source, bases }
    throw new Error(`${table}: ${name} needs a comment of the form "What is read. Source: where it comes from"`)
  })
}

/** The comment above each entry of the table, on one line. */
function readComments(): ReadonlyMap<string, string> {
  const comments = new Map<string, string>()
  const visit = (node: ts.Node): void => {
    const [comment] = ts.isPropertyAssignment(node) ? ts.getJSDocCommentsAndTags(node) : []
    if (comment && ts.isPropertyAssignment(node)) {
      const text = ts.getTextOfJSDocComment(comment.comment) ?? ''
      comments.set(node.name.getText(), text.split('\n').join(' '))
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(table, readFileSync(table, 'utf8'), ts.ScriptTarget.Latest, true))
  return comments
}

function emitReadme(rules: readonly DescribedRule[]): string {
  const rows = rules.map(({ name, summary, source, bases }) => {
    const on = bases.length === 0 ? 'none' : bases.map((base) => `\`${base}\``).join(', ')
    return `| \`${name}\` | ${summary} | ${source} | ${on} |`
  })
  const text = ['| rule | what is read | source | on in |', '| --- | --- | --- | --- |', ...rows].join('\n')
  return replaceIn(readme, { after: ['<!-- rules -->\n'], before: '\n<!-- /rules -->' }, text)
}

/** A sample shows what a rule reads, so it names those that lenient has on and strict has off. */
function emitSampleSchema(rules: readonly DescribedRule[]): string {
  const names = rules.filter(({ bases }) => bases.includes('lenient') && !bases.includes('strict'))
  const list = names.map(({ name }) => `        "${name}"`).join(',\n')
  return replaceIn(sampleSchema, { after: ['"rule": {', '"enum": [\n'], before: '\n      ]' }, list)
}

/** Where a text goes: behind the last of these marks, each looked for behind the one before, and up to another mark. */
interface Place {
  readonly after: readonly string[]
  readonly before: string
}

function replaceIn(file: string, { after, before }: Place, text: string): string {
  const old = readFileSync(file, 'utf8')
  const find = (mark: string, from: number): number => {
    const index = old.indexOf(mark, from)
    if (index < 0) throw new Error(`${file} has lost the place of the compatibility rules`)
    return index
  }
  const start = after.reduce((from, mark) => find(mark, from) + mark.length, 0)
  return old.slice(0, start) + text + old.slice(find(before, start))
}
