import { isObject, type JsonObject } from '@scimkit/core/internal'

/**
 * Compares a value of a response with a matcher.
 *
 * An object names the members that must match and leaves the others free; a list must have as many elements, in any
 * order; `null` stands for unassigned (absent, `null` or an empty list). Texts such as `{{string}}` and objects with
 * the one member `{{contains}}`, `{{ordered}}` or `{{optional}}` are explained in `schemas/samples/README.md`.
 *
 * @param expected The matcher, its placeholders filled in.
 * @param actual The value as it came.
 * @param path Where the value stands, for the messages.
 * @returns A sentence for each difference; none when it matches.
 */
export function matchValue(expected: unknown, actual: unknown, path = 'body'): string[] {
  if (expected === null) return isUnassigned(actual) ? [] : [`${path} must be unassigned, it is ${show(actual)}`]
  if (typeof expected === 'string') return matchText(expected, actual, path)
  if (Array.isArray(expected)) return matchList(expected, actual, path)
  if (isObject(expected)) return matchObject(expected, actual, path)
  return Object.is(expected, actual) ? [] : [`${path} must be ${show(expected)}, it is ${show(actual)}`]
}

const kinds: Readonly<Record<string, (actual: unknown) => boolean>> = {
  '{{any}}': (actual) => !isUnassigned(actual),
  '{{absent}}': (actual) => actual === undefined,
  '{{string}}': (actual) => typeof actual === 'string' && actual !== '',
  '{{integer}}': (actual) => Number.isSafeInteger(actual),
  '{{boolean}}': (actual) => typeof actual === 'boolean',
  '{{dateTime}}': (actual) =>
    typeof actual === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(actual),
  '{{uri}}': (actual) => typeof actual === 'string' && URL.canParse(actual),
  '{{etag}}': (actual) => typeof actual === 'string' && /^(W\/)?"[^"]+"$/.test(actual),
}

function matchText(expected: string, actual: unknown, path: string): string[] {
  const kind = kinds[expected]
  if (kind) return kind(actual) ? [] : [`${path} must be ${expected}, it is ${show(actual)}`]
  if (/\{\{\w+\}\}/.test(expected)) return [`${path}: nothing was captured for ${expected}`]
  return expected === actual ? [] : [`${path} must be ${show(expected)}, it is ${show(actual)}`]
}

function matchObject(expected: JsonObject, actual: unknown, path: string): string[] {
  const [key, ...more] = Object.keys(expected)
  if (more.length === 0 && key === '{{optional}}') {
    return isUnassigned(actual) ? [] : matchValue(expected[key], actual, path)
  }
  if (more.length === 0 && key === '{{contains}}') return matchContained(toList(expected[key]), actual, path)
  if (more.length === 0 && key === '{{ordered}}') return matchOrdered(toList(expected[key]), actual, path)
  if (!isObject(actual)) return [`${path} must be an object, it is ${show(actual)}`]
  return Object.entries(expected).flatMap(([name, member]) => matchValue(member, actual[name], `${path}.${name}`))
}

function matchList(expected: readonly unknown[], actual: unknown, path: string): string[] {
  if (!Array.isArray(actual)) return [`${path} must be a list, it is ${show(actual)}`]
  if (actual.length !== expected.length) {
    return [`${path} must have ${expected.length} elements, it has ${actual.length}: ${show(actual)}`]
  }
  return matchContained(expected, actual, path)
}

function matchOrdered(expected: readonly unknown[], actual: unknown, path: string): string[] {
  if (!Array.isArray(actual) || actual.length !== expected.length) return matchList(expected, actual, path)
  return expected.flatMap((element, index) => matchValue(element, actual[index], `${path}[${index}]`))
}

/** Every expected element takes one element of its own; the first that fits is good enough for distinct elements. */
function matchContained(expected: readonly unknown[], actual: unknown, path: string): string[] {
  if (!Array.isArray(actual)) return [`${path} must be a list, it is ${show(actual)}`]
  const free = new Set(actual.keys())
  return expected.flatMap((element) => {
    const found = [...free].find((index) => matchValue(element, actual[index], path).length === 0)
    if (found === undefined) return [`${path} must contain ${show(element)}, it is ${show(actual)}`]
    free.delete(found)
    return []
  })
}

function isUnassigned(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0)
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

function show(value: unknown): string {
  const text = value === undefined ? 'absent' : JSON.stringify(value)
  return text.length > 400 ? `${text.slice(0, 400)}…` : text
}
