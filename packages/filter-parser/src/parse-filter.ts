import type { AttributePath } from '@scimkit/core/schema'
import type { ComparisonOperator, Filter } from './ast.js'
import type { ParseOptions } from './parse-options.js'
import { Tokens } from './tokenize.js'

/** What waits outside an open parenthesis or bracket. */
interface Level {
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
  const tokens = new Tokens(text, options)
  tokens.readSpace(0, 0)
  const filter = readFilter(tokens, options, false)
  tokens.readSpace(0, 0)
  if (tokens.position < text.length) tokens.fail(['and', 'or', 'end of text'])
  return filter
}

/**
 * Reads a filter up to the end of its text or to the bracket that closes it. There is no recursion, so that no depth
 * of nesting can exhaust the stack.
 *
 * @param tokens Text, at the first unit of the filter.
 * @param options Limits.
 * @param inside Whether the text stands in brackets, where names are bare sub-attributes.
 * @returns The frozen filter.
 */
export function readFilter(tokens: Tokens, options: ParseOptions, inside: boolean): Filter {
  const depth = options.limits?.depth ?? 32
  const mostTerms = options.limits?.terms ?? 256
  let outer: Level[] | undefined
  let terms = 0
  let bare = inside
  let or: Filter[] | undefined
  let and: Filter[] | undefined

  for (;;) {
    const negated = tokens.readNot()
    if (negated || tokens.next() === 40) {
      if (!negated) tokens.position++
      outer ??= []
      if (outer.push({ or, and, negated, path: undefined }) > depth) failDepth(tokens, depth)
      or = undefined
      and = undefined
      tokens.readSpace(0, Infinity)
      continue
    }
    if (++terms > mostTerms) tokens.fail([`at most ${mostTerms} terms`])
    const path = tokens.readPath(bare)
    const operator = tokens.readOperator(!bare && path.subAttribute === undefined)
    if (operator === '[') {
      bare = true
      outer ??= []
      if (outer.push({ or, and, negated, path }) > depth) failDepth(tokens, depth)
      or = undefined
      and = undefined
      tokens.readSpace(0, Infinity)
      continue
    }
    let filter = readTest(tokens, path, operator)
    for (;;) {
      const join = tokens.readJoin()
      if (join === 'and') {
        if (and) and.push(filter)
        else and = [filter]
        break
      }
      if (and) {
        and.push(filter)
        filter = node({ kind: 'and', filters: Object.freeze(and) })
        and = undefined
      }
      if (join === 'or') {
        if (or) or.push(filter)
        else or = [filter]
        break
      }
      if (or) {
        or.push(filter)
        filter = node({ kind: 'or', filters: Object.freeze(or) })
      }
      const level = outer?.pop()
      if (!level) return filter
      tokens.readSpace(0, Infinity)
      tokens.readMark(level.path ? ']' : ')', 'and', 'or')
      or = level.or
      and = level.and
      if (level.path) {
        bare = false
        filter = closeBracket(tokens, level.path, filter)
      } else if (level.negated) filter = node({ kind: 'not', filter })
    }
  }
}

function failDepth(tokens: Tokens, depth: number): never {
  tokens.fail([`at most ${depth} nested levels`])
}

function readTest(tokens: Tokens, path: AttributePath, operator: ComparisonOperator | 'pr'): Filter {
  if (operator === 'pr') return node({ kind: 'present', path })
  tokens.readSpace(1, Infinity)
  return node({ kind: 'comparison', path, operator, value: tokens.readValue() })
}

/** `emails[type eq "work"].value eq "x"` means `emails[type eq "work" and value eq "x"]`. */
function closeBracket(tokens: Tokens, path: AttributePath, filter: Filter): Filter {
  if (tokens.next() !== 46 || !tokens.allows('filterAfterBracket')) return node({ kind: 'valuePath', path, filter })
  tokens.note('filterAfterBracket', tokens.position++)
  const test = readTest(tokens, tokens.readPath(true), tokens.readOperator(false))
  const filters = Object.freeze(filter.kind === 'and' ? [...filter.filters, test] : [filter, test])
  return node({ kind: 'valuePath', path, filter: node({ kind: 'and', filters }) })
}

function node(filter: Filter): Filter {
  return Object.freeze(filter)
}
