import type { RequestContext } from '../request-context.js'
import type { ServedResource } from '../served-resource.js'

/**
 * Hands a password to the application; without a hook it is dropped.
 *
 * @param context Request that set it.
 * @param served Resource type.
 * @param id Id of the resource.
 * @param password Password in clear text; nothing happens without one.
 */
export async function setPassword(
  context: RequestContext,
  served: ServedResource,
  id: string,
  password: string | undefined,
): Promise<void> {
  if (password !== undefined)
    await context.service.options.hooks?.setPassword?.(context.storeContext(served), id, password)
}
