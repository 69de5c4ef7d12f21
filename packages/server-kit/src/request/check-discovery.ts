import { ScimError } from '@scimkit/core/schema'
import type { RequestContext } from '../request-context.js'

/**
 * Refuses a filter on a discovery endpoint; sorting and paging parameters are passed over there.
 *
 * @param context Request of a discovery endpoint.
 * @throws {ScimError} 403.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-4
 */
export function checkDiscovery(context: RequestContext): void {
  if (context.parameters.filter !== undefined) {
    throw new ScimError(403, 'Discovery endpoints cannot be filtered; leave the filter out')
  }
}
