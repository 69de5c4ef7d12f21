import { findAttribute } from '@scimkit/core/schema'
import { compileFilter, type Filter } from '@scimkit/filter-parser'
import type { StoredResource } from '@scimkit/server-kit'
import type { SqlConnection } from '../database/sql-connection.js'
import { isRelation } from '../indexes/indexed-attributes.js'
import type { ServedType } from '../indexes/served-type.js'
import { readGroupIdsWith, readGroupsOf, readMembershipsAfter } from '../tables/membership-graph.js'
import type { Scope } from '../tables/scopes-table.js'
import { planCandidates } from './plan-candidates.js'

/** Tells whether a stored resource matches a filter. */
export type Matcher = (document: StoredResource, connection: SqlConnection) => boolean

/**
 * Compiles a filter whose terms on `members` and `groups` are resolved through the membership table.
 *
 * @param filter Parsed filter.
 * @param type What the store knows of the resource type.
 * @param scope Scope of the query.
 * @returns The matcher; what it reads of memberships for all resources, it reads once, on first use.
 * @throws {ScimError} 400 `invalidFilter` where the rules of filters say so.
 */
export function compileMatcher(filter: Filter, type: ServedType, scope: Scope): Matcher {
  if (!hasRelation(filter, type)) {
    const matches = compileFilter(filter, type.definition)
    return (document) => matches(document)
  }
  switch (filter.kind) {
    case 'and': {
      const terms = filter.filters.map((term) => compileMatcher(term, type, scope))
      return (document, connection) => terms.every((matches) => matches(document, connection))
    }
    case 'or': {
      const terms = filter.filters.map((term) => compileMatcher(term, type, scope))
      return (document, connection) => terms.some((matches) => matches(document, connection))
    }
    case 'not': {
      const matches = compileMatcher(filter.filter, type, scope)
      return (document, connection) => !matches(document, connection)
    }
    default:
      return relationName(filter, type) === 'members'
        ? compileMembersTerm(filter, type, scope)
        : compileGroupsTerm(filter, type, scope)
  }
}

type Term = Extract<Filter, { readonly path: unknown }>

function hasRelation(filter: Filter, type: ServedType): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.filters.some((term) => hasRelation(term, type))
    case 'not':
      return hasRelation(filter.filter, type)
    default:
      return relationName(filter, type) !== undefined
  }
}

function relationName(filter: Term, type: ServedType): string | undefined {
  const target = type.definition && findAttribute(type.definition, filter.path)
  return target && isRelation(target) ? target.attribute?.name : undefined
}

/** A group matches when one of its members does; what a group without members does is asked of the term itself. */
function compileMembersTerm(filter: Term, type: ServedType, scope: Scope): Matcher {
  const matches = compileFilter(filter, type.definition)
  const plan = planCandidates(filter, type)
  let groups: { readonly matching: ReadonlySet<string>; readonly withMembers: ReadonlySet<string> } | undefined
  const emptyMatches = matches({})
  return (document, connection) => {
    groups ??=
      plan?.kind === 'related' && plan.exact
        ? { matching: new Set(readGroupIdsWith(connection, scope, plan.id)), withMembers: new Set() }
        : readMatchingGroups(connection, scope, matches)
    return groups.matching.has(document.id) || (emptyMatches && !groups.withMembers.has(document.id))
  }
}

function readMatchingGroups(
  connection: SqlConnection,
  { scope }: Scope,
  matches: (resource: object) => boolean,
): { readonly matching: ReadonlySet<string>; readonly withMembers: ReadonlySet<string> } {
  const matching = new Set<string>()
  const withMembers = new Set<string>()
  let after = { group: 0, member: '' }
  for (;;) {
    const rows = readMembershipsAfter(connection, scope, after, 1000)
    for (const { id, member, type, display } of rows) {
      withMembers.add(id)
      if (!matching.has(id) && matches({ members: [{ value: member, type, ...(display !== null && { display }) }] })) {
        matching.add(id)
      }
    }
    const last = rows.at(-1)
    if (!last) return { matching, withMembers }
    after = { group: last.group_resource, member: last.member }
  }
}

/** A resource is in few groups, so they are read for each one. */
function compileGroupsTerm(filter: Term, type: ServedType, { tenant }: Scope): Matcher {
  const matches = compileFilter(filter, type.definition)
  return (document, connection) => {
    const groups = readGroupsOf(connection, tenant, [document.id]).get(document.id) ?? []
    return matches({
      groups: groups.map(({ group, display, type: kind }) => ({
        value: group,
        type: kind,
        ...(display !== undefined && { display }),
      })),
    })
  }
}
