import { ScimError } from '@scimkit/core/schema'
import type { HandlerLimits } from '../service/handler-limits.js'

/** Bounds of a JSON text. */
export type JsonLimits = Pick<HandlerLimits, 'maxJsonDepth' | 'maxJsonMembers'>

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Parses a JSON text that may come from anyone.
 *
 * @param bytes The text in UTF-8.
 * @param limits Deepest nesting and largest number of object members, checked before parsing.
 * @returns The value. Of members given twice in the same spelling the last counts, as JSON.parse has it.
 * @throws {ScimError} 400 `invalidSyntax` for text that is not JSON or passes a limit; `invalidValue` that names the path
 * of a string with half a character.
 * @see https://www.rfc-editor.org/rfc/rfc8259
 */
export function parseJson(bytes: Uint8Array, limits: JsonLimits): unknown {
  const text = decode(bytes)
  checkSize(text, limits)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw invalidSyntax(text === '' ? 'The request needs a body' : 'The request body is not valid JSON', cause)
  }
  checkWellFormed(text, value)
  return value
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    throw invalidSyntax('The request body is not valid UTF-8', cause)
  }
}

/** Checked before parsing, so that no later reader can run out of stack. Broken JSON passes: the parser names it. */
function checkSize(text: string, { maxJsonDepth: maxDepth, maxJsonMembers: maxMembers }: JsonLimits): void {
  let depth = 0
  let members = 0
  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case 0x22: // quotation mark
        index = endOfString(text, index)
        break
      case 0x5b: // [
      case 0x7b: // {
        if (++depth > maxDepth) throw tooLarge(`is nested deeper than ${maxDepth} levels`)
        break
      case 0x5d: // ]
      case 0x7d: // }
        depth--
        break
      case 0x3a: // :
        if (++members > maxMembers) throw tooLarge(`holds more than ${maxMembers} members`)
        break
    }
  }
}

function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit === 0x22) return index
    if (unit === 0x5c) index++ // a backslash takes the next unit with it
  }
  return text.length
}

function tooLarge(fault: string): ScimError {
  return invalidSyntax(`The request body ${fault}`)
}

/** The escape of a surrogate: UTF-8 itself has none, so only an escape can bring one without its other half. */
const surrogateEscape = /\\u[dD][89a-fA-F]/
const loneSurrogate = /\p{Surrogate}/u

/**
 * Refuses strings with half a character: no UTF-8, database or XML can carry them, and two of them may look the same.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-8.2
 */
function checkWellFormed(text: string, value: unknown): void {
  if (!text.includes('\\u') || !surrogateEscape.test(text)) return
  const path = findLone(value, '')
  if (path === undefined) return
  const where = path === '' ? 'The request body' : path
  throw new ScimError(400, `${where} holds half of a surrogate pair`, { scimType: 'invalidValue' })
}

/** Nesting is bounded before anything is parsed. */
function findLone(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return loneSurrogate.test(value) ? path : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, inner] of Object.entries(value)) {
    if (loneSurrogate.test(name)) return path
    const found = findLone(inner, Array.isArray(value) ? path : path === '' ? name : `${path}.${name}`)
    if (found !== undefined) return found
  }
  return undefined
}

function invalidSyntax(detail: string, cause?: unknown): ScimError {
  return new ScimError(400, detail, { scimType: 'invalidSyntax', cause })
}
