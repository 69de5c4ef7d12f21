import type { ComparisonOperator } from '../ast.js'

/** Databases whose SQL is written. */
export type SqlDialect = 'sqlite' | 'postgres'

/** What is bound to a parameter; never a boolean for SQLite, some drivers of which do not survive one. */
export type SqlParameter = string | number | boolean | null

/** SQL text with its parameters in between. It is made by the `sql` tag alone, so input cannot become text. */
export class SqlFragment {
  constructor(
    /** Texts around the parameters, one more than these. */
    readonly texts: readonly string[],
    readonly params: readonly SqlParameter[],
  ) {}

  /**
   * @param dialect Decides how parameters are written: `?`, or `$1`, `$2` …
   * @param first Number of the first parameter, 1-based.
   * @returns The text and what is to be bound to its parameters, in order.
   */
  render(dialect: SqlDialect, first = 1): { text: string; params: SqlParameter[] } {
    const mark = (index: number) => (dialect === 'sqlite' ? '?' : `$${index - 1 + first}`)
    const text = this.texts.map((part, index) => (index === 0 ? part : mark(index) + part)).join('')
    return { text, params: [...this.params] }
  }
}

/**
 * Makes a fragment: the template's own text is SQL, values become parameters, fragments are spliced in.
 *
 * @param texts Text of the template.
 * @param values Values to bind, or fragments.
 * @returns The fragment.
 * @example
 * sql`EXISTS (SELECT 1 FROM memberships WHERE member_id = ${id})`
 */
export function sql(texts: TemplateStringsArray, ...values: readonly (SqlParameter | SqlFragment)[]): SqlFragment {
  const parts = [texts[0] as string] // a template has one text more than values
  const params: SqlParameter[] = []
  const append = (text: string | undefined) => {
    parts[parts.length - 1] += text as string // a template has one text more than values
  }
  values.forEach((value, index) => {
    if (value instanceof SqlFragment) {
      const [first = '', ...rest] = value.texts
      append(first)
      parts.push(...rest)
      params.push(...value.params)
    } else {
      parts.push('')
      params.push(value)
    }
    append(texts[index + 1])
  })
  return new SqlFragment(parts, params)
}

/**
 * Takes text of the program, such as a configured column, as SQL.
 *
 * @param text SQL that does not come from a request.
 * @returns The fragment.
 */
export function rawSql(text: string): SqlFragment {
  return new SqlFragment([text], [])
}

/**
 * Joins fragments by a word and puts them in parentheses.
 *
 * @param fragments One or more.
 * @param word `AND` or `OR`.
 * @returns The joined fragment; a single one as it is.
 */
export function joinSql(fragments: readonly SqlFragment[], word: 'AND' | 'OR'): SqlFragment {
  const between = rawSql(` ${word} `)
  const joined = fragments.reduce((left, right) => sql`${left}${between}${right}`)
  return fragments.length === 1 ? joined : sql`(${joined})`
}

/** SQL that is true of every row. */
export const always: SqlFragment = /* @__PURE__ */ rawSql('1 = 1')
/** SQL that is true of no row. */
export const never: SqlFragment = /* @__PURE__ */ rawSql('1 = 0')

const signs = new Map<ComparisonOperator, string>([
  ['eq', '='],
  ['gt', '>'],
  ['ge', '>='],
  ['lt', '<'],
  ['le', '<='],
])

/**
 * @param operator Operator of a comparison.
 * @returns Its sign; `undefined` for those that have none: parts of a text, and `ne`, which means more than `<>`.
 */
export function signOf(operator: ComparisonOperator): SqlFragment | undefined {
  const sign = signs.get(operator)
  return sign === undefined ? undefined : rawSql(sign)
}
