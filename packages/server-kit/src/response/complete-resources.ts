import { toEntityTag } from '../request/check-precondition.js'
import { encodeId, locationOf } from '../request/location.js'
import type { Projection } from '../request/read-projection.js'
import type { RequestContext, ResourceContext } from '../service/request-context.js'
import type { Member, StoredResource } from '../store/resource-store.js'
import { fillDisplayNames, MissingName } from './fill-display-names.js'
import { LongMemberList, membersPerPage } from './long-member-list.js'
import { readGroups } from './read-groups.js'

type Wire = Record<string, unknown>

/**
 * Completes stored resources with what only the service provider knows, and reduces them to what the response carries:
 * `meta.location`, the entity tag, `$ref`, names of those referred to, the members of groups, the groups of users. Members beyond
 * what is held at once stay a {@link LongMemberList}, which `answerResources` reads.
 *
 * @param context Request that is answered.
 * @param resources Resources of one page, as stored.
 * @param projection Which attributes the response carries; members and groups that it leaves out are not read.
 * @returns The resources for the wire, in the same order.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-4.1.2
 */
export async function completeResources(
  context: ResourceContext,
  resources: readonly StoredResource[],
  projection: Projection,
): Promise<object[]> {
  const { served } = context
  const groups =
    projection.groups && served.hasGroups ? await readGroups(context, resources, projection.groups) : undefined
  const wires: object[] = []
  let naming = false
  let held = 0
  const { members: parts } = projection
  for (const stored of resources) {
    const wire = toWire(context, stored)
    if (served.references.length > 0) naming = addReferences(context, wire) || naming
    const elements = groups?.get(stored.id)
    if (elements) wire.groups = elements
    if (parts && served.members) held = await setMembers(context, wire, { parts, held })
    wires.push(projection.project(wire))
  }
  if (naming) await fillDisplayNames(context, wires)
  return wires
}

function toWire(context: ResourceContext, stored: StoredResource): Wire {
  const { served } = context
  const { meta, schemas } = stored
  return {
    ...stored,
    schemas: schemas.every((uri) => served.schemas.has(uri))
      ? schemas
      : schemas.filter((uri) => served.schemas.has(uri)),
    meta: {
      resourceType: meta.resourceType,
      created: meta.created,
      lastModified: meta.lastModified,
      location: locationOf(context, served, stored.id),
      version: toEntityTag(meta.version),
    },
  }
}

/** @returns Whether a name of a referred resource is still to be read. */
function addReferences(context: ResourceContext, wire: Wire): boolean {
  const { served } = context
  let naming = false
  for (const { extension, name, endpoint, displayName } of served.references) {
    const container = extension === undefined ? wire : wire[extension]
    if (!isObject(container) || container[name] === undefined) continue
    const value = refer(container[name], `${context.baseUrl}${endpoint}/`, displayName)
    if (extension === undefined) wire[name] = value
    else wire[extension] = { ...container, [name]: value }
    naming ||= displayName !== undefined
  }
  return naming
}

/** A returned `$ref` leads to the resource that `value` names, whatever the client once wrote there. */
function refer(value: unknown, prefix: string, displayName: string | undefined): unknown {
  if (Array.isArray(value)) return value.map((element) => refer(element, prefix, displayName))
  if (!isObject(value) || typeof value.value !== 'string' || value.value === '') return value
  const referring: Wire = { ...value, $ref: prefix + encodeId(value.value) }
  if (displayName !== undefined) referring[displayName] = new MissingName(value.value)
  return referring
}

/** Members that one response holds at once, all its groups together; what is more is read while the response is written. */
const mostHeld = 10_000

/** @returns Number of members that are held now. */
async function setMembers(
  context: ResourceContext,
  wire: Wire,
  { parts, held }: { readonly parts: ReadonlySet<string>; readonly held: number },
): Promise<number> {
  const { served } = context
  const groupId = String(wire.id)
  const first = { after: undefined, count: membersPerPage }
  const { members = [], next } = (await served.members?.page(context.storeContext, groupId, first)) ?? {}
  if (members.length === 0) return held
  if (next !== undefined || held + members.length > mostHeld) {
    wire.members = new LongMemberList(context, groupId, parts)
    return held
  }
  wire.members = members.map((member) => toMemberElement(context, member, parts))
  return held + members.length
}

function toMemberElement(
  context: RequestContext,
  { value, type, display }: Member,
  parts: ReadonlySet<string>,
): object {
  const endpoint = parts.has('$ref') ? context.service.byName.get(type)?.endpoint : undefined
  return {
    ...(parts.has('value') && { value }),
    ...(endpoint === undefined ? {} : { $ref: `${context.baseUrl}${endpoint}/${encodeId(value)}` }),
    ...(parts.has('type') && { type }),
    ...(display !== undefined && parts.has('display') && { display }),
  }
}

function isObject(value: unknown): value is Wire {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
