import type { AttributePath } from '@scimkit/core/schema'
import type { ComparisonOperator, Filter } from './ast.js'
import { attrName, attrPath } from './attr-path.js'
import { compValue } from './comp-value.js'
import type { ParseOptions } from './parse-options.js'
import { Tokenizer, token } from './tokenize.js'

const operators = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'pr'] as const
/** Deepest nesting that any limit allows: each level takes six calls, and the stack has room for many times as many. */
const maxDepth = 256

/**
 * Parses the text of a filter.
 *
 * Parentheses are kept where they group (`a and (b and c)` has a nested `and`) and dropped where they do not. No
 * attribute is looked up: that is `compileFilter`'s work.
 *
 * @param text Filter, decoded from the URL.
 * @param options Strict by default; limits of length, depth and terms apply by default.
 * @returns The frozen filter.
 * @throws {FilterSyntaxError} When the text does not follow the grammar, or exceeds a limit.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2
 * @example
 * parseFilter('userName sw "a" and not (title pr)')
 */
export function parseFilter(text: string, options: ParseOptions = {}): Filter {
  const tokens = new Tokenizer(text, options, 'invalidFilter')
  const filter = new FilterParser(tokens).filter()
  tokens.end(['and', 'or', 'end of text'])
  return filter
}

/** Recursive descent: each method parses the rule of the grammar that it is named after. */
export class FilterParser {
  private readonly tokens: Tokenizer
  private readonly maxDepth: number
  private readonly maxTerms: number
  private depth = 0
  private terms = 0
  private inBrackets: boolean
  /** The operator behind the last operand. */
  private operator: 'and' | 'or' | undefined = undefined

  /**
   * @param tokens Text, at the filter.
   * @param inBrackets Whether the filter is a `valFilter`, whose names are bare sub-attributes.
   */
  constructor(tokens: Tokenizer, inBrackets = false) {
    const { limits } = tokens.options
    this.tokens = tokens
    this.maxDepth = Math.min(limits?.depth ?? 32, maxDepth)
    this.maxTerms = limits?.terms ?? 256
    this.inBrackets = inBrackets
  }

  /** `FILTER = attrExp / logExp / valuePath / *1"not" "(" FILTER ")"`; in brackets `valFilter`, which has no valuePath. */
  filter(): Filter {
    return this.logExp('or')
  }

  /** `logExp = FILTER SP ("and" / "or") SP FILTER`, where `and` binds tighter than `or`. */
  private logExp(kind: 'and' | 'or'): Filter {
    const first = this.operand(kind)
    if (this.operator !== kind) return first
    const filters = [first]
    while (this.operator === kind) filters.push(this.operand(kind))
    return Object.freeze({ kind, filters: Object.freeze(filters) })
  }

  private operand(kind: 'and' | 'or'): Filter {
    if (kind === 'or') return this.logExp('and')
    const filter = this.term()
    this.operator = this.tokens.takeLogicalOperator()
    return filter
  }

  /** A filter that no `and` or `or` divides: `attrExp / valuePath / *1"not" "(" FILTER ")"`. */
  private term(): Filter {
    const { tokens } = this
    const negated = tokens.take(token.not) !== ''
    if (negated) tokens.takeSpace(0, Infinity)
    if (tokens.open('(')) {
      const filter = this.group(')')
      return negated ? Object.freeze({ kind: 'not', filter }) : filter
    }
    if (this.terms >= this.maxTerms) tokens.fail([`at most ${this.maxTerms} terms`])
    return this.attrExp()
  }

  /** The rest of a filter in parentheses or brackets. */
  private group(mark: ')' | ']'): Filter {
    if (this.depth >= this.maxDepth) this.tokens.fail([`at most ${this.maxDepth} levels`])
    this.depth++
    const filter = this.filter()
    this.depth--
    this.tokens.close(mark)
    return filter
  }

  /** `attrExp = (attrPath SP "pr") / (attrPath SP compareOp SP compValue)`, or the valuePath that begins like one. */
  private attrExp(): Filter {
    const { tokens } = this
    const path = this.attrPath()
    const mayOpen = !this.inBrackets && path.subAttribute === undefined
    const spaced = tokens.takeSpace(0, Infinity)
    if (mayOpen && tokens.open('[')) return this.valuePath(path)
    this.terms++
    const word = tokens.take(token.compareOp)
    if (!word) tokens.fail([...(spaced ? operators : ['space']), ...(mayOpen ? ['['] : [])])
    const operator = word.toLowerCase() as ComparisonOperator | 'pr' // the token has no others
    if (operator === 'pr') return Object.freeze({ kind: 'present', path })
    tokens.takeSpace(1, Infinity)
    return Object.freeze({ kind: 'comparison', path, operator, value: compValue(tokens) })
  }

  /** In brackets names are bare. */
  private attrPath(): AttributePath {
    return this.inBrackets ? Object.freeze({ name: attrName(this.tokens) }) : attrPath(this.tokens)
  }

  /** The rest of `valuePath = attrPath "[" valFilter "]"`. */
  private valuePath(path: AttributePath): Filter {
    this.inBrackets = true
    const filter = this.withSubAttribute(this.group(']'))
    this.inBrackets = false
    return Object.freeze({ kind: 'valuePath', path, filter })
  }

  /** Leniently, `emails[type eq "work"].value eq "x"` means `emails[type eq "work" and value eq "x"]`. */
  private withSubAttribute(filter: Filter): Filter {
    const { tokens } = this
    if (!tokens.isNext('.') || !tokens.allows('filterAfterBracket')) return filter
    tokens.note('filterAfterBracket')
    tokens.takeMark('.')
    const terms = filter.kind === 'and' ? filter.filters : [filter]
    return Object.freeze({ kind: 'and', filters: Object.freeze([...terms, this.attrExp()]) })
  }
}
