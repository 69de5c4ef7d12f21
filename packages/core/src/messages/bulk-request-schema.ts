import * as z from 'zod'
import { urns } from '../urns.js'
import type { BulkRequest, BulkRequestOperation } from './bulk.js'
import { messageUrnSchema } from './message-urn-schema.js'

/**
 * zod validator of a bulk request. An issue within an operation has its position in the path (`Operations`, 3,
 * `bulkId`), so a service provider can refuse that operation alone.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.7
 */
export const bulkRequestSchema: z.ZodType<BulkRequest> = /* @__PURE__ */ (() =>
  z.lazy(() =>
    z.object({
      schemas: messageUrnSchema(urns.bulkRequest),
      failOnErrors: z.int().optional(),
      Operations: z.array(operationSchema()).check(({ value: operations, issues }) => {
        for (const position of repeatedBulkIds(operations)) {
          const path = [position, 'bulkId']
          issues.push({ code: 'custom', input: operations, path, message: 'is that of another operation' })
        }
      }),
    }),
  ))()

function operationSchema(): z.ZodType<BulkRequestOperation> {
  return z
    .object({
      method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']),
      bulkId: z.string().min(1).optional(),
      version: z.string().optional(),
      path: z.string().startsWith('/', { error: 'must be a path below the service root, such as /Users' }),
      data: z.unknown().optional(),
    })
    .check(({ value: operation, issues }) => {
      if (operation.method === 'POST' && operation.bulkId === undefined) {
        issues.push({ code: 'custom', input: operation, path: ['bulkId'], message: 'is required for POST' })
      }
      if (operation.method !== 'DELETE' && operation.data === undefined) {
        const message = `is required for ${operation.method}`
        issues.push({ code: 'custom', input: operation, path: ['data'], message })
      }
    })
}

function repeatedBulkIds(operations: readonly BulkRequestOperation[]): readonly number[] {
  const known = new Set<string>()
  const repeated: number[] = []
  for (const [position, { bulkId }] of operations.entries()) {
    if (bulkId === undefined) continue
    if (known.has(bulkId)) repeated.push(position)
    known.add(bulkId)
  }
  return repeated
}
