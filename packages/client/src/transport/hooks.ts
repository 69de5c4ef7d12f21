import type { SentRequest } from './sent-request.js'

/** Functions that hear what a client does; none of them sees a credential. What they throw ends the call. */
export interface ClientHooks {
  /** Before each attempt. */
  readonly onRequest?: ((event: RequestEvent) => void) | undefined
  /** When the head of a response has come, whatever its status. */
  readonly onResponse?: ((event: ResponseEvent) => void) | undefined
  /** When an attempt is over: its response was read and belongs to the request, or it failed. */
  readonly onAttempt?: ((event: AttemptEvent) => void) | undefined
  /** Before the wait for another attempt. */
  readonly onRetry?: ((event: RetryEvent) => void) | undefined
  /** When a server responds with 429; `delay` is how long the client then sends nothing, where the server says so. */
  readonly onRateLimit?: ((event: RetryEvent) => void) | undefined
  /** When the client first reads or does something differently from what it was asked, once for each kind. */
  readonly onNote?: ((note: ClientNote) => void) | undefined
}

/** An attempt begins. */
export interface RequestEvent {
  readonly request: SentRequest
}

/** The head of a response has come. */
export interface ResponseEvent extends RequestEvent {
  readonly status: number
  /** Milliseconds since the request was sent. */
  readonly duration: number
}

/** An attempt is over. */
export interface AttemptEvent extends RequestEvent {
  /** Status of the response; `undefined` where none came, or what came could not be read. */
  readonly status: number | undefined
  /** Milliseconds since the attempt began. */
  readonly duration: number
  /** Why it failed; `undefined` when it did not. */
  readonly error: unknown
}

/** An attempt has failed. */
export interface RetryEvent {
  /** Number of attempts so far, 1 or more. */
  readonly attempts: number
  /** Milliseconds until the next one. */
  readonly delay: number
  readonly error: unknown
}

/** Something that the client reads or does differently from what the server or the caller said. */
export interface ClientNote {
  /** An id that is a number; listings by index since the server refuses a cursor; a bulk sent as single requests. */
  readonly kind: 'number-id' | 'index-paging' | 'single-requests'
  /** Sentence for people, without values and tokens. */
  readonly detail: string
}
