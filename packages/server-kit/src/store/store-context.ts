/** Id of a tenant; branded, so that no other text is taken for one by mistake. */
export type TenantId = string & { readonly '~tenant': true }

/** Who sends a request, as the application's `authenticate` found out. */
export interface Principal {
  /** Stable name of the caller, such as a client id. */
  readonly subject: string
  /** Tenant that the caller acts in; `default` when absent. */
  readonly tenantId?: string | undefined
  /** What the caller may do; `scim` lets a caller with `userId` reach all resources of the tenant. */
  readonly scopes?: readonly string[] | undefined
  readonly roles?: readonly string[] | undefined
  /**
   * Id of the caller's own User resource, which is then all that the caller reaches, at `/Me`, beside discovery; other
   * resources are answered 403 unless `scopes` has `scim`. A caller without `userId` reaches every resource of the tenant.
   */
  readonly userId?: string | undefined
}

/** What a store is told about the request it serves. */
export interface StoreContext {
  readonly tenantId: TenantId
  /** Name of the resource type, such as `User`. */
  readonly resourceType: string
  readonly principal: Principal
  readonly requestId: string
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal
}
