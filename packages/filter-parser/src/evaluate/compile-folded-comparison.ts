import { compareText, foldCase } from '@scimkit/core/schema'
import type { ComparisonOperator } from '../ast.js'
import { compileContains, maxPlainLength } from './compile-contains.js'
import { compileOrder, type ValuePredicate } from './predicates.js'

/** What the first 256 units fold to; 0 for those that fold to anything else than one such unit, as the sharp s does. */
const small: Uint8Array = /* @__PURE__ */ Uint8Array.from({ length: 256 }, (_, unit) => {
  const folded = foldCase(String.fromCharCode(unit))
  return folded.length === 1 && folded <= '\xff' ? folded.charCodeAt(0) : 0
})

/**
 * Compiles a comparison without regard to case that folds a value only where it has other letters than Latin ones.
 *
 * A text is read unit by unit and folded as a whole only at the first unit that does not fold to one of the first 256.
 * Until then the answer cannot change, if the literal is ASCII: such a letter folds to one letter, nothing before it
 * composes with it, and if something behind it does, the result is not an ASCII letter.
 *
 * @param operator Any operator but `ne`.
 * @param literal Text of the filter.
 * @returns The predicate; false for a value that is not a string.
 */
export function compileFoldedComparison(operator: ComparisonOperator, literal: string): ValuePredicate {
  const folded = foldCase(literal)
  if (!/^[\0-\x7f]*$/.test(folded) || (operator === 'co' && folded.length > maxPlainLength)) {
    return compileAfterFolding(operator, folded)
  }
  switch (operator) {
    case 'eq':
      return (value) => typeof value === 'string' && (value === folded || isEqual(value, folded))
    case 'sw':
      return (value) => typeof value === 'string' && isPrefix(value, folded)
    case 'ew':
      return (value) => typeof value === 'string' && isSuffix(value, folded)
    case 'co':
      return (value) => typeof value === 'string' && isPart(value, folded)
    default: {
      const holds = compileOrder(operator)
      return (value) => typeof value === 'string' && holds(order(value, folded))
    }
  }
}

function compileAfterFolding(operator: ComparisonOperator, folded: string): ValuePredicate {
  switch (operator) {
    case 'eq':
      return (value) => typeof value === 'string' && foldCase(value) === folded
    case 'sw':
      return (value) => typeof value === 'string' && foldCase(value).startsWith(folded)
    case 'ew':
      return (value) => typeof value === 'string' && foldCase(value).endsWith(folded)
    case 'co': {
      const holds = compileContains(folded)
      return (value) => typeof value === 'string' && holds(foldCase(value))
    }
    default: {
      const holds = compileOrder(operator)
      return (value) => typeof value === 'string' && holds(compareText(foldCase(value), folded))
    }
  }
}

/** What the unit at an index, which there is, folds to; 0 where only folding the whole text can tell. */
function smallAt(text: string, index: number): number {
  return small[text.charCodeAt(index)] ?? 0
}

function isEqual(value: string, folded: string): boolean {
  const length = Math.min(value.length, folded.length)
  for (let index = 0; index < length; index++) {
    const unit = smallAt(value, index)
    if (unit === 0) return foldCase(value) === folded
    if (unit !== folded.charCodeAt(index)) return false
  }
  return value.length === folded.length
}

function isPrefix(value: string, folded: string): boolean {
  const length = Math.min(value.length, folded.length)
  for (let index = 0; index < length; index++) {
    const unit = smallAt(value, index)
    if (unit === 0) return foldCase(value).startsWith(folded)
    if (unit !== folded.charCodeAt(index)) return false
  }
  if (value.length <= folded.length) return value.length === folded.length
  // What follows may be a mark that composes with the last letter.
  return smallAt(value, length) !== 0 || foldCase(value).startsWith(folded)
}

function isSuffix(value: string, folded: string): boolean {
  const length = Math.min(value.length, folded.length)
  for (let index = 1; index <= length; index++) {
    const unit = smallAt(value, value.length - index)
    if (unit === 0) return foldCase(value).endsWith(folded)
    if (unit !== folded.charCodeAt(folded.length - index)) return false
  }
  return value.length >= folded.length
}

function isPart(value: string, folded: string): boolean {
  if (folded === '') return true
  const first = folded.charCodeAt(0)
  for (let start = 0; start < value.length; start++) {
    const unit = smallAt(value, start)
    if (unit === 0) return foldCase(value).includes(folded)
    if (unit !== first) continue
    let index = 1
    while (index < folded.length && start + index < value.length) {
      const next = smallAt(value, start + index)
      if (next === 0) return foldCase(value).includes(folded)
      if (next !== folded.charCodeAt(index)) break
      index++
    }
    if (index < folded.length) continue
    const behind = start + index
    return behind >= value.length || smallAt(value, behind) !== 0 || foldCase(value).includes(folded)
  }
  return false
}

function order(value: string, folded: string): number {
  const length = Math.min(value.length, folded.length)
  for (let index = 0; index < length; index++) {
    const unit = smallAt(value, index)
    // A mark behind the letter may compose with it, so the decision needs one more look.
    const composes = index + 1 < value.length && smallAt(value, index + 1) === 0
    if (unit === 0 || composes) return compareText(foldCase(value), folded)
    const difference = unit - folded.charCodeAt(index)
    if (difference !== 0) return difference
  }
  return value.length - folded.length
}
