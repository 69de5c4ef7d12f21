import * as z from 'zod'
import type { Attribute } from '../schema/attribute.js'
import { cleanAnswer, planAnswer } from './clean-answer.js'
import { withCommonAttributes } from './common-attributes.js'
import { isUnassigned } from './is-unassigned.js'
import { demandsValues, type EmptyValuePlan, nullEmptyValues, planEmptyValues } from './null-empty-values.js'
import { findRepeatedPrimary, primaryAttributes } from './repeated-primary.js'
import type { ZodValidation } from './zod-validation.js'

/** An extension of a definition, in zod's terms. */
export interface ZodExtension {
  readonly urn: string
  readonly required: boolean
  readonly part: ZodValidation
}

type Members = Readonly<Record<string, unknown>>

/**
 * Composes the shapes of a resource type and its extensions into the validator of a body.
 *
 * @param base Part of the base schema.
 * @param extensions Parts of the extensions.
 * @returns The validator; `schemas` of its result names the schemas in use.
 */
export function composeInput(base: ZodValidation, extensions: readonly ZodExtension[]): z.ZodType {
  const shape = { ...base.shapes.input }
  const emptyValues = new Map(planEmptyValues(base.schema.attributes))
  for (const { urn, required, part } of extensions) {
    const container = z.object(part.shapes.input)
    shape[urn] = required ? container : container.nullish()
    if (required || demandsValues(part.schema.attributes)) emptyValues.set(urn, planEmptyValues(part.schema.attributes))
  }
  const checked = z
    .object(shape)
    .check(refuseRepeatedPrimary([], base), ...extensions.map(({ urn, part }) => refuseRepeatedPrimary([urn], part)))
    .overwrite((resource) => Object.assign(resource, { schemas: schemasOf(resource, base, extensions) }))
  return inputSchema(checked, emptyValues)
}

/**
 * Composes the shapes of a resource type and its extensions into the validator of an answer.
 *
 * @param base Part of the base schema.
 * @param extensions Parts of the extensions.
 * @returns The validator; its result is the cleaned answer, with `schemas`.
 */
export function composeAnswer(base: ZodValidation, extensions: readonly ZodExtension[]): z.ZodType {
  const shape = { ...base.shapes.output }
  const containers: Record<string, readonly Attribute[]> = {}
  for (const { urn, required, part } of extensions) {
    const container = z.object(part.shapes.output)
    shape[urn] = required ? container : container.optional()
    containers[urn] = part.schema.attributes
  }
  const plan = planAnswer(withCommonAttributes(base.schema.attributes), containers)
  const clean = (answer: Members) => {
    const cleaned = cleanAnswer(answer, plan)
    return cleaned.schemas === undefined ? { ...cleaned, schemas: schemasOf(cleaned, base, extensions) } : cleaned
  }
  return answerSchema(z.object(shape), clean)
}

/**
 * Makes the validator of an extension's container within a body.
 *
 * @param part Part of the extension.
 * @returns The validator; it knows nothing of `schemas`.
 */
export function containerInput(part: ZodValidation): z.ZodType {
  const checked = z.object(part.shapes.input).check(refuseRepeatedPrimary([], part))
  return inputSchema(checked, planEmptyValues(part.schema.attributes))
}

/**
 * Makes the validator of an extension's container within an answer.
 *
 * @param part Part of the extension.
 * @returns The validator; it knows nothing of `schemas`.
 */
export function containerAnswer(part: ZodValidation): z.ZodType {
  const plan = planAnswer(part.schema.attributes)
  return answerSchema(z.object(part.shapes.output), (answer) => cleanAnswer(answer, plan))
}

function inputSchema(schema: z.ZodType, emptyValues: EmptyValuePlan): z.ZodType {
  if (emptyValues.size === 0) return schema
  return z.preprocess((given) => nullEmptyValues(given, emptyValues), schema)
}

function answerSchema(schema: z.ZodType, clean: (answer: Members) => Members): z.ZodType {
  return z.preprocess((given) => (isMembers(given) ? clean(given) : given), keepGiven(schema))
}

/**
 * Answers keep what no schema knows, so a good value is its own result, and zod's copy, which has the known members
 * alone, is left aside. That is faster than a loose object, too.
 */
function keepGiven<S extends z.ZodType>(schema: S): S {
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

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refuseRepeatedPrimary(path: readonly string[], { schema }: ZodValidation): z.core.CheckFn<Members> {
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
function schemasOf(resource: Members, base: ZodValidation, extensions: readonly ZodExtension[]): readonly string[] {
  const used = extensions.filter(({ urn }) => !isUnassigned(resource[urn]))
  return [base.schema.id, ...used.map(({ urn }) => urn)]
}
