import type { AttributePath } from '@scimkit/core/schema'
import type { ComparisonOperator, Filter } from './ast.js'
import type { ParseOptions } from './parse-options.js'
import { readLiteral } from './read-literal.js'
import { readJoin, readNot, readOperator } from './read-operator.js'
import { readPath } from './read-path.js'
import { allows, endReading, fail, note, type Reading, readEnd, skipMark, skipSpace, startReading } from './reading.js'
import { unitAt } from './units.js'

/** What waits outside an open parenthesis or bracket. */
interface Level {
  readonly outer: Level | undefined
  readonly or: Filter[] | undefined
  readonly and: Filter[] | undefined
  readonly negated: boolean
  /** Set when the level was opened by a bracket. */
  readonly path: AttributePath | undefined
}

/**
 * Parses the text of a filter.
 *
 * Parentheses are kept where they group (`a and (b and c)` has a nested `and`) and dropped where they do not. No
 * attribute is looked up: that is `compileFilter`'s work.
 *
 * @param text Filter, decoded from the URL.
 * @param options Strict unless told otherwise; limits of length, depth and terms apply by default.
 * @returns The frozen filter.
 * @throws {FilterSyntaxError} When the text is no filter, or a larger one than the limits allow.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2
 * @example
 * parseFilter('userName sw "a" and not (title pr)')
 */
export function parseFilter(text: string, options: ParseOptions = {}): Filter {
  const reading = startReading(text, options, 'invalidFilter')
  const filter = readFilter(reading, false)
  endReading(reading, ['and', 'or', 'end of text'])
  return filter
}

/**
 * Reads a filter up to the end of its text or to the bracket that closes it. There is no recursion, so that no depth
 * of nesting can exhaust the stack.
 *
 * @param reading Text, at the first unit of the filter.
 * @param inside Whether the text stands in brackets, where names are bare sub-attributes.
 * @returns The frozen filter.
 */
export function readFilter(reading: Reading, inside: boolean): Filter {
  const { text, options } = reading
  const depth = options.limits?.depth ?? 32
  const most = options.limits?.terms ?? 256
  let level: Level | undefined
  let nested = 0
  let terms = 0
  let bare = inside
  let or: Filter[] | undefined
  let and: Filter[] | undefined

  for (;;) {
    const negated = readNot(reading)
    let filter: Filter | undefined
    let path: AttributePath | undefined
    if (unitAt(text, reading.at) === 40) {
      skipMark(reading)
    } else {
      if (terms >= most) fail(reading, [`at most ${most} terms`])
      path = readPath(reading, bare)
      const operator = readOperator(reading, !bare && path.subAttribute === undefined)
      if (operator === '[') bare = true
      else {
        terms++
        filter = readTest(reading, path, operator)
      }
    }
    if (!filter) {
      if (++nested > depth) fail(reading, [`at most ${depth} levels`])
      level = { outer: level, or, and, negated, path }
      or = and = undefined
    }
    while (filter) {
      const join = readJoin(reading)
      if (join === 'and') {
        and = addTerm(and, filter)
        break
      }
      if (and) filter = listNode('and', addTerm(and, filter))
      and = undefined
      if (join === 'or') {
        or = addTerm(or, filter)
        break
      }
      if (or) filter = listNode('or', addTerm(or, filter))
      if (!level) return filter
      readEnd(reading, level.path ? ']' : ')')
      if (level.path) {
        bare = false
        filter = closeBracket(reading, level.path, filter)
      } else if (level.negated) filter = node({ kind: 'not', filter })
      or = level.or
      and = level.and
      level = level.outer
      nested--
    }
  }
}

function readTest(reading: Reading, path: AttributePath, operator: ComparisonOperator | 'pr'): Filter {
  if (operator === 'pr') return node({ kind: 'present', path })
  skipSpace(reading, 1, Infinity)
  return node({ kind: 'comparison', path, operator, value: readLiteral(reading) })
}

/** Most lists have two terms, so the first one is also put where the second will be. */
function addTerm(list: Filter[] | undefined, term: Filter): Filter[] {
  if (!list) return [term, term]
  if (list[1] === list[0]) list[1] = term
  else list.push(term)
  return list
}

/** `emails[type eq "work"].value eq "x"` means `emails[type eq "work" and value eq "x"]`. */
function closeBracket(reading: Reading, path: AttributePath, filter: Filter): Filter {
  let inner = filter
  if (reading.text[reading.at] === '.' && allows(reading.options, 'filterAfterBracket')) {
    note(reading, 'filterAfterBracket')
    reading.at++
    const test = readTest(reading, readPath(reading, true), readOperator(reading, false))
    inner = listNode('and', [...(filter.kind === 'and' ? filter.filters : [filter]), test])
  }
  return node({ kind: 'valuePath', path, filter: inner })
}

function listNode(kind: 'and' | 'or', filters: Filter[]): Filter {
  return node({ kind, filters: Object.freeze(filters) })
}

function node(filter: Filter): Filter {
  return Object.freeze(filter)
}
