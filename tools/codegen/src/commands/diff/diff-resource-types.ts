import { foldCase, type ResourceTypeDocument, urns } from '@scimkit/core/documents'
import type { SchemaChange } from './diff-schemas.js'
import { pairUp } from './pair-up.js'

/**
 * Compares two sets of resource types: their names, endpoints, base schemas, extensions, and whether these are
 * required. Files of schemas often come without resource types, so nothing is said unless both sources have some.
 *
 * @param before Resource types as they were.
 * @param after Resource types as they are.
 * @returns The differences with their paths, such as `Device` and `Device.schemaExtensions[schema eq "urn:…"]`; order
 *   has no meaning, and neither has the case of names and URNs.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-6
 */
export function diffResourceTypes(
  before: readonly ResourceTypeDocument[],
  after: readonly ResourceTypeDocument[],
): readonly SchemaChange[] {
  if (before.length === 0 || after.length === 0) return []
  return pairUp(before, after, ({ name }) => name).flatMap(([old, now]): readonly SchemaChange[] => {
    const path = now?.name ?? old?.name ?? ''
    if (!old || !now) return [{ kind: old ? 'removed' : 'added', schema: urns.resourceType, path }]
    return [
      ...diffMember(path, 'endpoint', old.endpoint, now.endpoint),
      ...(foldCase(old.schema) === foldCase(now.schema) ? [] : diffMember(path, 'schema', old.schema, now.schema)),
      ...diffExtensions(path, old.schemaExtensions, now.schemaExtensions),
    ]
  })
}

type Extensions = ResourceTypeDocument['schemaExtensions']

function diffExtensions(prefix: string, before: Extensions, after: Extensions): readonly SchemaChange[] {
  return pairUp(before, after, ({ schema }) => schema).flatMap(([old, now]): readonly SchemaChange[] => {
    const path = `${prefix}.schemaExtensions[schema eq "${now?.schema ?? old?.schema}"]`
    if (!old || !now) return [{ kind: old ? 'removed' : 'added', schema: urns.resourceType, path }]
    return diffMember(path, 'required', old.required, now.required)
  })
}

function diffMember<T>(path: string, member: string, before: T, after: T): readonly SchemaChange[] {
  if (before === after) return []
  return [{ kind: 'changed', schema: urns.resourceType, path, characteristic: member, before, after }]
}
