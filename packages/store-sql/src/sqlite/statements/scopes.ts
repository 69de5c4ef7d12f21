import type { StoreContext } from '@scimkit/server-kit'
import { toSqlText } from '../../documents/sql-text.js'
import type { SqlConnection } from '../sql-connection.js'

/** One resource type of one tenant, by its numbers. */
export interface Scope {
  readonly scope: number
  readonly tenant: number
}

/**
 * Finds the scope of a request.
 *
 * @param connection Connection to read through.
 * @param context Tenant and resource type.
 * @returns The scope, or `undefined` while the tenant has never had a resource of the type.
 */
export function findScope(connection: SqlConnection, context: StoreContext): Scope | undefined {
  return connection
    .statement<Scope>(
      'SELECT scopes.scope, scopes.tenant FROM tenants CROSS JOIN scopes USING (tenant) WHERE tenants.name = ? AND scopes.type = ?',
    )
    .get(toSqlText(context.tenantId), toSqlText(context.resourceType))
}

/**
 * Finds the scope of a request and makes it when there is none.
 *
 * @param connection Connection within a transaction.
 * @param context Tenant and resource type.
 */
export function requireScope(connection: SqlConnection, context: StoreContext): Scope {
  const known = findScope(connection, context)
  if (known) return known
  const name = toSqlText(context.tenantId)
  connection.statement('INSERT INTO tenants (name) VALUES (?) ON CONFLICT DO NOTHING').run(name)
  connection
    .statement('INSERT INTO scopes (tenant, type) SELECT tenant, ? FROM tenants WHERE name = ?')
    .run(toSqlText(context.resourceType), name)
  const made = findScope(connection, context)
  if (!made) throw new Error('A scope is missing right after it was made')
  return made
}

/**
 * Finds the number of a tenant.
 *
 * @param connection Connection to read through.
 * @param tenantId The tenant's id.
 * @returns Its number, or `undefined` while it has never had a resource.
 */
export function findTenant(connection: SqlConnection, tenantId: string): number | undefined {
  return connection.statement<{ tenant: number }>('SELECT tenant FROM tenants WHERE name = ?').get(toSqlText(tenantId))
    ?.tenant
}

/** @returns Numbers of all tenants that have ever had a resource. */
export function listTenants(connection: SqlConnection): readonly number[] {
  return connection
    .statement<{ tenant: number }>('SELECT tenant FROM tenants ORDER BY tenant')
    .all()
    .map(({ tenant }) => tenant)
}

/** @returns Number of resources in a scope, without counting them. */
export function readTotal(connection: SqlConnection, scope: number): number {
  return connection.statement<{ total: number }>('SELECT total FROM scopes WHERE scope = ?').get(scope)?.total ?? 0
}

/** Keeps the number of resources in a scope. */
export function addToTotal(connection: SqlConnection, scope: number, difference: 1 | -1): void {
  connection.statement('UPDATE scopes SET total = total + ? WHERE scope = ?').run(difference, scope)
}

/** Most scopes that {@link knownScopes} keeps. */
const roomForScopes = 10_000

/** Finds scopes. */
export type FindScope = typeof findScope

/**
 * Keeps the scopes that were found: once made, a scope stays.
 *
 * @returns A `findScope` for connections that see committed data alone.
 */
export function knownScopes(): FindScope {
  const known = new Map<string, Map<string, Scope>>()
  return (connection, context) => {
    const types = known.get(context.tenantId)
    const kept = types?.get(context.resourceType)
    if (kept) return kept
    const found = findScope(connection, context)
    if (!found) return undefined
    if (types) types.set(context.resourceType, found)
    else {
      if (known.size >= roomForScopes) known.clear()
      known.set(context.tenantId, new Map([[context.resourceType, found]]))
    }
    return found
  }
}
