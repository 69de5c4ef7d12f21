import type * as core from 'zod/v4/core'
import type { Attribute } from '../schema/attribute.js'
import type { SchemaDefinition } from '../schema/schema-definition.js'
import { cleanAnswer, planAnswer } from './clean-answer.js'
import { withCommonAttributes } from '../schema/common-attributes.js'
import { isUnassigned } from '../schema/is-unassigned.js'
import { demandsValues, type EmptyValuePlan, planEmptyValues } from './null-empty-values.js'
import { once } from '../resource/once.js'
import { findRepeatedPrimary, primaryAttributes } from './repeated-primary.js'

/** A JSON object. */
export type Members = Readonly<Record<string, unknown>>

/** A part of a definition, whatever its validators are made with. */
export interface PlannedPart {
  readonly schema: SchemaDefinition
}

/** An extension of a definition, whatever its validators are made with. */
export interface PlannedExtension {
  readonly urn: string
  readonly required: boolean
  readonly part: PlannedPart
}

/** What concerns a body as a whole. */
export interface InputPlan {
  /** Complex values that count as `null` when they are empty. */
  readonly emptyValues: EmptyValuePlan
  /** Checks of the object. */
  readonly checks: readonly core.CheckFn<Members>[]
  /** Gives a checked resource the `schemas` in use. */
  complete(resource: Members): Members
}

/**
 * Plans what the validator of a body does beyond its attributes; zod and zod/mini share it.
 *
 * @param base Part of the base schema, or of an extension whose container is checked alone.
 * @param extensions Parts of the extensions.
 * @returns The plan.
 */
export function planInput(base: PlannedPart, extensions: readonly PlannedExtension[] = []): InputPlan {
  const emptyValues = new Map(planEmptyValues(base.schema.attributes))
  for (const { urn, required, part } of extensions) {
    if (required || demandsValues(part.schema.attributes)) emptyValues.set(urn, planEmptyValues(part.schema.attributes))
  }
  const checks = [
    refuseRepeatedPrimary([], base),
    ...extensions.map(({ urn, part }) => refuseRepeatedPrimary([urn], part)),
  ]
  const complete = (resource: Members) => Object.assign(resource, { schemas: schemasOf(resource, base, extensions) })
  return { emptyValues, checks, complete }
}

/**
 * Plans how an answer is cleaned before it is checked.
 *
 * @param base Part of the base schema, or of an extension whose container is checked alone.
 * @param extensions Parts of the extensions; absent for a container, which knows nothing of `schemas`.
 * @returns Gives the cleaned answer; what is no object is given back.
 */
export function planCleaning(
  base: PlannedPart,
  extensions?: readonly PlannedExtension[],
): (answer: unknown) => unknown {
  const { attributes } = base.schema
  const containers: Record<string, readonly Attribute[]> = {}
  for (const { urn, part } of extensions ?? []) containers[urn] = part.schema.attributes
  const plan = planAnswer(extensions ? withCommonAttributes(attributes) : attributes, containers)
  return (answer) => {
    if (!isMembers(answer)) return answer
    const cleaned = cleanAnswer(answer, plan)
    if (!extensions || cleaned.schemas !== undefined) return cleaned
    return { ...cleaned, schemas: schemasOf(cleaned, base, extensions) }
  }
}

/**
 * Answers keep what no schema knows, so a good value is its own result, and zod's copy, which has the known members
 * alone, is left aside. That is faster than a loose object, too.
 *
 * @param schema Schema of an object; it is changed.
 * @returns The same schema.
 */
export function keepGiven<S extends core.$ZodType>(schema: S): S {
  const { run } = schema._zod
  schema._zod.run = (payload, context) => {
    const { value } = payload
    const keep = (checked: typeof payload) => {
      if (checked.issues.length === 0) checked.value = value
      return checked
    }
    const checked = run(payload, context)
    return checked instanceof Promise ? checked.then(keep) : keep(checked)
  }
  return schema
}

/** The validators of a part by use; POST and PUT have the same. */
export interface ByUse<S> {
  readonly create: S
  readonly replace: S
  readonly resource: S
}

/**
 * Gives validators by use, each built on first use.
 *
 * @param buildInput Builds the validator of bodies.
 * @param buildAnswer Builds the validator of answers.
 * @returns The validators.
 */
export function buildByUse<S>(buildInput: () => S, buildAnswer: () => S): ByUse<S> {
  const input = once(buildInput)
  const answer = once(buildAnswer)
  return Object.freeze({
    get create() {
      return input()
    },
    get replace() {
      return input()
    },
    get resource() {
      return answer()
    },
  })
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refuseRepeatedPrimary(path: readonly string[], { schema }: PlannedPart): core.CheckFn<Members> {
  const names = primaryAttributes(schema.attributes)
  return ({ value, issues }) => {
    const holder = path.reduce<unknown>((inside, name) => (inside as Members)[name], value)
    if (!isMembers(holder)) return
    for (const name of findRepeatedPrimary(holder, names)) {
      issues.push({ code: 'custom', input: holder, path: [...path, name], message: 'has more than one primary value' })
    }
  }
}

/** The URIs of the schemas that a resource uses, in their registered spelling. */
function schemasOf(resource: Members, base: PlannedPart, extensions: readonly PlannedExtension[]): readonly string[] {
  const used = extensions.filter(({ urn }) => !isUnassigned(resource[urn]))
  return [base.schema.id, ...used.map(({ urn }) => urn)]
}
