/**
 * One change of a PATCH request.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace'
  /** Attribute path or value path; required for `remove`. */
  readonly path?: string | undefined
  readonly value?: unknown
}

/**
 * The body of a PATCH request.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export interface PatchOp {
  readonly schemas: readonly string[]
  readonly Operations: readonly PatchOperation[]
}
