import { ScimError } from '@scimkit/core/schema'
import { loadOnUse } from '../load-on-use.js'
import type { ResourceContext, ScimResponse } from '../service/request-context.js'
import { NotTold } from '../write/not-told.js'
import { forgetMember, writeResource } from '../write/write-resource.js'

/**
 * `DELETE /Users/{id}`
 *
 * @param context Request, with or without `If-Match`.
 * @param id Id as the path names it.
 * @returns 204; the resource is gone from every group as well.
 * @throws {ScimError} 404, 412; 503 when the application could not be told, so that the client asks again.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.6
 */
export async function deleteResource(context: ResourceContext, id: string): Promise<ScimResponse> {
  const { groups } = context.service
  const leaves = groups.filter((group) => group.store === context.served.store)
  const elsewhere = groups.filter((group) => group.store !== context.served.store)
  const isDecided = context.incoming.isUndo
  const write = { id, atomic: leaves.length > 0, isDecided, change: () => ({ leaves }) }
  const failure = await writeResource(context, write).then(
    () => undefined,
    (error: unknown) => ({ error }),
  )
  if (failure && !(failure.error instanceof NotTold)) {
    if (!(await isDeletedNow(context, id, failure.error))) throw failure.error
    return { status: 204, headers: {} }
  }
  for (const group of elsewhere) await forgetMember(context.for(group), id)
  if (failure) throw failure.error
  return { status: 204, headers: {} }
}

/** A client whose deletion was answered 503 asks again, and the resource is gone by then. */
async function isDeletedNow(context: ResourceContext, id: string, error: unknown): Promise<boolean> {
  if (!ScimError.is(error) || error.status !== 404 || !context.service.hooks) return false
  return tellDeleted(context, id)
}

const tellDeleted = /* @__PURE__ */ loadOnUse(
  () => import('../write/tell-written.js'),
  (module, context: ResourceContext, id: string) => module.tellDeleted(context, id),
)
