/** Greatest length of a line of generated code. */
export const lineWidth = 120

/**
 * Writes a string literal, in single quotes unless double ones need fewer escapes.
 *
 * @param text Any text; what could end the literal or mislead a reader's eye is escaped.
 * @returns The literal.
 */
export function quote(text: string): string {
  if (harmless.test(text)) return `'${text}'`
  const body = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replace(sourceUrl, '$1\\u003d')
    .replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const singles = body.split("'").length
  const doubles = body.split('"').length
  return singles > doubles ? `"${body.replaceAll('"', '\\"')}"` : `'${body.replaceAll("'", "\\'")}'`
}

/** Most texts need no second look. */
const harmless = /^[\w .,:;!?()/-]*$/

/** What tools take for the address of a source map wherever it stands, strings included. */
const sourceUrl = /(source(?:Mapping)?URL)=/g

/** Controls, line separators, and marks that turn the direction of text around. */
const unsafe = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g

/**
 * Writes a property name, quoted only where it must be.
 *
 * @param name Any text.
 * @returns The name as an object literal or interface takes it.
 */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name)
}

/**
 * Writes a documentation comment, on one line where it fits.
 *
 * @param text Paragraphs, apart by an empty line; a text without content gives no comment.
 * @param indent Spaces before it.
 * @returns The comment with a line break at its end, or an empty text.
 */
export function docComment(text: string, indent = ''): string {
  const paragraphs = text.split('\n\n').map(plainLine).filter(Boolean)
  if (paragraphs.length === 0) return ''
  const [only = ''] = paragraphs
  const single = `${indent}/** ${only} */\n`
  if (paragraphs.length === 1 && single.length <= lineWidth + 1) return single
  const lines = paragraphs.flatMap((paragraph, index) => [
    ...(index > 0 ? [''] : []),
    ...wrapWords(paragraph, lineWidth - indent.length - 3),
  ])
  const body = lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`).join('')
  return `${indent}/**\n${body}${indent} */\n`
}

/**
 * Makes one line of a text, safe within a comment: it can neither end the comment nor start a tag of its own.
 *
 * @param text Any text.
 * @returns Words with single spaces between them.
 */
export function plainLine(text: string): string {
  if (plainWords.test(text)) return text
  return text
    .replace(/\s+/g, ' ')
    .replace(unsafe, '')
    .replace(controls, '')
    .replaceAll('*/', '*\\/')
    .replace(sourceUrl, '$1 =')
    .replace(/(^|[\s{(*])@/g, '$1\\@')
    .trim()
}

/** Most lines need no second look either: words with single spaces between them, and nothing that could be a sign. */
const plainWords = /^[\w.,:;!?()[\]'/-]+(?: [\w.,:;!?()[\]'/-]+)*$/

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a source file
const controls = /[\u0000-\u001f]/g

function wrapWords(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line]
}

/** What a literal may be made of. */
export type LiteralValue = string | number | boolean | undefined | readonly LiteralValue[] | LiteralObject

interface LiteralObject {
  readonly [name: string]: LiteralValue
}

/**
 * Writes a literal: on one line where it fits, else one member per line.
 *
 * @param value Text, number, boolean, list or object; members that are `undefined` are left out.
 * @param indent Spaces before the line that the literal stands on.
 * @param used Characters that already stand on its first line.
 * @returns The literal, without a line break at its end.
 */
export function literal(value: LiteralValue, indent = '', used = indent.length): string {
  const flat = flatLiteral(value)
  if (used + flat.length < lineWidth && !isLongObject(value)) return flat
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    return `[\n${value.map((item) => `${inner}${literal(item, inner)},\n`).join('')}${indent}]`
  }
  if (typeof value !== 'object') return flat
  const members = Object.entries(value).filter(([, item]) => item !== undefined)
  const lines = members.map(([name, item]) => {
    const start = `${inner}${propertyName(name)}:`
    const text = literal(item, inner, start.length + 1)
    return typeof item === 'string' && start.length + text.length + 2 > lineWidth
      ? `${start}\n${inner}  ${text},\n`
      : `${start} ${text},\n`
  })
  return `{\n${lines.join('')}${indent}}`
}

/** An object with a list of objects inside reads better over several lines, however short. */
function isLongObject(value: LiteralValue): boolean {
  if (typeof value !== 'object') return false
  return Object.values(value).some((item) => Array.isArray(item) && item.some((element) => typeof element === 'object'))
}

/** Literals on one line, kept because every level of a literal asks for those below it. */
const flatLiterals = new WeakMap<object, string>()

function flatLiteral(value: LiteralValue): string {
  if (typeof value === 'string') return quote(value)
  if (typeof value !== 'object') return String(value)
  const known = flatLiterals.get(value)
  if (known !== undefined) return known
  const flat = Array.isArray(value) ? `[${value.map(flatLiteral).join(', ')}]` : flatObject(value as LiteralObject)
  flatLiterals.set(value, flat)
  return flat
}

function flatObject(value: LiteralObject): string {
  const members = Object.entries(value).filter(([, item]) => item !== undefined)
  if (members.length === 0) return '{}'
  return `{ ${members.map(([name, item]) => `${propertyName(name)}: ${flatLiteral(item)}`).join(', ')} }`
}
