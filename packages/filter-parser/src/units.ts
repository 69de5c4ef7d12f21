/** Neither blank nor control character, quote, parenthesis, bracket or backslash. */
export const word: RegExp = /[^\s\p{Cc}"()[\]\\]*/uy
const nameUnit = /[\w$-]/

/**
 * The UTF-16 unit at an index; -1 behind the end. Engines compile `charCodeAt` to a fast load only where it has never
 * been asked for what is not there, which makes this twice as fast as the bare call.
 */
export function unitAt(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : -1
}

/** The unit at an index with ASCII letters made small: setting the bit 32 turns no other unit into a letter. */
export function smallAt(text: string, at: number): number {
  return unitAt(text, at) | 32
}

/** Tells whether the unit at an index may stand within an attribute name. */
export function isNameUnit(text: string, at: number): boolean {
  return unitAt(text, at) > 32 && nameUnit.test(text.charAt(at))
}

/** What a sticky pattern matches at an index; nothing where it does not match. */
export function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.test(text) ? text.slice(at, pattern.lastIndex) : ''
}
