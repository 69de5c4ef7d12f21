import type * as core from 'zod/v4/core'
import type { JsonObject } from '../json.js'

/** Says what is wrong with a value. */
type ErrorParams = { readonly error: string | ((issue: { readonly input?: unknown }) => string) }

/**
 * The words that zod and zod/mini have for the same schemas. Everything that builds validators is written once, in terms
 * of a dialect; bundlers then keep of either package what is used here.
 */
export interface ZodDialect<S extends core.$ZodType> {
  readonly string: (params: ErrorParams) => S
  readonly boolean: (params: ErrorParams) => S
  readonly number: (params: ErrorParams) => S
  readonly int: (params: ErrorParams) => S
  readonly unknown: () => S
  readonly object: (shape: core.$ZodShape) => S
  readonly array: (element: core.$ZodType) => S
  readonly optional: (schema: core.$ZodType) => S
  readonly nullish: (schema: core.$ZodType) => S
  /** Changes what is given before the schema sees it. */
  readonly preprocess: (change: (given: unknown) => unknown, schema: core.$ZodType) => S
  readonly check: (schema: S, checks: readonly Check[]) => S
  readonly refine: (isGood: (value: unknown) => boolean, params: ErrorParams) => core.$ZodCheck<unknown>
  /** For texts and lists alone. */
  readonly minLength: (length: number, params?: ErrorParams) => core.$ZodCheck<unknown>
  /** For objects alone. */
  readonly overwrite: (change: (value: JsonObject) => JsonObject) => core.$ZodCheck<unknown>
}

/** A check of a whole value. */
export type Check = core.CheckFn<unknown> | core.$ZodCheck<unknown>

/** zod schemas by attribute name: of what may be written, and of what may be returned. */
export interface SchemaShapes {
  readonly input: core.$ZodShape
  readonly output: core.$ZodShape
}

/** The validators of a resource or of an extension's container by use; POST and PUT have the same. */
export interface SchemasByUse<S> {
  readonly create: S
  readonly replace: S
  readonly resource: S
}

/**
 * Puts something around the run of a schema. It is the only place that reaches into zod: `_zod.run` is what its own
 * wrappers call, and `peerDependencies` names the versions that this was tested with.
 *
 * @param schema Schema; it is changed.
 * @param around Called instead of the schema's own run, which it may call.
 * @returns The same schema.
 */
export function aroundRun<S extends core.$ZodType>(
  schema: S,
  around: (payload: core.ParsePayload, run: S['_zod']['run'], context: core.ParseContextInternal) => RunResult,
): S {
  const { run } = schema._zod
  schema._zod.run = (payload, context) => around(payload, run, context)
  return schema
}

type RunResult = core.util.MaybeAsync<core.ParsePayload>
