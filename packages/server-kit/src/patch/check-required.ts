import { isObject, isUnassigned } from '@scimkit/core/internal'
import type { Attribute, ResourceDefinition } from '@scimkit/core/schema'
import { badRequest } from '../bad-request.js'
import { listOf, valueAt } from '../json.js'

/** What must be there below a value: the name in it, and the path for the error. */
interface Demand {
  readonly name: string
  readonly path: string
}

/** Demands by the path of the value that they are made on; most attributes are not listed, each extension is. */
type Demands = ReadonlyMap<string, readonly Demand[]>

const demandsByDefinition = new WeakMap<ResourceDefinition, Demands>()

/**
 * Checks that what a PATCH request changed has all that is required below it: sub-attributes of complex values, and
 * attributes of extensions that came into use. It is done after the last operation, since a value may be built by
 * several.
 *
 * @param definition Definition of the resource.
 * @param name Member of the resource that changed: an attribute in schema spelling, or the URN of an extension.
 * @param change Its value before the request and after the last operation.
 * @throws {ScimError} 400 `invalidValue` that names what is missing; `mutability` when a required extension is gone.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-7
 */
export function checkRequired(
  definition: ResourceDefinition,
  name: string,
  { before, after }: { readonly before: unknown; readonly after: unknown },
): void {
  const demands = demandsOf(definition)
  const demanded = demands.get(name)
  if (!demanded) return
  if (after === undefined) checkExtensionStays(definition, name)
  else checkValue(demanded, before, after)
  if (!isObject(after)) return
  for (const inside of Object.keys(after)) {
    const was = valueAt(before, inside)
    if (after[inside] === was) continue
    const below = demands.get(`${name}:${inside}`)
    if (below) checkValue(below, was, after[inside])
  }
}

function checkExtensionStays({ extensions }: ResourceDefinition, name: string): void {
  if (extensions.some(({ extension, required }) => required && extension.urn === name)) {
    throw badRequest('mutability', `${name} is required and cannot be removed`)
  }
}

/** What an earlier schema let a resource lack does not concern this request, while nothing more lacks it than before. */
function checkValue(demands: readonly Demand[], before: unknown, after: unknown): void {
  for (const { name, path } of demands) {
    const lacking = countLacking(after, name)
    if (lacking > 0 && lacking > countLacking(before, name)) throw badRequest('invalidValue', `${path} is required`)
  }
}

function countLacking(value: unknown, name: string): number {
  return listOf(value).filter((element) => isUnassigned(valueAt(element, name))).length
}

function demandsOf(definition: ResourceDefinition): Demands {
  const known = demandsByDefinition.get(definition)
  if (known) return known
  const demands = new Map<string, readonly Demand[]>()
  const demand = (path: string, separator: string, attributes: readonly Attribute[] = []): void => {
    const made = attributes.filter(isDemanded).map(({ name }) => ({ name, path: `${path}${separator}${name}` }))
    if (made.length > 0 || separator === ':') demands.set(path, made)
  }
  for (const { name, subAttributes } of definition.schema.attributes) demand(name, '.', subAttributes)
  for (const { extension } of definition.extensions) {
    const { id, attributes } = extension.schema
    demand(id, ':', attributes)
    for (const { name, subAttributes } of attributes) demand(`${id}:${name}`, '.', subAttributes)
  }
  demandsByDefinition.set(definition, demands)
  return demands
}

/** A client is never asked for what it cannot write. */
function isDemanded({ required, mutability }: Attribute): boolean {
  return required && mutability !== 'readOnly'
}
