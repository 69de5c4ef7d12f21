import type * as core from 'zod/v4/core'
import { isContainerRequiredIn, type ResourceUse } from '../schema/attribute-rules.js'
import type { SchemaDefinition } from '../schema/schema-definition.js'
import { aroundRun, type SchemaShapes, type SchemasByUse, type ZodDialect } from './dialect.js'
import { lazy } from './lazy.js'
import { type InputPlan, planCleaning, planInput } from './plan-validation.js'
import type { ExtensionPart, ValidationPart } from './validation-part.js'

/** What one schema contributes to the validators of a definition, in the terms of a dialect. */
export interface ComposablePart<S extends core.$ZodType> extends ValidationPart {
  readonly schema: SchemaDefinition
  readonly shapes: SchemaShapes
  compose(extensions: readonly ExtensionPart[]): SchemasByUse<S>
}

/** An extension of a definition, in the terms of a dialect. */
interface ComposableExtension<S extends core.$ZodType> extends ExtensionPart {
  readonly part: ComposablePart<S>
}

/**
 * Makes the validation part of a schema. Its shapes, and every validator, are built on first use.
 *
 * @param zod The dialect its shapes are made with.
 * @param schema The schema as data; what concerns a value as a whole is taken from it.
 * @param buildShapes Gives the zod schemas of its attributes.
 * @returns The part, which composes with those of extensions.
 */
export function createPart<S extends core.$ZodType>(
  zod: ZodDialect<S>,
  schema: SchemaDefinition,
  buildShapes: () => SchemaShapes,
): ComposablePart<S> {
  let shapes: SchemaShapes | undefined
  let plain: SchemasByUse<S> | undefined
  const part: ComposablePart<S> = {
    schema,
    get shapes() {
      shapes ??= buildShapes()
      return shapes
    },
    compose(extensions) {
      if (extensions.length > 0) return composeSchemas(zod, part, extensions.map(toComposable<S>))
      plain ??= composeSchemas(zod, part, [])
      return plain
    },
  }
  return Object.freeze(part)
}

/**
 * Makes the validators of a resource, or of an extension's container.
 *
 * @param zod The dialect of the parts.
 * @param base Part of the base schema, or of the extension.
 * @param extensions Parts of the extensions; absent for a container, which `schemas` does not concern.
 * @returns The validators, built on first use.
 */
export function composeSchemas<S extends core.$ZodType>(
  zod: ZodDialect<S>,
  base: ComposablePart<S>,
  extensions?: readonly ComposableExtension<S>[],
): SchemasByUse<S> {
  const schemas: SchemasByUse<S> = lazy<SchemasByUse<S>>({
    create: () => bodySchema(zod, composeShape(zod, 'input', base, extensions), planInput(base, extensions)),
    replace: () => schemas.create,
    resource: () => responseSchema(zod, composeShape(zod, 'output', base, extensions), planCleaning(base, extensions)),
  })
  return schemas
}

function composeShape<S extends core.$ZodType>(
  zod: ZodDialect<S>,
  use: ResourceUse,
  base: ComposablePart<S>,
  extensions: readonly ComposableExtension<S>[] = [],
): core.$ZodShape {
  const shape: Record<string, core.$ZodType> = { ...base.shapes[use] }
  for (const { urn, required, part } of extensions) {
    const container = zod.object(part.shapes[use])
    const { attributes } = part.schema
    const absent = use === 'input' ? zod.nullish : zod.optional
    shape[urn] = isContainerRequiredIn({ required, attributes }, use) ? container : absent(container)
  }
  return shape
}

function bodySchema<S extends core.$ZodType>(
  zod: ZodDialect<S>,
  shape: core.$ZodShape,
  { checks, complete, nullEmpty }: InputPlan,
): S {
  const schema = zod.check(zod.object(shape), complete ? [...checks, zod.overwrite(complete)] : checks)
  return nullEmpty ? zod.preprocess(nullEmpty, schema) : schema
}

function responseSchema<S extends core.$ZodType>(
  zod: ZodDialect<S>,
  shape: core.$ZodShape,
  clean: (response: unknown) => unknown,
): S {
  return zod.preprocess(clean, keepGiven(zod.object(shape)))
}

/**
 * Responses keep what no schema knows, so a good value is its own result, and zod's copy, which has the known members
 * alone, is left aside. That is faster than a loose object, too.
 */
function keepGiven<S extends core.$ZodType>(schema: S): S {
  return aroundRun(schema, (payload, run, context) => {
    const { value } = payload
    const keep = (checked: typeof payload) => {
      if (checked.issues.length === 0) checked.value = value
      return checked
    }
    const checked = run(payload, context)
    return checked instanceof Promise ? checked.then(keep) : keep(checked)
  })
}

function toComposable<S extends core.$ZodType>(extension: ExtensionPart): ComposableExtension<S> {
  if ('shapes' in extension.part) return extension as ComposableExtension<S> // every part with shapes comes from createPart
  throw new TypeError(`The validators of ${extension.urn} are not made with zod; make them with defineValidation`)
}
