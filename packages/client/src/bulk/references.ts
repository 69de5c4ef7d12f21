import type { BulkRequestOperation } from '@scimkit/core/schema'

/**
 * Replaces references by ids. They are whole texts, or in paths and in the filters of PATCH paths.
 *
 * @param operation Operation.
 * @param ids Ids by bulkId.
 * @returns The operation with the ids that are known.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.7.2
 */
export function resolveReferences(
  operation: BulkRequestOperation,
  ids: ReadonlyMap<string, string>,
): BulkRequestOperation {
  const replace = (text: string): string =>
    text.replace(/bulkId:([^\s"'/\]]+)/g, (reference, bulkId: string) => ids.get(bulkId) ?? reference)
  const data = JSON.parse(JSON.stringify(operation.data ?? null), (key, value) =>
    typeof value === 'string' && (/^bulkId:/.test(value) || key === 'path') ? replace(value) : value,
  )
  return { ...operation, path: replace(operation.path), ...(operation.data !== undefined && { data }) }
}

/**
 * @param operation An operation.
 * @returns The bulkIds that it still refers to.
 */
export function referencesOf({ path, data }: BulkRequestOperation): string[] {
  const references = JSON.stringify([path, data]).matchAll(/bulkId:([^\s"'/\]\\]+)/g)
  return [...references].map(([, bulkId = '']) => bulkId)
}
