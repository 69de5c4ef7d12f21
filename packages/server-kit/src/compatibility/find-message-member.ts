import { ScimError } from '@scimkit/core/schema'
import { allows, type Reading } from './reading.js'

/**
 * Rule `messageKeyCase`: finds a member of a message also in another case, such as `operations` for `Operations`. It is
 * never passed over, since a message without it means something else: a filter that is not seen selects everybody.
 *
 * @param message A message or a part of it.
 * @param name Name as the RFC spells it.
 * @param reading Rules and the receiver of notes.
 * @returns The value; `undefined` when there is no such member.
 * @throws {ScimError} 400 `invalidValue` for another case where the rule is off, and for a member given twice.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export function findMessageMember(message: object, name: string, reading: Reading): unknown {
  const members = message as Readonly<Record<string, unknown>> // its own keys are read
  const folded = name.toLowerCase()
  const keys = Object.keys(members).filter((key) => key.length === name.length && key.toLowerCase() === folded)
  const [key] = keys
  if (key === undefined) return undefined
  if (keys.length > 1) throw invalidValue(`${name} is given twice in different spelling; give it once`)
  checkMemberCase(key, name, reading)
  return members[key]
}

/**
 * Finds several members of a message as `findMessageMember` does.
 *
 * @param message A message or a part of it.
 * @param names Names as the RFC spells them.
 * @param reading Rules and the receiver of notes.
 * @returns The values by these names; other members are left out.
 * @throws {ScimError} As `findMessageMember`.
 */
export function findMessageMembers<Name extends string>(
  message: object,
  names: readonly Name[],
  reading: Reading,
): Readonly<Partial<Record<Name, unknown>>> {
  const found: Partial<Record<Name, unknown>> = {}
  for (const name of names) found[name] = findMessageMember(message, name, reading)
  return found
}

/**
 * Rule `messageKeyCase`: checks the spelling of a member or a query parameter that is known.
 *
 * @param given Name as it was sent.
 * @param name Name as the RFC spells it.
 * @param reading Rules and the receiver of notes.
 * @throws {ScimError} 400 `invalidValue` for another case where the rule is off.
 */
export function checkMemberCase(given: string, name: string, reading: Reading): void {
  if (given === name || allows(reading, 'messageKeyCase', name, `"${given}" was read as "${name}"`)) return
  throw invalidValue(`"${given}" must be spelt "${name}"`)
}

function invalidValue(detail: string): ScimError {
  return new ScimError(400, detail, { scimType: 'invalidValue' })
}
