import type { Projection } from '../request/read-projection.js'
import type { ResourceContext } from '../service/request-context.js'
import type { ServedResource } from '../service/served-resource.js'
import type { StoredResource } from '../store/resource-store.js'
import { completeResources } from './complete-resources.js'
import { readGroups } from './read-groups.js'

/**
 * Completes stored resources for a response, or takes the text that an earlier response made of them.
 *
 * @param context Request that is answered.
 * @param resources Resources of one page, as stored.
 * @param projection Which attributes the response carries.
 * @returns Each resource for the wire, in the same order: an object, or JSON text.
 */
export function renderResources(
  context: ResourceContext,
  resources: readonly StoredResource[],
  projection: Projection,
): Promise<readonly (object | string)[]> {
  const { served } = context
  const { store, hasMembers } = served
  if (!store.immutable || hasMembers || !projection.isDefault) {
    return completeResources(context, resources, projection)
  }
  return recallResources(context, resources, projection)
}

async function recallResources(
  context: ResourceContext,
  resources: readonly StoredResource[],
  projection: Projection,
): Promise<readonly string[]> {
  const { served } = context
  const { baseUrl } = context
  const remembered = textsOf(served)
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

/** Which groups a resource is in is not part of its own state, and changes without it. */
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

interface Remembered {
  readonly baseUrl: string
  readonly text: string
}

/** UTF-16 units of a generation's texts; two generations are kept. */
const generationSize = 4_000_000

/** UTF-16 units beyond which a text is not worth what it would drive out. */
const longestText = 40_000

const texts = new WeakMap<ServedResource, RememberedTexts>()

function textsOf(served: ServedResource): RememberedTexts {
  const known = texts.get(served) ?? new RememberedTexts()
  texts.set(served, known)
  return known
}

/**
 * JSON texts of stored resources as responses without parameters carry them, so that a resource which is read again and
 * again is completed, projected and written once. Only for stores whose resources never change: another version is
 * another object. What was not asked for during a whole generation is forgotten.
 */
class RememberedTexts {
  #recent = new Map<StoredResource, Remembered>()
  #older: ReadonlyMap<StoredResource, Remembered> = new Map()
  #size = 0

  /**
   * @param stored Resource as stored.
   * @param baseUrl URL of the service root that the response speaks of.
   * @returns The text; `undefined` when there is none for this URL.
   */
  find(stored: StoredResource, baseUrl: string): string | undefined {
    const recent = this.#recent.get(stored)
    const found = recent ?? this.#older.get(stored)
    if (found?.baseUrl !== baseUrl) return undefined
    if (!recent) this.#add(stored, found)
    return found.text
  }

  /**
   * @param stored Resource as stored.
   * @param baseUrl URL of the service root that the text speaks of.
   * @param text JSON text, without anything that another resource decides.
   */
  remember(stored: StoredResource, baseUrl: string, text: string): void {
    if (text.length <= longestText) this.#add(stored, { baseUrl, text })
  }

  #add(stored: StoredResource, remembered: Remembered): void {
    this.#size += remembered.text.length
    if (this.#size > generationSize) {
      this.#older = this.#recent
      this.#recent = new Map()
      this.#size = remembered.text.length
    }
    this.#recent.set(stored, remembered)
  }
}
