import type { AttributePath } from '@scimkit/core/schema'

/** Operators that compare an attribute with a literal. @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2 */
export type ComparisonOperator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le'

/** A JSON literal of a filter. */
export type ComparisonValue = string | number | boolean | null

/** `userName eq "ada"` */
export interface ComparisonFilter {
  readonly kind: 'comparison'
  readonly path: AttributePath
  readonly operator: ComparisonOperator
  readonly value: ComparisonValue
}

/** `title pr` */
export interface PresentFilter {
  readonly kind: 'present'
  readonly path: AttributePath
}

/** `a and b and c`: two or more terms. */
export interface AndFilter {
  readonly kind: 'and'
  readonly filters: readonly Filter[]
}

/** `a or b or c`: two or more terms. */
export interface OrFilter {
  readonly kind: 'or'
  readonly filters: readonly Filter[]
}

/** `not (a)` */
export interface NotFilter {
  readonly kind: 'not'
  readonly filter: Filter
}

/** `emails[type eq "work"]`: one element satisfies the whole inner filter, whose names are bare sub-attributes. */
export interface ValuePathFilter {
  readonly kind: 'valuePath'
  readonly path: AttributePath
  readonly filter: Filter
}

/**
 * A parsed filter: plain, frozen, JSON-serialisable.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2
 */
export type Filter = ComparisonFilter | PresentFilter | AndFilter | OrFilter | NotFilter | ValuePathFilter

/**
 * A parsed PATCH path: `members`, `name.familyName`, `emails[type eq "work"]`, `emails[type eq "work"].value`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export interface PatchPath extends AttributePath {
  /** Filter in brackets; `subAttribute` then stands behind the brackets. */
  readonly filter?: Filter | undefined
}
