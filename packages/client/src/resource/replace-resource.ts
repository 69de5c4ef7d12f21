import type { JsonObject } from '@scimkit/core/internal'
import type { CallResponse } from '../transport/call.js'
import { statusOf } from '../transport/outcome.js'
import type { RequestOptions } from '../transport/request-options.js'
import { type ResourceContext, schemasOf } from './context.js'
import { getResource } from './get-resource.js'
import type { ReceivedResource } from './read-resource.js'
import { receiveWritten, sendWrite, write } from './write-target.js'

/**
 * Replaces a resource.
 *
 * @param context Context of the resource type.
 * @param id Id of the resource.
 * @param input The new resource; `schemas` may be missing.
 * @param options Options of the call.
 * @returns The resource as the server has it now.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.1
 */
export async function replaceResource(
  context: ResourceContext,
  id: string,
  input: JsonObject,
  options: RequestOptions,
): Promise<ReceivedResource> {
  const body = { ...input, schemas: schemasOf(context, input) }
  return write(context, id, options, async (target) => {
    const settle = async (error: unknown): Promise<CallResponse | undefined> => {
      if (statusOf(error) !== 412) return undefined
      const { findReplaced } = await import('./find-applied.js')
      return findReplaced(target, body, error)
    }
    const response = await sendWrite(target, { method: 'PUT', body, settle })
    return (await receiveWritten(target, response)) ?? getResource(context, id, options, target.scope)
  })
}
