import { badRequest } from '../bad-request.js'
import type { PasswordChange } from '../request/read-resource.js'
import type { ResourceContext } from '../service/request-context.js'
import type { WriteAttempt } from './attempt-write.js'
import type { Preparation } from './hooked-write.js'
import { runWithin } from './run-within.js'

/**
 * Makes the change of a password ready for {@link setPassword}, before anything is written.
 *
 * @param attempt Attempt at the write.
 * @param password The change, a password in clear text.
 * @returns The change, with what is to be kept of the password; or what the application has to do first.
 * @throws {ScimError} 400 `invalidValue` for an empty password, `mutability` where the application removes none.
 */
export function preparePassword(
  { context, hooks }: WriteAttempt,
  password: PasswordChange,
): PasswordChange | Preparation {
  // Neither a password nor a way to ask for its removal: serialisers write it for "nothing".
  if (password === '') throw badRequest('invalidValue', 'password must not be empty; leave it out to keep it')
  if (password === null && !context.service.options.hooks?.removePassword) {
    throw badRequest('mutability', 'password cannot be removed from this service provider; set another')
  }
  return typeof password === 'string' && hooks ? hooks.hash(password) : password
}

/**
 * Hands the change of a password to the application; a password is dropped where it takes none.
 *
 * @param context Request that asks for it.
 * @param id Id of the resource.
 * @param password The change as {@link preparePassword} gives it.
 */
export async function setPassword(context: ResourceContext, id: string, password: PasswordChange): Promise<void> {
  const { options, limits } = context.service
  const { setPassword: set, removePassword: remove } = options.hooks ?? {}
  const { storeContext } = context
  // A hook that hangs would hold up every other writer with its transaction.
  if (password === null && remove) {
    await runWithin(limits.hookTimeout, 'hooks.removePassword', () => remove(storeContext, id))
  } else if (typeof password === 'string' && set) {
    await runWithin(limits.hookTimeout, 'hooks.setPassword', () => set(storeContext, id, password))
  }
}
