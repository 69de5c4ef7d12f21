import type * as z from 'zod'
import type { SchemaDefinition } from '../schema/schema-definition.js'
import {
  composeAnswer,
  composeInput,
  containerAnswer,
  containerInput,
  type ZodExtension,
} from './compose-validators.js'
import { once } from '../resource/once.js'
import { buildByUse } from './plan-validation.js'
import type { ExtensionPart, ValidationPart } from '../resource/resource-definition.js'

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

/**
 * Makes the validation part of a schema; generated code and `resourceFromSchemas` both end here. Nothing is built before
 * the first use.
 *
 * @param schema The schema as data; what concerns a value as a whole is taken from it.
 * @param shapes Gives the zod schemas of its attributes; those of a resource type have the common attributes too.
 * @returns The part, which composes with those of extensions.
 */
export function defineValidation(schema: SchemaDefinition, shapes: () => SchemaShapes): ZodValidation {
  const built = once(shapes)
  const plain = once(() => composeSchemas(part, []))
  const part: ZodValidation = {
    schema,
    get shapes() {
      return built()
    },
    compose: (extensions) => (extensions.length === 0 ? plain() : composeSchemas(part, extensions.map(toZodExtension))),
  }
  return Object.freeze(part)
}

/**
 * Makes the validators of a resource type without extensions.
 *
 * @param part Part of the resource type's schema.
 * @returns The zod validators, built on first use.
 */
export function buildResourceSchemas<Output, Input>(part: ZodValidation): UseSchemas<Output, Input> {
  return part.compose([]) as UseSchemas<Output, Input> // a type test holds the shapes and these interfaces together
}

/**
 * Makes the validators of an extension's container.
 *
 * @param part Part of the extension's schema.
 * @returns The zod validators, built on first use; they know nothing of `schemas`.
 */
export function buildExtensionSchemas<Output, Input>(part: ZodValidation): UseSchemas<Output, Input> {
  const schemas = buildByUse(
    () => containerInput(part),
    () => containerAnswer(part),
  )
  return schemas as UseSchemas<Output, Input> // as in buildResourceSchemas
}

function composeSchemas(base: ZodValidation, extensions: readonly ZodExtension[]): UseSchemas<unknown, unknown> {
  return buildByUse(
    () => composeInput(base, extensions),
    () => composeAnswer(base, extensions),
  )
}

function toZodExtension({ urn, required, part }: ExtensionPart): ZodExtension {
  if (!('shapes' in part)) throw new TypeError(`The validation of ${urn} is not of zod: make it with defineValidation`)
  return { urn, required, part: part as ZodValidation } // every part with shapes comes from defineValidation
}
