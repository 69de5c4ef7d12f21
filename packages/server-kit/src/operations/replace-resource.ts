import { checkMutability } from '@scimkit/core/internal'
import { sameJson } from '../json.js'
import { checkChange } from '../request/check-change.js'
import { readBody } from '../request/read-body.js'
import { readProjection } from '../request/read-projection.js'
import { type GivenResource, readResource } from '../request/read-resource.js'
import { respondWithResource } from '../response/respond-with-resources.js'
import type { ResourceContext, ScimResponse } from '../service/request-context.js'
import type { StoredResource } from '../store/resource-store.js'
import { type ResourceChange, writeResource } from '../write/write-resource.js'
import { carryOver } from './carry-over.js'

/**
 * `PUT /Users/{id}`
 *
 * @param context Request whose body is the new resource.
 * @param id Id as the path names it; one in the body is ignored.
 * @returns 200 with the whole resource; the version stays when nothing changed.
 * @throws {ScimError} 400 for the body, 404, 409 `uniqueness`, 412.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.1
 */
export async function replaceResource(context: ResourceContext, id: string): Promise<ScimResponse> {
  readProjection(context, context.parameters) // wrong parameters are refused before anything is written
  const body = await readBody(context.incoming, context.service.limits)
  const given = readResource(context, body, 'replace')
  const projection = readProjection(context, context.parameters, given.written)
  const replaced = await writeResource<StoredResource>(context, {
    id,
    atomic: context.served.members !== undefined || given.password !== undefined,
    change: (current) => replaceWith(context, given, current),
    mentions: given.members,
  })
  return respondWithResource(context, replaced, { status: 200, projection })
}

/** @returns The resource afterwards; what the request cannot take away stays. */
function replaceWith(context: ResourceContext, given: GivenResource, current: StoredResource): ResourceChange {
  const { definition, members } = context.served
  if (given.faulty) checkChange(definition, given.faulty, current, context.reading)
  checkMutability(definition, current, given.checked)
  const omitted = context.service.options.omittedOnReplace ?? 'clear'
  const next = { ...carryOver(definition, current, given, omitted), id: current.id, meta: current.meta }
  const keepsMembers = !members || (omitted === 'keep' && !('members' in given.checked))
  return {
    next: sameJson(current, next) ? current : next,
    password: given.password,
    memberList: keepsMembers ? undefined : (given.members ?? []),
  }
}
