import type { Call } from './call.js'
import type { Connection } from './connection.js'
import { ScimTransportError } from './errors.js'
import { statusOf } from './outcome.js'
import { OutOfTime, runWithin } from './run-within.js'
import { describeRequest } from './sent-request.js'

/** The credentials of one call, renewed once when the server rejects them. */
export interface Authorization {
  /**
   * Gets the value of the Authorization header for an attempt.
   *
   * @throws {ScimTransportError} When it cannot be had; the request was not sent.
   * @throws {ScimResponseError} The 401, when the renewed value is the one that was rejected.
   */
  header(): Promise<string | undefined>
  /** @returns Whether another attempt with renewed credentials may help against the error. */
  renewAfter(error: unknown): boolean
}

/**
 * Creates the credentials of a call.
 *
 * @param connection What the client's calls share.
 * @param call The request.
 * @returns The credentials; nothing has been asked for yet.
 */
export function createAuthorization(connection: Connection, call: Call): Authorization {
  const { authenticate } = connection
  const { scope } = call
  const get = (rejected?: string): Promise<string> | undefined => {
    if (!authenticate) return undefined
    const limit = { signal: scope.signal, milliseconds: Math.min(scope.timeout, scope.remaining()) }
    return beforeSending(connection, call, () => runWithin(limit, async () => toHeader(await authenticate(rejected))))
  }
  let sent: string | undefined
  let renewed: string | undefined
  let rejection: { readonly header: string; readonly error: unknown } | undefined
  return {
    async header() {
      if (rejection && renewed === undefined) {
        renewed = await get(rejection.header)
        // The same value would only be rejected once more.
        if (renewed === rejection.header) throw rejection.error
      }
      sent = renewed ?? (await get())
      return sent
    },
    renewAfter(error) {
      if (statusOf(error) !== 401 || sent === undefined || rejection) return false
      rejection = { header: sent, error }
      return true
    },
  }
}

/**
 * Runs what comes before a request is sent; its failure changes nothing at the server.
 *
 * @param connection What the client's calls share.
 * @param call The request.
 * @param run What is done.
 * @returns What `run` returns.
 * @throws {ScimTransportError} `outcome: 'not-applied'` when it fails.
 */
export async function beforeSending<T>(connection: Connection, call: Call, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    call.scope.signal?.throwIfAborted()
    const { method, path } = call
    const request = { method, path, url: connection.baseUrl + path }
    if (cause instanceof OutOfTime) {
      const message = describeRequest(request, undefined, 'The request was not sent in time')
      throw new ScimTransportError('timeout', message, { outcome: 'not-applied', cause: cause.cause ?? cause })
    }
    // What a function of the caller throws may quote a token; a TokenError of ours does not.
    const why = cause instanceof Error && cause.name === 'TokenError' ? cause.message : 'authenticate failed'
    const message = `${why}; ${describeRequest(request, undefined, 'The request was not sent')}`
    throw new ScimTransportError('network', message, { outcome: 'not-applied', cause })
  }
}

/** Checks what a function of the caller returned; the error that `fetch` makes of a wrong header quotes it. */
function toHeader(value: unknown): string {
  if (typeof value !== 'string') {
    throw new TypeError(`authenticate returned ${typeof value}; it must return the Authorization header`)
  }
  if (!/^[\t\x20-\x7e]+$/.test(value)) throw new TypeError('authenticate returned text that a header cannot hold')
  return value
}
