import * as z from 'zod/mini'
import { isBase64 } from '../schema/is-base64.js'
import { isDateTime } from '../schema/is-date-time.js'
import { isUriReference } from '../schema/is-uri-reference.js'
import { once } from '../resource/once.js'
import type { SimpleSchemas } from './value-schemas.js'

/** One zod/mini schema for each simple data type. @see https://www.rfc-editor.org/rfc/rfc7643#section-2.3 */
export type SimpleMiniSchemas = {
  readonly [T in keyof SimpleSchemas]: z.ZodMiniType<SimpleSchemas[T]['_zod']['output']>
}

/** The zod/mini schemas of simple values, by the place where a value stands. */
export interface ValueMiniSchemas {
  /** A value that is there: required in an answer, or an element of a list. */
  readonly value: SimpleMiniSchemas
  /** A value that a request has to give; the empty string is none. */
  readonly required: SimpleMiniSchemas
  /** A value that an answer may leave out. */
  readonly optional: { readonly [T in keyof SimpleMiniSchemas]: z.ZodMiniOptional<SimpleMiniSchemas[T]> }
  /** A value that a request may leave out or unassign by `null`. */
  readonly nullish: {
    readonly [T in keyof SimpleMiniSchemas]: z.ZodMiniOptional<z.ZodMiniNullable<SimpleMiniSchemas[T]>>
  }
}

/**
 * The schemas of simple values in zod/mini; they judge as those of the main entry do.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.3
 */
export const valueSchemas: ValueMiniSchemas = /* @__PURE__ */ (() => {
  const built = once(buildValues)
  return {
    get value() {
      return built().value
    },
    get required() {
      return built().required
    },
    get optional() {
      return built().optional
    },
    get nullish() {
      return built().nullish
    },
  }
})()

function buildValues(): ValueMiniSchemas {
  const value: SimpleMiniSchemas = {
    string: z.string({ error: say('must be a string') }),
    boolean: z.boolean({ error: say('must be true or false') }),
    decimal: z.number({ error: say('must be a number') }),
    integer: z.int({ error: say('must be a whole number') }),
    dateTime: textThat(isDateTime, 'must be a date with a time, such as 2026-01-31T09:30:00Z'),
    binary: textThat(isBase64, 'must be base64'),
    reference: textThat(isUriReference, 'must be a URI'),
    any: z.unknown().check(z.refine((given) => given !== undefined && given !== null, { error: 'is required' })),
  }
  const filled = z.string({ error: say('must be a string') }).check(z.minLength(1, { error: 'must not be empty' }))
  return {
    value,
    required: { ...value, string: filled },
    optional: wrapEach(value, (schema) => z.optional(schema)) as ValueMiniSchemas['optional'], // mapping loses each type's own
    nullish: wrapEach(value, (schema) => z.nullish(schema)) as ValueMiniSchemas['nullish'], // as above
  }
}

function textThat(matches: (text: string) => boolean, message: string): z.ZodMiniType<string> {
  return z.string({ error: say(message) }).check(z.refine(matches, { error: message }))
}

/** Says what a value must be, or that there is none; never the value itself. */
function say(message: string): (issue: { readonly input?: unknown }) => string {
  return ({ input }) => (input === undefined || input === null ? 'is required' : message)
}

function wrapEach(
  schemas: SimpleMiniSchemas,
  wrap: (schema: z.ZodMiniType) => z.ZodMiniType,
): Readonly<Record<string, z.ZodMiniType>> {
  return Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, wrap(schema)]))
}
