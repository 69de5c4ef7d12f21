import type { Attribute, ResourceDefinition } from '@scimkit/core/schema'
import { isObject } from './read-resource.js'

/**
 * Makes booleans of the texts `true` and `false` where the definition says boolean. Some servers send text, and the
 * text `false` is true to everybody who asks.
 *
 * @param definition Definition of the resource.
 * @param resource The resource; it is changed.
 */
export function readBooleans(definition: ResourceDefinition, resource: Record<string, unknown>): void {
  read(booleansOf(definition.schema), resource)
  for (const { extension } of definition.extensions) {
    const values = resource[extension.urn]
    if (isObject(values)) read(booleansOf(extension.schema), values)
  }
}

const known = new WeakMap<object, readonly Attribute[]>()

/** Boolean attributes, and those with boolean sub-attributes. */
function booleansOf(owner: { readonly attributes: readonly Attribute[] }): readonly Attribute[] {
  let found = known.get(owner)
  if (!found) {
    found = owner.attributes.filter(({ type, subAttributes }) => {
      return type === 'boolean' || subAttributes?.some((sub) => sub.type === 'boolean')
    })
    known.set(owner, found)
  }
  return found
}

function read(attributes: readonly Attribute[], values: Record<string, unknown>): void {
  for (const { name, type, subAttributes } of attributes) {
    const value = values[name]
    if (value === undefined || value === null) continue
    if (type === 'boolean') {
      if (typeof value === 'string' && /^(true|false)$/i.test(value)) values[name] = value.toLowerCase() === 'true'
    } else if (subAttributes) {
      for (const element of Array.isArray(value) ? value : [value]) if (isObject(element)) read(subAttributes, element)
    }
  }
}
