import { foldCase, type ResourceDefinition } from '@scimkit/core/schema'
import { patchError } from '../patch/patch-error.js'
import { allows, type Reading } from './reading.js'

const scim1Core = 'urn:scim:schemas:core:1.0'

/**
 * Finds the schema that a URI in `schemas` names, without regard to case. Rule `ignoreUnknownSchema`: a URI that is
 * unknown is passed over, and SCIM 1.1's core schema stands for the base schema.
 *
 * @param definition Definition whose schemas are known.
 * @param uri One value of `schemas`.
 * @param reading Rules and the receiver of notes.
 * @returns The URI in its registered spelling; `undefined` when it is passed over.
 * @throws {ScimError} 400 `invalidSyntax` where the rule is off.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-3
 */
export function ignoreUnknownSchema(definition: ResourceDefinition, uri: string, reading: Reading): string | undefined {
  const folded = foldCase(uri)
  if (folded === foldCase(definition.schema.id)) return definition.schema.id
  const known = definition.index.get(folded)
  if (known?.extension && !known.attribute) return known.extension.id
  const path = 'schemas'
  if (folded === scim1Core) {
    const detail = `${scim1Core} was read as ${definition.schema.id}`
    if (allows(reading, 'ignoreUnknownSchema', path, detail)) return definition.schema.id
  } else if (allows(reading, 'ignoreUnknownSchema', path, 'a URI that names no schema of the resource was ignored')) {
    return undefined
  }
  throw patchError('invalidSyntax', `schemas holds a URI that is no schema of ${definition.name}`)
}
