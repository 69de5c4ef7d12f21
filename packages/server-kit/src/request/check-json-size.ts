import { ScimError } from '@scimkit/core/schema'

/**
 * Checks the nesting and the number of members of a JSON text before it is parsed, so that no reader behind it can
 * run out of stack. Broken JSON passes: the parser names it.
 *
 * @param text JSON text.
 * @param maxDepth Deepest nesting of objects and lists.
 * @param maxMembers Largest number of object members in the whole text.
 * @throws {ScimError} 400 `invalidSyntax` when one of them is passed.
 */
export function checkJsonSize(text: string, maxDepth: number, maxMembers: number): void {
  let depth = 0
  let members = 0
  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case 0x22: // quotation mark
        index = endOfString(text, index)
        break
      case 0x5b: // [
      case 0x7b: // {
        if (++depth > maxDepth) throw tooBig(`is nested deeper than ${maxDepth} levels`)
        break
      case 0x5d: // ]
      case 0x7d: // }
        depth--
        break
      case 0x3a: // :
        if (++members > maxMembers) throw tooBig(`holds more than ${maxMembers} members`)
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

function tooBig(fault: string): ScimError {
  return new ScimError(400, `The request body ${fault}`, { scimType: 'invalidSyntax' })
}
