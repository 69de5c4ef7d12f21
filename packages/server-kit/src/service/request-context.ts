import type { Reading } from '../compatibility/reading.js'
import type { Principal, StoreContext } from '../store/store-context.js'
import type { RequestInfo } from './handler-options.js'
import type { ServedResource } from './served-resource.js'
import type { Service } from './service.js'

/**
 * What the handler reads of a request, whatever platform it came from. The web form costs more than the whole
 * remaining work of a small GET, so a platform builds it only when it is asked for.
 */
export interface IncomingRequest {
  /** Method in upper case. */
  readonly method: string
  /** Path and query as sent, such as `/scim/v2/Users?count=1`. */
  readonly target: string
  /** Scheme and host that the request was sent to, such as `https://app.example.com`. */
  readonly origin: string
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal
  /** The request in its web form. */
  readonly request: Request
  /** Body of an operation within a bulk request, already parsed; absent elsewhere. */
  readonly json?: unknown
  /** Whether the body of a successful response is not needed, as within a bulk request. */
  readonly headersOnly?: boolean
  /** Whether it takes back what another operation of the same bulk request did. */
  readonly isUndo?: boolean
  /**
   * @param name Name in lower case.
   * @returns The value; several values of one name are joined by a comma.
   */
  header(name: string): string | null
  /**
   * Reads the body and stops as soon as it is larger than allowed.
   *
   * @param limit Largest size, bytes.
   * @returns The bytes; empty without a body.
   * @throws {ScimError} 413.
   */
  readBytes(limit: number): Promise<Uint8Array>
}

/** A response before it becomes a platform's. */
export interface ScimResponse {
  readonly status: number
  /** Header values by name in lower case; belongs to this response, so that others can be added on its way. */
  readonly headers: Record<string, string>
  /** JSON text; absent for responses without a body. */
  readonly body?: string | undefined
  /** In place of `body`: JSON text that is read while it is sent; a failure on the way must break the response off. */
  readonly pieces?: AsyncGenerator<string, void, undefined> | undefined
}

/** Parameters of a query, decoded; a list that is given twice is joined. */
export interface QueryParameters {
  readonly filter?: string | undefined
  readonly sortBy?: string | undefined
  readonly sortOrder?: string | undefined
  readonly startIndex?: string | undefined
  readonly count?: string | undefined
  readonly cursor?: string | undefined
  readonly attributes?: string | undefined
  readonly excludedAttributes?: string | undefined
}

/** One request whose caller is known: what everything that carries it out shares. */
export interface RequestContext {
  readonly service: Service
  readonly incoming: IncomingRequest
  readonly principal: Principal
  /** Id under which the request is reported. */
  readonly requestId: string
  /** Parameters of the query. */
  readonly parameters: QueryParameters
  /** How the request is read: the rules, and who is notified when one of them was needed. */
  readonly reading: Reading
  /** URL of the service root, without a slash at the end. */
  readonly baseUrl: string
  /** Time of the request: ISO 8601, UTC, milliseconds. */
  readonly now: string
  /** What a callback of the application learns about the request. */
  readonly info: RequestInfo
  /**
   * @param incoming Operation of a bulk request, in the form of a request.
   * @returns The response as if it had come alone, from the same caller; the promise never rejects.
   */
  respond(incoming: IncomingRequest): Promise<ScimResponse>
  /**
   * @param served Resource type that the request reads or writes.
   * @param purpose What the request is beyond a request for this type; the same as before when absent.
   * @returns The request as it concerns that type.
   */
  for(served: ServedResource, purpose?: RequestPurpose): ResourceContext
}

/** What a request on a resource type is beyond that. */
export interface RequestPurpose {
  /** Whether the request came to `/Me`. */
  readonly isMe?: boolean
  /** Whether all resource types are queried, so that a name need not be known to each of them. */
  readonly spansTypes?: boolean
}

/** One request as it concerns one resource type. */
export interface ResourceContext extends RequestContext {
  readonly served: ServedResource
  /** What a store is told about the request. */
  readonly storeContext: StoreContext
  /** Whether names that no schema knows are refused, not ignored. */
  readonly refuseUnknown: boolean
  readonly purpose: RequestPurpose
}
