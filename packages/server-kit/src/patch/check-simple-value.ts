import { type Attribute, type AttributeType, isBase64, isDateTime, isUriReference } from '@scimkit/core/schema'
import { patchError } from './patch-error.js'
import { isMembers } from './write-member.js'

const typeRules: Readonly<Record<AttributeType, { readonly name: string; fits(value: unknown): boolean }>> = {
  string: { name: 'a text', fits: isText },
  reference: { name: 'a text with a URI', fits: (value) => isText(value) && isUriReference(value) },
  boolean: { name: 'true or false', fits: (value) => typeof value === 'boolean' },
  integer: { name: 'a whole number', fits: Number.isSafeInteger },
  decimal: { name: 'a number', fits: Number.isFinite },
  dateTime: {
    name: 'a date and time such as 2026-01-31T08:00:00Z',
    fits: (value) => isText(value) && isDateTime(value),
  },
  binary: { name: 'a base64 text', fits: (value) => isText(value) && isBase64(value) },
  complex: { name: 'an object', fits: isMembers },
  any: { name: 'a value', fits: (value) => value !== undefined && value !== null },
}

/**
 * Checks that a value has the type of its attribute.
 *
 * @param attribute Any attribute; of a multi-valued one, `value` is one element.
 * @param value Value as it came.
 * @param path Path of the attribute, for the error.
 * @throws {ScimError} 400 `invalidValue` that names the path and the type.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.3
 */
export function checkSimpleValue(attribute: Attribute, value: unknown, path: string): void {
  const rule = typeRules[attribute.type]
  if (!rule.fits(value)) throw patchError('invalidValue', `${path} must be ${rule.name}`)
  if (value === '' && attribute.required) throw patchError('invalidValue', `${path} is required and cannot be empty`)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
