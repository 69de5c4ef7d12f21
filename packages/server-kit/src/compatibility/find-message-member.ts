import { allows, type Reading } from './reading.js'

/**
 * Rule `messageKeyCase`: finds a member of a message also in another case, such as `operations` for `Operations`.
 *
 * @param message A message or a part of it.
 * @param name Name as the RFC spells it; it wins where both are there.
 * @param reading Rules and the receiver of notes.
 * @returns The value; `undefined` when there is no such member.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function findMessageMember(message: object, name: string, reading: Reading): unknown {
  const members = message as Readonly<Record<string, unknown>> // read through hasOwn alone
  if (Object.hasOwn(members, name)) return members[name]
  if (!reading.rules.messageKeyCase) return undefined
  const folded = name.toLowerCase()
  const key = Object.keys(members).find((one) => one.length === name.length && one.toLowerCase() === folded)
  if (key === undefined) return undefined
  allows(reading, 'messageKeyCase', name, `member "${key}" was read as "${name}"`)
  return members[key]
}
