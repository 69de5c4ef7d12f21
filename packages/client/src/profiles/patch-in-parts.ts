import type { PatchOperation } from '@scimkit/core/schema'
import { ScimPartialPatchError, ScimTransportError } from '../transport/errors.js'

/**
 * Sends a PATCH in parts, one after the other.
 *
 * @param parts Operations of each part.
 * @param send Sends a part; its index is 0-based.
 * @param signal Ends the call with its reason.
 * @returns What `send` returned for the last part.
 * @throws {ScimPartialPatchError} When a part after the first fails. The first one's failure is thrown as it is.
 */
export async function patchInParts<T>(
  parts: readonly (readonly PatchOperation[])[],
  send: (part: readonly PatchOperation[], index: number) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T | undefined> {
  let last: T | undefined
  for (const [index, part] of parts.entries()) {
    try {
      last = await send(part, index)
    } catch (cause) {
      signal?.throwIfAborted()
      const unknown = cause instanceof ScimTransportError && cause.outcome === 'unknown' ? part : []
      if (index === 0) throw cause
      throw new ScimPartialPatchError(cause, {
        applied: parts.slice(0, index).flat(),
        unknown,
        notApplied: parts.slice(unknown === part ? index + 1 : index).flat(),
      })
    }
  }
  return last
}
