import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checkSync } from 'recheck'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

// The library's own search in JavaScript, without a program beside it.
process.env.RECHECK_BACKEND = 'pure'

const root = fileURLToPath(new URL('../../../', import.meta.url))

const leftOut = new Set(['node_modules', 'dist', 'coverage', 'test', 'fuzz'])

interface FoundExpression {
  readonly place: string
  /** Source and flags; absent where the program makes the expression of something else than a text. */
  readonly literal?: { readonly source: string; readonly flags: string }
}

function listSources(folder: string): string[] {
  return readdirSync(root + folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return leftOut.has(entry.name) ? [] : listSources(path)
    return /\.(ts|mts|mjs|js)$/.test(path) && !/\.test(-d)?\.ts$/.test(path) ? [path] : []
  })
}

function findExpressions(path: string, text: string): FoundExpression[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest)
  const found: FoundExpression[] = []
  const visit = (node: ts.Node): void => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
    const place = `${path}:${line + 1}`
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/')
      found.push({ place, literal: { source: node.text.slice(1, end), flags: node.text.slice(end + 1) } })
    }
    const makes = ts.isNewExpression(node) || ts.isCallExpression(node)
    if (makes && ts.isIdentifier(node.expression) && node.expression.text === 'RegExp') {
      const [source, flags] = node.arguments ?? []
      const known = source && ts.isStringLiteralLike(source) && (!flags || ts.isStringLiteralLike(flags))
      found.push({ place, ...(known && { literal: { source: source.text, flags: flags?.text ?? '' } }) })
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function faultOf({ source, flags }: NonNullable<FoundExpression['literal']>): string | undefined {
  const verdict = checkSync(source, flags, { timeout: 60_000 })
  if (verdict.status === 'safe') return undefined
  return `/${source}/${flags} is ${verdict.status === 'unknown' ? 'not understood' : verdict.complexity.summary}`
}

const expressions = ['packages', 'tools', 'examples', 'benchmarks']
  .flatMap(listSources)
  .flatMap((path) => findExpressions(path, readFileSync(root + path, 'utf8')))

describe('regular expressions of all packages', () => {
  it('are found, also those that are made by RegExp', () => {
    expect(expressions.length).toBeGreaterThan(150)
    const text = 'const a = /x+/g; const b = new RegExp("y", "i"); const c = RegExp(a); const d = /[/]/.test("/")'
    expect(findExpressions('made.ts', text)).toEqual([
      { place: 'made.ts:1', literal: { source: 'x+', flags: 'g' } },
      { place: 'made.ts:1', literal: { source: 'y', flags: 'i' } },
      { place: 'made.ts:1' },
      { place: 'made.ts:1', literal: { source: '[/]', flags: '' } },
    ])
  })

  it('are all written down: none is made of what a program reads', () => {
    expect(expressions.filter(({ literal }) => !literal).map(({ place }) => place)).toEqual([])
  })

  it.each([
    '0+$',
    String.raw`\/+$`,
    String.raw`\[.*\]`,
    String.raw`^(.*T\d\d:\d\d:\d\d)(?:\.(\d+))?(.*)$`,
    '^(a|a)*b$',
  ])('would be noticed if they took more than linear time, such as /%s/', (source) =>
    expect(faultOf({ source, flags: '' })).toMatch(/polynomial|exponential/),
  )

  it('take linear time on every text', () => {
    const faults = new Map<string, string>()
    for (const { place, literal } of expressions) {
      const key = literal && `/${literal.source}/${literal.flags}`
      if (!key || faults.has(key)) continue
      const fault = faultOf(literal)
      faults.set(key, fault ? `${place}: ${fault}` : '')
    }
    expect([...faults.values()].filter((fault) => fault !== '')).toEqual([])
  })
})
