import { urns } from './urns.js'

/**
 * Error keywords of the protocol; a server may send others, so the type stays open.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.12
 * @see https://www.rfc-editor.org/rfc/rfc9865#section-2.1
 */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount'
  | (string & {})

/**
 * An error on the wire; `status` is a string of three digits.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.12
 */
export interface ScimErrorResponse {
  readonly schemas: readonly string[]
  readonly status: string
  readonly scimType?: ScimType | undefined
  readonly detail?: string | undefined
}

/** Options of {@link ScimError}. */
export interface ScimErrorOptions {
  /** Keyword that narrows the status. */
  readonly scimType?: ScimType | undefined
  /** What led to the error; it never reaches the wire. */
  readonly cause?: unknown
}

const brand = Symbol.for('@scimkit/core/ScimError')

/**
 * The protocol's error, on both sides of the wire.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.12
 */
export class ScimError extends Error {
  /** HTTP status, 400 to 599. */
  readonly status: number
  /** Sentence for people; it names attribute paths, never values or tokens. */
  readonly detail: string
  readonly scimType: ScimType | undefined

  /**
   * @param status HTTP status, 400 to 599.
   * @param detail Sentence for people; it names attribute paths, never values or tokens.
   * @param options Keyword and cause.
   */
  constructor(status: number, detail: string, options: ScimErrorOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause })
    this.status = status
    this.detail = detail
    this.scimType = options.scimType
    Object.defineProperty(this, brand, { value: true })
  }

  override get name(): string {
    return 'ScimError'
  }

  /**
   * Tells whether a value is a `ScimError`, also one made by another copy of this package.
   *
   * @param value Anything, usually what a `catch` received.
   * @param scimType When given, the keyword that the error must have.
   * @returns Whether it is one (with that keyword).
   */
  static is(value: unknown, scimType?: ScimType): value is ScimError {
    if (typeof value !== 'object' || value === null || !(brand in value)) return false
    return scimType === undefined || (value as { scimType?: unknown }).scimType === scimType
  }

  /**
   * @returns The error as it goes over the wire; the cause stays behind.
   */
  toJSON(): ScimErrorResponse {
    return {
      schemas: [urns.error],
      status: String(this.status),
      ...(this.scimType === undefined ? {} : { scimType: this.scimType }),
      detail: this.detail,
    }
  }
}
