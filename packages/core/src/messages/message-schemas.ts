import * as z from 'zod'
import { isObject } from '../json.js'
import { foldCase } from '../text/fold-case.js'
import { urns } from '../urns.js'
import type { BulkRequest, BulkRequestOperation, ListResponse, PatchOp, SearchRequest } from './messages.js'

/**
 * Makes the zod validator of a response to a query. Members that are `null` count as left out.
 *
 * @param item Validator of one resource, such as `userSchemas.resource`.
 * @returns The validator of the list.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2
 */
export function listResponseSchema<T>(item: z.ZodType<T>): z.ZodType<ListResponse<T>> {
  return z.preprocess(
    withoutNulls,
    z.object({
      schemas: messageUrnSchema(urns.listResponse),
      totalResults: z.int().nonnegative().optional(),
      Resources: z.array(item).optional(),
      startIndex: z.int().optional(),
      itemsPerPage: z.int().nonnegative().optional(),
      nextCursor: z.string().optional(),
      previousCursor: z.string().optional(),
    }),
  )
}

function withoutNulls(given: unknown): unknown {
  if (!isObject(given)) return given
  const entries = Object.entries(given)
  if (entries.every(([, value]) => value !== null)) return given
  return Object.fromEntries(entries.filter(([, value]) => value !== null))
}

/**
 * zod validator of a query sent by POST. Attribute names may come as one text with commas and numbers as text, as they
 * do in a URL.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.3
 */
export const searchRequestSchema: z.ZodType<SearchRequest> = /* @__PURE__ */ (() =>
  z.lazy(() =>
    z.object({
      schemas: messageUrnSchema(urns.searchRequest),
      attributes: namesSchema(),
      excludedAttributes: namesSchema(),
      filter: z.string().optional(),
      sortBy: z.string().optional(),
      sortOrder: z.enum(['ascending', 'descending']).optional(),
      startIndex: numberSchema(),
      count: numberSchema(),
      cursor: z.string().optional(),
    }),
  ))()

function namesSchema(): z.ZodOptional<z.ZodType<string[]>> {
  return z.preprocess(splitNames, z.array(z.string())).optional()
}

function splitNames(given: unknown): unknown {
  if (typeof given !== 'string') return given
  return given
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

function numberSchema(): z.ZodOptional<z.ZodType<number>> {
  return z
    .preprocess((given) => (typeof given === 'string' && /^-?\d+$/.test(given) ? Number(given) : given), z.int())
    .optional()
}

/**
 * zod validator of the body of a PATCH request, by the RFC's letter; what providers send beyond it is rewritten before.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2
 */
export const patchOpSchema: z.ZodType<PatchOp> = /* @__PURE__ */ (() =>
  z.lazy(() =>
    z.object({
      schemas: messageUrnSchema(urns.patchOp),
      Operations: z
        .array(
          z
            .object({
              op: z.enum(['add', 'remove', 'replace']),
              path: z.string().min(1).optional(),
              value: z.unknown().optional(),
            })
            .check(({ value: operation, issues }) => {
              if (operation.op === 'remove' && operation.path === undefined) {
                issues.push({ code: 'custom', input: operation, path: ['path'], message: 'is required for remove' })
              }
              if (operation.op === 'add' && operation.value === undefined) {
                issues.push({ code: 'custom', input: operation, path: ['value'], message: 'is required for add' })
              }
            }),
        )
        .min(1),
    }),
  ))()

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

/**
 * Makes the zod schema of a message's `schemas`: a list that names the message, in any case.
 *
 * @param urn URN of the message.
 * @returns The schema; other URNs beside it are let pass.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.1
 */
function messageUrnSchema(urn: string): z.ZodType<string[]> {
  const folded = foldCase(urn)
  return z
    .array(z.string())
    .refine((schemas) => schemas.some((name) => foldCase(name) === folded), { error: `must name ${urn}` })
}
