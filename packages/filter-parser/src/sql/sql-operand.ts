import type { AttributeType } from '@scimkit/core/schema'
import type { SqlFragment } from './sql-fragment.js'
import type { SqlStorage } from './sql-options.js'

/** An expression and what is known of its values. */
export interface SqlOperand {
  readonly expression: SqlFragment
  readonly storage: SqlStorage
  /** Type of the attribute; absent when neither definition nor column tells. */
  readonly type?: AttributeType | undefined
  /** Case rule of the attribute; absent without a definition: then the column's own rule is meant. */
  readonly caseExact?: boolean | undefined
  /** The expression is a JSON value of PostgreSQL, not yet a text, number or boolean. */
  readonly json?: boolean | undefined
}

/** SQL of a comparison. A string instead tells why there is none. */
export type Translated = { readonly sql: SqlFragment; readonly exact: boolean } | string
