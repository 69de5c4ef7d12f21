import { readBody } from '../request/read-body.js'
import { readProjection } from '../request/read-projection.js'
import { type GivenResource, readResource } from '../request/read-resource.js'
import type { ResourceContext, ScimResponse } from '../request-context.js'
import { respondWithResource } from '../response/respond-with-resources.js'
import type { ResourceStore, StoredResource } from '../store.js'
import { findMembers } from '../write/find-members.js'
import { runWrite } from '../write/run-write.js'
import { preparePassword, setPassword } from '../write/set-password.js'
import { makeId } from './make-id.js'

/**
 * `POST /Users`
 *
 * @param context Request whose body is the resource.
 * @returns 201 with the resource, its location and version.
 * @throws {ScimError} 400 for the body, 409 `uniqueness`.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.3
 */
export async function createResource(context: ResourceContext): Promise<ScimResponse> {
  readProjection(context, context.parameters) // wrong parameters are refused before anything is written
  const body = await readBody(context.incoming, context.service.limits)
  const given = readResource(context, body, 'create')
  const projection = readProjection(context, context.parameters, given.written)
  const created = await storeResource(context, given)
  return await respondWithResource(context, created, {
    status: 201,
    projection: { ...projection, groups: undefined }, // nobody is in a group before there is anybody
  })
}

function storeResource(context: ResourceContext, given: GivenResource): Promise<StoredResource> {
  const { served } = context
  const { store } = served
  const resource = newResource(context, given)
  const storeContext = context.storeContext
  const hasPassword = given.password !== undefined && context.service.options.hooks?.setPassword !== undefined
  const { hooks, references } = context.service
  if (!hasPassword && !given.members && !hooks && !references) return store.create(storeContext, resource)
  const work = async (inside: ResourceStore): Promise<StoredResource> => {
    const members = given.members && (await findMembers(context, given.members, inside))
    const hash = preparePassword(context, given.password)
    const created = await inside.create(storeContext, resource)
    await setPassword(context, created.id, hash)
    const change = members && (await inside.members?.add(storeContext, created.id, members, { now: context.now }))
    return change ? { ...created, meta: change.meta } : created
  }
  return runWrite(context, work, { atomic: true })
}

function newResource(context: ResourceContext, given: GivenResource): StoredResource {
  const { served } = context
  return {
    schemas: given.schemas,
    id: makeId(context.service),
    ...given.attributes,
    meta: { resourceType: served.definition.name, created: context.now, lastModified: context.now, version: '1' },
  }
}
