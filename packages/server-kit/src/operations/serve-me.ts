import { ScimError } from '@scimkit/core/schema'
import type { RequestContext } from '../request-context.js'
import type { Answer } from '../response/answer.js'
import { locationOf } from '../response/complete-resources.js'
import type { ServedResource } from '../service/served-resource.js'
import { deleteResource } from './delete-resource.js'
import { getResource } from './get-resource.js'
import { patchResource } from './patch-resource.js'
import { replaceResource } from './replace-resource.js'

type OnResource = (context: RequestContext, served: ServedResource, id: string) => Promise<Answer>
type OnMe = (context: RequestContext) => Promise<Answer>

/**
 * `GET /Me`, as the other operations of `/Me` that of the User that the caller's `userId` names. The answer tells the
 * permanent address in `Location`. There is no POST: whom a new resource belongs to, only the application can say.
 *
 * @throws {ScimError} 501 where the caller has no `userId` or no users are served; 404 when there is no such User;
 * otherwise what the operation on the User throws.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.11
 */
export const getMe: OnMe = onMe(getResource)

/** `PUT /Me`, see {@link getMe}. */
export const replaceMe: OnMe = onMe(replaceResource)

/** `PATCH /Me`, see {@link getMe}. */
export const patchMe: OnMe = onMe(patchResource)

/** `DELETE /Me`, see {@link getMe}. */
export const deleteMe: OnMe = onMe(deleteResource)

function onMe(operation: OnResource): OnMe {
  return async (context) => {
    const { userId } = context.principal
    const served = context.service.byName.get('User')
    if (userId === undefined || !served) {
      throw new ScimError(501, '/Me is not supported by this service provider for these credentials')
    }
    context.isMe = true
    const answer = await operation(context, served, userId)
    answer.headers.location = locationOf(context, served, userId)
    return answer
  }
}
