import { ScimError } from '@scimkit/core/schema'
import { locationOf } from '../request/location.js'
import type { RequestContext, ResourceContext, ScimResponse } from '../service/request-context.js'
import { deleteResource } from './delete-resource.js'
import { getResource } from './get-resource.js'
import { patchResource } from './patch-resource.js'
import { replaceResource } from './replace-resource.js'

type OnResource = (context: ResourceContext, id: string) => Promise<ScimResponse>
type OnMe = (context: RequestContext) => Promise<ScimResponse>

/**
 * `GET /Me`, as the other operations of `/Me` that of the User that the caller's `userId` names. The response tells the
 * permanent address in `Location`.
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

/** `POST /Me`: only the application could say whom a new resource belongs to. */
export const postMe: OnMe = async () => {
  throw new ScimError(501, 'POST to /Me is not supported by this service provider')
}

function onMe(operation: OnResource): OnMe {
  return async (context) => {
    const { userId } = context.principal
    const served = context.service.byName.get('User')
    if (userId === undefined || !served) {
      throw new ScimError(501, '/Me is not supported by this service provider for these credentials')
    }
    const own = context.for(served, { isMe: true })
    const answer = await operation(own, userId)
    answer.headers.location = locationOf(context, served, userId)
    return answer
  }
}
