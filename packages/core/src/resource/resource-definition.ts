import type { Schema } from '../generated/schema.types.gen.js'
import type { Attribute } from '../schema/attribute.js'
import type { SchemaDefinition } from '../schema/schema-definition.js'
import type { StandardSchema } from '../standard-schema.js'
import { foldCase } from '../text/fold-case.js'
import { indexTargets } from './index-targets.js'
import { once } from './once.js'

/** What an attribute path leads to. */
export interface AttributeTarget {
  /** Extension whose container holds the attribute; absent for attributes of the base schema and common ones. */
  readonly extension?: SchemaDefinition | undefined
  /** Absent when the path names the extension's container as a whole. */
  readonly attribute?: Attribute | undefined
  readonly subAttribute?: Attribute | undefined
}

/** Targets by folded path without sub-attribute: `username`, `urn:…:user:username`, `urn:…:enterprise:2.0:user`. */
export type TargetIndex = ReadonlyMap<string, AttributeTarget>

/** Validators of a resource, one for each way it is used. */
export interface ResourceValidators<Output = unknown, Input = unknown> {
  /** The body of POST: readOnly and unknown attributes are dropped. */
  readonly create: StandardSchema<unknown, Input>
  /** The body of PUT: as `create`. */
  readonly replace: StandardSchema<unknown, Input>
  /** A service provider's answer: unknown attributes are kept, `null` and `[]` are removed before checking. */
  readonly resource: StandardSchema<unknown, Output>
}

/** The part of a validator that one schema contributes; parts of a definition compose into its validators. */
export interface ValidationPart {
  /**
   * @param extensions URN, requirement and part of each extension of the definition.
   * @returns The validators of the whole resource.
   */
  compose(extensions: readonly ExtensionPart[]): ResourceValidators
}

/** Part of an extension within a definition. */
export interface ExtensionPart {
  readonly urn: string
  readonly required: boolean
  readonly part: ValidationPart
}

/** An extension as a definition carries it. */
export interface DefinedExtension {
  readonly extension: SchemaExtension
  /** Whether a resource must carry the extension. */
  readonly required: boolean
}

/**
 * A schema that extends a resource type.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-3.3
 */
export interface SchemaExtension<Urn extends string = string, Output = unknown, Input = unknown, Paths = unknown> {
  readonly urn: Urn
  readonly schema: SchemaDefinition
  readonly validation?: ValidationPart | undefined
  /**
   * @returns The full schema document; its descriptions are loaded on first use.
   */
  describe(): Promise<Schema>
  /** Phantom: carries the types, never a value. */
  readonly '~types'?: { readonly output: Output; readonly input: Input; readonly paths: Paths } | undefined
}

/**
 * What the program knows about a resource type: names, schemas, validators, and in its types the shape that may be
 * read (`Output`), written (`Input`) and addressed (`Paths`).
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-6
 */
export interface ResourceDefinition<Output = unknown, Input = unknown, Paths = unknown> {
  /** Name of the resource type, such as `User`. */
  readonly name: string
  /** Path below the service root, such as `/Users`. */
  readonly endpoint: string
  readonly description: string | undefined
  readonly schema: SchemaDefinition
  readonly extensions: readonly DefinedExtension[]
  /** All attribute targets, common attributes and extensions included. */
  readonly index: TargetIndex
  /** Absent when one of the parts has none, as those of `@scimkit/core/schema`. */
  readonly validators: ResourceValidators<Output, Input> | undefined
  /**
   * @returns The full document of the base schema; its descriptions are loaded on first use.
   */
  describe(): Promise<Schema>
  /**
   * Adds an extension.
   *
   * @param extension The extension; its URN must be new to the definition.
   * @param options `required: true` when a resource must carry the extension.
   * @returns A new definition; this one stays as it is.
   * @throws {TypeError} When the definition has the extension already.
   * @see https://www.rfc-editor.org/rfc/rfc7643#section-3.3
   */
  extend<Urn extends string, O, I, P>(
    extension: SchemaExtension<Urn, O, I, P>,
    options: { readonly required: true },
  ): ResourceDefinition<Output & { [K in Urn]: O }, Input & RequiredContainer<Urn, I>, Paths & P>
  extend<Urn extends string, O, I, P>(
    extension: SchemaExtension<Urn, O, I, P>,
    options?: { readonly required?: boolean | undefined },
  ): ResourceDefinition<
    Output & { [K in Urn]?: O | undefined },
    Input & { [K in Urn]?: I | null | undefined },
    Paths & P
  >
  /** Phantom: carries the types, never a value. */
  readonly '~types'?: { readonly output: Output; readonly input: Input; readonly paths: Paths } | undefined
}

/** A body has to hold the container of a required extension, unless a client can write nothing of it. */
export type RequiredContainer<Urn extends string, Input> = unknown extends Input
  ? { [K in Urn]: Input }
  : [keyof Input] extends [never]
    ? { [K in Urn]?: Input | null | undefined }
    : { [K in Urn]: Input }

/** What a definition's resources look like when read. */
export type InferResource<D extends { readonly '~types'?: unknown }> =
  NonNullable<D['~types']> extends {
    readonly output: infer Output
  }
    ? Output
    : never

/** What may be written to a definition's resources. */
export type InferInput<D extends { readonly '~types'?: unknown }> =
  NonNullable<D['~types']> extends {
    readonly input: infer Input
  }
    ? Input
    : never

/** The attribute paths of a definition, by use: `read`, `write`, `elements`. */
export type InferPaths<D extends { readonly '~types'?: unknown }> =
  NonNullable<D['~types']> extends {
    readonly paths: infer Paths
  }
    ? Paths
    : never

/** Parts of a resource definition. */
export interface ResourceParts {
  readonly name: string
  readonly endpoint: string
  readonly description?: string | undefined
  readonly schema: SchemaDefinition
  readonly validation?: ValidationPart | undefined
  readonly describe: () => Promise<Schema>
}

/** Parts of a schema extension. */
export interface ExtensionParts {
  readonly schema: SchemaDefinition
  readonly validation?: ValidationPart | undefined
  readonly describe: () => Promise<Schema>
}

/**
 * Makes a resource definition from its parts; generated code and `resourceFromSchemas` both end here.
 *
 * @param parts Name, endpoint, schema, and the validation part when there is one.
 * @returns The definition, without extensions.
 */
export function defineResource<Output, Input, Paths>(parts: ResourceParts): ResourceDefinition<Output, Input, Paths> {
  return buildDefinition(parts, []) as ResourceDefinition<Output, Input, Paths> // the types are phantom
}

/**
 * Makes a schema extension from its parts.
 *
 * @param parts Schema, and the validation part when there is one.
 * @returns The extension; its `urn` is the schema's id.
 */
export function defineExtension<Urn extends string, Output, Input, Paths>(
  parts: ExtensionParts,
): SchemaExtension<Urn, Output, Input, Paths> {
  return Object.freeze({ urn: parts.schema.id as Urn, ...parts }) // generated code passes the id as the literal type
}

function buildDefinition(parts: ResourceParts, extensions: readonly DefinedExtension[]): ResourceDefinition {
  const index = once(() => indexTargets(parts.schema, extensions))
  const validators = once(() => composeValidators(parts, extensions))
  return Object.freeze({
    name: parts.name,
    endpoint: parts.endpoint,
    description: parts.description,
    schema: parts.schema,
    extensions: Object.freeze(extensions),
    get index() {
      return index()
    },
    get validators() {
      return validators()
    },
    describe: parts.describe,
    extend(extension: SchemaExtension, options: { readonly required?: boolean | undefined } = {}) {
      const urn = foldCase(extension.urn)
      if ([parts.schema, ...extensions.map((known) => known.extension.schema)].some(({ id }) => foldCase(id) === urn)) {
        throw new TypeError(`${parts.name} has the schema ${extension.urn} already; extend it once`)
      }
      return buildDefinition(parts, [...extensions, { extension, required: options.required ?? false }])
    },
  }) as ResourceDefinition // extend() of an object literal cannot carry the two generic signatures
}

function composeValidators(
  parts: ResourceParts,
  extensions: readonly DefinedExtension[],
): ResourceValidators | undefined {
  const composed: ExtensionPart[] = []
  for (const { extension, required } of extensions) {
    if (!extension.validation) return undefined
    composed.push({ urn: extension.urn, required, part: extension.validation })
  }
  return parts.validation?.compose(composed)
}
