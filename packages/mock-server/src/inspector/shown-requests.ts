/** What the page gets when it asks for new requests. */
export interface ShownRequests {
  /** Number of requests since the start, those that are no longer kept included. */
  readonly recorded: number
  /** Those that the page does not have yet, oldest first. */
  readonly requests: readonly ShownRequest[]
}

/** What the page shows of a recorded request. It names no type of the server, so that the page is checked without Node. */
export interface ShownRequest {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Status of the response; 0 when the connection was broken. */
  readonly status: number
  readonly response: { readonly headers: Readonly<Record<string, string>>; readonly body?: unknown }
  /** Sentences on what it asked and how it ended. */
  readonly explanation: readonly string[]
}
