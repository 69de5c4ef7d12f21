import { isUnassigned, type JsonObject } from '@scimkit/core/internal'
import { type Attribute, findAttribute, type PatchOperation, type ResourceDefinition } from '@scimkit/core/schema'
import { compileFilter, type Filter, parsePath } from '@scimkit/filter-parser'
import { coversElement, coversElements, coversValue, listOf, type Verdict } from './covers-value.js'

/**
 * Tells whether a resource shows the changes of a PATCH.
 *
 * Each change is looked at by itself. Where a later one undoes an earlier one the verdict is `no`, which is safe: the
 * same changes are sent again and lead to the same end, or are refused for their version.
 *
 * @param definition Definition of the resource.
 * @param resource The resource as it is read.
 * @param operations The changes.
 * @returns `hidden` when all that can be seen is there, and something cannot be seen.
 */
export function showsPatch(
  definition: ResourceDefinition,
  resource: unknown,
  operations: readonly PatchOperation[],
): Verdict {
  const verdicts = operations.map((operation) => showsOperation(definition, resource as JsonObject, operation)) // it was received
  return verdicts.includes('no') ? 'no' : verdicts.includes('hidden') ? 'hidden' : 'yes'
}

function showsOperation(definition: ResourceDefinition, resource: JsonObject, operation: PatchOperation): Verdict {
  const { op, path: text, value } = operation
  if (text === undefined) return showsMembers(definition, resource, op, value)
  const path = parsePath(text, { schemas: definition.extensions.map(({ extension }) => extension.urn) })
  const target = findAttribute(definition, { urn: path.urn, name: path.name })
  if (!target?.attribute) return target ? showsContainer(definition, resource, target.extension?.id, operation) : 'no'
  const { attribute } = target
  const holder = target.extension ? resource[target.extension.id] : resource
  const held = (holder as JsonObject | undefined)?.[attribute.name]
  if (attribute.returned === 'never') return 'hidden'
  const matches = path.filter && elementTest(attribute, path.filter)
  const elements = matches ? listOf(held).filter(matches) : listOf(held)
  const sub = attribute.subAttributes?.find(({ name }) => name.toLowerCase() === path.subAttribute?.toLowerCase())
  if (path.subAttribute !== undefined) {
    if (!sub) return 'no'
    const values = elements.map((element) => (element as JsonObject)[sub.name])
    if (op === 'remove') return values.every(isUnassigned) ? 'yes' : 'no'
    return values.length > 0 && values.every((held) => coversValue(sub, value, held) === 'yes') ? 'yes' : 'no'
  }
  if (op === 'remove') return elements.length === 0 || isUnassigned(elements) ? 'yes' : 'no'
  if (matches) return elements.some((element) => coversElement(attribute, value, element)) ? 'yes' : 'no'
  if (op === 'add' && attribute.multiValued) return coversElements(attribute, listOf(value), elements) ? 'yes' : 'no'
  if (isUnassigned(value) || attribute.multiValued) return coversValue(attribute, value, held)
  return coversElement(attribute, value, held) ? 'yes' : 'no'
}

/** A value without path: each member is a change of its own. */
function showsMembers(
  definition: ResourceDefinition,
  resource: JsonObject,
  op: PatchOperation['op'],
  value: unknown,
): Verdict {
  if (typeof value !== 'object' || value === null) return 'no'
  const operations = Object.entries(value).map(([path, member]) => ({ op, path, value: member }))
  return showsPatch(definition, resource, operations)
}

function showsContainer(
  definition: ResourceDefinition,
  resource: JsonObject,
  urn: string | undefined,
  { op, value }: PatchOperation,
): Verdict {
  if (urn === undefined) return 'no'
  if (op === 'remove' || isUnassigned(value)) return isUnassigned(resource[urn]) ? 'yes' : 'no'
  const members = Object.entries(value as object).map(([name, member]) => [`${urn}:${name}`, member])
  return showsMembers(definition, resource, op, Object.fromEntries(members))
}

/** Tests one element by the filter in the brackets of a path, which is asked of a resource with this one element. */
function elementTest(attribute: Attribute, filter: Filter): (element: unknown) => boolean {
  const matches = compileFilter({ kind: 'valuePath', path: { name: attribute.name }, filter })
  return (element) => matches({ [attribute.name]: [element] })
}
