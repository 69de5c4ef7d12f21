import { readBody } from '../request/read-body.js'
import { readProjection } from '../request/read-projection.js'
import { type GivenResource, readResource } from '../request/read-resource.js'
import { respondWithResource } from '../response/respond-with-resources.js'
import type { ResourceContext, ScimResponse } from '../service/request-context.js'
import type { Service } from '../service/service.js'
import type { StoredResource } from '../store/resource-store.js'
import { writeResource } from '../write/write-resource.js'

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
  const { service } = context
  const hasPassword = given.password !== undefined && service.options.hooks?.setPassword !== undefined
  const next = newResource(context, given)
  const created = await writeResource<undefined>(context, {
    atomic: hasPassword || given.members !== undefined || service.references !== undefined,
    change: () => ({ next, password: given.password, memberList: given.members }),
    mentions: given.members,
  })
  return await respondWithResource(context, created, {
    status: 201,
    projection: { ...projection, groups: undefined }, // a new resource is not in a group yet
  })
}

function newResource(context: ResourceContext, given: GivenResource): StoredResource {
  const { service, served, now } = context
  return {
    schemas: given.schemas,
    id: makeId(service),
    ...given.attributes,
    meta: { resourceType: served.definition.name, created: now, lastModified: now, version: '1' },
  }
}

/** Longest id, in UTF-16 units: percent-encoded it must still fit into a URL. */
const maxIdLength = 1024

/**
 * Makes the id of a new resource, and refuses one that no request could name again. The error says what is wrong with the
 * id and what to do, never the id itself; the response is 500.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-3.1
 */
function makeId(service: Service): string {
  const id: unknown = service.createId()
  const fault = findFault(id)
  if (fault === undefined) return id as string // findFault takes texts alone
  throw new TypeError(
    `createId gave an id that ${fault}; make ids as crypto.randomUUID() does, or encode what they are made of`,
  )
}

function findFault(id: unknown): string | undefined {
  if (typeof id !== 'string') return 'is not a text'
  if (id === '') return 'is empty'
  if (id.length > maxIdLength) return `is longer than ${maxIdLength} characters`
  if (id.includes('/')) return 'holds a slash, which ends a segment of a URL'
  if (id.includes('\0') || /\p{Surrogate}/u.test(id)) return 'holds a character that no URL can carry'
  if (id === '.' || id === '..' || id === '.search') return 'means something else in a URL'
  return id.includes('bulkId') ? 'holds the text bulkId, which is reserved' : undefined
}
