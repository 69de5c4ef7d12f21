/** Attributes that every answer carries, whatever was asked for. */
type Always = 'id' | 'schemas'

/** What paths of `A` name below the attribute or extension `K`. */
type Below<A, K extends string> = A extends `${K}.${infer Sub}`
  ? Sub
  : A extends `${K}:${infer Attribute}`
    ? Attribute
    : never

/** A resource with `id`, `schemas` and what the paths of `A` name. */
type Chosen<O, A extends string> = {
  [K in keyof O as K extends Always | A ? K : [Below<A, K & string>] extends [never] ? never : K]: K extends Always | A
    ? O[K]
    : ChosenValue<O[K], Below<A, K & string>>
}

type ChosenValue<V, A extends string> = V extends readonly (infer E)[]
  ? ChosenMembers<E, A>[]
  : V extends object
    ? ChosenMembers<V, A>
    : V

type ChosenMembers<V, A extends string> = {
  [K in keyof V as K extends A ? K : [Below<A, K & string>] extends [never] ? never : K]: K extends A
    ? V[K]
    : ChosenValue<V[K], Below<A, K & string>>
}

/** A resource without what the paths of `X` name; `id` and `schemas` stay. */
type Spared<O, X extends string> = {
  [K in keyof O as K extends Exclude<X, Always> ? never : K]: [Below<X, K & string>] extends [never]
    ? O[K]
    : SparedValue<O[K], Below<X, K & string>>
}

type SparedValue<V, X extends string> = V extends readonly (infer E)[]
  ? Spared<E, X>[]
  : V extends object
    ? Spared<V, X>
    : V

/**
 * The resource that an answer carries.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.9
 * @typeParam O Whole resource.
 * @typeParam A Paths of `attributes`; `never` when they were not given.
 * @typeParam X Paths of `excludedAttributes`; `never` when they were not given.
 */
export type NarrowedResource<O, A extends string, X extends string> = [A] extends [never]
  ? [X] extends [never]
    ? O
    : Spared<O, X>
  : Chosen<O, A>

/** What PATCH answers: nothing where the server says 204, but always the resource when attributes were named. */
export type PatchedResource<O, A extends string, X extends string> = [A] extends [never]
  ? NarrowedResource<O, never, X> | undefined
  : Chosen<O, A>
