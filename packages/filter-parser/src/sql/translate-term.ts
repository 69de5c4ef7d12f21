import type { ComparisonFilter, PresentFilter } from '../ast.js'
import { isResourceReference } from '../evaluate/normalize-value.js'
import { holdsWithoutValue } from '../evaluate/predicates.js'
import { checkComparison } from '../evaluate/resolve-attribute.js'
import type { SqlSubject } from './find-subject.js'
import { always, never, type SqlFragment, sql } from './sql-fragment.js'
import type { ToSqlOptions } from './sql-options.js'
import { translateComparison } from './translate-comparison.js'
import { type Translation, untranslatable } from './translation.js'

/**
 * Translates a comparison or a presence test.
 *
 * @param filter The term.
 * @param subject What it is about; `undefined` for an attribute that no resource has.
 * @param options Options of `toSql`.
 * @returns Its SQL, or what is left of it.
 * @throws {UntranslatableFilterError} When it has no SQL and `partial` is not set.
 * @throws {ScimError} 400 `invalidFilter` when the definition forbids it.
 */
export function translateTerm(
  filter: ComparisonFilter | PresentFilter,
  subject: SqlSubject | undefined,
  options: ToSqlOptions,
): Translation {
  if (!subject) return { sql: holdsWithoutValue(filter) ? always : never }
  const checked =
    filter.kind === 'comparison' && options.definition
      ? { ...filter, value: checkComparison(subject.attribute, filter.path, filter.operator, filter.value, options) }
      : filter
  if (subject.resolver) {
    const resolved = subject.resolver(checked)
    return resolved ? { sql: sql`(${resolved})` } : untranslatable(filter, options, 'its resolver returned nothing')
  }
  if (checked.kind === 'comparison' && checked.value !== null) return translateValue(checked, subject, options)
  const { present } = subject
  if (!present) return untranslatable(filter, options, 'no column shows whether it has a value')
  if (checked.kind === 'present' || checked.operator === 'ne') return { sql: present }
  return { sql: checked.operator === 'eq' ? sql`(${present}) IS NOT TRUE` : never } // null is in no order
}

function translateValue(filter: ComparisonFilter, subject: SqlSubject, options: ToSqlOptions): Translation {
  const { attribute, operand, elements } = subject
  const { operator, value } = filter
  if (!operand || value === null) return untranslatable(filter, options, 'no column holds it')
  const equality = operator === 'eq' || operator === 'ne'
  if (attribute && (attribute.type === 'binary' || (equality && isResourceReference(attribute)))) {
    return untranslatable(filter, options, `a ${attribute.type} has more than one spelling`)
  }
  const translated = translateComparison(operand, operator === 'ne' ? 'eq' : operator, value, options.dialect)
  if (typeof translated === 'string') return untranslatable(filter, options, translated)
  const some = (condition: SqlFragment) => (elements ? elements.some(condition) : condition)
  if (translated.exact) {
    return { sql: operator === 'ne' ? differs(translated.sql, subject, options) : some(translated.sql) }
  }
  const left = untranslatable(filter, options, 'its column holds folded text')
  return operator === 'ne' ? left : { ...left, sql: some(translated.sql) }
}

/** An absent value differs from every literal; a list without elements does so too. */
function differs(equal: SqlFragment, { elements }: SqlSubject, { multiValuedNe }: ToSqlOptions): SqlFragment {
  const different = sql`(${equal}) IS NOT TRUE`
  if (!elements) return different
  if (multiValuedNe === 'every') return sql`NOT ${elements.some(equal)}`
  return sql`(${elements.some(different)} OR NOT ${elements.some(always)})`
}
