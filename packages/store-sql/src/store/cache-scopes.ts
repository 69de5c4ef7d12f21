import { type FindScope, findScope, type Scope } from '../sqlite/statements/scopes.js'

/** Maximum number of tenants that are cached; their scopes are few. */
const maxTenants = 10_000

/**
 * Caches the scopes that were found: once created, a scope stays.
 *
 * @returns A `findScope` for connections that see committed data only.
 */
export function cacheScopes(): FindScope {
  const tenants = new Map<string, Map<string, Scope>>()
  return (connection, context) => {
    const types = tenants.get(context.tenantId)
    const cached = types?.get(context.resourceType)
    if (cached) return cached
    const found = findScope(connection, context)
    if (!found) return undefined
    if (types) {
      types.set(context.resourceType, found)
      return found
    }
    if (tenants.size >= maxTenants) tenants.clear()
    tenants.set(context.tenantId, new Map([[context.resourceType, found]]))
    return found
  }
}
