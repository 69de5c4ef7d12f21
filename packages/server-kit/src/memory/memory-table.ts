import { type Attribute, foldCase, type ResourceDefinition, ScimError } from '@scimkit/core/schema'
import type { StoredResource } from '../store/resource-store.js'
import { findOrMake } from './find-or-make.js'
import { OrderedIds } from './ordered-ids.js'

/** An attribute whose values no two resources of a type may share. */
interface UniqueAttribute {
  /** As errors name it, such as `userName`. */
  readonly path: string
  /**
   * @param resource Any resource of the type.
   * @returns The values in the form in which they are compared.
   */
  readonly valuesOf: (resource: StoredResource) => readonly string[]
  /**
   * @param value Any value of the attribute.
   * @returns The form in which it is compared.
   */
  readonly keyOf: (value: unknown) => string
}

/** The resources of one type and tenant, with the indexes over them. Every method is done at once or not at all. */
export class MemoryTable {
  readonly definition: ResourceDefinition | undefined
  readonly byId = new Map<string, StoredResource>()
  readonly ids = new OrderedIds()
  readonly byExternalId = new Map<string, Set<string>>()
  readonly #unique: readonly { readonly attribute: UniqueAttribute; readonly ids: Map<string, string> }[]

  /**
   * @param definition Definition of the type; without one nothing is unique but the id.
   * @param resources Resources that are there already.
   * @throws {ScimError} 409 `uniqueness` when two of them share what is unique.
   */
  constructor(definition: ResourceDefinition | undefined, resources: Iterable<StoredResource> = []) {
    this.definition = definition
    const attributes = definition ? findUniqueAttributes(definition) : []
    this.#unique = attributes.map((attribute) => ({ attribute, ids: new Map<string, string>() }))
    for (const resource of resources) this.insert(resource)
  }

  /**
   * @param resource Resource with an id that is new.
   * @throws {ScimError} 409 `uniqueness`.
   */
  insert(resource: StoredResource): void {
    if (this.byId.has(resource.id)) throw taken('id')
    const values = this.#uniqueValues(resource)
    this.byId.set(resource.id, resource)
    this.ids.add(resource.id)
    this.#index(resource, values)
  }

  /**
   * @param current Resource that is stored.
   * @param next Resource that takes its place.
   * @throws {ScimError} 409 `uniqueness`.
   */
  update(current: StoredResource, next: StoredResource): void {
    const values = this.#uniqueValues(next)
    this.#unindex(current)
    this.byId.set(next.id, next)
    this.#index(next, values)
  }

  /** @param current Resource that is stored. */
  remove(current: StoredResource): void {
    this.#unindex(current)
    this.byId.delete(current.id)
    this.ids.delete(current.id)
  }

  /**
   * @param path Path of a unique attribute as {@link UniqueAttribute} spells it.
   * @param value Value that is looked for.
   * @returns The only id that can have it, in a list; `undefined` when the attribute is not unique.
   */
  findUnique(path: string, value: unknown): readonly string[] | undefined {
    const entry = this.#unique.find(({ attribute }) => attribute.path === path)
    if (!entry) return undefined
    const id = entry.ids.get(entry.attribute.keyOf(value))
    return id === undefined ? [] : [id]
  }

  /**
   * @returns The values of each unique attribute.
   * @throws {ScimError} 409 when another resource has one of them.
   */
  #uniqueValues(resource: StoredResource): readonly (readonly string[])[] {
    return this.#unique.map(({ attribute, ids }) => {
      const values = attribute.valuesOf(resource)
      for (const value of values) {
        const owner = ids.get(value)
        if (owner !== undefined && owner !== resource.id) throw taken(attribute.path)
      }
      return values
    })
  }

  #index(resource: StoredResource, unique: readonly (readonly string[])[]): void {
    for (const [position, values] of unique.entries()) {
      for (const value of values) this.#unique[position]?.ids.set(value, resource.id)
    }
    const { externalId } = resource
    if (typeof externalId !== 'string') return
    findOrMake(this.byExternalId, externalId, () => new Set<string>()).add(resource.id)
  }

  #unindex(resource: StoredResource): void {
    for (const { attribute, ids } of this.#unique) {
      for (const value of attribute.valuesOf(resource)) ids.delete(value)
    }
    const { externalId } = resource
    if (typeof externalId !== 'string') return
    const owners = this.byExternalId.get(externalId)
    owners?.delete(resource.id)
    if (owners?.size === 0) this.byExternalId.delete(externalId)
  }
}

function taken(path: string): ScimError {
  return new ScimError(409, `${path} has a value that another resource already has`, { scimType: 'uniqueness' })
}

/**
 * Finds the attributes with uniqueness `server` or `global`; `id` is left out, since it is the key itself.
 *
 * @param definition Definition whose schemas say what is unique.
 * @returns The attributes, those of extensions and sub-attributes included.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-7
 */
function findUniqueAttributes(definition: ResourceDefinition): readonly UniqueAttribute[] {
  const base = findIn(definition.schema.attributes, [])
  return [
    ...base,
    ...definition.extensions.flatMap(({ extension }) => findIn(extension.schema.attributes, [extension.urn])),
  ]
}

function findIn(attributes: readonly Attribute[], container: readonly string[]): UniqueAttribute[] {
  return attributes.flatMap((attribute) => {
    if (container.length === 0 && attribute.name === 'id') return []
    const steps = [...container, attribute.name]
    const inside = attribute.subAttributes?.filter(isUnique).map((sub) => toUnique(sub, [...steps, sub.name])) ?? []
    return isUnique(attribute) && attribute.type !== 'complex' ? [toUnique(attribute, steps), ...inside] : inside
  })
}

function isUnique(attribute: Attribute): boolean {
  return attribute.uniqueness !== 'none' && attribute.returned !== 'never'
}

function toUnique(attribute: Attribute, steps: readonly string[]): UniqueAttribute {
  const keyOf = (value: unknown): string =>
    typeof value === 'string' ? `s${attribute.caseExact ? value : foldCase(value)}` : `v${String(value)}`
  const [first = ''] = steps
  const path = steps.length > 1 && first.includes(':') ? `${first}:${steps.slice(1).join('.')}` : steps.join('.')
  return { path, keyOf, valuesOf: (resource) => valuesAt(resource, steps, 0).map(keyOf) }
}

function valuesAt(value: unknown, steps: readonly string[], depth: number): unknown[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value.flatMap((element) => valuesAt(element, steps, depth))
  const step = steps[depth]
  if (step === undefined) return [value]
  if (typeof value !== 'object' || !Object.hasOwn(value, step)) return []
  return valuesAt((value as Readonly<Record<string, unknown>>)[step], steps, depth + 1)
}
