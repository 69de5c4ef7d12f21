import type { StoredResource, StoreQuery } from '@scimkit/server-kit'
import { isRelation } from '../indexes/indexed-attributes.js'
import type { SqlConnection } from '../sqlite/sql-connection.js'
import { readGroupsOf, readMembersOf } from '../sqlite/statements/membership-graph.js'
import type { Scope } from '../sqlite/statements/scopes.js'

/** Shows an attribute of a resource, which may have to be read from the table of memberships. */
export type View = (document: StoredResource, connection: SqlConnection) => object

/**
 * Creates the view from which a sort key is read: `members` and `groups` come from the table of memberships. Of members
 * only the first is read, because it alone decides.
 *
 * @param sortBy Attribute to sort by.
 * @param scope Scope of the query.
 */
export function relationView(sortBy: NonNullable<StoreQuery['sortBy']>, { scope, tenant }: Scope): View {
  if (!isRelation(sortBy)) return (document) => document
  return sortBy.attribute?.name === 'members'
    ? ({ id }, connection) => ({ members: readMembersOf(connection, { scope, id }, { after: '', count: 1 }) })
    : groupsView(tenant)
}

/** Creates a view of the `groups` of a resource, which are few. @param tenant Number of the tenant. */
export function groupsView(tenant: number): View {
  return ({ id }, connection) => {
    const groups = readGroupsOf(connection, tenant, [id]).get(id) ?? []
    return { groups: groups.map(({ group, ...rest }) => ({ value: group, ...rest })) }
  }
}
