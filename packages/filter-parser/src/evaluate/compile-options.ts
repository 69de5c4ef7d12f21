/** What is done with an attribute that no schema of the definition has. */
export type UnknownAttribute = 'noValue' | 'refuse'

/** Options that decide what a filter may ask. */
export interface ResolveOptions {
  /** `noValue`, the default: an unknown attribute is one that no resource has. `refuse`: 400 `invalidFilter`. */
  readonly unknownAttribute?: UnknownAttribute | undefined
  /** Takes `"true"` and `"False"` for booleans where the attribute is one; `false` unless given. */
  readonly stringBooleans?: boolean | undefined
}

/** Options of `compileFilter`. */
export interface CompileOptions extends ResolveOptions {
  /**
   * What `ne` means on a multi-valued attribute outside brackets. `some`, the default, is the letter: some element
   * differs. `every`: no element is equal, as `not (a eq v)` says.
   *
   * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2
   */
  readonly multiValuedNe?: 'some' | 'every' | undefined
}
