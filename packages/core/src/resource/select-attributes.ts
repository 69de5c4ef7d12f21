import type { Attribute } from '../schema/attribute.js'
import { commonAttributes } from '../schema/common-attributes.js'
import { findAttribute } from './find-attribute.js'
import type { AttributeTarget, ResourceDefinition } from './resource-definition.js'

/** Which attributes a response shall carry; `attributes` and `excludedAttributes` exclude each other. */
export interface ProjectionRequest {
  /** Attribute paths to return beside those that are always returned. */
  readonly attributes?: readonly string[] | undefined
  /** Attribute paths to leave out, unless they are always returned. */
  readonly excludedAttributes?: readonly string[] | undefined
  /** Paths that the request itself wrote: `returned: request` attributes among them are returned too. */
  readonly written?: readonly string[] | undefined
}

/** What of a value is kept: all of it, or the named members with their own selections. */
export type Selection = 'all' | Selections

/** Selections by member name. */
export type Selections = ReadonlyMap<string, Selection>

/** What a request says of an attribute: nothing, the whole of it, or some sub-attributes by name. */
type Mention = undefined | 'whole' | ReadonlySet<string>

/**
 * Decides which attributes of a definition a response carries.
 *
 * @param definition Definition whose schemas say when an attribute is returned.
 * @param request Parameters of the request; unknown paths are ignored.
 * @returns The selection by attribute, extension containers included.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-7
 */
export function selectAttributes(definition: ResourceDefinition, request: ProjectionRequest): Selections {
  const included = request.attributes && readMentions(definition, request.attributes)
  const excluded = readMentions(definition, request.excludedAttributes ?? [])
  const written = readMentions(definition, request.written ?? [])
  const selections = new Map<string, Selection>()
  const choose = (attribute: Attribute, extension: string | undefined): Selection | undefined => {
    const key = mentionKey(extension, attribute.name)
    const mentioned = (mentions: Mentions): Mention =>
      (extension === undefined ? undefined : mentions.get(extension)) ?? mentions.get(key)
    // The name of the container asks for what it has by default; what is returned on request has to be named itself.
    const asked = (mentions: Mentions): Mention =>
      attribute.returned === 'request' ? mentions.get(key) : mentioned(mentions)
    return selectAttribute(attribute, included && { mention: asked(included) }, mentioned(excluded), mentioned(written))
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

/** An attribute that is excluded still carries the sub-attributes that are always returned, if it has such. */
function keepAlwaysInside(attribute: Attribute, including: boolean, excluded: Mention): Selection | undefined {
  if (including || excluded !== 'whole' || attribute.returned !== 'default') return undefined
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
