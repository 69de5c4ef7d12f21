import { ScimError } from '@scimkit/core/schema'
import type { PasswordChange } from '../request/read-resource.js'
import type { ResourceContext } from '../request-context.js'
import { findWrite } from './hooked-write.js'
import { runWithin } from './run-within.js'

/**
 * Makes the change of a password ready for {@link setPassword}, before anything is written.
 *
 * @param context Request that asks for it.
 * @param password The change, a password in clear text.
 * @returns The change, with what is to be kept of the password.
 * @throws {ScimError} 400 `invalidValue` for an empty password, `mutability` where the application removes none.
 * @throws {Unprepared} While the application has not hashed it yet.
 */
export function preparePassword(context: ResourceContext, password: PasswordChange): PasswordChange {
  const { service } = context
  const write = findWrite(context)
  // Neither a password nor a way to ask for its removal: serialisers write it for "nothing".
  if (password === '') throw refusal('invalidValue', 'password must not be empty; leave it out to keep it')
  if (password === null && !service.options.hooks?.removePassword) {
    throw refusal('mutability', 'password cannot be removed from this service provider; set another')
  }
  if (password === undefined || !write) return password
  write.hasPassword = true
  const hash = service.hooks?.hashPassword
  if (!hash || password === null) return password
  return write.requireHash(password, (text) =>
    runWithin(service.limits.hookTimeout, 'hooks.hashPassword', () => hash(text, context.storeContext)),
  )
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
  const storeContext = context.storeContext
  // A hook that hangs would hold up every other writer with its transaction.
  if (password === null && remove) {
    await runWithin(limits.hookTimeout, 'hooks.removePassword', () => remove(storeContext, id))
  } else if (typeof password === 'string' && set) {
    await runWithin(limits.hookTimeout, 'hooks.setPassword', () => set(storeContext, id, password))
  }
}

function refusal(scimType: 'invalidValue' | 'mutability', detail: string): ScimError {
  return new ScimError(400, detail, { scimType })
}
