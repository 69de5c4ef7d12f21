import type { ResourceContext } from '../request-context.js'
import type { ServedResource } from '../service/served-resource.js'
import type { StoredResource } from '../store.js'
import { completeResources } from './complete-resources.js'
import type { Projection } from './projections.js'
import { readGroups } from './read-groups.js'
import type { RememberedTexts } from './remembered-texts.js'

/**
 * Completes stored resources for an answer, or takes the text that an earlier answer made of them.
 *
 * @param context Request that is answered.
 * @param resources Resources of one page, as stored.
 * @param projection Which attributes the answer carries.
 * @returns Each resource for the wire, in the same order: an object, or JSON text.
 */
export function writeResources(
  context: ResourceContext,
  resources: readonly StoredResource[],
  projection: Projection,
): Promise<readonly (object | string)[]> {
  const { served } = context
  const { remembered } = served
  if (!remembered || projection !== served.projections.plain) {
    return completeResources(context, resources, projection)
  }
  return recallResources(context, resources, remembered)
}

async function recallResources(
  context: ResourceContext,
  resources: readonly StoredResource[],
  remembered: RememberedTexts,
): Promise<readonly string[]> {
  const { served } = context
  const { baseUrl } = context
  const projection = served.projections.plain
  const known = resources.map((stored) => remembered.find(stored, baseUrl))
  const missing = resources.filter((_, index) => known[index] === undefined)
  const completed = missing.length > 0 ? await completeResources(context, missing, withoutGroups(projection)) : []
  const texts = completed.map((resource) => JSON.stringify(resource))
  for (const [index, stored] of missing.entries()) {
    if (!showsNames(served, stored)) remembered.remember(stored, baseUrl, texts[index] ?? '')
  }
  const groups =
    projection.groups && served.hasGroups ? await readGroups(context, resources, projection.groups) : undefined
  let made = 0
  return resources.map(({ id }, index) => {
    const text = known[index] ?? texts[made++] ?? ''
    const elements = groups?.get(id)
    return elements ? joinObjects(text, JSON.stringify(projection.project({ groups: elements }))) : text
  })
}

/** Who is in which group is no part of the resource's own state, and changes without it. */
function withoutGroups(projection: Projection): Projection {
  return { ...projection, groups: undefined }
}

/** A name of another resource changes without this one. */
function showsNames({ references }: ServedResource, stored: StoredResource): boolean {
  return references.some(({ extension, name, displayName }) => {
    if (displayName === undefined) return false
    const container = extension === undefined ? stored : stored[extension]
    return typeof container === 'object' && container !== null && name in container
  })
}

function joinObjects(left: string, right: string | undefined): string {
  return right === undefined || right === '{}' ? left : `${left.slice(0, -1)},${right.slice(1)}`
}
