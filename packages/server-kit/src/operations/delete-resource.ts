import { checkPrecondition } from '../request/check-precondition.js'
import type { RequestContext } from '../request-context.js'
import type { ResourceStore } from '../resource-store.js'
import type { Answer } from '../response/answer.js'
import type { ServedResource } from '../served-resource.js'
import { requireResource } from './require-resource.js'
import { writeAgain } from './write-again.js'

/**
 * `DELETE /Users/{id}`
 *
 * @param context Request, with or without `If-Match`.
 * @param served Resource type.
 * @param id Id as the path names it.
 * @returns 204; the resource is gone from every group as well.
 * @throws {ScimError} 404, 412.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.6
 */
export async function deleteResource(context: RequestContext, served: ServedResource, id: string): Promise<Answer> {
  const { groups } = context.service
  const inside = groups.filter((group) => group.store === served.store)
  const outside = groups.filter((group) => group.store !== served.store)
  await writeAgain(
    context,
    served,
    async (store) => {
      const current = await requireResource(context, served, id, store)
      checkPrecondition(context.incoming, current.meta.version)
      await store.delete(context.storeContext(served), current)
      for (const group of inside) await forget(context, group, id, store)
    },
    { atomic: inside.length > 0, decided: context.incoming.isUndo },
  )
  for (const group of outside) {
    await writeAgain(context, group, (store) => forget(context, group, id, store), { atomic: false, decided: true })
  }
  return { status: 204, headers: {} }
}

async function forget(context: RequestContext, group: ServedResource, id: string, store: ResourceStore): Promise<void> {
  await store.members?.forget(context.storeContext(group), id, context.now)
}
