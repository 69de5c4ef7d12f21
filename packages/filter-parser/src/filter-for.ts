import type { InferPaths, Present, ResourceDefinition } from '@scimkit/core/schema'
import type { Filter } from './ast.js'
import { createFilterBuilder, type FilterBuilder } from './build.js'

// The conditional types test a tuple: that defers the look-up of the path until one is given, which saves every user's
// compiler a thousand instantiations.
/** Literals that `eq` and `ne` take; none where only presence can be asked. */
export type EqualTo<V> = [V] extends [Present] ? never : V | null
/** Literals that `co`, `sw` and `ew` take. */
export type PartOf<V> = [V] extends [string] ? string : never
/** Literals that `gt`, `ge`, `lt` and `le` take. */
export type OrderedWith<V> = [V] extends [string | number] ? V : never

/** Builds terms on the paths of `Paths`, an interface from attribute path to value type. */
export interface ElementFilterBuilder<Paths> {
  eq<P extends keyof Paths & string>(path: P, value: EqualTo<Paths[P]>): Filter
  ne<P extends keyof Paths & string>(path: P, value: EqualTo<Paths[P]>): Filter
  co<P extends keyof Paths & string>(path: P, value: PartOf<Paths[P]>): Filter
  sw<P extends keyof Paths & string>(path: P, value: PartOf<Paths[P]>): Filter
  ew<P extends keyof Paths & string>(path: P, value: PartOf<Paths[P]>): Filter
  gt<P extends keyof Paths & string>(path: P, value: OrderedWith<Paths[P]>): Filter
  ge<P extends keyof Paths & string>(path: P, value: OrderedWith<Paths[P]>): Filter
  lt<P extends keyof Paths & string>(path: P, value: OrderedWith<Paths[P]>): Filter
  le<P extends keyof Paths & string>(path: P, value: OrderedWith<Paths[P]>): Filter
  /** The attribute has a value. */
  pr(path: keyof Paths & string): Filter
  /** All of one or more filters. */
  and(...filters: readonly Filter[]): Filter
  /** One of one or more filters. */
  or(...filters: readonly Filter[]): Filter
  not(filter: Filter): Filter
}

/** Builds filters whose paths and values are checked by the compiler. */
export interface TypedFilterBuilder<Read, Elements> extends ElementFilterBuilder<Read> {
  /** One element satisfies the whole inner filter, whose paths are the element's sub-attributes. */
  where<P extends keyof Elements & string>(
    path: P,
    filter: (element: ElementFilterBuilder<Elements[P]>) => Filter,
  ): Filter
}

/** The builder of a definition: typed where the definition is, as generated ones are. */
export type FilterBuilderFor<D extends { readonly '~types'?: unknown }> =
  InferPaths<D> extends { readonly read: infer Read; readonly elements: infer Elements }
    ? TypedFilterBuilder<Read, Elements>
    : FilterBuilder

/**
 * Makes the filter builder of a definition: a path that no schema has, or a value of the wrong type, does not compile.
 *
 * @param definition Definition, with its extensions.
 * @returns The builder.
 * @throws {FilterSyntaxError} By the builder's methods, when untyped code passes text that is not a path.
 * @example
 * const f = filterFor(userResource)
 * f.and(f.eq('active', true), f.where('emails', (email) => email.eq('type', 'work')))
 */
export function filterFor<D extends ResourceDefinition>(definition: D): FilterBuilderFor<D> {
  const schemas = [definition.schema.id, ...definition.extensions.map(({ extension }) => extension.urn)]
  return createFilterBuilder(schemas) as FilterBuilderFor<D> // one builder serves all types
}
