import type { Reading } from './compatibility/reading.js'
import type { IncomingRequest } from './request/incoming-request.js'
import { type QueryParameters, readQuery } from './request/read-query.js'
import { findReferredId } from './request/read-reference-term.js'
import type { RequestInfo } from './service/handler-options.js'
import type { ServedResource } from './service/served-resource.js'
import type { Service } from './service/service.js'
import type { Principal, StoreContext, TenantId } from './store-context.js'
import type { HookedWrite } from './write/hooked-write.js'

/** What a request is, once its caller is known. */
export interface RequestParts {
  readonly service: Service
  /** Request as it came. */
  readonly incoming: IncomingRequest
  readonly principal: Principal
  /** Id under which the request is reported. */
  readonly requestId: string
  /** Whether all resource types are asked, so that a name need not be known to each of them. Default `false`. */
  readonly spansTypes?: boolean | undefined
}

/** One request whose caller is known, with what the operations share. */
export class RequestContext {
  readonly service: Service
  readonly incoming: IncomingRequest
  readonly principal: Principal
  readonly requestId: string
  /** Empty until `readParameters`. */
  parameters: QueryParameters = {}
  /** Whether names that no schema knows are refused, not passed over. */
  readonly refuseUnknown: boolean
  /** Whether all resource types are asked, so that a name need not be known to each of them. */
  readonly spansTypes: boolean
  /** Whether the request came to `/Me`. */
  isMe = false
  /** What hooks are told about the write of this request; absent where there are none. */
  write: HookedWrite | undefined
  #baseUrl: string | undefined
  #now: string | undefined
  #reading: Reading | undefined

  /** @param parts The request and its caller. */
  constructor({ service, incoming, principal, requestId, spansTypes = false }: RequestParts) {
    this.service = service
    this.incoming = incoming
    this.principal = principal
    this.requestId = requestId
    this.spansTypes = spansTypes
    this.refuseUnknown = service.refuseUnknown && !spansTypes
  }

  /**
   * Reads the parameters of the query, once it is known that the path and the method lead somewhere.
   *
   * @throws {ScimError} 400 for a query that cannot be read.
   */
  readParameters(): void {
    const { target } = this.incoming
    const query = target.indexOf('?')
    if (query >= 0) this.parameters = readQuery(target.slice(query + 1), this)
  }

  /** URL of the service root, without a slash at the end. */
  get baseUrl(): string {
    this.#baseUrl ??= findBaseUrl(this.service, this.incoming, this.principal)
    return this.#baseUrl
  }

  /** Time of the request: ISO 8601, UTC, milliseconds. */
  get now(): string {
    this.#now ??= this.service.now().toISOString()
    return this.#now
  }

  /**
   * @param served Resource type that a store is asked about.
   * @returns What the store is told about the request.
   */
  storeContext(served: ServedResource): StoreContext {
    return new RequestStoreContext(this, served.definition.name)
  }

  /** How the request is read: the rules, and who is told when one of them was needed. */
  get reading(): Reading {
    this.#reading ??= {
      rules: this.service.compatibility,
      onNote: (note) => this.service.options.onNote?.(note, this.info),
      findId: (reference, types) => findReferredId(this, reference, types),
    }
    return this.#reading
  }

  /** What the application is told beside an event. */
  get info(): RequestInfo {
    return { requestId: this.requestId, method: this.incoming.method, principal: this.principal }
  }
}

/** A class, since every request makes some of them and a getter in an object literal is slow to make. */
class RequestStoreContext implements StoreContext {
  readonly tenantId: TenantId
  readonly resourceType: string
  readonly principal: Principal
  readonly requestId: string
  readonly #incoming: IncomingRequest

  constructor({ incoming, principal, requestId }: RequestContext, resourceType: string) {
    this.tenantId = (principal.tenantId ?? 'default') as TenantId // the one place where a tenant gets its brand
    this.resourceType = resourceType
    this.principal = principal
    this.requestId = requestId
    this.#incoming = incoming
  }

  get signal(): AbortSignal {
    return this.#incoming.signal
  }
}

/**
 * Finds the URL of the service root for an answer.
 *
 * @param service Service provider.
 * @param incoming Request that is answered.
 * @param principal Caller; `null` on open endpoints.
 * @returns The URL without a slash at the end.
 */
export function findBaseUrl(service: Service, incoming: IncomingRequest, principal: Principal | null): string {
  const { baseUrl } = service.options
  if (baseUrl === undefined) return incoming.origin + service.basePath
  const url = typeof baseUrl === 'string' ? baseUrl : baseUrl(incoming.request, principal)
  return url.endsWith('/') ? url.slice(0, -1) : url
}
