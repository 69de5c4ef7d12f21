import { type PatchOperation, ScimError } from '@scimkit/core/schema'
import type { ErrorDetail } from './error-body.js'
import { describeRequest, type ReceivedResponse, type SentRequest } from './sent-request.js'

/** Whether a request that failed may have changed something: certainly not, or the client cannot know. */
export type Outcome = 'not-applied' | 'unknown'

/**
 * The server answered with an error. `ScimError.is` recognises it; `status`, `scimType` and `detail` are the server's. A
 * 409 of a write without a version is `uniqueness` also where the server leaves `scimType` out. The message names the
 * request, its status and the host.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.12
 */
export class ScimResponseError extends ScimError {
  readonly request: SentRequest
  readonly response: ReceivedResponse
  /** What the server calls the request, for its operators. */
  readonly requestId: string | undefined

  /**
   * @param request Request without credentials.
   * @param response CallResponse without credentials.
   * @param said Detail and keyword; those in the body unless given.
   */
  constructor(request: SentRequest, response: ReceivedResponse, said: ErrorDetail = Object(response.body)) {
    const { status } = response
    const { detail, scimType } = said
    super(status, detail ?? `${request.method} failed with status ${status}`, { scimType })
    this.message = describeRequest(request, status, detail ?? 'The server did not say why')
    this.request = request
    this.response = response
    this.requestId = requestIdHeaders.map((name) => response.headers[name]).find((id) => id !== undefined)
  }

  override get name(): string {
    return 'ScimResponseError'
  }

  /**
   * @returns The request as a command for a shell; credentials and passwords are missing from it.
   */
  toCurl(): string {
    const { method, url, headers, body } = this.request
    const words = ['curl', '-X', method, quote(url)]
    for (const [name, value] of Object.entries(headers)) words.push('-H', quote(`${name}: ${value}`))
    if (body !== undefined) words.push('--data-raw', quote(body))
    return words.join(' ')
  }
}

/** Options of {@link ScimTransportError}. */
export interface TransportErrorOptions {
  readonly outcome: Outcome
  readonly cause?: unknown
  readonly request?: SentRequest | undefined
  /** HTTP status of the response, where one came. */
  readonly status?: number | undefined
  /** Whether the same request may do better at another time; `false` unless given. */
  readonly passing?: boolean | undefined
}

/** No usable response came: the network failed, time ran out, or what came was no response to the request. */
export class ScimTransportError extends Error {
  readonly reason: 'network' | 'timeout' | 'invalid-response'
  /** Whether the request may have changed something. */
  readonly outcome: Outcome
  readonly request: SentRequest | undefined
  /** Whether the same request may do better at another time. */
  readonly passing: boolean

  /**
   * @param reason What went wrong.
   * @param sentence What went wrong, without values and tokens; the message names the request before it.
   * @param options Outcome, cause, request and status.
   */
  constructor(reason: ScimTransportError['reason'], sentence: string, options: TransportErrorOptions) {
    const { request, status } = options
    super(
      request ? describeRequest(request, status, sentence) : sentence,
      options.cause === undefined ? undefined : { cause: options.cause },
    )
    this.reason = reason
    this.outcome = options.outcome
    this.request = options.request
    this.passing = options.passing ?? false
  }

  override get name(): string {
    return 'ScimTransportError'
  }
}

/** What a listing showed: an id twice, resources left out, no end, or a total that is untrue. */
export type PagingFault = 'duplicate' | 'gap' | 'endless' | 'total'

/** A listing cannot be trusted to be complete: do not delete what it lacks. */
export class ScimPagingError extends Error {
  readonly reason: PagingFault

  /**
   * @param reason What the listing showed.
   * @param message Sentence for people.
   */
  constructor(reason: PagingFault, message: string) {
    super(message)
    this.reason = reason
  }

  override get name(): string {
    return 'ScimPagingError'
  }
}

/** What came of the operations of a PATCH that was sent in parts. */
export interface PatchLedger {
  readonly applied: readonly PatchOperation[]
  /** These may have been applied. */
  readonly unknown: readonly PatchOperation[]
  readonly notApplied: readonly PatchOperation[]
}

/**
 * A PATCH that the server's limits forced into several requests stopped in the middle. `cause` says why; members that
 * many requests added or removed are not put back.
 */
export class ScimPartialPatchError extends Error implements PatchLedger {
  readonly applied: readonly PatchOperation[]
  readonly unknown: readonly PatchOperation[]
  readonly notApplied: readonly PatchOperation[]

  /**
   * @param cause Failure of one of the requests.
   * @param ledger What came of the operations.
   */
  constructor(cause: unknown, { applied, unknown, notApplied }: PatchLedger) {
    super('A PATCH in several requests stopped in the middle', { cause })
    this.applied = applied
    this.unknown = unknown
    this.notApplied = notApplied
  }

  override get name(): string {
    return 'ScimPartialPatchError'
  }
}

const requestIdHeaders = ['x-request-id', 'request-id', 'x-correlation-id', 'x-amzn-requestid', 'x-github-request-id']

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
