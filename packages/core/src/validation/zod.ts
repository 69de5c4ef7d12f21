import * as z from 'zod'
import type { SchemaDefinition } from '../schema/schema-definition.js'
import { buildExtensionShapes, buildResourceShapes } from './build-shapes.js'
import { composeSchemas, createPart } from './compose-validators.js'
import type { SchemaShapes, ZodDialect } from './dialect.js'
import type { ExtensionPart, ValidationPart } from './validation-part.js'
import { createValueSchemas, type SimpleType } from './value-schemas.js'

/** One zod schema for each simple data type. @see https://www.rfc-editor.org/rfc/rfc7643#section-2.3 */
export interface SimpleSchemas extends Readonly<Record<SimpleType, z.ZodType>> {
  readonly string: z.ZodType<string>
  readonly boolean: z.ZodType<boolean>
  readonly decimal: z.ZodType<number>
  readonly integer: z.ZodType<number>
  readonly dateTime: z.ZodType<string>
  readonly binary: z.ZodType<string>
  readonly reference: z.ZodType<string>
  readonly any: z.ZodType<unknown>
}

/** The zod schemas of simple values, by the place of the value. */
export interface ValueSchemas {
  /** A value that is there: required in a response, or an element of a list. */
  readonly value: SimpleSchemas
  /** A value that a request has to give; the empty string does not count. */
  readonly required: SimpleSchemas
  /** A value that a response may leave out. */
  readonly optional: { readonly [T in SimpleType]: z.ZodOptional<SimpleSchemas[T]> }
  /** A value that a request may leave out or unassign by `null`. */
  readonly nullish: { readonly [T in SimpleType]: z.ZodOptional<z.ZodNullable<SimpleSchemas[T]>> }
}

/** The zod validators of a resource or of an extension's container, one for each way it is used. */
export interface UseSchemas<Output, Input> {
  /** The body of POST, or its part. */
  readonly create: z.ZodType<Input>
  /** The body of PUT, or its part. */
  readonly replace: z.ZodType<Input>
  /** A service provider's response, or its part. */
  readonly resource: z.ZodType<Output>
}

/** What one schema contributes to the validators of a definition, in zod's terms. */
export interface ZodValidation extends ValidationPart {
  readonly schema: SchemaDefinition
  readonly shapes: SchemaShapes
  compose(extensions: readonly ExtensionPart[]): UseSchemas<unknown, unknown>
}

const zod: ZodDialect<z.ZodType> = /* @__PURE__ */ (() => ({
  string: z.string,
  boolean: z.boolean,
  number: z.number,
  int: z.int,
  unknown: z.unknown,
  object: z.object,
  array: z.array,
  optional: z.optional,
  nullish: z.nullish,
  preprocess: z.preprocess,
  check: (schema, checks) => schema.check(...checks),
  refine: z.refine,
  minLength: z.minLength as ZodDialect<z.ZodType>['minLength'], // used for what has a length alone
  overwrite: z.overwrite as ZodDialect<z.ZodType>['overwrite'], // used for objects alone
}))()

/**
 * The only zod schemas of simple values: generated validators and those made at run time share them, so both judge alike.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.3
 */
export const valueSchemas: ValueSchemas = /* @__PURE__ */ (() => createValueSchemas(zod) as unknown as ValueSchemas)() // each schema is of its type

/**
 * Makes the validation part of a schema; generated code and `resourceFromSchemas` both end here. Nothing is built before
 * the first use.
 *
 * @param schema The schema as data; what concerns a value as a whole is taken from it.
 * @param buildShapes Gives the zod schemas of its attributes; those of a resource type have the common attributes too.
 * @returns The part, which composes with those of extensions.
 */
export function defineValidation(schema: SchemaDefinition, buildShapes: () => SchemaShapes): ZodValidation {
  return createPart(zod, schema, buildShapes)
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
 * @returns The zod validators, built on first use; `schemas` does not concern them.
 */
export function buildExtensionSchemas<Output, Input>(part: ZodValidation): UseSchemas<Output, Input> {
  return composeSchemas(zod, part) as UseSchemas<Output, Input> // as in buildResourceSchemas
}

/**
 * Makes the validation part of a resource type's schema that is known only at run time; it judges as generated code does.
 *
 * @param schema Base schema of the resource type.
 * @returns The part, which composes with those of extensions.
 */
export function resourceValidation(schema: SchemaDefinition): ZodValidation {
  return defineValidation(schema, () => buildResourceShapes({ zod, values: valueSchemas }, schema.attributes))
}

/**
 * Makes the validation part of an extension that is known only at run time; it judges as generated code does.
 *
 * @param schema Schema of the extension.
 * @returns The part, which composes with that of a resource type.
 */
export function extensionValidation(schema: SchemaDefinition): ZodValidation {
  return defineValidation(schema, () => buildExtensionShapes({ zod, values: valueSchemas }, schema.attributes))
}
