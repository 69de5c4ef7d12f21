import type { AttributePath } from '@scimkit/core/schema'
import type { ComparisonOperator, ComparisonValue } from './ast.js'
import { FilterSyntaxError } from './filter-syntax-error.js'
import type { LenientRule, ParseOptions } from './parse-options.js'
import { sharePath } from './share-path.js'
import { isNameStart, isNameUnit, joinAt, operatorAt, unitAt } from './units.js'

const operators = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'pr']
/** A URN, the name behind its last colon, and a sub-attribute; parentheses, brackets and quotes are no part of any. */
const qualified = /([A-Za-z][!#-'*-;=?-Z_a-z~]*):([A-Za-z$][\w$-]*)(?:\.([A-Za-z$][\w$-]*))?(?![!#-'*-;=?-Z_a-z~])/y
const uri = /[!#-'*-;=?-Z_a-z~]*/y
const plainString = /"[ !#-[\]-\uffff]*"/y
/** Neither blank nor control character, quote, parenthesis, bracket or backslash. */
const word = /[!#-&*-Z^-~\u00a1-\u2027\u202a-\ufefe\uff00-\uffff]*/y
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const jsonEscape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y

/** A filter or path text and how far it has been read. Every method reads one token or fails at its place. */
export class Tokens {
  readonly text: string
  /** 0-based index of the next unit. */
  position = 0
  /** Keyword of a failure from here on. */
  scimType: 'invalidFilter' | 'invalidPath' = 'invalidFilter'
  private readonly options: ParseOptions
  private readonly spacing: boolean

  constructor(text: string, options: ParseOptions) {
    this.text = text
    this.options = options
    this.spacing = options.lenient !== undefined && this.allows('spacing')
    const length = options.limits?.length ?? 8192
    if (text.length > length) this.fail([`at most ${length} characters`], length)
  }

  fail(expected: readonly string[], position = this.position): never {
    throw new FilterSyntaxError(this.text, Math.min(position, this.text.length), expected, this.scimType)
  }

  /** Tells whether a lenient reading is allowed. */
  allows(rule: LenientRule): boolean {
    const { lenient } = this.options
    return typeof lenient === 'object' ? lenient[rule] === true : lenient === true
  }

  note(rule: LenientRule, position: number): void {
    this.options.onNote?.({ rule, position })
  }

  /** The next unit; -1 at the end. */
  next(): number {
    return unitAt(this.text, this.position)
  }

  /** Reads blanks: as many as the grammar has at this place, or any number where `spacing` allows it. */
  readSpace(least: number, most: number): void {
    const { text, position } = this
    // Nearly always there is the one blank that may be there.
    if (most > 0 && unitAt(text, position) === 32 && unitAt(text, position + 1) > 32) {
      this.position = position + 1
      return
    }
    let end = position
    while (unitAt(text, end) === 32) end++
    if (this.spacing) end = this.readLenientSpace(end, least, most)
    else if (end - position < least) this.fail(['space'], end)
    else if (end - position > most) end = position + most
    this.position = end
  }

  private readLenientSpace(start: number, least: number, most: number): number {
    const { position } = this
    const end = this.behindBlanks(start)
    if (end > start || end - position < least || end - position > most) this.note('spacing', position)
    return end
  }

  private behindBlanks(start: number): number {
    const { text } = this
    let end = start
    while (isBlank(unitAt(text, end))) end++
    return end
  }

  /** Reads one unit or fails. */
  readMark(mark: string, ...others: string[]): void {
    if (this.text[this.position] !== mark) this.fail([...others, mark])
    this.position++
  }

  /** Reads `and` or `or` with the blanks around it, if one is there. */
  readJoin(): 'and' | 'or' | undefined {
    const { text, position, spacing } = this
    if (position >= text.length || (!spacing && unitAt(text, position) !== 32)) return undefined
    const start = spacing ? this.behindBlanks(position) : position + 1
    const join = joinAt(text, start)
    if (join === undefined || isNameUnit(unitAt(text, start + join.length))) return undefined
    if (spacing && (start !== position + 1 || text[position] !== ' ')) this.note('spacing', position)
    this.position = start + join.length
    this.readSpace(1, 1)
    return join
  }

  /** Reads `not` and the parenthesis behind it, if both are there. */
  readNot(): boolean {
    const { text, position } = this
    if ((unitAt(text, position) | 32) !== 110 || (unitAt(text, position + 1) | 32) !== 111) return false
    if ((unitAt(text, position + 2) | 32) !== 116 || unitAt(text, this.behindBlanks(position + 3)) !== 40) return false
    this.position = position + 3
    this.readSpace(0, Infinity)
    this.readMark('(')
    return true
  }

  /** Reads an attribute name without URN and sub-attribute. */
  readName(): string {
    const start = this.position
    this.skipName()
    return this.text.slice(start, this.position)
  }

  private skipName(): void {
    const { text } = this
    let end = this.position
    if (!isNameStart(unitAt(text, end))) this.fail(['attribute name'])
    do end++
    while (isNameUnit(unitAt(text, end)))
    this.position = end
  }

  /** Reads an attribute path; a bare one has neither URN nor sub-attribute. */
  readPath(bare = false): AttributePath {
    const { text, position } = this
    this.skipName()
    const code = bare ? 0 : this.next()
    if (code === 58) return this.readQualifiedPath(position)
    if (code !== 46) return sharePath(text, position, this.position)
    const name = text.slice(position, this.position++)
    const subAttribute = this.readName()
    if (this.next() === 46) this.fail(['end of the attribute path'])
    return Object.freeze({ name, subAttribute })
  }

  private readQualifiedPath(start: number): AttributePath {
    qualified.lastIndex = start
    const match = qualified.exec(this.text)
    if (!match) return this.readBareUrn(start)
    this.position = qualified.lastIndex
    // Destructuring a list runs its iterator, which costs as much as the match.
    const urn = match[1] as string // this group takes part in every match
    const name = match[2] as string // as this one does
    const subAttribute = match[3]
    return subAttribute === undefined ? Object.freeze({ urn, name }) : Object.freeze({ urn, name, subAttribute })
  }

  /** The last segment of a URN may be anything, but only a known URN tells that it is one. */
  private readBareUrn(start: number): AttributePath {
    uri.lastIndex = start
    uri.test(this.text)
    const whole = this.text.slice(start, uri.lastIndex)
    const colon = whole.lastIndexOf(':')
    const known = whole.toLowerCase() // a URN is ASCII, which folds to its small letters
    if (!this.options.schemas?.some((urn) => urn.toLowerCase() === known)) {
      this.fail(['attribute name'], start + colon + 1)
    }
    this.position = start + whole.length
    const urn = whole.slice(0, colon)
    const [name = '', ...rest] = whole.slice(colon + 1).split('.')
    return Object.freeze(rest.length > 0 ? { urn, name, subAttribute: rest.join('.') } : { urn, name })
  }

  /** Reads an operator, or an opening bracket where one can stand, with the blanks before it. */
  readOperator(brackets: false): ComparisonOperator | 'pr'
  readOperator(brackets: boolean): ComparisonOperator | 'pr' | '['
  readOperator(brackets: boolean): ComparisonOperator | 'pr' | '[' {
    const { text, position } = this
    const start = this.behindBlanks(position)
    const found = operatorAt(text, start)
    if (!found || start === position || isNameUnit(unitAt(text, start + 2))) {
      if (brackets && unitAt(text, start) === 91) return this.openBracket()
      const others = brackets ? ['['] : []
      this.fail(start === position ? ['space', ...others] : [...operators, ...others], start)
    }
    if (start !== position + 1 || unitAt(text, position) === 9) {
      this.readSpace(1, Infinity)
      if (this.position !== start) this.fail(['space'])
    }
    this.position = start + 2
    return found
  }

  /** Reads the bracket that may stand behind a path, with the blanks before it, if it is there. */
  takeBracket(path: AttributePath): boolean {
    const found = path.subAttribute === undefined && unitAt(this.text, this.behindBlanks(this.position)) === 91
    if (found) this.openBracket()
    return found
  }

  private openBracket(): '[' {
    this.readSpace(0, Infinity)
    this.readMark('[')
    return '['
  }

  /** Reads a literal. */
  readValue(): ComparisonValue {
    const { text, position } = this
    if (unitAt(text, position) === 34) return this.readString()
    word.lastIndex = position
    word.test(text)
    const whole = text.slice(position, word.lastIndex)
    this.position = word.lastIndex
    if (whole === 'true') return true
    if (whole === 'false') return false
    if (whole === 'null') return null
    if (jsonNumber.test(whole)) {
      const number = Number(whole)
      if (!Number.isFinite(number)) this.fail(['a number below 1.8e308'], position)
      return number + 0 // makes -0 the 0 that it is
    }
    if (!whole || !this.allows('bareWords')) this.fail(['string', 'number', 'true', 'false', 'null'], position)
    this.note('bareWords', position)
    return whole
  }

  private readString(): string {
    const { text, position } = this
    plainString.lastIndex = position
    if (!plainString.test(text)) return this.readEscaped()
    this.position = plainString.lastIndex
    return text.slice(position + 1, this.position - 1)
  }

  private readEscaped(): string {
    const { text, position } = this
    let end = position + 1
    for (let code = unitAt(text, end); code !== 34; code = unitAt(text, end)) {
      if (code === 92) {
        jsonEscape.lastIndex = end
        if (!jsonEscape.test(text)) this.fail(['JSON escape'], end)
        end = jsonEscape.lastIndex
      } else if (code >= 32) end++
      else this.fail([end < text.length ? 'escaped control character' : '"'], end)
    }
    this.position = end + 1
    return JSON.parse(text.slice(position, end + 1)) as string // every unit of it was checked above
  }
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9
}
