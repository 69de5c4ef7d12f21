import { ScimError } from '@scimkit/core/schema'
import { loadOnUse } from '../load-on-use.js'
import { checkPrecondition } from '../request/check-precondition.js'
import type { ResourceContext, ScimResponse } from '../request-context.js'
import type { ResourceStore } from '../store.js'
import { requireResource } from '../write/require-resource.js'
import { NotTold } from '../write/run-write.js'
import { writeAgain } from '../write/write-again.js'

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
  const { served } = context
  const { groups } = context.service
  const inside = groups.filter((group) => group.store === served.store)
  const outside = groups.filter((group) => group.store !== served.store)
  const remove = async (store: ResourceStore): Promise<void> => {
    const current = await requireResource(context, id, store)
    checkPrecondition(context.incoming, current.meta.version)
    await store.delete(context.storeContext, current)
    for (const group of inside) await forget(context.for(group), id, store)
  }
  const options = { atomic: inside.length > 0, decided: context.incoming.isUndo, id }
  const failure = await writeAgain(context, remove, options).catch((error: unknown) => ({ error }))
  if (failure && !(failure.error instanceof NotTold)) {
    const isGone = ScimError.is(failure.error) && failure.error.status === 404
    if (!isGone || !context.service.hooks || !(await tellDeleted(context, id))) throw failure.error
    return { status: 204, headers: {} }
  }
  for (const group of outside) {
    const within = context.for(group)
    await writeAgain(within, (store) => forget(within, id, store), { atomic: false, decided: true })
  }
  if (failure) throw failure.error
  return { status: 204, headers: {} }
}

/** A client whose deletion was answered 503 asks again, and the resource is gone by then. */
const tellDeleted = /* @__PURE__ */ loadOnUse(
  () => import('../write/tell-written.js'),
  (module, context: ResourceContext, id: string) => module.tellDeleted(context, id),
)

async function forget(context: ResourceContext, id: string, store: ResourceStore): Promise<void> {
  await store.members?.forget(context.storeContext, id, context.now)
}
