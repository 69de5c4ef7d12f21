import { isObject, type JsonObject } from '../json.js'
import type { Attribute } from '../schema/attribute.js'
import { isPartOf } from '../schema/attribute-rules.js'
import { withCommonAttributes } from '../schema/common-attributes.js'
import { isUnassigned } from '../schema/is-unassigned.js'
import type { SchemaDefinition } from '../schema/schema-definition.js'
import { cleanResponse, planResponse } from './clean-response.js'
import type { Check } from './dialect.js'
import { demandsValues, nullEmptyValues, planEmptyValues } from './null-empty-values.js'

/** A part of a definition, whatever its validators are made with. */
interface PlannedPart {
  readonly schema: SchemaDefinition
}

/** An extension of a definition, whatever its validators are made with. */
interface PlannedExtension {
  readonly urn: string
  readonly required: boolean
  readonly part: PlannedPart
}

/** What concerns a body as a whole. */
export interface InputPlan {
  /** Puts `null` in the place of complex values that are empty; absent where their emptiness does not matter. */
  readonly nullEmpty: ((given: unknown) => unknown) | undefined
  /** Checks of the object. */
  readonly checks: readonly Check[]
  /** Gives a checked resource, which is zod's own copy, the `schemas` in use; absent for the container of an extension. */
  readonly complete: ((resource: JsonObject) => JsonObject) | undefined
}

/**
 * Plans what the validator of a body does beyond its attributes.
 *
 * @param base Part of the base schema, or of an extension whose container is checked alone.
 * @param extensions Parts of the extensions; absent for a container, which `schemas` does not concern.
 * @returns The plan.
 */
export function planInput(base: PlannedPart, extensions?: readonly PlannedExtension[]): InputPlan {
  const emptyValues = new Map(planEmptyValues(base.schema.attributes))
  const checks = [refuseRepeatedPrimary([], base)]
  for (const { urn, required, part } of extensions ?? []) {
    const { attributes } = part.schema
    if (required || demandsValues(attributes)) emptyValues.set(urn, planEmptyValues(attributes))
    checks.push(refuseRepeatedPrimary([urn], part))
  }
  return {
    nullEmpty: emptyValues.size === 0 ? undefined : (given) => nullEmptyValues(given, emptyValues),
    checks,
    complete: extensions && ((resource) => Object.assign(resource, { schemas: schemasOf(resource, base, extensions) })),
  }
}

/**
 * Plans how a response is cleaned before it is checked.
 *
 * @param base Part of the base schema, or of an extension whose container is checked alone.
 * @param extensions Parts of the extensions; absent for a container, which `schemas` does not concern.
 * @returns A function that returns the cleaned response; what is not an object is returned as it is.
 */
export function planCleaning(
  base: PlannedPart,
  extensions?: readonly PlannedExtension[],
): (response: unknown) => unknown {
  const { attributes } = base.schema
  const containers: Record<string, readonly Attribute[]> = {}
  for (const { urn, part } of extensions ?? []) containers[urn] = part.schema.attributes
  const plan = planResponse(extensions ? withCommonAttributes(attributes) : attributes, containers)
  return (response) => {
    if (!isObject(response)) return response
    const cleaned = cleanResponse(response, plan)
    if (!extensions || cleaned.schemas !== undefined) return cleaned
    return { ...cleaned, schemas: schemasOf(cleaned, base, extensions) }
  }
}

/** The URIs of the schemas that a resource uses, in their registered spelling. */
function schemasOf(
  resource: JsonObject,
  base: PlannedPart,
  extensions: readonly PlannedExtension[],
): readonly string[] {
  const used = extensions.filter(({ urn }) => !isUnassigned(resource[urn]))
  return [base.schema.id, ...used.map(({ urn }) => urn)]
}

/** No list has two primary elements. @see https://www.rfc-editor.org/rfc/rfc7643#section-2.4 */
function refuseRepeatedPrimary(path: readonly string[], { schema }: PlannedPart): Check {
  const names = schema.attributes.filter(mayBePrimary).map(({ name }) => name)
  return ({ value, issues }) => {
    const holder = path.reduce<unknown>((inside, name) => (isObject(inside) ? inside[name] : undefined), value)
    if (!isObject(holder)) return
    for (const name of names.filter((name) => countPrimary(holder[name]) > 1)) {
      issues.push({ code: 'custom', input: holder, path: [...path, name], message: 'has more than one primary value' })
    }
  }
}

function mayBePrimary(attribute: Attribute): boolean {
  const { multiValued, subAttributes = [] } = attribute
  if (!multiValued || !isPartOf(attribute, 'input')) return false
  return subAttributes.some(({ name, type }) => name === 'primary' && type === 'boolean')
}

function countPrimary(elements: unknown): number {
  if (!Array.isArray(elements) || elements.length < 2) return 0
  let count = 0
  for (const element of elements) if (isObject(element) && element.primary === true) count++
  return count
}
