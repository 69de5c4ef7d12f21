import * as z from 'zod'
import { urns } from '../urns.js'
import { messageUrnSchema } from './message-urn-schema.js'
import type { PatchOp } from './patch-op.js'

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
