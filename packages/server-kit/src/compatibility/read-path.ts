import { readUrnDot, schemaUrns } from '@scimkit/core/internal'
import { findAttribute, type ResourceDefinition } from '@scimkit/core/schema'
import type { ParseOptions } from '@scimkit/filter-parser'
import { badRequest } from '../bad-request.js'
import { type Reading, tolerate } from './reading.js'
import type { CompatibilityRules } from './resolve-compatibility.js'

/**
 * Rule `urnDot`: reads a dot behind the URN of a schema as the colon that belongs there.
 *
 * @param definition Definition whose schemas name the attributes.
 * @param path Path as the client wrote it.
 * @param reading Rules and the receiver of notes.
 * @returns The path with a colon; as it was where it has no such dot or the rule is off.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.10
 */
export function readAttributePath(definition: ResourceDefinition, path: string, reading: Reading): string {
  const colon = findColonForm(definition, path)
  if (colon === undefined) return path
  const detail = 'the dot behind the URN of the schema was read as a colon'
  return tolerate(reading, { rule: 'urnDot', path: colon, detail }) ? colon : path
}

/** A string in quotes, which is a value, or a run of what a path can hold. */
const parts = /"(?:[^"\\]|\\.)*"?|[^\s"()[\]]+/gs

/**
 * Rule `urnDot` for the paths of a filter.
 *
 * @param definition Definition whose schemas name the attributes.
 * @param filter Filter as the client wrote it.
 * @param reading Rules and the receiver of notes.
 * @returns The filter, as long as before, so that positions in it stay true.
 */
export function readFilterPaths(definition: ResourceDefinition, filter: string, reading: Reading): string {
  if (!reading.rules.urnDot) return filter
  return filter.replace(parts, (part) => (part.startsWith('"') ? part : readAttributePath(definition, part, reading)))
}

/**
 * Suggests the form with a colon, for the message that refuses a dot behind a URN.
 *
 * @param definition Definition that does not know a path in the string.
 * @param text Path or filter as the client wrote it.
 * @returns The end of the message; empty where no dot follows a URN.
 */
export function hintColon(definition: ResourceDefinition, text: string): string {
  for (const [part] of text.matchAll(parts)) {
    const colon = findColonForm(definition, part)
    if (colon !== undefined) return `; put a colon behind the URN: ${colon}`
  }
  return ''
}

function findColonForm(definition: ResourceDefinition, path: string): string | undefined {
  if (!path.includes(':') || findAttribute(definition, path)) return undefined
  return readUrnDot(schemaUrns(definition), path)
}

/**
 * Rule `ignoreUnknownAttributes`: ignores an attribute that no schema of the resource type has.
 *
 * @param path Path of the attribute as it was written.
 * @param reading Rules and the receiver of notes.
 * @throws {ScimError} 400 `invalidSyntax` where the rule is off.
 */
export function ignoreUnknownAttribute(path: string, reading: Reading): void {
  if (
    tolerate(reading, { rule: 'ignoreUnknownAttributes', path, detail: 'no schema has this attribute; it was ignored' })
  )
    return
  throw badRequest('invalidSyntax', `${path} is not an attribute of the resource; leave it out`)
}

/**
 * Tells whether names that no schema has are refused in queries, as they are in bodies.
 *
 * @param rules Rules that hold.
 * @returns Whether rule `ignoreUnknownAttributes` is off.
 */
export function refusesUnknownAttributes({ ignoreUnknownAttributes }: CompatibilityRules): boolean {
  return !ignoreUnknownAttributes
}

/**
 * Notes an attribute of a filter that no schema of the resource type has. Where rule `ignoreUnknownAttributes` is off,
 * compiling the filter refuses it and names the nearest one.
 *
 * @param path Path of the attribute as it was written.
 * @param reading Rules and the receiver of notes.
 */
export function noteUnknownTerm(path: string, reading: Reading): void {
  tolerate(reading, {
    rule: 'ignoreUnknownAttributes',
    path,
    detail: 'no schema has this attribute, so it has no value',
  })
}

/**
 * Rules `spacing`, `bareWords` and `filterAfterBracket`: tells the parser of filters and paths which lenient readings
 * it may use, and reports those that it needed.
 *
 * @param path What the text is for the note, such as `filter` or `path`.
 * @param reading Rules and the receiver of notes.
 * @returns Options for `parseFilter` and `parsePath`.
 */
export function toParseOptions(path: string, reading: Reading): ParseOptions {
  const { spacing, bareWords, filterAfterBracket } = reading.rules
  return {
    lenient: { spacing, bareWords, filterAfterBracket },
    onNote: ({ rule, position }) => reading.onNote({ rule, path, detail: `lenient reading at position ${position}` }),
  }
}
