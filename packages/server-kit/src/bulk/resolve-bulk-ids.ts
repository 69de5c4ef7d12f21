import { isObject, subAttributeIndex } from '@scimkit/core/internal'
import {
  type Attribute,
  foldCase,
  type ResourceDefinition,
  type SchemaDefinition,
  ScimError,
} from '@scimkit/core/schema'
import { type Filter, mapFilter, stringifyPath } from '@scimkit/filter-parser'
import { namesResource } from '../compatibility/read-reference.js'
import { ignoreNote, type Reading } from '../compatibility/reading.js'
import { findTarget, type PatchTarget, selectTarget } from '../patch/select-target.js'

/** Finds the id behind a bulkId; `undefined` while it has none. */
export type FindId = (bulkId: string) => string | undefined

const whole = /^bulkId:(.+)$/s
const lastSegment = /\/bulkId:([^/]+)$/

/**
 * Reads the bulkId in a text that names a resource: `bulkId:…`, or a URL that ends in it.
 *
 * @param text Value of a reference, or the path of an operation.
 * @returns The bulkId; `undefined` for other texts.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.7.2
 */
export function readBulkId(text: string): string | undefined {
  return (whole.exec(text) ?? lastSegment.exec(text))?.[1]
}

/**
 * Puts the id in the place of the bulkId in a text that names a resource.
 *
 * @param text Value of a reference, or the path of an operation.
 * @param findId Ids of the resources that were created.
 * @returns The text with the id; as it was where there is none.
 */
export function resolveBulkId(text: string, findId: FindId): string {
  const bulkId = readBulkId(text)
  const id = bulkId === undefined ? undefined : findId(bulkId)
  if (id === undefined) return text
  return whole.test(text) ? id : text.replace(lastSegment, () => `/${encodeURIComponent(id)}`)
}

/** Gives the text that takes the place of another one. */
type MapText = (text: string) => string

/**
 * The references in the data of an operation: texts of attributes that the schema calls one, and no others. What a rule
 * reads as a reference is one whether or not the rule is on, since it is refused otherwise.
 */
export class DataReferences {
  readonly #definition: ResourceDefinition
  readonly #isPatch: boolean
  readonly #reading: Reading

  /**
   * @param definition Definition of the resource that the operation writes.
   * @param method Method of the operation.
   * @param reading Rules and the receiver of notes.
   */
  constructor(definition: ResourceDefinition, method: string, reading: Reading) {
    this.#definition = definition
    this.#isPatch = method === 'PATCH'
    this.#reading = reading
  }

  /**
   * @param data Data of the operation, or a part of a resource.
   * @returns The bulkIds that it refers to.
   */
  list(data: unknown): ReadonlySet<string> {
    const found = new Set<string>()
    this.#map(data, (text) => {
      const bulkId = readBulkId(text)
      if (bulkId !== undefined) found.add(bulkId)
      return text
    })
    return found
  }

  /**
   * @param data Data of the operation.
   * @param findId Ids of the resources that were created.
   * @returns A copy with ids in the place of bulkIds; what has no id stays as it is.
   */
  resolve(data: unknown, findId: FindId): unknown {
    return this.#map(data, (text) => resolveBulkId(text, findId))
  }

  /**
   * @param name Name of a member of a resource.
   * @returns Whether it is the URN of an extension, whose attributes are inside.
   */
  isContainer(name: string): boolean {
    const target = this.#find(name)
    return target !== undefined && target.attribute === undefined
  }

  #map(data: unknown, map: MapText): unknown {
    return this.#isPatch ? this.#inPatch(data, map) : this.#inResource(data, map)
  }

  /** A list in the place of the message is that of its operations. */
  #inPatch(data: unknown, map: MapText): unknown {
    if (Array.isArray(data)) return data.map((operation) => this.#inOperation(operation, map))
    return mapMembers(data, (name, value) => [name, isNamed(name, 'operations') ? this.#inPatch(value, map) : value])
  }

  #inOperation(operation: unknown, map: MapText): unknown {
    const path = isObject(operation) && Object.entries(operation).find(([name]) => isNamed(name, 'path'))?.[1]
    return mapMembers(operation, (name, value) => {
      if (isNamed(name, 'path') && typeof value === 'string') return [name, this.#mapPath(value, map)]
      if (!isNamed(name, 'value')) return [name, value]
      return [
        name,
        typeof path === 'string' ? this.#atTarget(this.#find(path), value, map) : this.#inResource(value, map),
      ]
    })
  }

  #inResource(data: unknown, map: MapText, extension?: SchemaDefinition): unknown {
    const prefix = extension ? `${extension.id}:` : ''
    return mapMembers(data, (key, value) => {
      const name = this.#mapPath(prefix + key, map).slice(prefix.length)
      return [name, this.#atTarget(this.#find(prefix + key), value, map)]
    })
  }

  /** What is wrong with a path, the operation itself will say. */
  #find(path: string): PatchTarget | undefined {
    try {
      return findTarget(this.#definition, path, { rules: this.#reading.rules, onNote: ignoreNote })
    } catch (error) {
      if (ScimError.is(error)) return undefined
      throw error
    }
  }

  #mapPath(path: string, map: MapText): string {
    const target = path.includes('[') ? this.#find(path) : undefined
    if (!target?.attribute || !target.filter) return path
    const { extension, attribute, subAttribute } = target
    const filter = mapFilter(target.filter.filter, (term) => mapTerm(attribute, term, map))
    if (filter === target.filter.filter) return path
    selectTarget(this.#definition, path, this.#reading) // tells what rules it took, which the new path does not show
    return stringifyPath({ urn: extension?.id, name: attribute.name, filter, subAttribute: subAttribute?.name })
  }

  #atTarget(target: PatchTarget | undefined, value: unknown, map: MapText): unknown {
    if (!target) return value
    if (!target.attribute) return this.#inResource(value, map, target.extension)
    const { attribute, subAttribute } = target
    return subAttribute ? mapPart(attribute, subAttribute, value, map) : mapValue(attribute, value, map)
  }
}

function mapValue(attribute: Attribute, value: unknown, map: MapText, isReference = namesResource(attribute)): unknown {
  if (attribute.mutability === 'readOnly') return value
  if (Array.isArray(value)) return value.map((element) => mapValue(attribute, element, map, isReference))
  if (typeof value === 'string') return isReference ? map(value) : value
  if (!attribute.subAttributes) return value
  const index = subAttributeIndex(attribute)
  return mapMembers(value, (name, inner) => {
    const sub = index.get(foldCase(name))
    return [name, sub ? mapPart(attribute, sub, inner, map) : inner]
  })
}

function mapPart(attribute: Attribute, sub: Attribute, value: unknown, map: MapText): unknown {
  const isReference = namesResource(sub) || (sub.name === 'value' && namesResource(attribute))
  return mapValue(sub, value, map, isReference)
}

function mapTerm(attribute: Attribute, term: Filter, map: MapText): Filter {
  if (term.kind !== 'comparison' || typeof term.value !== 'string') return term
  const compared = attribute.subAttributes ? subAttributeIndex(attribute).get(foldCase(term.path.name)) : attribute
  const value = compared && mapPart(attribute, compared, term.value, map)
  return typeof value !== 'string' || value === term.value ? term : { ...term, value }
}

function mapMembers(value: unknown, change: (name: string, value: unknown) => [string, unknown]): unknown {
  if (Array.isArray(value)) return value.map((element) => mapMembers(element, change))
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, inner]) => change(name, inner))) : value
}

function isNamed(given: string, name: string): boolean {
  return given.toLowerCase() === name
}
