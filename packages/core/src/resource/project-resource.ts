import type { Attribute } from '../schema/attribute.js'
import { findAttribute } from '../schema/find-attribute.js'
import { commonAttributes } from './common-attributes.js'
import type { AttributeTarget, ResourceDefinition } from './resource-definition.js'

/** Which attributes an answer shall carry; `attributes` and `excludedAttributes` exclude each other. */
export interface ProjectionRequest {
  /** Attribute paths to return beside those that are always returned. */
  readonly attributes?: readonly string[] | undefined
  /** Attribute paths to leave out, unless they are always returned. */
  readonly excludedAttributes?: readonly string[] | undefined
  /** Paths that the request itself wrote: `returned: request` attributes among them are returned too. */
  readonly written?: readonly string[] | undefined
}

/** What of a value is kept: all of it, or the named members with their own selections. */
type Selection = 'all' | ReadonlyMap<string, Selection>

/** What a request says of an attribute: nothing, the whole of it, or some sub-attributes by name. */
type Mention = undefined | 'whole' | ReadonlySet<string>

/**
 * Makes the projection of a request: which attributes of a resource its answer carries.
 *
 * @param definition Definition whose schemas say when an attribute is returned.
 * @param request Parameters of the request; unknown paths are ignored.
 * @returns A function that leaves its argument untouched and gives the same reference when nothing is left out.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.9
 */
export function createProjection(
  definition: ResourceDefinition,
  request: ProjectionRequest = {},
): <T extends object>(resource: T) => T {
  const selection = selectResource(definition, request)
  return <T extends object>(resource: T) => selectFrom(resource, selection) as T // a reduction keeps the shape's optional parts
}

/**
 * Reduces a resource to the attributes that an answer carries.
 *
 * @param definition Definition whose schemas say when an attribute is returned.
 * @param resource Complete resource; it is left untouched.
 * @param request Parameters of the request.
 * @returns The reduced resource; the same reference when nothing is left out.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.9
 */
export function projectResource<T extends object>(
  definition: ResourceDefinition,
  resource: T,
  request: ProjectionRequest = {},
): T {
  return createProjection(definition, request)(resource)
}

function selectResource(definition: ResourceDefinition, request: ProjectionRequest): Selection {
  const included = request.attributes && readMentions(definition, request.attributes)
  const excluded = readMentions(definition, request.excludedAttributes ?? [])
  const written = readMentions(definition, request.written ?? [])
  const selections = new Map<string, Selection>()
  const choose = (attribute: Attribute, extension: string | undefined): Selection | undefined => {
    const key = mentionKey(extension, attribute.name)
    const mentioned = (mentions: Mentions): Mention =>
      (extension === undefined ? undefined : mentions.get(extension)) ?? mentions.get(key)
    return selectAttribute(
      attribute,
      included && { mention: mentioned(included) },
      mentioned(excluded),
      mentioned(written),
    )
  }
  for (const attribute of [...definition.schema.attributes, ...commonAttributes]) {
    setSelection(selections, attribute.name, choose(attribute, undefined))
  }
  for (const { extension } of definition.extensions) {
    const inside = new Map<string, Selection>()
    for (const attribute of extension.schema.attributes) {
      setSelection(inside, attribute.name, choose(attribute, extension.urn))
    }
    if (inside.size > 0) selections.set(extension.urn, inside)
  }
  return selections
}

type Mentions = ReadonlyMap<string, Mention>

function readMentions(definition: ResourceDefinition, paths: readonly string[]): Mentions {
  const mentions = new Map<string, Mention>()
  for (const path of paths) {
    const target = findAttribute(definition, path.trim())
    if (target) addMention(mentions, target)
  }
  return mentions
}

function addMention(mentions: Map<string, Mention>, { extension, attribute, subAttribute }: AttributeTarget): void {
  const key = attribute ? mentionKey(extension?.id, attribute.name) : (extension?.id ?? '')
  const before = mentions.get(key)
  if (!subAttribute) mentions.set(key, 'whole')
  else if (before !== 'whole') mentions.set(key, new Set([...(before ?? []), subAttribute.name]))
}

function mentionKey(extension: string | undefined, name: string): string {
  return extension === undefined ? name : `${extension}:${name}`
}

function setSelection(selections: Map<string, Selection>, name: string, selection: Selection | undefined): void {
  if (selection !== undefined) selections.set(name, selection)
}

/** The rules of RFC 7643 §7 `returned`, for one attribute. */
function selectAttribute(
  attribute: Attribute,
  included: { readonly mention: Mention } | undefined,
  excluded: Mention,
  written: Mention,
): Selection | undefined {
  if (attribute.returned === 'never') return undefined
  const always = attribute.returned === 'always'
  const asked = included ? included.mention : (excluded !== 'whole' && attribute.returned === 'default') || undefined
  const requested = !included && attribute.returned === 'request' && written !== undefined
  if (!always && !asked && !requested) return keepAlwaysInside(attribute, included !== undefined, excluded)
  return attribute.subAttributes ? selectInside(attribute.subAttributes, included?.mention, excluded, written) : 'all'
}

/** An attribute that is left out still carries the sub-attributes that are always returned, if it has such. */
function keepAlwaysInside(attribute: Attribute, including: boolean, excluded: Mention): Selection | undefined {
  if (including || excluded !== 'whole') return undefined
  const always = attribute.subAttributes?.filter((sub) => sub.returned === 'always') ?? []
  return always.length === 0 ? undefined : new Map(always.map((sub) => [sub.name, 'all' as const]))
}

function selectInside(
  subAttributes: readonly Attribute[],
  included: Mention,
  excluded: Mention,
  written: Mention,
): Selection {
  const some = typeof included === 'object' ? included : undefined
  const kept = subAttributes.filter(({ name, returned }) => {
    if (returned === 'never') return false
    if (returned === 'always' || some?.has(name)) return true
    if (some) return false
    if (typeof excluded === 'object' && excluded.has(name)) return false
    return returned === 'default' || (typeof written === 'object' && written.has(name))
  })
  if (kept.length === subAttributes.length && !kept.some((sub) => sub.subAttributes)) return 'all'
  return new Map(
    kept.map((sub) => [
      sub.name,
      sub.subAttributes ? selectInside(sub.subAttributes, undefined, undefined, undefined) : ('all' as const),
    ]),
  )
}

function selectFrom(value: unknown, selection: Selection): unknown {
  if (selection === 'all' || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return selectElements(value, selection)
  const members = value as Readonly<Record<string, unknown>>
  const kept: Record<string, unknown> = {}
  let changed = false
  for (const name of Object.keys(members)) {
    const inside = selection.get(name)
    const before = members[name]
    const after = inside === undefined ? undefined : selectFrom(before, inside)
    if (after !== before) changed = true
    if (after !== undefined) kept[name] = after
  }
  if (!changed) return value
  return Object.keys(kept).length === 0 ? undefined : kept
}

function selectElements(elements: readonly unknown[], selection: Selection): readonly unknown[] | undefined {
  const kept = elements.map((element) => selectFrom(element, selection)).filter((element) => element !== undefined)
  if (kept.length === elements.length && kept.every((element, index) => element === elements[index])) return elements
  return kept.length === 0 ? undefined : kept
}
