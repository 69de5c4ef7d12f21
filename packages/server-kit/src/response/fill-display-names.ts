import type { RequestContext, ResourceContext } from '../service/request-context.js'
import type { ReferenceAttribute } from '../service/served-resource.js'

type Wire = Record<string, unknown>

/**
 * Writes the display names of referred resources, such as `manager.displayName`, into a response.
 *
 * @param context Request that is answered.
 * @param wires Projected resources, made for this response only; names that are a {@link MissingName} are read or,
 * when the referred resource is gone or nameless, left out.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-4.3
 */
export async function fillDisplayNames(context: ResourceContext, wires: readonly object[]): Promise<void> {
  const { served } = context
  for (const reference of served.references) {
    const { displayName } = reference
    if (displayName === undefined) continue
    const elements = wires.flatMap((wire) => findElements(wire as Wire, reference, displayName)) // made by completeResources
    if (elements.length === 0) continue
    const names = await readNames(context, reference, new Set(elements.map(([, { id }]) => id)))
    for (const [element, { id }] of elements) {
      const name = names.get(id)
      if (name === undefined) delete element[displayName]
      else element[displayName] = name
    }
  }
}

function findElements(
  wire: Wire,
  { extension, name }: ReferenceAttribute,
  displayName: string,
): (readonly [Wire, MissingName])[] {
  const container = extension === undefined ? wire : (wire[extension] as Wire | undefined) // checked before it was stored
  const elements = [container?.[name] ?? []].flat() as Wire[] // complex values alone
  return elements.flatMap((element) => {
    const missing = element[displayName]
    return missing instanceof MissingName ? [[element, missing] as const] : []
  })
}

async function readNames(
  context: RequestContext,
  { resourceType }: ReferenceAttribute,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, unknown>> {
  const target = context.service.byName.get(resourceType)
  if (!target) return new Map()
  const storeContext = context.for(target).storeContext
  const named = [...ids].map(async (id) => [id, (await target.store.get(storeContext, id))?.displayName] as const)
  return new Map(await Promise.all(named))
}

/** Stands where a name belongs until it is read; a projection that leaves the name out takes it away. */
export class MissingName {
  /** @param id Id of the resource whose name it is; `value` might not be part of the response. */
  constructor(readonly id: string) {}
}
