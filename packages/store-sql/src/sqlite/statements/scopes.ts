import type { StoreContext } from '@scimkit/server-kit'
import { toSqlText } from '../../documents/sql-text.js'
import { requireRow, type SqlConnection } from '../sql-connection.js'

/** One resource type of one tenant, by their numbers in the database. */
export interface Scope {
  readonly scope: number
  readonly tenant: number
}

/** Finds the scope of a request; `undefined` while the tenant has never had a resource of the type. */
export type FindScope = (connection: SqlConnection, context: StoreContext) => Scope | undefined

/**
 * Finds the scope of a request.
 *
 * @param connection Connection to read through.
 * @param context Tenant and resource type.
 * @returns The scope; `undefined` while the tenant has never had a resource of the type.
 */
export function findScope(connection: SqlConnection, context: StoreContext): Scope | undefined {
  return connection
    .statement<Scope>(
      'SELECT scopes.scope, scopes.tenant FROM tenants CROSS JOIN scopes USING (tenant) WHERE tenants.name = ? AND scopes.type = ?',
    )
    .get(toSqlText(context.tenantId), toSqlText(context.resourceType))
}

/**
 * Finds the scope of a request, and creates it where there is none yet.
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
  return requireRow(findScope(connection, context))
}

/**
 * Finds the number of a tenant.
 *
 * @param connection Connection to read through.
 * @param tenantId Id of the tenant.
 * @returns Its number; `undefined` while it has never had a resource.
 */
export function findTenant(connection: SqlConnection, tenantId: string): number | undefined {
  return connection.statement<{ tenant: number }>('SELECT tenant FROM tenants WHERE name = ?').get(toSqlText(tenantId))
    ?.tenant
}

/** Lists the numbers of all tenants that have ever had a resource. */
export function listTenants(connection: SqlConnection): readonly number[] {
  return connection
    .statement<{ tenant: number }>('SELECT tenant FROM tenants ORDER BY tenant')
    .all()
    .map(({ tenant }) => tenant)
}

/** Reads the number of resources in a scope, which is kept instead of counted. */
export function readTotal(connection: SqlConnection, scope: number): number {
  return connection.statement<{ total: number }>('SELECT total FROM scopes WHERE scope = ?').get(scope)?.total ?? 0
}

/** Adjusts the kept number of resources in a scope. */
export function addToTotal(connection: SqlConnection, scope: number, difference: 1 | -1): void {
  connection.statement('UPDATE scopes SET total = total + ? WHERE scope = ?').run(difference, scope)
}
