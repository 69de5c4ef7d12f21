import type { ComparisonValue, Filter } from './ast.js'
import { parseFilter } from './parse-filter.js'
import { mapFilter } from './walk.js'

/**
 * Parses a filter whose values are given as they are: no value can become anything but a value.
 *
 * @param texts Text of the filter around the values; JSON escapes in it are written as in a filter.
 * @param values Strings, finite numbers, booleans or null, each standing where a filter has a literal.
 * @returns The frozen filter.
 * @throws {FilterSyntaxError} When the text is not a filter, or a value is anywhere but behind an operator.
 * @throws {TypeError} When a value is of another type.
 * @example
 * filter`userName eq ${name} and active eq ${true}`
 */
export function filter(texts: TemplateStringsArray, ...values: readonly ComparisonValue[]): Filter {
  // The values are parsed as marks, so that not even a value between quotes of the text can end a string.
  let mark = '?'
  while (texts.raw.some((text) => text.includes(mark))) mark += '?'
  const marks = new Map<ComparisonValue, ComparisonValue>()
  const source = texts.raw.map((text, index) => {
    if (index === 0) return text
    marks.set(`${mark}${index}`, literal(values[index - 1]))
    return `"${mark}${index}"${text}`
  })
  return mapFilter(parseFilter(source.join('')), (node) => {
    if (node.kind !== 'comparison') return node
    const value = marks.get(node.value)
    return value === undefined ? node : Object.freeze({ ...node, value })
  })
}

function literal(value: ComparisonValue | undefined): ComparisonValue {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value
  if (typeof value === 'number' && Number.isFinite(value)) return value + 0 // makes -0 the 0 that it is
  throw new TypeError('a filter can compare only with a string, a finite number, a boolean or null')
}
