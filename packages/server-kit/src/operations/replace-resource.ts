import { checkMutability } from '@scimkit/core/schema'
import { sameJson } from '../json.js'
import { checkChange } from '../request/check-change.js'
import { checkPrecondition } from '../request/check-precondition.js'
import { readBody } from '../request/read-body.js'
import { readProjection } from '../request/read-projection.js'
import { type GivenResource, readResource } from '../request/read-resource.js'
import type { RequestContext } from '../request-context.js'
import type { Answer } from '../response/answer.js'
import { answerResource } from '../response/answer-resource.js'
import type { ServedResource } from '../service/served-resource.js'
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
 * @param served Resource type.
 * @param id Id as the path names it; one in the body is not looked at.
 * @returns 200 with the whole resource; the version stays when nothing changed.
 * @throws {ScimError} 400 for the body, 404, 409 `uniqueness`, 412.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.5.1
 */
export async function replaceResource(context: RequestContext, served: ServedResource, id: string): Promise<Answer> {
  readProjection(context, served, context.parameters) // wrong parameters are refused before anything is written
  const body = await readBody(context.incoming, context.service.limits)
  const given = readResource(context, served, body, 'replace')
  const projection = readProjection(context, served, context.parameters, given.written)
  const replaced = await writeAgain(context, served, (store) => replaceOnce(context, served, id, given, store), {
    id,
    atomic: served.members !== undefined || given.password !== undefined,
  })
  return answerResource(context, served, replaced, { status: 200, projection })
}

async function replaceOnce(
  context: RequestContext,
  served: ServedResource,
  id: string,
  given: GivenResource,
  store: ResourceStore,
): Promise<StoredResource> {
  const current = await requireResource(context, served, id, store)
  checkPrecondition(context.incoming, current.meta.version)
  if (given.faulty) checkChange(served.definition, given.faulty, current, context.reading)
  checkMutability(served.definition, current, given.checked)
  const keep = context.service.options.omittedOnReplace ?? 'clear'
  const next = { ...carryOver(served.definition, current, given, keep), id: current.id, meta: current.meta }
  const storeContext = context.storeContext(served)
  const hash = preparePassword(context, served, given.password)
  const unchanged = sameJson(current, next) && given.password === undefined
  const stored = unchanged
    ? current
    : await store.replace(storeContext, current, { ...next, meta: raiseVersion(current.meta, context.now) })
  await setPassword(context, served, id, hash)
  if (!served.members || (keep === 'keep' && !('members' in given.checked))) return stored
  const members = await findMembers(context, served, given.members ?? [], store)
  const change = await store.members?.replace(storeContext, id, members, { now: context.now })
  return change ? { ...stored, meta: checkDisplays(context, change).meta } : stored
}
