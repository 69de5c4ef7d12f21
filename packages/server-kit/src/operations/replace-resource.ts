import { checkMutability } from '@scimkit/core/schema'
import { sameJson } from '../json.js'
import { checkChange } from '../request/check-change.js'
import { checkPrecondition } from '../request/check-precondition.js'
import { readBody } from '../request/read-body.js'
import { readProjection } from '../request/read-projection.js'
import { type GivenResource, readResource } from '../request/read-resource.js'
import type { ResourceContext, ScimResponse } from '../request-context.js'
import { respondWithResource } from '../response/respond-with-resources.js'
import type { ResourceStore, StoredResource } from '../store.js'
import { findMembers } from '../write/find-members.js'
import { raiseVersion } from '../write/raise-version.js'
import { requireResource } from '../write/require-resource.js'
import { preparePassword, setPassword } from '../write/set-password.js'
import { writeAgain } from '../write/write-again.js'
import { checkDisplays } from '../write/write-members.js'
import { carryOver } from './carry-over.js'

/**
 * `PUT /Users/{id}`
 *
 * @param context Request whose body is the resource as it shall be.
 * @param id Id as the path names it; one in the body is not looked at.
 * @returns 200 with the whole resource; the version stays when nothing changed.
 * @throws {ScimError} 400 for the body, 404, 409 `uniqueness`, 412.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.1
 */
export async function replaceResource(context: ResourceContext, id: string): Promise<ScimResponse> {
  const { served } = context
  readProjection(context, context.parameters) // wrong parameters are refused before anything is written
  const body = await readBody(context.incoming, context.service.limits)
  const given = readResource(context, body, 'replace')
  const projection = readProjection(context, context.parameters, given.written)
  const replaced = await writeAgain(context, (store) => replaceOnce(context, id, given, store), {
    id,
    atomic: served.members !== undefined || given.password !== undefined,
  })
  return respondWithResource(context, replaced, { status: 200, projection })
}

async function replaceOnce(
  context: ResourceContext,
  id: string,
  given: GivenResource,
  store: ResourceStore,
): Promise<StoredResource> {
  const { served } = context
  const current = await requireResource(context, id, store)
  checkPrecondition(context.incoming, current.meta.version)
  if (given.faulty) checkChange(served.definition, given.faulty, current, context.reading)
  checkMutability(served.definition, current, given.checked)
  const keep = context.service.options.omittedOnReplace ?? 'clear'
  const next = { ...carryOver(served.definition, current, given, keep), id: current.id, meta: current.meta }
  const storeContext = context.storeContext
  const hash = preparePassword(context, given.password)
  const unchanged = sameJson(current, next) && given.password === undefined
  const stored = unchanged
    ? current
    : await store.replace(storeContext, current, { ...next, meta: raiseVersion(current.meta, context.now) })
  await setPassword(context, id, hash)
  if (!served.members || (keep === 'keep' && !('members' in given.checked))) return stored
  const members = await findMembers(context, given.members ?? [], store)
  const change = await store.members?.replace(storeContext, id, members, { now: context.now })
  return change ? { ...stored, meta: checkDisplays(context, change).meta } : stored
}
