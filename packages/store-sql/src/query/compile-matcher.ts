import { findAttribute } from '@scimkit/core/schema'
import { compileFilter, type Filter } from '@scimkit/filter-parser'
import type { StoredResource, StoreQuery } from '@scimkit/server-kit'
import { isRelation } from '../indexes/indexed-attributes.js'
import type { ServedType } from '../indexes/served-type.js'
import type { SqlConnection } from '../sqlite/sql-connection.js'
import { readGroupIdsWith, readMembersOf } from '../sqlite/statements/membership-graph.js'
import type { Scope } from '../sqlite/statements/scopes.js'
import type { Reach } from './listing.js'
import { planCandidates } from './plan-candidates.js'
import { groupsView } from './relation-view.js'

/** Whether a stored resource matches a filter. */
export type Matcher = (document: StoredResource, connection: SqlConnection) => boolean

/**
 * Compiles a filter whose terms on `members` and `groups` are resolved through the table of memberships.
 *
 * @param filter Parsed filter.
 * @param type What the store knows of the resource type.
 * @param scope Scope of the query.
 * @returns The matcher; it reads memberships that serve all resources once, on first use.
 * @throws {ScimError} 400 `invalidFilter` where the rules of filters demand it.
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

/**
 * Finds out which changes may change what a query shows of a resource, beyond those of the resource itself.
 *
 * @param query Filter and order.
 * @param type What the store knows of the resource type.
 */
export function findReach({ filter, sortBy }: StoreQuery, type: ServedType): Reach {
  const readsGroups =
    (filter !== undefined && hasRelation(filter, type, 'groups')) ||
    (sortBy !== undefined && isRelation(sortBy) && sortBy.attribute?.name === 'groups')
  if (!readsGroups) return 'none'
  return type.definition?.index.has('members') ? 'all' : 'others'
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

/** A group matches when one of its members does; for a group without members the term itself decides. */
function compileMembersTerm(filter: Term, type: ServedType, scope: Scope): Matcher {
  const plan = planCandidates(filter, type)
  if (plan?.kind === 'related' && plan.exact) return compileHasMember(plan.id, scope)
  const matches = compileFilter(filter, type.definition)
  const matchesEmpty = matches({})
  return ({ id }, connection) => hasMatchingMember(connection, { scope: scope.scope, id }, matches) ?? matchesEmpty
}

/** The groups of one member are few, so they are read once for all resources. */
function compileHasMember(member: string, scope: Scope): Matcher {
  let groups: ReadonlySet<string> | undefined
  return ({ id }, connection) => {
    groups ??= new Set(readGroupIdsWith(connection, scope, member))
    return groups.has(id)
  }
}

/** Reads the members of a group until one matches. @returns `undefined` for a group without members. */
function hasMatchingMember(
  connection: SqlConnection,
  group: { readonly scope: number; readonly id: string },
  matches: (resource: object) => boolean,
): boolean | undefined {
  let after = ''
  for (;;) {
    const members = readMembersOf(connection, group, { after, count: 1000 })
    if (members.some((member) => matches({ members: [member] }))) return true
    const last = members.at(-1)
    if (!last) return after === '' ? undefined : false
    after = last.value
  }
}

function compileGroupsTerm(filter: Term, type: ServedType, { tenant }: Scope): Matcher {
  const matches = compileFilter(filter, type.definition)
  const view = groupsView(tenant)
  return (document, connection) => matches(view(document, connection))
}
