import { ScimError } from '@scimkit/core/schema'
import { isConditional } from '../request/check-precondition.js'
import type { ResourceContext } from '../request-context.js'
import type { ResourceStore } from '../store.js'
import { runWrite, type WriteOptions } from './run-write.js'

const mostTries = 10

/**
 * Carries out a write that reads first. When another write came between, it reads and writes again; a client that
 * named a version resolves the race itself.
 *
 * @param context Request with or without conditional headers.
 * @param attempt The reading and the writing, on the store it is given; it may run several times.
 * @param options Whether all writes of an attempt must happen or none, and whether hooks may refuse them.
 * @returns What the attempt that came through returned.
 * @throws {ScimError} 412 with a conditional header, 503 after ten lost races, and whatever else the attempt threw.
 */
export async function writeAgain<R>(
  context: ResourceContext,
  attempt: (store: ResourceStore) => Promise<R>,
  options: WriteOptions,
): Promise<R> {
  let lost: unknown
  for (let tries = 0; tries < mostTries; tries++) {
    try {
      // Who lost once writes within a transaction, which nobody can come between on a store that has them in turn.
      return await runWrite(context, attempt, { ...options, atomic: options.atomic || tries > 0 })
    } catch (error) {
      if (!ScimError.is(error) || error.status !== 412 || isConditional(context.incoming)) throw error
      lost = error
    }
  }
  throw new ScimError(503, 'The resource is being changed by too many others; try again', { cause: lost })
}
