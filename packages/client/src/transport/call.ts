import type { SentRequest } from './sent-request.js'

/** One request with all its attempts. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below the base URL, percent-encoded, query included. */
  readonly path: string
  readonly scope: CallScope
  readonly body?: unknown
  /** JSON text of the body, where it has been made already. */
  readonly text?: string | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Whether it only reads, as a search by POST does. */
  readonly reads?: boolean | undefined
  /**
   * Checks a response with status 2xx.
   *
   * @returns The fault, as the end of a sentence about the response; `undefined` when there is none.
   */
  readonly findFault?: ((response: CallResponse) => string | undefined) | undefined
  /** Whether the call accepts a failure as a response, though another call would try again. */
  readonly isFinal?: ((error: unknown) => boolean) | undefined
  /**
   * Finds out whether a write without a usable response was applied. Without it, an ambiguous write is simply repeated.
   *
   * @param error The failure; after an ambiguous one also a 404, 409 or 412 that may come from the write's own success.
   * @returns The response that the write would have had; `undefined` when it was not applied.
   * @throws When that cannot be found out.
   */
  readonly settle?: ((error: unknown) => Promise<CallResponse | undefined>) | undefined
}

/**
 * @param call A request.
 * @returns Whether it changes nothing at the server.
 */
export function isRead(call: Call): boolean {
  return call.method === 'GET' || call.reads === true
}

/** A successful response. */
export interface CallResponse {
  readonly status: number
  readonly headers: Headers
  /** Parsed JSON; `undefined` for an empty body. */
  readonly body: unknown
  /** The request without its secrets, for errors that are found later. */
  readonly request: SentRequest
  /** Whether it was found by looking for it; such a resource is whole, whatever projection was requested. */
  readonly found?: boolean | undefined
}

/** What the requests of one call of a method share: its time and its signal. */
export interface CallScope {
  readonly signal: AbortSignal | undefined
  /** Milliseconds of one attempt. */
  readonly timeout: number
  readonly headers: Readonly<Record<string, string>>
  /** Starts the budget, at the first turn of the first request. */
  begin(): void
  /** @returns Milliseconds left of the budget; `Infinity` before it has begun. */
  remaining(): number
  /** @returns Whether a wait leaves something of the budget, which is whole before it has begun. */
  fits(milliseconds: number): boolean
}

/**
 * Creates the scope of a call.
 *
 * @param options Options of the call.
 * @param defaults Defaults of the client.
 * @returns The scope; its budget has not begun.
 */
export function createScope(
  options: {
    readonly signal?: AbortSignal | undefined
    readonly timeout?: number | undefined
    readonly budget?: number | undefined
    readonly headers?: Readonly<Record<string, string>> | undefined
  },
  defaults: { readonly timeout: number; readonly budget: number },
): CallScope {
  const budget = options.budget ?? defaults.budget
  let deadline = Infinity
  return {
    signal: options.signal,
    timeout: options.timeout ?? defaults.timeout,
    headers: options.headers ?? {},
    begin() {
      if (deadline === Infinity) deadline = performance.now() + budget
    },
    remaining: () => deadline - performance.now(),
    fits: (milliseconds) => milliseconds < (deadline === Infinity ? budget : deadline - performance.now()),
  }
}
