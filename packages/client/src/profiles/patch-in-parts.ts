import type { PatchOperation } from '@scimkit/core/schema'
import { ScimPartialPatchError, ScimTransportError } from '../transport/errors.js'

/**
 * Sends a PATCH in parts, one after the other.
 *
 * @param parts Operations of each part.
 * @param send Sends a part; its number counts from 0.
 * @param signal Whose abortion ends the call with the signal's own reason.
 * @returns What the last part was answered with.
 * @throws {ScimPartialPatchError} When a part after the first fails. The first one's failure is thrown as it is.
 */
export async function patchInParts<T>(
  parts: readonly (readonly PatchOperation[])[],
  send: (part: readonly PatchOperation[], number: number) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T | undefined> {
  let last: T | undefined
  for (const [number, part] of parts.entries()) {
    try {
      last = await send(part, number)
    } catch (cause) {
      signal?.throwIfAborted()
      const unknown = cause instanceof ScimTransportError && cause.outcome === 'unknown' ? part : []
      if (number === 0) throw cause
      throw new ScimPartialPatchError(cause, {
        applied: parts.slice(0, number).flat(),
        unknown,
        notApplied: parts.slice(unknown === part ? number + 1 : number).flat(),
      })
    }
  }
  return last
}
