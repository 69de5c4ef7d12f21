import { refusesUnknownAttributes } from '../compatibility/read-path.js'
import type { Reading } from '../compatibility/reading.js'
import type { RequestInfo } from '../service/handler-options.js'
import type {
  IncomingRequest,
  QueryParameters,
  RequestContext,
  RequestPurpose,
  ResourceContext,
} from '../service/request-context.js'
import type { ServedResource } from '../service/served-resource.js'
import type { Service } from '../service/service.js'
import type { Principal, StoreContext, TenantId } from '../store/store-context.js'
import { findReferredId } from './location.js'
import { readQuery } from './read-query.js'

/** What a request is, once its caller is known. */
export interface RequestParts {
  readonly service: Service
  /** Request as it came. */
  readonly incoming: IncomingRequest
  readonly principal: Principal
  /** Id under which the request is reported. */
  readonly requestId: string
  /** Responds to an operation of a bulk request, for the same caller. */
  readonly respond: RequestContext['respond']
}

/** A request whose query is read once its path and its method are known to lead somewhere. */
export interface OpenRequest extends RequestContext {
  /** @throws {ScimError} 400 for a query that cannot be read. */
  readParameters(): void
}

/**
 * Creates the context of a request; what costs something is found out when it is first asked for.
 *
 * @param parts The request and its caller.
 * @returns The context; it has no parameters until `readParameters`.
 */
export function createRequestContext(parts: RequestParts): OpenRequest {
  return new WholeContext(parts)
}

/** Classes, since getters in an object literal are slow to make and every request makes some of these. */
class WholeContext implements OpenRequest {
  readonly service: Service
  readonly incoming: IncomingRequest
  readonly principal: Principal
  readonly requestId: string
  readonly respond: RequestContext['respond']
  parameters: QueryParameters = {}
  #baseUrl: string | undefined
  #now: string | undefined
  #reading: Reading | undefined

  constructor({ service, incoming, principal, requestId, respond }: RequestParts) {
    this.service = service
    this.incoming = incoming
    this.principal = principal
    this.requestId = requestId
    this.respond = respond
  }

  readParameters(): void {
    const { target } = this.incoming
    const query = target.indexOf('?')
    if (query >= 0) this.parameters = readQuery(target.slice(query + 1), this)
  }

  get baseUrl(): string {
    this.#baseUrl ??= findBaseUrl(this)
    return this.#baseUrl
  }

  get now(): string {
    this.#now ??= this.service.now().toISOString()
    return this.#now
  }

  get reading(): Reading {
    this.#reading ??= {
      rules: this.service.compatibility,
      onNote: (note) => this.service.options.onNote?.(note, this.info),
      findId: (reference, types) => findReferredId(this, reference, types),
    }
    return this.#reading
  }

  get info(): RequestInfo {
    return { requestId: this.requestId, method: this.incoming.method, principal: this.principal }
  }

  for(served: ServedResource, purpose: RequestPurpose = {}): ResourceContext {
    return new TypeContext(this, served, purpose)
  }
}

class TypeContext implements ResourceContext {
  readonly service: Service
  readonly incoming: IncomingRequest
  readonly principal: Principal
  readonly requestId: string
  readonly respond: RequestContext['respond']
  readonly served: ServedResource
  readonly storeContext: StoreContext
  readonly purpose: RequestPurpose
  readonly #request: RequestContext

  constructor(request: RequestContext, served: ServedResource, purpose: RequestPurpose) {
    this.service = request.service
    this.incoming = request.incoming
    this.principal = request.principal
    this.requestId = request.requestId
    this.respond = request.respond
    this.served = served
    this.storeContext = new RequestStoreContext(request, served.definition.name)
    this.purpose = purpose
    this.#request = request
  }

  get parameters(): QueryParameters {
    return this.#request.parameters
  }

  get reading(): Reading {
    return this.#request.reading
  }

  get baseUrl(): string {
    return this.#request.baseUrl
  }

  get now(): string {
    return this.#request.now
  }

  get info(): RequestInfo {
    return this.#request.info
  }

  get refuseUnknown(): boolean {
    return refusesUnknownAttributes(this.service.compatibility) && !this.purpose.spansTypes
  }

  for(served: ServedResource, purpose: RequestPurpose = this.purpose): ResourceContext {
    return served === this.served && purpose === this.purpose ? this : new TypeContext(this.#request, served, purpose)
  }
}

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

function findBaseUrl({ service, incoming, principal }: RequestContext): string {
  const { baseUrl } = service.options
  if (baseUrl === undefined) return incoming.origin + service.basePath
  const url = typeof baseUrl === 'string' ? baseUrl : baseUrl(incoming.request, principal)
  return url.endsWith('/') ? url.slice(0, -1) : url
}
