import type { FilterBuilder, TypedFilterBuilder } from '@scimkit/filter-parser'

/** What the client needs of a resource definition's type: the phantom that carries its three types. */
export interface TypedDefinition {
  readonly name: string
  readonly endpoint: string
  readonly '~types'?: ResourceTypes | undefined
}

/** The types of a resource definition. */
export interface ResourceTypes {
  readonly output: unknown
  readonly input: unknown
  readonly paths: unknown
}

/** A resource of a definition without types. */
export interface UntypedResource {
  id: string
  schemas: string[]
  [attribute: string]: unknown
}

/** The types of a definition. */
export type TypesOf<D extends TypedDefinition> = NonNullable<D['~types']>

/** What is read from a resource of `T`. */
export type OutputOf<T extends ResourceTypes> = unknown extends T['output'] ? UntypedResource : T['output']

/** What may be written to a resource of `T`. */
export type InputOf<T extends ResourceTypes> = unknown extends T['input']
  ? Readonly<Record<string, unknown>>
  : T['input']

/** Paths that a projection or `sortBy` may name. */
export type ReadPathOf<T extends ResourceTypes> = T['paths'] extends { readonly read: infer R }
  ? keyof R & string
  : string

/** Paths that a patch may name, with the types they take. */
export type WritePathsOf<T extends ResourceTypes> = T['paths'] extends { readonly write: infer W }
  ? W
  : Record<string, unknown>

/** The builder that a filter function is given. */
export type FilterBuilderOf<T extends ResourceTypes> = T['paths'] extends {
  readonly read: infer Read
  readonly elements: infer Elements
}
  ? TypedFilterBuilder<Read, Elements>
  : FilterBuilder
