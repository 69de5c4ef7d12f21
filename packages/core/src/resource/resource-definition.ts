import type { Schema } from '../generated/schema.types.gen.js'
import type { Attribute } from '../schema/attribute.js'
import type { SchemaDefinition } from '../schema/schema-definition.js'
import type { ResourceValidators, ValidationPart } from '../validation/validation-part.js'

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
   * @throws {TypeError} When the definition already has the extension.
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
