import { readBody } from '../request/read-body.js'
import { readProjection } from '../request/read-projection.js'
import { type GivenResource, readResource } from '../request/read-resource.js'
import type { RequestContext } from '../request-context.js'
import type { Answer } from '../response/answer.js'
import { answerResource } from '../response/answer-resource.js'
import type { ServedResource } from '../service/served-resource.js'
import type { ResourceStore, StoredResource } from '../store.js'
import { findMembers } from '../write/find-members.js'
import { runWrite } from '../write/run-write.js'
import { preparePassword, setPassword } from '../write/set-password.js'
import { makeId } from './make-id.js'

/**
 * `POST /Users`
 *
 * @param context Request whose body is the resource.
 * @param served Resource type.
 * @returns 201 with the resource, its location and version.
 * @throws {ScimError} 400 for the body, 409 `uniqueness`.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.3
 */
export async function createResource(context: RequestContext, served: ServedResource): Promise<Answer> {
  readProjection(context, served, context.parameters) // wrong parameters are refused before anything is written
  const body = await readBody(context.incoming, context.service.limits)
  const given = readResource(context, served, body, 'create')
  const projection = readProjection(context, served, context.parameters, given.written)
  const created = await storeResource(context, served, given)
  return await answerResource(context, served, created, {
    status: 201,
    projection: { ...projection, groups: undefined }, // nobody is in a group before there is anybody
  })
}

function storeResource(context: RequestContext, served: ServedResource, given: GivenResource): Promise<StoredResource> {
  const { store } = served
  const resource = newResource(context, served, given)
  const storeContext = context.storeContext(served)
  const hasPassword = given.password !== undefined && context.service.options.hooks?.setPassword !== undefined
  const { hooks, references } = context.service
  if (!hasPassword && !given.members && !hooks && !references) return store.create(storeContext, resource)
  const work = async (inside: ResourceStore): Promise<StoredResource> => {
    const members = given.members && (await findMembers(context, served, given.members, inside))
    const hash = preparePassword(context, served, given.password)
    const created = await inside.create(storeContext, resource)
    await setPassword(context, served, created.id, hash)
    const change = members && (await inside.members?.add(storeContext, created.id, members, { now: context.now }))
    return change ? { ...created, meta: change.meta } : created
  }
  return runWrite(context, served, work, { atomic: true })
}

function newResource(context: RequestContext, served: ServedResource, given: GivenResource): StoredResource {
  return {
    schemas: given.schemas,
    id: makeId(context.service),
    ...given.attributes,
    meta: { resourceType: served.definition.name, created: context.now, lastModified: context.now, version: '1' },
  }
}
