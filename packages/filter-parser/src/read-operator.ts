import type { ComparisonOperator } from './ast.js'
import { behindBlanks, fail, type Reading, skipMark, skipSpace } from './reading.js'
import { isNameUnit, matchAt, smallAt, unitAt } from './units.js'

type Operator = ComparisonOperator | 'pr'

const names: readonly Operator[] = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'pr']
const operators: ReadonlyMap<number, Operator> = /* @__PURE__ */ new Map(names.map((name) => [pairAt(name, 0), name]))

/** `or`, and how `and` begins, as `pairAt` has them. */
const or = 0x6f0072
const an = 0x61006e
const negation = /not[ \t]*\(/iy

/** Two units as one number; shifted by all 16 bits, the first cannot be mistaken for another pair. */
function pairAt(text: string, at: number): number {
  return (smallAt(text, at) << 16) | smallAt(text, at + 1)
}

/**
 * Reads an operator with the blanks before it, or an opening bracket with those around it.
 *
 * @param reading Text, behind a path.
 * @param bracket Whether a bracket can stand here.
 * @returns The operator in small letters.
 */
export function readOperator(reading: Reading, bracket: false): Operator
export function readOperator(reading: Reading, bracket: boolean): Operator | '['
export function readOperator(reading: Reading, bracket: boolean): Operator | '[' {
  const start = reading.at
  skipSpace(reading, 0, Infinity)
  const { text, at } = reading
  const operator = operators.get(pairAt(text, at))
  if (operator && !isNameUnit(text, at + 2)) {
    reading.at = at + 2
    return operator
  }
  if (bracket && unitAt(text, at) === 91) {
    skipMark(reading)
    return '['
  }
  const expected = at > start ? names : ['space']
  return fail(reading, bracket ? [...expected, '['] : expected)
}

/** Reads `and` or `or` with the blanks around it, if one is there. */
export function readJoin(reading: Reading): 'and' | 'or' | undefined {
  const { text, at, spacing } = reading
  const start = behindBlanks(reading)
  if (!spacing && start !== at + 1) return undefined
  const pair = pairAt(text, start)
  const join = pair === or ? 'or' : pair === an && smallAt(text, start + 2) === 100 ? 'and' : undefined
  if (!join || isNameUnit(text, start + join.length)) return undefined
  skipSpace(reading, 1, 1)
  reading.at = start + join.length
  skipSpace(reading, 1, 1)
  return join
}

/** Reads `not` with the blanks behind it, if a parenthesis follows. */
export function readNot(reading: Reading): boolean {
  const { text, at } = reading
  if (smallAt(text, at) !== 110 || !matchAt(negation, text, at)) return false
  reading.at = at + 3
  skipSpace(reading, 0, Infinity)
  return true
}
