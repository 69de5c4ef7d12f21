import { isUnassigned, type JsonObject, sameElement } from '@scimkit/core/internal'
import type { Attribute, PatchOperation, ResourceDefinition } from '@scimkit/core/schema'
import type { Patch } from './patch-builder.js'

/**
 * Finds the smallest patch that turns one resource into another. What is readOnly is left alone, and so is a password
 * that `after` does not have. Texts that differ only by case differ; the order of lists does not.
 *
 * @param before The resource as it is, usually as it was read.
 * @param after The resource as it should be; what it leaves out is unassigned.
 * @param definition Definition that names the attributes.
 * @returns The patch; its `operations` are empty when nothing differs.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 * @example
 * const changes = patchFrom(user, { ...user, title: 'Countess' }, userResource)
 * if (changes.operations.length > 0) await scim.users.patch(user.id, changes)
 */
export function patchFrom(
  before: object,
  after: object,
  definition: ResourceDefinition<unknown, unknown, unknown>,
): Patch {
  const [from, to] = [before as JsonObject, after as JsonObject] // resources of the definition
  const operations = externalId(from, to)
  operations.push(...definition.schema.attributes.flatMap((attribute) => differ(attribute, from, to, '')))
  for (const { extension } of definition.extensions) {
    const [held, wanted] = [membersOf(from[extension.urn]), membersOf(to[extension.urn])]
    const changes = extension.schema.attributes.flatMap((attribute) =>
      differ(attribute, held, wanted, `${extension.urn}:`),
    )
    operations.push(...changes)
  }
  return { operations }
}

function externalId(from: JsonObject, to: JsonObject): PatchOperation[] {
  if ((from.externalId ?? undefined) === (to.externalId ?? undefined)) return []
  return [change('externalId', to.externalId)]
}

function differ(attribute: Attribute, from: JsonObject, to: JsonObject, prefix: string): PatchOperation[] {
  const [held, wanted] = [from[attribute.name], to[attribute.name]]
  const path = prefix + attribute.name
  if (attribute.mutability === 'readOnly') return []
  if (attribute.returned === 'never') return wanted === undefined ? [] : [change(path, wanted)]
  if (write(held) === write(wanted)) return []
  if (isUnassigned(wanted) || isUnassigned(held)) return [change(path, wanted)]
  if (attribute.multiValued) return differInElements(attribute, asList(held), asList(wanted), path)
  if (attribute.type !== 'complex') return [change(path, wanted)]
  const subAttributes = attribute.subAttributes ?? []
  return subAttributes.flatMap((sub) => differ(sub, membersOf(held), membersOf(wanted), `${path}.`))
}

/** Takes single elements out and puts single ones in; a list whose elements cannot be told apart is replaced. */
function differInElements(
  attribute: Attribute,
  held: readonly unknown[],
  wanted: readonly unknown[],
  path: string,
): PatchOperation[] {
  const [before, after] = [new Set(held.map(write)), new Set(wanted.map(write))]
  const gone = held.filter((element) => !after.has(write(element)))
  const fresh = wanted.filter((element) => !before.has(write(element)))
  const values = gone.map((element) => keyOf(attribute, element, held))
  // A server passes over an element that another one contains, which an element with a value of its own never is.
  const named = fresh.every((element) => keyOf(attribute, element, wanted) !== undefined)
  const repeated = before.size < held.length || after.size < wanted.length
  if (repeated || !named || values.includes(undefined) || gone.length === held.length) return [change(path, wanted)]
  const operations: PatchOperation[] = values.map((value) => ({
    op: 'remove',
    path: `${path}[value eq ${JSON.stringify(value)}]`,
  }))
  if (fresh.length > 0) operations.push({ op: 'add', path, value: fresh })
  return operations
}

/** The `value` of an element, where it is text that no other element has; `undefined` otherwise. */
function keyOf(attribute: Attribute, element: unknown, list: readonly unknown[]): string | undefined {
  const sub = attribute.subAttributes?.find(
    ({ name, type }) => name === 'value' && type !== 'boolean' && type !== 'binary',
  )
  const { value } = membersOf(element)
  if (!sub || typeof value !== 'string') return undefined
  const bearers = list.filter((other) => sameElement(sub, membersOf(other).value, value))
  return bearers.length === 1 ? value : undefined
}

function change(path: string, value: unknown): PatchOperation {
  return isUnassigned(value) ? { op: 'remove', path } : { op: 'replace', path, value }
}

/** A text that is the same for values that are: members in any order, lists in any order, no value in any form. */
function write(value: unknown): string {
  if (isUnassigned(value)) return ''
  if (Array.isArray(value)) return `[${value.map(write).sort().join()}]`
  if (typeof value !== 'object') return JSON.stringify(value)
  const members = Object.entries(membersOf(value)).map(([name, member]) => [name, write(member)])
  return `{${members
    .flatMap(([name, text]) => (text ? [`${name}:${text}`] : []))
    .sort()
    .join()}}`
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

function membersOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {} // its members are looked up by name
}
