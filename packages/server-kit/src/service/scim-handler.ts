import type { IncomingRequest, ScimResponse } from './request-context.js'

/** What adapters need of a service provider: one function from request to response. */
export interface ScimHandler {
  /**
   * Answers a request. Errors are responses too: the promise never rejects.
   *
   * @param request Request below the base path, or anywhere else, which is answered 404.
   * @returns The response.
   */
  fetch(request: Request): Promise<Response>
}

/** Door for adapters that can do without the web's Request and Response. */
export const respondDirectly: unique symbol = Symbol.for('@scimkit/server-kit/answer') as never // unique symbols cannot be declared by Symbol.for

/** A handler with that door. */
export interface DirectHandler extends ScimHandler {
  readonly [respondDirectly]: (incoming: IncomingRequest) => Promise<ScimResponse>
}
