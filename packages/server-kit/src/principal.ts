/** Who sends a request, as the application's `authenticate` found out. */
export interface Principal {
  /** Stable name of the caller, such as a client id. */
  readonly subject: string
  /** Tenant that the caller acts in; `default` when absent. */
  readonly tenantId?: string | undefined
  readonly scopes?: readonly string[] | undefined
  readonly roles?: readonly string[] | undefined
  /** Id of the caller's own User resource, for `/Me`. */
  readonly userId?: string | undefined
}
