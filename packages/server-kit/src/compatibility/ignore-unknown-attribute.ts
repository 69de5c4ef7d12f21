import { patchError } from '../patch/patch-error.js'
import { allows, type Reading } from './reading.js'

/**
 * Rule `ignoreUnknownAttributes`: passes over an attribute that no schema of the resource type has.
 *
 * @param path Path of the attribute as it was written.
 * @param reading Rules and the receiver of notes.
 * @throws {ScimError} 400 `invalidSyntax` where the rule is off.
 */
export function ignoreUnknownAttribute(path: string, reading: Reading): void {
  if (allows(reading, 'ignoreUnknownAttributes', path, 'no schema has this attribute; it was ignored')) return
  throw patchError('invalidSyntax', `${path} is no attribute of the resource; leave it out`)
}
