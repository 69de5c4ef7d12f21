/**
 * Type of a path that can only be tested for presence (`pr`): a complex attribute without `value`, or an extension.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2
 */
export interface Present {
  readonly '~present': true
}
