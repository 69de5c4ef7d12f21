import * as z from 'zod'
import { foldCase } from '../text/fold-case.js'

/**
 * Makes the zod schema of a message's `schemas`: a list that names the message, in any case.
 *
 * @param urn URN of the message.
 * @returns The schema; other URNs beside it are let pass.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.1
 */
export function messageUrnSchema(urn: string): z.ZodType<string[]> {
  const folded = foldCase(urn)
  return z
    .array(z.string())
    .refine((schemas) => schemas.some((name) => foldCase(name) === folded), { error: `must name ${urn}` })
}
