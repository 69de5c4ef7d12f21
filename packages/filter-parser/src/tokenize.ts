import { FilterSyntaxError } from './filter-syntax-error.js'
import type { LenientRule, ParseOptions } from './parse-options.js'

/**
 * The tokens of filters and paths, named as in the grammar. Letters of operators have no case.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2
 */
export const token = {
  /** A URI with the colon behind it: up to the last colon, which the attribute's name follows. */
  URI: /[A-Za-z][!#-'*-;=?-Z_a-z~]*:/y,
  /** An attribute name without URN and sub-attribute. */
  ATTRNAME: /[A-Za-z$][\w$-]*/y,
  /** An operator behind an attribute path, `pr` included. */
  compareOp: /(?:eq|ne|co|sw|ew|gt|ge|lt|le|pr)(?![\w$-])/iy,
  logicalOperator: /(?:and|or)(?![\w$-])/iy,
  /** `not`, which is an attribute name where no parenthesis follows. */
  not: /not(?=[ \t]*\()/iy,
  /** Characters that stand for themselves in a string. */
  unescaped: /[ !#-[\]-\uffff]+/y,
  /** One escape in a string. */
  escape: /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y,
  /** A number, `true`, `false`, `null` or a bare word: no blanks, control characters, quotes, brackets or backslashes. */
  word: /[^\s\p{Cc}"()[\]\\]+/uy,
} as const

/** Marks that stand alone. */
export type Mark = '(' | ')' | '[' | ']' | '.' | '"'

/** The text of a filter or path, from which a parser takes one token after another. */
export class Tokenizer {
  readonly text: string
  readonly options: ParseOptions
  /** 0-based index of the next token, in UTF-16 units. */
  position = 0
  /** Keyword of a failure from here on. */
  scimType: 'invalidFilter' | 'invalidPath'
  /** Whether there can be a URI: to look for one in vain costs a tenth of the parse. */
  readonly hasColon: boolean
  /** Whether blanks may be missing, too many, or tabs. */
  private readonly spacing: boolean

  /**
   * @param text Filter or path.
   * @param options Limit of its length, and the lenient rules.
   * @param scimType Keyword of a failure.
   * @throws {FilterSyntaxError} When the text is longer than the limit.
   */
  constructor(text: string, options: ParseOptions, scimType: Tokenizer['scimType']) {
    this.text = text
    this.options = options
    this.scimType = scimType
    this.hasColon = text.includes(':')
    this.spacing = this.allows('spacing')
    const maxLength = options.limits?.length ?? 8192
    if (text.length > maxLength) this.fail([`at most ${maxLength} characters`], maxLength)
    this.takeSpace(0, 0)
  }

  /**
   * Takes a token.
   *
   * @param pattern One of `token`.
   * @returns Its text; empty when the next token is another one.
   */
  take(pattern: RegExp): string {
    const start = this.position
    pattern.lastIndex = start
    if (!pattern.test(this.text)) return ''
    this.position = pattern.lastIndex
    return this.text.slice(start, this.position)
  }

  /** Takes a mark, if it is next. */
  takeMark(mark: Mark): boolean {
    if (!this.isNext(mark)) return false
    this.position++
    return true
  }

  /** Tells whether a character is next. */
  isNext(character: string): boolean {
    return this.text.charAt(this.position) === character
  }

  /**
   * Takes the space at this place, or any blanks where `spacing` is allowed.
   *
   * @param min Fewest spaces that the grammar has here.
   * @param max Most spaces that the grammar has here; strictly, more are left where they are.
   * @returns Whether there were blanks.
   * @throws {FilterSyntaxError} When there are too few.
   */
  takeSpace(min: 0 | 1, max: number): boolean {
    const start = this.position
    const end = this.endOfBlanks()
    if (this.spacing) {
      const regular = end - start >= min && end - start <= max && !this.text.slice(start, end).includes('\t')
      if (!regular) this.note('spacing')
      this.position = end
    } else {
      if (end - start < min) this.fail(['space'])
      this.position = Math.min(end, start + max)
    }
    return end > start
  }

  /** Takes `SP ("and" / "or") SP`, if it is next. */
  takeLogicalOperator(): 'and' | 'or' | undefined {
    const start = this.endOfBlanks()
    if (start === this.text.length || (!this.spacing && start !== this.position + 1)) return undefined
    const { logicalOperator } = token
    logicalOperator.lastIndex = start
    if (!logicalOperator.test(this.text)) return undefined
    const { lastIndex } = logicalOperator
    this.takeSpace(1, 1)
    this.position = lastIndex
    this.takeSpace(1, 1)
    return lastIndex - start === 2 ? 'or' : 'and'
  }

  /** Takes an opening mark and the blanks behind it, if it is next. */
  open(mark: '(' | '['): boolean {
    if (!this.takeMark(mark)) return false
    this.takeSpace(0, Infinity)
    return true
  }

  /** Takes the mark that closes a filter, and the blanks before it. */
  close(mark: ')' | ']'): void {
    this.takeSpace(0, Infinity)
    if (!this.takeMark(mark)) this.fail(['and', 'or', mark])
  }

  /** Fails unless the text ends here. */
  end(expected: readonly string[]): void {
    if (this.isAtEnd()) return
    this.takeSpace(0, 0)
    if (!this.isAtEnd()) this.fail(expected)
  }

  isAtEnd(): boolean {
    return this.position >= this.text.length
  }

  /** The index of the first character from here on that is not a blank. */
  endOfBlanks(): number {
    const { text, spacing } = this
    let end = this.position
    while (text.charAt(end) === ' ' || (spacing && text.charAt(end) === '\t')) end++
    return end
  }

  /** Tells whether a lenient rule is on. */
  allows(rule: LenientRule): boolean {
    const { lenient } = this.options
    return typeof lenient === 'object' ? lenient[rule] === true : lenient === true
  }

  /** Reports that a lenient rule was needed. */
  note(rule: LenientRule, position: number = this.position): void {
    this.options.onNote?.({ rule, position })
  }

  /** Throws the error of the next token, or of another place. */
  fail(expected: readonly string[], position: number = this.position): never {
    throw new FilterSyntaxError(this.text, position, expected, this.scimType)
  }
}
