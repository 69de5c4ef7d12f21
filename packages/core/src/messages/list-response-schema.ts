import * as z from 'zod'
import { urns } from '../urns.js'
import type { ListResponse } from './list-response.js'
import { messageUrnSchema } from './message-urn-schema.js'

/**
 * Makes the zod validator of an answer to a query. Members that are `null` count as left out.
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
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given
  const entries = Object.entries(given)
  if (entries.every(([, value]) => value !== null)) return given
  return Object.fromEntries(entries.filter(([, value]) => value !== null))
}
