import * as z from 'zod'
import type { Attribute } from '../schema/attribute.js'
import type { SchemaDefinition } from '../schema/schema-definition.js'
import { cleanAnswer, planAnswer } from './clean-answer.js'
import { withCommonAttributes } from './common-attributes.js'
import { demandsValues, dropEmptyValues, type EmptyValuePlan, planEmptyValues } from './drop-empty-values.js'
import { findRepeatedPrimary, primaryAttributes } from './finish-input.js'
import { isUnassigned } from './is-unassigned.js'
import type { ExtensionPart, ValidationPart } from './resource-definition.js'

/** zod schemas by attribute name: of what may be written, and of what may be returned. */
export interface SchemaShapes {
  readonly input: z.ZodRawShape
  readonly output: z.ZodRawShape
}

/** The zod validators of a resource or of an extension's container, one for each way it is used. */
export interface UseSchemas<Output, Input> {
  /** The body of POST, or its part. */
  readonly create: z.ZodType<Input>
  /** The body of PUT, or its part. */
  readonly replace: z.ZodType<Input>
  /** A service provider's answer, or its part. */
  readonly resource: z.ZodType<Output>
}

/** What one schema contributes to the validators of a definition, in zod's terms. */
export interface ZodValidation extends ValidationPart {
  readonly schema: SchemaDefinition
  readonly shapes: SchemaShapes
  compose(extensions: readonly ExtensionPart[]): UseSchemas<unknown, unknown>
}

interface ZodExtension {
  readonly urn: string
  readonly required: boolean
  readonly part: ZodValidation
}

type Members = Readonly<Record<string, unknown>>

/**
 * Makes the validation part of a schema; generated code and `resourceFromSchemas` both end here.
 *
 * @param schema The schema as data; what concerns a value as a whole is taken from it.
 * @param shapes zod schemas of its attributes; those of a resource type have the common attributes too.
 * @returns The part, which composes with those of extensions.
 */
export function defineValidation(schema: SchemaDefinition, shapes: SchemaShapes): ZodValidation {
  let plain: UseSchemas<unknown, unknown> | undefined
  const part: ZodValidation = {
    schema,
    shapes,
    compose(extensions) {
      if (extensions.length > 0) return composeSchemas(part, extensions.map(toZodExtension))
      plain ??= composeSchemas(part, [])
      return plain
    },
  }
  return Object.freeze(part)
}

/**
 * Makes the validators of a resource type without extensions.
 *
 * @param part Part of the resource type's schema.
 * @returns The zod validators.
 */
export function buildResourceSchemas<Output, Input>(part: ZodValidation): UseSchemas<Output, Input> {
  return part.compose([]) as UseSchemas<Output, Input> // a type test holds the shapes and these interfaces together
}

/**
 * Makes the validators of an extension's container.
 *
 * @param part Part of the extension's schema.
 * @returns The zod validators; they know nothing of `schemas`.
 */
export function buildExtensionSchemas<Output, Input>({ schema, shapes }: ZodValidation): UseSchemas<Output, Input> {
  const emptyValues = planEmptyValues(schema.attributes)
  const plan = planAnswer(schema.attributes)
  const names = primaryAttributes(schema.attributes)
  const input = inputSchema(z.object(shapes.input).check(refuseRepeatedPrimary([], names)), emptyValues)
  const resource = answerSchema(z.object(shapes.output), (answer) => cleanAnswer(answer, plan))
  return { create: input, replace: input, resource } as UseSchemas<Output, Input> // as in buildResourceSchemas
}

function toZodExtension({ urn, required, part }: ExtensionPart): ZodExtension {
  if (!('shapes' in part)) throw new TypeError(`The validation of ${urn} is not of zod: make it with defineValidation`)
  return { urn, required, part: part as ZodValidation } // every part with shapes comes from defineValidation
}

function composeSchemas(base: ZodValidation, extensions: readonly ZodExtension[]): UseSchemas<unknown, unknown> {
  const input = composeInput(base, extensions)
  return { create: input, replace: input, resource: composeAnswer(base, extensions) }
}

function composeInput(base: ZodValidation, extensions: readonly ZodExtension[]): z.ZodType {
  const shape = { ...base.shapes.input }
  const emptyValues = new Map(planEmptyValues(base.schema.attributes))
  for (const { urn, required, part } of extensions) {
    const container = z.object(part.shapes.input)
    shape[urn] = required ? container : container.nullish()
    if (required || demandsValues(part.schema.attributes)) emptyValues.set(urn, planEmptyValues(part.schema.attributes))
  }
  const checked = z
    .object(shape)
    .check(refuseRepeatedPrimary([], primaryAttributes(base.schema.attributes)))
    .check(
      ...extensions.map(({ urn, part }) => refuseRepeatedPrimary([urn], primaryAttributes(part.schema.attributes))),
    )
    .overwrite((resource) => Object.assign(resource, { schemas: schemasOf(resource, base, extensions) }))
  return inputSchema(checked, emptyValues)
}

function composeAnswer(base: ZodValidation, extensions: readonly ZodExtension[]): z.ZodType {
  const shape = { ...base.shapes.output }
  const containers: Record<string, readonly Attribute[]> = {}
  for (const { urn, required, part } of extensions) {
    const container = z.object(part.shapes.output)
    shape[urn] = required ? container : container.optional()
    containers[urn] = part.schema.attributes
  }
  const plan = planAnswer(withCommonAttributes(base.schema.attributes), containers)
  return answerSchema(z.object(shape), (answer) => {
    const cleaned = cleanAnswer(answer, plan)
    return cleaned.schemas === undefined ? { ...cleaned, schemas: schemasOf(cleaned, base, extensions) } : cleaned
  })
}

function inputSchema(schema: z.ZodType, emptyValues: EmptyValuePlan): z.ZodType {
  if (emptyValues.size === 0) return schema
  return z.preprocess((given) => dropEmptyValues(given, emptyValues), schema)
}

/**
 * Answers keep what no schema knows, so the cleaned answer itself is the result and zod's copy, which has the known
 * members alone, is only looked at for issues. That is faster than a loose object too.
 */
function answerSchema(schema: z.ZodType, clean: (answer: Members) => Members): z.ZodType {
  return z.unknown().transform((given, context) => {
    const answer =
      typeof given === 'object' && given !== null && !Array.isArray(given) ? clean(given as Members) : given
    const result = schema.safeParse(answer)
    if (result.success) return answer
    for (const issue of result.error.issues) context.issues.push({ ...issue, input: answer } as z.core.$ZodRawIssue) // an issue of zod's own
    return z.NEVER
  })
}

function refuseRepeatedPrimary(path: readonly string[], names: readonly string[]): z.core.CheckFn<Members> {
  return ({ value, issues }) => {
    const holder = path.reduce<unknown>((inside, name) => (inside as Members)[name], value)
    if (typeof holder !== 'object' || holder === null) return
    for (const name of findRepeatedPrimary(holder as Members, names)) {
      issues.push({ code: 'custom', input: holder, path: [...path, name], message: 'has more than one primary value' })
    }
  }
}

/** The URIs of the schemas that a resource uses, in their registered spelling. */
function schemasOf(resource: Members, base: ZodValidation, extensions: readonly ZodExtension[]): readonly string[] {
  const used = extensions.filter(({ urn }) => !isUnassigned(resource[urn]))
  return [base.schema.id, ...used.map(({ urn }) => urn)]
}
