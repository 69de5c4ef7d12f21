import type { PatchOperation } from '@scimkit/core/schema'
import { comparesReturned } from '../patch/mutability.js'
import { findProjection } from '../request/read-projection.js'
import type { ResourceContext } from '../request-context.js'
import { completeResources } from '../response/complete-resources.js'
import { requireResource } from '../write/require-resource.js'

/**
 * Reads `meta` and `groups` as an answer carries them, for a PATCH request that sends them back: clients write whole
 * resources, and the store holds neither `meta.location` nor the groups of a user.
 *
 * @param context Request with its tenant and rules.
 * @param id Id as the path names it.
 * @param operations Operations of the request.
 * @returns What the client was shown; `undefined` when no operation names it, or none of it may be sent back.
 * @throws {ScimError} 404.
 */
export async function readReturned(
  context: ResourceContext,
  id: string,
  operations: readonly PatchOperation[],
): Promise<object | undefined> {
  const { served } = context
  if (!comparesReturned(context.service.compatibility) || !operations.some(namesReturned)) return undefined
  const stored = await requireResource(context, id)
  const projection = findProjection(served.definition, { attributes: ['meta', 'groups'] })
  const [returned] = await completeResources(context, [stored], projection)
  return returned
}

function namesReturned({ path, value }: PatchOperation): boolean {
  const names = path === undefined ? Object.keys(Object(value)) : [path]
  return names.some((name) => /(?:^|:)(?:meta|groups)\b/i.test(name))
}
