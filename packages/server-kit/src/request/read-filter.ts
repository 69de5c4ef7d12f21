import { schemaUrns } from '@scimkit/core/internal'
import { type AttributePath, type AttributeTarget, type ResourceDefinition, ScimError } from '@scimkit/core/schema'
import { compileFilter, type Filter, FilterSyntaxError, parseFilter, stringifyPath } from '@scimkit/filter-parser'
import { coerceFilter, findFilterTarget } from '../compatibility/coerce-filter.js'
import { hintColon, noteUnknownTerm, readFilterPaths, toParseOptions } from '../compatibility/read-path.js'
import type { RequestContext, ResourceContext } from '../service/request-context.js'
import type { ServedResource } from '../service/served-resource.js'
import { findReferredId } from './location.js'

/**
 * Reads the filter of a query and brings it into the form that stores receive.
 *
 * @param context Request with the rules of reading.
 * @param text Filter as the client wrote it.
 * @returns The filter: literals in their attribute's type, `meta.version` and `meta.location` as stored.
 * @throws {ScimError} 400 `invalidFilter` for what cannot be read or compared, or must not be compared.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2
 */
export function readFilter(context: ResourceContext, text: string): Filter {
  const { served } = context
  const { definition } = served
  const { reading, service } = context
  if (text.trim() === '') throw invalidFilter('filter is empty; leave the parameter out to list everything')
  const { maxFilterLength: length, maxFilterDepth: depth, maxFilterTerms: terms } = service.limits
  try {
    const parsed = parseFilter(readFilterPaths(definition, text, reading), {
      ...toParseOptions('filter', reading),
      limits: { length, depth, terms },
      schemas: schemaUrns(definition),
    })
    const coerced = coerceFilter(parsed, definition, reading)
    const filter = rewriteTerms(coerced, undefined, (term, parent) => readTerm(context, term, parent))
    // Compiling checks operators and types against the definition, whatever the data.
    compileFilter(filter, definition, { unknownAttribute: context.refuseUnknown ? 'refuse' : 'noValue' })
    return filter
  } catch (error) {
    throw FilterSyntaxError.is(error)
      ? invalidFilter(`filter: ${error.detail}${hintColon(definition, text)}`, error)
      : error
  }
}

type Term = Extract<Filter, { kind: 'comparison' | 'present' }>

function rewriteTerms(
  filter: Filter,
  parent: AttributePath | undefined,
  rewrite: (term: Term, parent: AttributePath | undefined) => Term,
): Filter {
  switch (filter.kind) {
    case 'comparison':
    case 'present':
      return rewrite(filter, parent)
    case 'and':
    case 'or':
      return { ...filter, filters: filter.filters.map((inner) => rewriteTerms(inner, parent, rewrite)) }
    case 'not':
      return { ...filter, filter: rewriteTerms(filter.filter, parent, rewrite) }
    case 'valuePath':
      return { ...filter, filter: rewriteTerms(filter.filter, filter.path, rewrite) }
  }
}

function readTerm(context: ResourceContext, term: Term, parent: AttributePath | undefined): Term {
  const { served } = context
  const { definition } = served
  const path = parent ? { ...parent, subAttribute: term.path.name } : term.path
  const target = findFilterTarget(definition, path)
  if (!target) noteUnknown(context, term.path, parent)
  if (!target?.attribute) return term
  const { attribute, subAttribute } = target
  if (term.kind === 'comparison' && [attribute, subAttribute].some((part) => part?.returned === 'never')) {
    throw invalidFilter(`${stringifyPath(path)} is never returned and can only be asked with pr`)
  }
  if (attribute.name === 'groups' && served.hasGroups) checkGroupsTerm(context, served)
  if (subAttribute?.name === '$ref') return readReferenceTerm(context, term, target)
  if (attribute.name === 'externalId' && !target.extension) return readExternalIdTerm(term)
  if (attribute.name === 'meta' && !target.extension) return readMetaTerm(context, definition, term, subAttribute?.name)
  return term
}

/** Where such names are refused, compiling does it and names the nearest one. */
function noteUnknown({ reading, purpose }: ResourceContext, path: AttributePath, parent?: AttributePath): void {
  if (purpose.spansTypes) return
  const name = stringifyPath(parent ? { ...parent, subAttribute: path.name } : path)
  noteUnknownTerm(name, reading)
}

/** Only the store that keeps the groups knows who is in them. */
function checkGroupsTerm({ service }: RequestContext, served: ServedResource): void {
  if (service.groups.length === 0 || service.groups.some((group) => group.store === served.store)) return
  throw invalidFilter('groups cannot be filtered here: users and groups are kept in different stores')
}

/** Providers look accounts up by externalId; an empty one identifies no account, and must not adopt one. */
function readExternalIdTerm(term: Term): Term {
  const empty = term.kind === 'comparison' && term.operator === 'eq' && term.value === ''
  return empty ? { ...term, path: { name: 'id' } } : term
}

/** Stores keep the bare counter and no location; clients see an entity tag and a URL. */
function readMetaTerm(
  context: RequestContext,
  definition: ResourceDefinition,
  term: Term,
  subAttribute: string | undefined,
): Term {
  if (subAttribute === 'version' && term.kind === 'comparison' && typeof term.value === 'string') {
    return { ...term, value: /^W\/"(.*)"$/.exec(term.value)?.[1] ?? `"${term.value}"` }
  }
  if (subAttribute !== 'location') return term
  const path = { name: 'id' }
  if (term.kind === 'present') return { kind: 'present', path }
  if ((term.operator !== 'eq' && term.operator !== 'ne') || typeof term.value !== 'string') {
    throw invalidFilter('meta.location can be compared with eq, ne and pr')
  }
  const prefix = `${context.baseUrl}${definition.endpoint}/`
  const id = term.value.startsWith(prefix) ? decodeId(term.value.slice(prefix.length)) : ''
  return { ...term, path, value: id }
}

/**
 * A `$ref` that is built for each response is not stored, so a term on it is asked of the `value` beside it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-2.3.7
 */
function readReferenceTerm(context: ResourceContext, term: Term, { attribute, subAttribute }: AttributeTarget): Term {
  const { served } = context
  if (subAttribute?.name !== '$ref' || !attribute || !isBuilt(served, attribute.name)) return term
  const path = term.path.subAttribute === undefined ? { name: 'value' } : { ...term.path, subAttribute: 'value' }
  if (term.kind === 'present') return { kind: 'present', path }
  if ((term.operator !== 'eq' && term.operator !== 'ne') || typeof term.value !== 'string') {
    throw invalidFilter(`${attribute.name}.$ref can be compared with eq, ne and pr`)
  }
  return { ...term, path, value: findReferredId(context, term.value) }
}

function isBuilt(served: ServedResource, name: string): boolean {
  if (name === 'members') return served.hasMembers
  if (name === 'groups') return served.hasGroups
  return served.references.some((reference) => reference.name === name)
}

function decodeId(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return '' // no resource has such a location
  }
}

function invalidFilter(detail: string, cause?: unknown): ScimError {
  return new ScimError(400, detail, { scimType: 'invalidFilter', cause })
}
