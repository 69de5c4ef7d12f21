import { type AttributePath, foldCase } from '@scimkit/core/schema'
import type { ComparisonOperator, ComparisonValue } from './ast.js'
import { FilterSyntaxError } from './filter-syntax-error.js'
import type { LenientRule, ParseOptions } from './parse-options.js'

const operators = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']
const qualified = /[A-Za-z][^\0- "<>\\^`{|}()[\]\x7f-\uffff]*/y
const attribute = /^[A-Za-z$][\w$-]*(?:\.[A-Za-z$][\w$-]*)?$/
const word = /[^\0- "'()[\]\\\x7f-\xa0\u2028\u2029\ufeff]+/y
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const jsonEscape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y

/** A filter or path text and how far it has been read. Every method reads one token or fails at its place. */
export class Tokens {
  /** 0-based index of the next unit. */
  position = 0
  /** Keyword of a failure from here on. */
  scimType: 'invalidFilter' | 'invalidPath' = 'invalidFilter'

  constructor(
    readonly text: string,
    private readonly options: ParseOptions,
  ) {
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

  /** The next unit; NaN at the end. */
  next(): number {
    return this.text.charCodeAt(this.position)
  }

  /** Reads blanks: as many as the grammar has at this place, or any number where `spacing` allows it. */
  readSpace(least: number, most: number): void {
    const { text, position } = this
    let end = position
    while (text.charCodeAt(end) === 32) end++
    if (this.options.lenient && this.allows('spacing')) {
      let tab = false
      for (let code = text.charCodeAt(end); code === 9 || code === 32; code = text.charCodeAt(++end)) tab = true
      if (tab || end - position < least || end - position > most) this.note('spacing', position)
    } else if (end - position < least) this.fail(['space'], end)
    else if (end - position > most) end = position + most
    this.position = end
  }

  /** Reads one unit or fails. */
  readMark(mark: string, ...others: string[]): void {
    if (this.text[this.position] !== mark) this.fail([...others, mark])
    this.position++
  }

  /** Reads `and` or `or` with the blanks around it, if it is there. */
  readWord(given: 'and' | 'or'): boolean {
    const { text, position } = this
    let start = position
    const lenient = this.options.lenient && this.allows('spacing')
    if (lenient) {
      while (text.charCodeAt(start) === 32 || text.charCodeAt(start) === 9) start++
    } else if (text.charCodeAt(start++) !== 32) return false
    if ((text.charCodeAt(start) | 32) !== given.charCodeAt(0)) return false
    const end = start + given.length
    if (text.slice(start, end).toLowerCase() !== given || isNameUnit(text.charCodeAt(end))) return false
    if (lenient && (start !== position + 1 || text[position] !== ' ')) this.note('spacing', position)
    this.position = end
    this.readSpace(1, 1)
    return true
  }

  /** Reads `not` and the parenthesis behind it, if both are there. */
  readNot(): boolean {
    const { text, position } = this
    if ((this.next() | 32) !== 110 || text.slice(position, position + 3).toLowerCase() !== 'not') return false
    let end = position + 3
    while (text.charCodeAt(end) === 32 || text.charCodeAt(end) === 9) end++
    if (text.charCodeAt(end) !== 40) return false
    this.position = position + 3
    this.readSpace(0, Infinity)
    this.readMark('(')
    return true
  }

  /** Reads an attribute name without URN and sub-attribute. */
  readName(): string {
    const { text, position } = this
    const first = this.next()
    let end = position
    if (first === 36 || isLetter(first))
      do end++
      while (isNameUnit(text.charCodeAt(end)))
    if (end === position) this.fail(['attribute name'])
    this.position = end
    return text.slice(position, end)
  }

  /** Reads an attribute path. */
  readPath(): AttributePath {
    const { text, position } = this
    const name = this.readName()
    const code = this.next()
    if (code === 58) {
      this.position = position
      return this.readQualifiedPath()
    }
    if (code !== 46) return Object.freeze({ name })
    this.position++
    const subAttribute = this.readName()
    if (text.charCodeAt(this.position) === 46) this.fail(['end of the attribute path'])
    return Object.freeze({ name, subAttribute })
  }

  private readQualifiedPath(): AttributePath {
    const { text, position } = this
    qualified.lastIndex = position
    const [whole = ''] = qualified.exec(text) ?? []
    const colon = whole.lastIndexOf(':')
    const rest = whole.slice(colon + 1)
    if (!attribute.test(rest) && !this.options.schemas?.some((urn) => foldCase(urn) === foldCase(whole))) {
      this.fail(['attribute name'], position + colon + 1)
    }
    this.position = position + whole.length
    const urn = whole.slice(0, colon)
    const dot = rest.indexOf('.')
    if (dot < 0) return Object.freeze({ urn, name: rest })
    return Object.freeze({ urn, name: rest.slice(0, dot), subAttribute: rest.slice(dot + 1) })
  }

  /** Reads the blanks before an operator and the operator; `undefined` stands for `pr`. */
  readOperator(...others: string[]): ComparisonOperator | undefined {
    const { text } = this
    const before = this.position
    while (this.next() === 32 || this.next() === 9) this.position++
    const start = this.position
    if (start === before) this.fail(['space', ...others])
    const found = operatorAt(text.charCodeAt(start), text.charCodeAt(start + 1))
    if (!found || isNameUnit(text.charCodeAt(start + 2))) this.fail([...operators, 'pr', ...others])
    this.position = before
    this.readSpace(1, Infinity)
    if (this.position !== start) this.fail(['space'])
    this.position = start + 2
    return found === 'pr' ? undefined : found
  }

  /** Reads a literal. */
  readValue(): ComparisonValue {
    const { text, position } = this
    if (this.next() === 34) return this.readString()
    word.lastIndex = position
    const [whole = ''] = word.exec(text) ?? []
    this.position = position + whole.length
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
    let end = position + 1
    let escaped = false
    for (;;) {
      const code = text.charCodeAt(end)
      if (code === 34) break
      if (code === 92) {
        jsonEscape.lastIndex = end
        if (!jsonEscape.test(text)) this.fail(['JSON escape'], end)
        end = jsonEscape.lastIndex
        escaped = true
      } else if (code >= 32) end++
      else this.fail(end < text.length ? ['escaped control character'] : ['"'], end)
    }
    this.position = end + 1
    // The text between the quotes is a JSON string, checked unit by unit above.
    return escaped ? (JSON.parse(text.slice(position, end + 1)) as string) : text.slice(position + 1, end)
  }
}

/** The operator that two units spell in any case. */
function operatorAt(first: number, second: number): ComparisonOperator | 'pr' | undefined {
  // Setting one bit makes ASCII letters small; the shift keeps other units from being taken for letters.
  switch (((first | 32) << 16) | (second | 32)) {
    case 0x650071:
      return 'eq'
    case 0x6e0065:
      return 'ne'
    case 0x63006f:
      return 'co'
    case 0x730077:
      return 'sw'
    case 0x650077:
      return 'ew'
    case 0x670074:
      return 'gt'
    case 0x670065:
      return 'ge'
    case 0x6c0074:
      return 'lt'
    case 0x6c0065:
      return 'le'
    case 0x700072:
      return 'pr'
    default:
      return undefined
  }
}

function isLetter(code: number): boolean {
  return (code | 32) >= 97 && (code | 32) <= 122
}

function isNameUnit(code: number): boolean {
  return isLetter(code) || (code >= 48 && code <= 57) || code === 45 || code === 95 || code === 36
}
