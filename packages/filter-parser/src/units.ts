import type { ComparisonOperator } from './ast.js'

/**
 * The UTF-16 unit at an index; -1 behind the end. Engines compile `charCodeAt` to a fast load only where it has never
 * been asked for what is not there, which makes this twice as fast as the bare call.
 */
export function unitAt(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : -1
}

// Setting the bit 32 makes ASCII letters small and turns no other unit into one.

function isLetter(code: number): boolean {
  return (code | 32) >= 97 && (code | 32) <= 122
}

/** Tells whether an attribute name may begin with a UTF-16 unit. */
export function isNameStart(code: number): boolean {
  return isLetter(code) || code === 36
}

/** Tells whether a UTF-16 unit may stand within an attribute name. */
export function isNameUnit(code: number): boolean {
  return isLetter(code) || (code >= 48 && code <= 57) || code === 45 || code === 95 || code === 36
}

/** The word, in any case, that joins two terms. */
export function joinAt(text: string, at: number): 'and' | 'or' | undefined {
  const first = unitAt(text, at) | 32
  const second = unitAt(text, at + 1) | 32
  if (first === 111) return second === 114 ? 'or' : undefined
  return first === 97 && second === 110 && (unitAt(text, at + 2) | 32) === 100 ? 'and' : undefined
}

/** The operator that two units spell in any case. */
export function operatorAt(text: string, at: number): ComparisonOperator | 'pr' | undefined {
  // Shifted by all 16 bits, a first unit cannot be mistaken for another pair.
  switch (((unitAt(text, at) | 32) << 16) | unitAt(text, at + 1) | 32) {
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
