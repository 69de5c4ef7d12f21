import * as z from 'zod'
import { isContainerRequiredIn } from '../schema/attribute-rules.js'
import { type EmptyValuePlan, nullEmptyValues } from './null-empty-values.js'
import { keepGiven, planCleaning, planInput } from './plan-validation.js'
import type { ZodValidation } from './zod.js'

/** An extension of a definition, in zod's terms. */
export interface ZodExtension {
  readonly urn: string
  readonly required: boolean
  readonly part: ZodValidation
}

/**
 * Composes the shapes of a resource type and its extensions into the validator of a body.
 *
 * @param base Part of the base schema.
 * @param extensions Parts of the extensions.
 * @returns The validator; `schemas` of its result names the schemas in use.
 */
export function composeInput(base: ZodValidation, extensions: readonly ZodExtension[]): z.ZodType {
  const shape = { ...base.shapes.input }
  for (const { urn, required, part } of extensions) {
    const container = z.object(part.shapes.input)
    const { attributes } = part.schema
    shape[urn] = isContainerRequiredIn({ required, attributes }, 'input') ? container : container.nullish()
  }
  const { emptyValues, checks, complete } = planInput(base, extensions)
  return inputSchema(
    z
      .object(shape)
      .check(...checks)
      .overwrite(complete),
    emptyValues,
  )
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
  for (const { urn, required, part } of extensions) {
    const container = z.object(part.shapes.output)
    shape[urn] = required ? container : container.optional()
  }
  return z.preprocess(planCleaning(base, extensions), keepGiven(z.object(shape)))
}

/**
 * Makes the validator of an extension's container within a body.
 *
 * @param part Part of the extension.
 * @returns The validator; it knows nothing of `schemas`.
 */
export function containerInput(part: ZodValidation): z.ZodType {
  const { emptyValues, checks } = planInput(part)
  return inputSchema(z.object(part.shapes.input).check(...checks), emptyValues)
}

/**
 * Makes the validator of an extension's container within an answer.
 *
 * @param part Part of the extension.
 * @returns The validator; it knows nothing of `schemas`.
 */
export function containerAnswer(part: ZodValidation): z.ZodType {
  return z.preprocess(planCleaning(part), keepGiven(z.object(part.shapes.output)))
}

function inputSchema(schema: z.ZodType, emptyValues: EmptyValuePlan): z.ZodType {
  if (emptyValues.size === 0) return schema
  return z.preprocess((given) => nullEmptyValues(given, emptyValues), schema)
}
