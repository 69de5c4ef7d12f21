/** A reading beyond the strict grammar; the names are those of the compatibility rules. */
export type LenientRule = 'bareWords' | 'spacing' | 'filterAfterBracket'

/** That a lenient reading was needed. */
export interface FilterNote {
  readonly rule: LenientRule
  /** 0-based index into the text, in UTF-16 units. */
  readonly position: number
}

/** How large a filter may be. */
export interface FilterLimits {
  /** Longest text, in UTF-16 units; 8,192 unless given. */
  readonly length?: number | undefined
  /** Deepest nesting of parentheses and brackets; 32 unless given, 256 at most. */
  readonly depth?: number | undefined
  /** Most comparisons and presence tests; 256 unless given. */
  readonly terms?: number | undefined
}

/** Options of `parseFilter` and `parsePath`. */
export interface ParseOptions {
  /**
   * `false`, the default, is the strict grammar; `true` adds every lenient reading, an object single ones:
   * `bareWords` (`externalId eq jyoung`), `spacing` (missing or extra space), `filterAfterBracket`
   * (`emails[type eq "work"].value eq "x"`). What is strict keeps its meaning.
   *
   * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2
   */
  readonly lenient?: boolean | Readonly<Partial<Record<LenientRule, boolean>>> | undefined
  readonly limits?: FilterLimits | undefined
  /**
   * URNs of known schemas. They are needed only where the last segment of a bare schema URN is not an attribute name, as
   * in `urn:example:1.0`; all others are told apart at their last colon.
   */
  readonly schemas?: readonly string[] | undefined
  /** Called for each place where a lenient reading was needed. */
  readonly onNote?: ((note: FilterNote) => void) | undefined
}
