import { type AttributeTarget, ScimError } from '@scimkit/core/schema'
import type { ComparisonFilter, PresentFilter } from '@scimkit/filter-parser'
import type { RequestContext, ResourceContext } from '../request-context.js'
import type { ServedResource } from '../service/served-resource.js'

type Term = ComparisonFilter | PresentFilter

/**
 * Turns a term on a `$ref` that is made anew for each answer into one on the `value` beside it, which is what is stored.
 *
 * @param context Request with the URL of the service root.
 * @param term Term as the client wrote it.
 * @param target Attribute that it names.
 * @returns A term on `value`; the same term where `$ref` is the client's own or another attribute is named.
 * @throws {ScimError} 400 `invalidFilter` for operators that a URL cannot be asked with.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.3.7
 */
export function readReferenceTerm(
  context: ResourceContext,
  term: Term,
  { attribute, subAttribute }: AttributeTarget,
): Term {
  const { served } = context
  if (subAttribute?.name !== '$ref' || !attribute || !isMade(served, attribute.name)) return term
  const path = term.path.subAttribute === undefined ? { name: 'value' } : { ...term.path, subAttribute: 'value' }
  if (term.kind === 'present') return { kind: 'present', path }
  if ((term.operator !== 'eq' && term.operator !== 'ne') || typeof term.value !== 'string') {
    throw new ScimError(400, `${attribute.name}.$ref can be asked with eq, ne and pr`, { scimType: 'invalidFilter' })
  }
  return { ...term, path, value: findReferredId(context, term.value) }
}

function isMade(served: ServedResource, name: string): boolean {
  if (name === 'members') return served.hasMembers
  if (name === 'groups') return served.hasGroups
  return served.references.some((reference) => reference.name === name)
}

/**
 * Finds the id in the URL of a resource of this service provider. Absolute and relative URLs lead to the same resource,
 * and so do those that differ in the version alone.
 *
 * @param context Request with the URL of the service root.
 * @param reference URL as the client wrote it.
 * @param types Names of the resource types that are meant, where some of them are served; others are none.
 * @returns The id; empty where the URL leads to no resource type that is served here.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.4
 */
export function findReferredId(context: RequestContext, reference: string, types: readonly string[] = []): string {
  const found = findReferred(context, reference)
  const served = types.filter((name) => context.service.byName.has(name))
  return found && (served.length === 0 || served.includes(found.type)) ? found.id : '' // no resource has an empty id
}

/**
 * Finds what the URL of a resource of this service provider names.
 *
 * @param context Request with the URL of the service root.
 * @param reference URL as the client wrote it.
 * @returns Its resource type and id; `undefined` where the URL leads to no resource type that is served here.
 */
export function findReferred(
  { baseUrl, service }: RequestContext,
  reference: string,
): { readonly type: string; readonly id: string } | undefined {
  const root = `${baseUrl.replace(/\/v\d+$/, '')}/`
  const below = reference.startsWith(root) ? reference.slice(root.length) : reference
  const found = /^(?:\.{0,2}\/)*(?:v\d+\/)?([^/?#:]+)\/([^/?#]+)$/.exec(below)
  const served = found && service.byEndpoint.get(`/${found[1]}`)
  if (!served) return undefined
  try {
    return { type: served.definition.name, id: decodeURIComponent(found[2] ?? '') }
  } catch {
    return undefined
  }
}
