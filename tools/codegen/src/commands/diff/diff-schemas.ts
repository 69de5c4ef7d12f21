import type { Attribute, SchemaDefinition } from '@scimkit/core/documents'
import { pairUp } from './pair-up.js'

/** One difference between two sets of schemas. */
export interface SchemaChange {
  readonly kind: 'added' | 'removed' | 'changed'
  /** URN of the schema. For what differs in a discovery document it is the schema of that document. */
  readonly schema: string
  /** Attribute path within the schema; absent when the whole schema was added or removed. */
  readonly path?: string | undefined
  /** Characteristic that changed, such as `mutability`, or member, such as `endpoint` of a resource type. */
  readonly characteristic?: string | undefined
  readonly before?: unknown
  readonly after?: unknown
}

const characteristics = [
  'name',
  'type',
  'multiValued',
  'required',
  'caseExact',
  'mutability',
  'returned',
  'uniqueness',
  'canonicalValues',
  'referenceTypes',
] as const

/**
 * Compares two sets of schemas. Order has no meaning, neither of schemas and attributes nor of canonical values, and
 * descriptions are not compared.
 *
 * @param before Schemas as they were.
 * @param after Schemas as they are.
 * @returns The differences, by schema and attribute path; empty when the two mean the same.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-7
 */
export function diffSchemas(
  before: readonly SchemaDefinition[],
  after: readonly SchemaDefinition[],
): readonly SchemaChange[] {
  return pairUp(before, after, ({ id }) => id).flatMap(([old, now]): readonly SchemaChange[] => {
    if (!old) return now ? [{ kind: 'added', schema: now.id }] : []
    if (!now) return [{ kind: 'removed', schema: old.id }]
    return diffAttributes(now.id, '', old.attributes, now.attributes)
  })
}

function diffAttributes(
  schema: string,
  prefix: string,
  before: readonly Attribute[],
  after: readonly Attribute[],
): readonly SchemaChange[] {
  return pairUp(before, after, ({ name }) => name).flatMap(([old, now]): readonly SchemaChange[] => {
    const path = `${prefix}${now?.name ?? old?.name}`
    if (!old || !now) return [{ kind: old ? 'removed' : 'added', schema, path }]
    return [
      ...diffCharacteristics(schema, path, old, now),
      ...diffAttributes(schema, `${path}.`, old.subAttributes ?? [], now.subAttributes ?? []),
    ]
  })
}

function diffCharacteristics(
  schema: string,
  path: string,
  before: Attribute,
  after: Attribute,
): readonly SchemaChange[] {
  return characteristics
    .filter((name) => normal(before[name]) !== normal(after[name]) && !isImplied(name, before, after))
    .map((name) => ({ kind: 'changed', schema, path, characteristic: name, before: before[name], after: after[name] }))
}

/** What follows from a type or a mutability is not a change of its own. */
function isImplied(name: (typeof characteristics)[number], before: Attribute, after: Attribute): boolean {
  if (name === 'caseExact') return before.type !== after.type
  return name === 'returned' && (before.mutability === 'writeOnly') !== (after.mutability === 'writeOnly')
}

function normal(value: unknown): string {
  return JSON.stringify(Array.isArray(value) ? [...value].sort() : (value ?? []))
}
