/** Attributes that every response carries, whatever was requested. */
type Always = 'id' | 'schemas'

/** The member of `O` that a path leads into: an extension by its URN, else the attribute before the dot. */
type RootOf<O, A> = A extends keyof O
  ? A
  : A extends `${string}:${string}`
    ? UrnOf<A, Extract<keyof O, `${string}:${string}`>>
    : A extends `${infer Attribute}.${string}`
      ? Attribute
      : never

type UrnOf<A extends string, Urn extends string> = Urn extends string
  ? A extends `${Urn}:${string}`
    ? Urn
    : never
  : never

/** What paths of `A` name below the attribute or extension `K`. */
type Below<A, K extends string> = A extends `${K}.${infer Sub}`
  ? Sub
  : A extends `${K}:${infer Attribute}`
    ? Attribute
    : never

/** The members `K`, each whole where `A` names it, else reduced to what `A` names below it. */
type Chosen<O, K extends keyof O, A> = {
  [P in K]: P extends Always | A ? O[P] : ChosenValue<O[P], Below<A, P & string>>
}

type ChosenValue<V, A> = V extends readonly (infer E)[]
  ? Chosen<E, Extract<RootOf<E, A>, keyof E>, A>[]
  : V extends object
    ? Chosen<V, Extract<RootOf<V, A>, keyof V>, A>
    : V

/** All members but those that `X` names, those in `R` without what `X` names below them; `id` and `schemas` stay. */
type Spared<O, X, R> = {
  [K in keyof O as K extends Exclude<X, Always> ? never : K]: K extends R
    ? SparedValue<O[K], Below<X, K & string>>
    : O[K]
}

type SparedValue<V, X> = [X] extends [never]
  ? V
  : V extends readonly (infer E)[]
    ? Spared<E, X, RootOf<E, X>>[]
    : V extends object
      ? Spared<V, X, RootOf<V, X>>
      : V

/**
 * The resource that a response carries.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.9
 * @typeParam O Whole resource.
 * @typeParam A Paths of `attributes`; `never` when they were not given.
 * @typeParam X Paths of `excludedAttributes`; `never` when they were not given.
 */
export type NarrowedResource<O, A extends string, X extends string> = [A] extends [never]
  ? [X] extends [never]
    ? O
    : Spared<O, X, RootOf<O, X>>
  : Chosen<O, Extract<Always | RootOf<O, A>, keyof O>, A>

/** What PATCH returns: nothing where the server responds with 204, but always the resource when attributes were named. */
export type PatchedResource<O, A extends string, X extends string> = [A] extends [never]
  ? NarrowedResource<O, never, X> | undefined
  : NarrowedResource<O, A, never>
