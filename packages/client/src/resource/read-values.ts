import type { Attribute, ResourceDefinition, SchemaDefinition } from '@scimkit/core/schema'

/** What is known of a member: its type, and what is known of the members inside it. */
interface Reading {
  readonly type: Attribute['type']
  readonly inside: Readings
}

type Readings = ReadonlyMap<string, Reading>

/** An extension, an attribute and a sub-attribute; deeper values are left alone. */
const maxDepth = 4

/**
 * Brings the values of a resource into the form that its definition gives them, where they can be read in one way alone.
 * `null` means that there is no value (RFC 7643 §2.5), so it is removed, and so is an element or a complex value of nothing
 * else. Booleans in text become booleans, since the text `false` is truthy; numbers become text where
 * the definition says text.
 *
 * @param definition Definition of the resource.
 * @param resource The resource; it is changed.
 */
export function readValues(definition: ResourceDefinition, resource: Record<string, unknown>): void {
  readMembers(resource, readingsOf(definition), 0)
}

const known = new WeakMap<ResourceDefinition, Readings>()

function readingsOf(definition: ResourceDefinition): Readings {
  const remembered = known.get(definition)
  if (remembered) return remembered
  const readings = new Map(readingsIn(definition.schema))
  readings.set('externalId', { type: 'string', inside: nothing })
  for (const { extension } of definition.extensions) {
    readings.set(extension.urn, { type: 'complex', inside: readingsIn(extension.schema) })
  }
  known.set(definition, readings)
  return readings
}

const nothing: Readings = /* @__PURE__ */ new Map()

function readingsIn({ attributes }: Pick<SchemaDefinition, 'attributes'>): Readings {
  const entries = attributes.map(({ name, type, subAttributes = [] }): [string, Reading] => {
    return [name, { type, inside: readingsIn({ attributes: subAttributes }) }]
  })
  return new Map(entries)
}

function readMembers(members: Record<string, unknown>, readings: Readings, depth: number): void {
  for (const name of Object.keys(members)) {
    const value = members[name]
    const read = readValue(value, readings.get(name), depth)
    if (read === undefined) delete members[name]
    else if (read !== value) members[name] = read
  }
}

function readValue(value: unknown, reading: Reading | undefined, depth: number): unknown {
  if (value === null) return undefined
  if (typeof value === 'string') return reading?.type === 'boolean' ? readBoolean(value) : value
  if (typeof value === 'number') {
    const text = reading?.type === 'string' || reading?.type === 'reference'
    return text && Number.isSafeInteger(value) ? String(value) : value
  }
  if (typeof value !== 'object' || depth === maxDepth) return value
  if (Array.isArray(value)) {
    const elements = value.map((element) => readValue(element, reading, depth + 1))
    return elements.filter((element) => element !== undefined)
  }
  const members = value as Record<string, unknown> // neither null nor a list
  const wasEmpty = isEmpty(members)
  readMembers(members, reading?.inside ?? nothing, depth + 1)
  return isEmpty(members) && !wasEmpty ? undefined : members
}

function readBoolean(text: string): boolean | string {
  return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : text
}

function isEmpty(members: Record<string, unknown>): boolean {
  return Object.keys(members).length === 0
}
