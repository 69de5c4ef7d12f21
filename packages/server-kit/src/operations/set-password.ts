import type { RequestContext } from '../request-context.js'
import type { ServedResource } from '../served-resource.js'

/**
 * Makes a password ready for {@link setPassword}, before anything is written.
 *
 * @param context Request that set it.
 * @param served Resource type.
 * @param password Password in clear text; nothing happens without one.
 * @returns What is to be kept of it.
 * @throws {Unprepared} While the application has not hashed it yet.
 */
export function preparePassword(
  context: RequestContext,
  served: ServedResource,
  password: string | undefined,
): string | undefined {
  const { write, service } = context
  if (password === undefined || !write) return password
  write.hasPassword = true
  const hash = service.hooks?.hashPassword
  return hash ? write.requireHash(password, (text) => hash(text, context.storeContext(served))) : password
}

/**
 * Hands a password to the application; without a hook it is dropped.
 *
 * @param context Request that set it.
 * @param served Resource type.
 * @param id Id of the resource.
 * @param password What is to be kept of it; nothing happens without one.
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
