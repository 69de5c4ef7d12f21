import type { CallResponse } from '../transport/call.js'
import { statusOf } from '../transport/outcome.js'
import type { RequestOptions } from '../transport/request-options.js'
import type { ResourceContext } from './context.js'
import { versionsOf } from './known-versions.js'
import { sendWrite, write } from './write-target.js'

/**
 * Deletes a resource.
 *
 * @param context Context of the resource type.
 * @param id Id of the resource.
 * @param options Options of the call.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.6
 */
export async function deleteResource(context: ResourceContext, id: string, options: RequestOptions): Promise<void> {
  await write(context, id, options, async (target) => {
    const settle = async (error: unknown) => (statusOf(error) === 404 ? alreadyGone() : undefined)
    await sendWrite(target, { method: 'DELETE', settle })
    versionsOf(context.connection).set(target.address.key, undefined)
  })
}

function alreadyGone(): CallResponse {
  const request = { method: 'DELETE', url: '', headers: {} }
  return { status: 204, headers: new Headers(), body: undefined, request }
}
