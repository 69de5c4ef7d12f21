import { readFileSync } from 'node:fs'
import ts from 'typescript'

/** Numbers of snippets in type tests. */
export interface SnippetCount {
  /** Statements that must compile; declarations that only prepare others are not counted. */
  readonly compiling: number
  /** Statements below `@ts-expect-error`. */
  readonly refused: number
}

/**
 * Counts the statements of the tests in a file of type tests.
 *
 * @param file Path of the file.
 * @returns How many there are of each kind.
 */
export function countSnippets(file: string): SnippetCount {
  const text = readFileSync(file, 'utf8')
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest)
  let compiling = 0
  let refused = 0
  const count = (statement: ts.Statement): void => {
    const comments = ts.getLeadingCommentRanges(text, statement.getFullStart()) ?? []
    const isRefused = comments.some(({ pos, end }) => text.slice(pos, end).includes('@ts-expect-error'))
    if (isRefused) refused++
    else if (ts.isExpressionStatement(statement)) compiling++
  }
  const visit = (node: ts.Node): void => {
    const statements = bodyOfTest(node)
    if (statements) for (const statement of statements) count(statement)
    else ts.forEachChild(node, visit)
  }
  visit(source)
  return { compiling, refused }
}

/** The statements in the function that is given to `it` or `test`. */
function bodyOfTest(node: ts.Node): readonly ts.Statement[] | undefined {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return undefined
  const body = node.arguments.at(-1)
  const isTest = node.expression.text === 'it' || node.expression.text === 'test'
  return isTest && body && ts.isArrowFunction(body) && ts.isBlock(body.body) ? body.body.statements : undefined
}
