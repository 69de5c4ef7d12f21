import { lineWidth } from './source-text.js'

/**
 * Writes a member of an interface, its union over several lines where one is too long.
 *
 * @param start Modifiers, name and question mark.
 * @param type Type text; unions are split at their top level alone.
 * @param more Further members of the union, such as `undefined`.
 * @returns The member, two spaces in, with its line break.
 */
export function typeMember(start: string, type: string, more: readonly string[] = []): string {
  const parts = [...splitUnion(type), ...more]
  const line = `  ${start}: ${parts.join(' | ')}\n`
  const last = line.slice(start.lastIndexOf('\n') + 1)
  if (last.length <= lineWidth + 1 || parts.length === 1) return line
  return `  ${start}:\n${parts.map((part) => `    | ${part}\n`).join('')}`
}

/** Splits a union at its top level; literals and brackets are skipped over. */
function splitUnion(type: string): string[] {
  const parts: string[] = []
  let start = 0
  let depth = 0
  for (let index = 0; index < type.length; index++) {
    const character = type.charAt(index)
    if (character === "'" || character === '"') index = endOfLiteral(type, index)
    else if ('([{<'.includes(character)) depth++
    else if (')]}>'.includes(character)) depth--
    else if (character === '|' && depth === 0) {
      parts.push(type.slice(start, index).trim())
      start = index + 1
    }
  }
  return [...parts, type.slice(start).trim()]
}

function endOfLiteral(type: string, start: number): number {
  let index = start + 1
  while (index < type.length && type.charAt(index) !== type.charAt(start)) index += type.charAt(index) === '\\' ? 2 : 1
  return index
}
