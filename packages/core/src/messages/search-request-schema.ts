import * as z from 'zod'
import { urns } from '../urns.js'
import { messageUrnSchema } from './message-urn-schema.js'
import type { SearchRequest } from './search-request.js'

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
