import { isObject, subAttributeIndex } from '@scimkit/core/internal'
import {
  type Attribute,
  type AttributeTarget,
  findAttribute,
  foldCase,
  type ResourceDefinition,
} from '@scimkit/core/schema'
import { toSqlText } from '../documents/sql-text.js'

/** An attribute whose values have rows of their own, through which resources are found. */
export interface IndexedAttribute {
  /** Path in schema spelling: `userName`, `emails.value`, `urn:…:User:badgeNumber`. */
  readonly path: string
  /** Whether no two resources of a tenant may have the same value. */
  readonly unique: boolean
  /** URN of the extension that holds it; absent for the base schema. */
  readonly container: string | undefined
  readonly attribute: Attribute
  readonly subAttribute: Attribute | undefined
  /** `subAttribute`, else `attribute`: its type and case rule say which values are the same. */
  readonly compared: Attribute
}

/** An indexed attribute with its number in the database. */
export interface NumberedAttribute extends IndexedAttribute {
  readonly number: number
}

/** Paths by which identity providers look resources up. */
const usualPaths = ['externalId', 'displayName', 'emails.value']

/**
 * Lists the attributes of a definition to index: the unique ones, those by which identity providers look resources up,
 * and further ones.
 *
 * @param definition Definition of the resource type.
 * @param further Further attribute paths.
 * @returns The attributes, each once.
 * @throws {TypeError} When a further path leads to nothing that can be indexed.
 */
export function listIndexedAttributes(
  definition: ResourceDefinition,
  further: readonly string[] = [],
): readonly IndexedAttribute[] {
  const found = new Map<string, IndexedAttribute>()
  const add = (indexed: IndexedAttribute | undefined) => indexed && found.set(indexed.path, indexed)
  for (const target of uniqueTargets(definition)) add(toIndexed(target))
  for (const path of usualPaths) add(findIndexed(definition, path))
  for (const path of further) {
    if (add(findIndexed(definition, path))) continue
    throw new TypeError(
      `indexed: ${path} cannot be indexed; name an attribute of ${definition.name} that has values of its own`,
    )
  }
  return [...found.values()]
}

/**
 * Reads the values of an indexed attribute in the form in which equal values are equal texts.
 *
 * @param indexed The attribute.
 * @param document A resource as stored.
 * @returns Every value once.
 */
export function readIndexedValues(indexed: IndexedAttribute, document: object): ReadonlySet<string> {
  const values = new Set<string>()
  for (const element of elementsOf(indexed, document)) {
    const value = indexed.subAttribute ? readMember(element, indexed.subAttribute.name) : element
    for (const single of Array.isArray(value) ? value : [value]) {
      const text = toIndexText(indexed.compared, single)
      if (text !== undefined) values.add(text)
    }
  }
  return values
}

/**
 * Converts a value to the form in which equal values are equal texts.
 *
 * @param compared Attribute to which the value belongs.
 * @param value Value of a resource or literal of a filter.
 * @returns Text for the index; `undefined` for a value that no index holds.
 */
export function toIndexText(compared: Attribute, value: unknown): string | undefined {
  if (typeof value === 'string') return toSqlText(compared.caseExact ? value : foldCase(value))
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** Names what decides on the form of values; when it changes, the values are written again. */
export function ruleOf(indexed: IndexedAttribute): string {
  return `${indexed.unique ? 'unique ' : ''}${indexed.compared.caseExact ? 'exact' : 'folded'}`
}

/**
 * Names a target as indexes do: the default `value` of a complex attribute is spelled out.
 *
 * @param target Attribute to which an attribute path leads.
 * @returns The path; `undefined` for a whole resource or extension.
 */
export function indexPath({ extension, attribute, subAttribute }: AttributeTarget): string | undefined {
  if (!attribute) return undefined
  const sub = subAttribute ?? subAttributeIndex(attribute).get('value')
  return `${extension ? `${extension.id}:` : ''}${attribute.name}${sub ? `.${sub.name}` : ''}`
}

function findIndexed(definition: ResourceDefinition, path: string): IndexedAttribute | undefined {
  const target = findAttribute(definition, path)
  return target && toIndexed(target)
}

function toIndexed(target: AttributeTarget): IndexedAttribute | undefined {
  const { extension, attribute } = target
  const path = indexPath(target)
  if (!attribute || path === undefined || path === 'id') return undefined
  const subAttribute = target.subAttribute ?? subAttributeIndex(attribute).get('value')
  const compared = subAttribute ?? attribute
  // Values that are never returned must not be found through an index, and members have a table of their own.
  if (compared.type === 'complex' || compared.returned === 'never' || attribute.returned === 'never') return undefined
  if (isRelation(target)) return undefined
  return { path, unique: compared.uniqueness !== 'none', container: extension?.id, attribute, subAttribute, compared }
}

/** Whether a target is `members` or `groups`, which live in the membership table. */
export function isRelation({ extension, attribute }: AttributeTarget): boolean {
  if (extension || attribute?.type !== 'complex' || !attribute.multiValued) return false
  return attribute.name === 'members' || (attribute.name === 'groups' && attribute.mutability === 'readOnly')
}

function* uniqueTargets(definition: ResourceDefinition): Iterable<AttributeTarget> {
  for (const target of new Set(definition.index.values())) {
    if (!target.attribute) continue
    if (target.attribute.uniqueness !== 'none' && target.attribute.type !== 'complex') yield target
    for (const subAttribute of target.attribute.subAttributes ?? []) {
      if (subAttribute.uniqueness !== 'none') yield { ...target, subAttribute }
    }
  }
}

function elementsOf({ container, attribute }: IndexedAttribute, document: object): readonly unknown[] {
  const holder = container === undefined ? document : readMember(document, container)
  const value = readMember(holder, attribute.name)
  return Array.isArray(value) ? value : [value]
}

function readMember(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}
