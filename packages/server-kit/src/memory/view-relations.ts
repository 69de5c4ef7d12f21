import { type AttributePath, foldCase } from '@scimkit/core/schema'
import { attributesOf, type Filter } from '@scimkit/filter-parser'
import type { StoredResource, StoreQuery } from '../store.js'
import type { MemoryTable } from './memory-table.js'
import type { MemoryTenant } from './memory-tenant.js'

/**
 * Makes the view under which a filter or a sort key sees resources: `members` and `groups` come from the relation, and
 * only when they are asked about.
 *
 * @param tenant Tenant whose relation answers.
 * @param table Table of the resources.
 * @param asked Filter, or the attribute that is sorted by.
 * @returns A function that gives the resource itself where no relation is asked about.
 */
export function viewRelations(
  tenant: MemoryTenant,
  table: MemoryTable,
  asked: Filter | NonNullable<StoreQuery['sortBy']>,
): (resource: StoredResource) => object {
  const names = new Set('kind' in asked ? attributesOf(asked).map(relationOf) : [asked.attribute?.name])
  const members = names.has('members') && hasAttribute(table, 'members')
  const groups = names.has('groups') && hasAttribute(table, 'groups')
  if (!members && !groups) return (resource) => resource
  return (resource) => ({
    ...resource,
    ...(members && tenant.relation.count(resource.id) > 0 && { members: membersOf(tenant, resource.id) }),
    ...(groups && { groups: groupsOf(tenant, resource.id) }),
  })
}

function relationOf({ name }: AttributePath): string {
  return foldCase(name)
}

function hasAttribute(table: MemoryTable, name: string): boolean {
  return table.definition?.index.has(name) ?? false
}

function membersOf(tenant: MemoryTenant, groupId: string): readonly object[] {
  return tenant.relation.page(groupId, undefined, Number.MAX_SAFE_INTEGER)
}

function groupsOf(tenant: MemoryTenant, id: string): readonly object[] {
  return Array.from(tenant.relation.allGroupsOf(id), ([value, type]) => ({ value, type, ...displayOf(tenant, value) }))
}

function displayOf(tenant: MemoryTenant, groupId: string): object {
  const display = tenant.findResource(groupId)?.displayName
  return typeof display === 'string' ? { display } : {}
}
