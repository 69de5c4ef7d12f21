import type { AttributePath } from '@scimkit/core/schema'
import { ownText } from './own-text.js'
import { fail, type Reading } from './reading.js'
import { matchAt, word } from './units.js'

const name = /[A-Za-z$][\w$-]*/y
/** A URI up to a colon, a name, and a sub-attribute, each as far as it is there. */
const fullName = /(?:[A-Za-z][!#-'*-;=?-Z_a-z~]*:)?(?:[A-Za-z$][\w$-]*(?:\.(?:[A-Za-z$][\w$-]*)?)?)?/y

/** What is before the last colon, the name, and what is behind its first dot. */
const segments = /^(?:(.*):)?([^.]*)\.?(.*)/

/** A path that was read, and its text. */
interface SharedPath {
  readonly text: string
  readonly path: AttributePath
}

const shared: SharedPath[] = []

/**
 * Reads an attribute path.
 *
 * Few paths recur in all filters, and a frozen path can be in any number of trees, so those that were read are kept: at
 * most 512, none longer than 128 units, each in a slot that its letters tell. To find one costs a fraction of reading it.
 *
 * @param reading Text, at the first unit of the path.
 * @param bare Whether it is a name in brackets, which has neither URN nor sub-attribute.
 * @returns A frozen path.
 */
export function readPath(reading: Reading, bare = false): AttributePath {
  const { text, at } = reading
  if (reading.space < at) {
    const space = text.indexOf(' ', at)
    reading.space = space < 0 ? text.length : space
  }
  const end = reading.space
  // No shared path is longer, so that to look for the bracket stays cheap in a text without spaces.
  const found = findPath(reading, end, bare) ?? findPath(reading, at + text.slice(at, at + 128).indexOf('['), bare)
  return found ?? readNewPath(reading, bare)
}

function findPath(reading: Reading, end: number, bare: boolean): AttributePath | undefined {
  const { text, at } = reading
  if (end <= at) return undefined
  const found = shared[slotOf(text, at, end)]
  // Slices of up to 12 units are compared faster than `startsWith` looks, and long ones several times as fast.
  if (found?.text !== text.slice(at, end) || (bare && found.path.name !== found.text)) return undefined
  reading.at = end
  return found.path
}

/** The factors keep the attributes of the RFC's own schemas apart. */
function slotOf(text: string, start: number, end: number): number {
  const middle = text.charCodeAt((start + end) >> 1)
  return (text.charCodeAt(start) + middle * 23 + text.charCodeAt(end - 1) * 3 + (end - start) * 29) & 511
}

function readNewPath(reading: Reading, bare: boolean): AttributePath {
  const { text, at, options } = reading
  const read = matchAt(bare ? name : fullName, text, at)
  const whole = matchAt(word, text, at)
  const known = whole.toLowerCase() // a URN is ASCII, which folds to its small letters
  // The last segment of a URN may be anything, but only a known URN tells that it is one.
  if (!bare && options.schemas?.some((urn) => urn.toLowerCase() === known)) {
    reading.at = at + whole.length
    return toPath(whole)
  }
  reading.at = at + read.length
  if (!/[^.:]$/.test(read)) fail(reading, ['attribute name'])
  if (read.length > 128) return toPath(read)
  const own = ownText(read)
  const path = toPath(own)
  shared[slotOf(own, 0, own.length)] = { text: own, path }
  return path
}

/** Reads an attribute name without URN and sub-attribute. */
export function readName(reading: Reading): string {
  const read = matchAt(name, reading.text, reading.at)
  if (!read) fail(reading, ['attribute name'])
  reading.at += read.length
  return read
}

function toPath(text: string): AttributePath {
  const [, urn, name, subAttribute] = segments.exec(text) as unknown as readonly [string, string, string, string] // it matches everything
  return Object.freeze({ ...(urn && { urn }), name, ...(subAttribute && { subAttribute }) })
}
