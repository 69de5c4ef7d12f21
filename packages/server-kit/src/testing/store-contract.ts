import type { ResourceDefinition } from '@scimkit/core/schema'

/** Names of the parts of the port that a store may leave out. */
export const optionalParts = [
  'members',
  'nestedMembers',
  'membershipFilters',
  'transactions',
  'changes',
  'outbox',
] as const

/** Parts of the port that a store may leave out. */
export type OptionalPart = (typeof optionalParts)[number]

/** What the store under test keeps, and for whom. */
export interface StoreContract {
  readonly tenants: readonly string[]
  readonly user: ResourceDefinition
  readonly group: ResourceDefinition
  /** In order; absent where tests create the users that become members. */
  readonly memberIds: readonly string[] | undefined
}
