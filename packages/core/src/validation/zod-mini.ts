import * as z from 'zod/mini'
import { isContainerRequiredIn } from '../schema/attribute-rules.js'
import type { SchemaDefinition } from '../schema/schema-definition.js'
import { type EmptyValuePlan, nullEmptyValues } from './null-empty-values.js'
import { once } from '../resource/once.js'
import { buildByUse, keepGiven, planCleaning, planInput } from './plan-validation.js'
import type { ExtensionPart, ValidationPart } from '../resource/resource-definition.js'

/** Schemas by attribute name. */
export type MiniShape = Readonly<Record<string, z.ZodMiniType>>

/** zod/mini schemas by attribute name: of what may be written, and of what may be returned. */
export interface SchemaShapes {
  readonly input: MiniShape
  readonly output: MiniShape
}

/** The zod/mini validators of a resource or of an extension's container, one for each way it is used. */
export interface UseSchemas<Output, Input> {
  /** The body of POST, or its part. */
  readonly create: z.ZodMiniType<Input>
  /** The body of PUT, or its part. */
  readonly replace: z.ZodMiniType<Input>
  /** A service provider's answer, or its part. */
  readonly resource: z.ZodMiniType<Output>
}

/** What one schema contributes to the validators of a definition, in the terms of zod/mini. */
export interface ZodValidation extends ValidationPart {
  readonly schema: SchemaDefinition
  readonly shapes: SchemaShapes
  compose(extensions: readonly ExtensionPart[]): UseSchemas<unknown, unknown>
}

/**
 * Makes the validation part of a schema with zod/mini. Nothing is built before the first use.
 *
 * @param schema The schema as data; what concerns a value as a whole is taken from it.
 * @param shapes Gives the zod/mini schemas of its attributes; those of a resource type have the common attributes too.
 * @returns The part, which composes with those of extensions.
 */
export function defineValidation(schema: SchemaDefinition, shapes: () => SchemaShapes): ZodValidation {
  const built = once(shapes)
  const plain = once(() => compose(part, []))
  const part: ZodValidation = {
    schema,
    get shapes() {
      return built()
    },
    compose: (extensions) => (extensions.length === 0 ? plain() : compose(part, extensions.map(toMini))),
  }
  return Object.freeze(part)
}

/**
 * Makes the validators of a resource type without extensions.
 *
 * @param part Part of the resource type's schema.
 * @returns The validators, built on first use.
 */
export function buildResourceSchemas<Output, Input>(part: ZodValidation): UseSchemas<Output, Input> {
  return part.compose([]) as UseSchemas<Output, Input> // the generator makes shapes and interfaces of one schema
}

/**
 * Makes the validators of an extension's container.
 *
 * @param part Part of the extension's schema.
 * @returns The validators, built on first use; they know nothing of `schemas`.
 */
export function buildExtensionSchemas<Output, Input>(part: ZodValidation): UseSchemas<Output, Input> {
  const { emptyValues, checks } = planInput(part)
  const schemas = buildByUse(
    () => inputSchema(z.object(part.shapes.input).check(...checks), emptyValues),
    () => answerSchema(planCleaning(part), part.shapes.output),
  )
  return schemas as UseSchemas<Output, Input> // as in buildResourceSchemas
}

interface MiniExtension {
  readonly urn: string
  readonly required: boolean
  readonly part: ZodValidation
}

function compose(base: ZodValidation, extensions: readonly MiniExtension[]): UseSchemas<unknown, unknown> {
  return buildByUse(
    () => composeInput(base, extensions),
    () => composeAnswer(base, extensions),
  )
}

function composeInput(base: ZodValidation, extensions: readonly MiniExtension[]): z.ZodMiniType {
  const shape: Record<string, z.ZodMiniType> = { ...base.shapes.input }
  for (const { urn, required, part } of extensions) {
    const container = z.object(part.shapes.input)
    const { attributes } = part.schema
    shape[urn] = isContainerRequiredIn({ required, attributes }, 'input') ? container : z.nullish(container)
  }
  const { emptyValues, checks, complete } = planInput(base, extensions)
  return inputSchema(z.object(shape).check(...checks, z.overwrite(complete)), emptyValues)
}

function composeAnswer(base: ZodValidation, extensions: readonly MiniExtension[]): z.ZodMiniType {
  const shape: Record<string, z.ZodMiniType> = { ...base.shapes.output }
  for (const { urn, required, part } of extensions) {
    const container = z.object(part.shapes.output)
    shape[urn] = required ? container : z.optional(container)
  }
  return answerSchema(planCleaning(base, extensions), shape)
}

function inputSchema(schema: z.ZodMiniType, emptyValues: EmptyValuePlan): z.ZodMiniType {
  if (emptyValues.size === 0) return schema
  return z.pipe(
    z.transform((given) => nullEmptyValues(given, emptyValues)),
    schema,
  )
}

function answerSchema(clean: (answer: unknown) => unknown, shape: MiniShape): z.ZodMiniType {
  return z.pipe(z.transform(clean), keepGiven(z.object(shape)))
}

function toMini({ urn, required, part }: ExtensionPart): MiniExtension {
  if (!('shapes' in part)) throw new TypeError(`The validation of ${urn} is not of zod: make it with defineValidation`)
  return { urn, required, part: part as ZodValidation } // every part with shapes comes from a defineValidation
}
