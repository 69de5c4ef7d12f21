import { isObject, type JsonObject } from '@scimkit/core/internal'
import { type Attribute, checkResource, type ResourceDefinition } from '@scimkit/core/schema'
import { listUsedSchemas } from '../compatibility/read-schemas.js'
import { type Reading, tolerate } from '../compatibility/reading.js'
import type { ResourceContext } from '../service/request-context.js'
import type { ServedResource } from '../service/served-resource.js'
import { removeDuplicates, removeUnassigned } from './clean-resource.js'
import { coerceResource } from './coerce-resource.js'

/** A password to set; `null` for one to remove, `undefined` where it stays as it is. */
export type PasswordChange = string | null | undefined

/** A resource that a client wrote, taken apart by where its parts are kept. */
export interface GivenResource {
  /** As checked: names in schema spelling, without readOnly attributes; `null` and `[]` where the client wrote them. */
  readonly checked: JsonObject
  /** The body where the validator refuses it: `checkChange` then says whether what is stored allows it. */
  readonly faulty: JsonObject | undefined
  /** Attributes for the store: without unassigned ones, `schemas`, password and members. */
  readonly attributes: JsonObject
  /** The schemas in use. */
  readonly schemas: readonly string[]
  /** Elements of `members` where they belong to the membership port; `undefined` when the body names none. */
  readonly members: readonly JsonObject[] | undefined
  /** `null` where its removal is asked for. */
  readonly password: PasswordChange
  /** Paths that the body wrote; only where the definition has attributes that are returned on request. */
  readonly written: readonly string[] | undefined
}

/**
 * Reads the resource in the body of POST and PUT.
 *
 * @param context Request with the rules of reading.
 * @param body Body of the request.
 * @param use What the body is for.
 * @returns The parts of the resource, checked against the definition.
 * @throws {ScimError} 400 `invalidSyntax` or `invalidValue`.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.3
 */
export function readResource(context: ResourceContext, body: JsonObject, use: 'create' | 'replace'): GivenResource {
  const { served } = context
  const { definition } = served
  const { reading } = context
  const coerced = coerceResource(definition, body, reading)
  const { checked, faulty } =
    use === 'create'
      ? { checked: checkResource(definition, coerced, use), faulty: undefined }
      : checkLater(definition, coerced)
  const given = removeDuplicates(removeUnassigned(checked))
  const { members } = given
  const attributes = toAttributes(served, given)
  return {
    checked,
    faulty,
    attributes,
    schemas: listUsedSchemas(definition, attributes),
    members: served.members && Array.isArray(members) ? members : undefined,
    password: readPassword(checked, use, reading),
    written: served.hasRequested
      ? listWritten(
          definition.extensions.map(({ extension }) => extension.urn),
          checked,
        )
      : undefined,
  }
}

/** RFC 7643 §2.5: `null` means unassigned. In a PUT it unassigns, but many clients send it for whatever they do not know. */
function readPassword({ password }: JsonObject, use: 'create' | 'replace', reading: Reading): PasswordChange {
  if (typeof password === 'string') return password
  if (password !== null || use === 'create') return undefined
  const detail = 'null was read as if password were absent'
  return tolerate(reading, { rule: 'nullPassword', path: 'password', detail }) ? undefined : null
}

/** Whether a PUT may carry a fault is known when the resource has been read that it replaces. */
function checkLater(definition: ResourceDefinition, body: JsonObject): Pick<GivenResource, 'checked' | 'faulty'> {
  let isFaulty = false
  const checked = checkResource(definition, body, 'replace', () => {
    isFaulty = true
    return true
  })
  return isFaulty ? { checked: keepWritable(definition, body), faulty: body } : { checked, faulty: undefined }
}

/** What goes into the store's document: never a password, and members only where the store has no port for them. */
function toAttributes(served: ServedResource, given: JsonObject): JsonObject {
  const attributes: Record<string, unknown> = {}
  for (const name of Object.keys(given)) {
    if (name !== 'password' && name !== 'schemas' && !(name === 'members' && served.members))
      attributes[name] = given[name]
  }
  return attributes
}

function listWritten(extensions: readonly string[], checked: JsonObject): readonly string[] {
  return Object.entries(checked).flatMap(([name, value]) => {
    if (typeof value !== 'object' || value === null) return [name]
    const separator = extensions.includes(name) ? ':' : '.'
    const inside = Array.isArray(value) ? value : [value]
    const names = new Set(
      inside.flatMap((element) => (typeof element === 'object' && element ? Object.keys(element) : [])),
    )
    return [...(separator === '.' ? [name] : []), ...Array.from(names, (sub) => `${name}${separator}${sub}`)]
  })
}

/**
 * Reduces a body to what a client can write: attributes of the definition that are not readOnly, as the validator does
 * where it finds no fault.
 *
 * @param definition Definition whose schemas say what may be written.
 * @param body Body in schema spelling; values may be of any type.
 * @returns The body without readOnly and unknown attributes.
 */
function keepWritable(definition: ResourceDefinition, body: JsonObject): JsonObject {
  const kept = keepMembers(definition.schema.attributes, body)
  for (const { extension } of definition.extensions) {
    if (!Object.hasOwn(body, extension.urn)) continue
    const container = body[extension.urn]
    kept[extension.urn] = isObject(container) ? keepMembers(extension.schema.attributes, container) : container
  }
  return kept
}

function keepMembers(attributes: readonly Attribute[], members: JsonObject): Record<string, unknown> {
  const writable = attributes.filter(
    ({ name, mutability }) => mutability !== 'readOnly' && Object.hasOwn(members, name),
  )
  return Object.fromEntries(writable.map(({ name, subAttributes }) => [name, keepValue(subAttributes, members[name])]))
}

function keepValue(subAttributes: readonly Attribute[] | undefined, value: unknown): unknown {
  if (!subAttributes) return value
  if (Array.isArray(value)) return value.map((element) => keepValue(subAttributes, element))
  return isObject(value) ? keepMembers(subAttributes, value) : value
}
