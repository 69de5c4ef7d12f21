import { findAttribute } from '@scimkit/core/schema'
import { compileFilter, type Filter } from '@scimkit/filter-parser'
import type { StoredResource, StoreQuery } from '@scimkit/server-kit'
import { isRelation } from '../indexes/indexed-attributes.js'
import type { ServedType } from '../indexes/served-type.js'
import type { SqlConnection } from '../sqlite/sql-connection.js'
import { readGroupIdsWith, readGroupsOf, readMembersOf } from '../sqlite/statements/membership-graph.js'
import type { Scope } from '../sqlite/statements/scopes.js'
import { planCandidates } from './plan-candidates.js'
import type { Reach } from './query-memory.js'

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

function hasRelation(filter: Filter, type: ServedType, wanted?: 'groups'): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.filters.some((term) => hasRelation(term, type, wanted))
    case 'not':
      return hasRelation(filter.filter, type, wanted)
    default: {
      const name = relationName(filter, type)
      return wanted === undefined ? name !== undefined : name === wanted
    }
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
  const emptyMatches = matches({})
  let exact: ReadonlySet<string> | undefined
  return (document, connection) => {
    if (plan?.kind === 'related' && plan.exact) {
      exact ??= new Set(readGroupIdsWith(connection, scope, plan.id))
      return exact.has(document.id)
    }
    return hasMatchingMember(connection, scope, document.id, matches) ?? emptyMatches
  }
}

/** Looks at the members of a group until one matches. @returns `undefined` for a group without members. */
function hasMatchingMember(
  connection: SqlConnection,
  scope: Scope,
  group: string,
  matches: (resource: object) => boolean,
): boolean | undefined {
  let after = ''
  for (;;) {
    const members = readMembersOf(connection, scope, group, { after, count: 1000 })
    if (members.some((member) => matches({ members: [member] }))) return true
    const last = members.at(-1)
    if (!last) return after === '' ? undefined : false
    after = last.value
  }
}

/** A resource is in few groups, so they are read for each one. */
function compileGroupsTerm(filter: Term, type: ServedType, { tenant }: Scope): Matcher {
  const matches = compileFilter(filter, type.definition)
  return ({ id }, connection) => matches({ groups: readGroups(connection, tenant, id) })
}

function readGroups(connection: SqlConnection, tenant: number, id: string): readonly object[] {
  const groups = readGroupsOf(connection, tenant, [id]).get(id) ?? []
  return groups.map(({ group, ...rest }) => ({ value: group, ...rest }))
}

/** Finds out which changes may change what a query shows of a resource, beyond those of the resource itself. */
export function readReach({ filter, sortBy }: StoreQuery, type: ServedType): Reach {
  const asksGroups =
    (filter !== undefined && hasRelation(filter, type, 'groups')) ||
    (sortBy !== undefined && isRelation(sortBy) && sortBy.attribute?.name === 'groups')
  if (!asksGroups) return 'none'
  return type.definition?.index.has('members') ? 'all' : 'others'
}

/**
 * Makes the view under which a sort key is read: `members` and `groups` come from the membership table, of members only
 * the first, which is the one that decides.
 *
 * @param sortBy Attribute to sort by.
 * @param scope Scope of the query.
 */
export function viewRelation(
  sortBy: NonNullable<StoreQuery['sortBy']>,
  scope: Scope,
): (document: StoredResource, connection: SqlConnection) => object {
  if (!isRelation(sortBy)) return (document) => document
  return sortBy.attribute?.name === 'members'
    ? ({ id }, connection) => ({ members: readMembersOf(connection, scope, id, { after: '', count: 1 }) })
    : ({ id }, connection) => ({ groups: readGroups(connection, scope.tenant, id) })
}
