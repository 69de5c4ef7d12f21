import { compareText, foldCase } from '@scimkit/core/schema'
import type { ComparisonOperator } from './ast.js'
import { orderTest, type ValueTest } from './value-test.js'

/**
 * Makes a test of texts without regard to case that folds no value as long as it meets nothing but ASCII.
 *
 * A text is read unit by unit and folded as a whole only at the first unit beyond ASCII. Until then the answer cannot
 * change: an ASCII letter folds to one letter, nothing before it composes with it, and if something behind it does, the
 * outcome is no ASCII letter either.
 *
 * @param operator Any operator but `ne`.
 * @param literal Text of the filter.
 * @returns The test; a value that is no text passes none.
 */
export function foldTest(operator: ComparisonOperator, literal: string): ValueTest {
  const folded = foldCase(literal)
  if (!/^[\0-\x7f]*$/.test(folded)) return slowTest(operator, folded)
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
      const holds = orderTest(operator)
      return (value) => typeof value === 'string' && holds(order(value, folded))
    }
  }
}

function slowTest(operator: ComparisonOperator, folded: string): ValueTest {
  switch (operator) {
    case 'eq':
      return (value) => typeof value === 'string' && foldCase(value) === folded
    case 'sw':
      return (value) => typeof value === 'string' && foldCase(value).startsWith(folded)
    case 'ew':
      return (value) => typeof value === 'string' && foldCase(value).endsWith(folded)
    case 'co':
      return (value) => typeof value === 'string' && foldCase(value).includes(folded)
    default: {
      const holds = orderTest(operator)
      return (value) => typeof value === 'string' && holds(compareText(foldCase(value), folded))
    }
  }
}

function isEqual(value: string, folded: string): boolean {
  const length = Math.min(value.length, folded.length)
  for (let index = 0; index < length; index++) {
    const unit = value.charCodeAt(index)
    if (unit > 127) return foldCase(value) === folded
    if (small(unit) !== folded.charCodeAt(index)) return false
  }
  return value.length === folded.length
}

function isPrefix(value: string, folded: string): boolean {
  const length = Math.min(value.length, folded.length)
  for (let index = 0; index < length; index++) {
    const unit = value.charCodeAt(index)
    if (unit > 127) return foldCase(value).startsWith(folded)
    if (small(unit) !== folded.charCodeAt(index)) return false
  }
  if (value.length <= folded.length) return value.length === folded.length
  // What follows may be a mark that composes with the last letter.
  return value.charCodeAt(length) <= 127 || foldCase(value).startsWith(folded)
}

function isSuffix(value: string, folded: string): boolean {
  const length = Math.min(value.length, folded.length)
  for (let index = 1; index <= length; index++) {
    const unit = value.charCodeAt(value.length - index)
    if (unit > 127) return foldCase(value).endsWith(folded)
    if (small(unit) !== folded.charCodeAt(folded.length - index)) return false
  }
  return value.length >= folded.length
}

function isPart(value: string, folded: string): boolean {
  if (folded === '') return true
  const first = folded.charCodeAt(0)
  for (let start = 0; start < value.length; start++) {
    const unit = value.charCodeAt(start)
    if (unit > 127) return foldCase(value).includes(folded)
    if (small(unit) !== first) continue
    let index = 1
    while (index < folded.length && start + index < value.length) {
      const next = value.charCodeAt(start + index)
      if (next > 127) return foldCase(value).includes(folded)
      if (small(next) !== folded.charCodeAt(index)) break
      index++
    }
    if (index < folded.length) continue
    const behind = start + index
    return behind >= value.length || value.charCodeAt(behind) <= 127 || foldCase(value).includes(folded)
  }
  return false
}

function order(value: string, folded: string): number {
  const length = Math.min(value.length, folded.length)
  for (let index = 0; index < length; index++) {
    const unit = value.charCodeAt(index)
    // A mark behind the letter may compose with it, so the decision needs one more look.
    const composes = index + 1 < value.length && value.charCodeAt(index + 1) > 127
    if (unit > 127 || composes) return compareText(foldCase(value), folded)
    const difference = small(unit) - folded.charCodeAt(index)
    if (difference !== 0) return difference
  }
  return value.length - folded.length
}

function small(unit: number): number {
  return unit >= 65 && unit <= 90 ? unit + 32 : unit
}
