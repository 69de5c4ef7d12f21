import { type Call, isRead } from './call.js'
import type { Connection } from './connection.js'
import { ScimTransportError } from './errors.js'
import type { SentRequest } from './sent-request.js'

/** Most redirections of one attempt. */
const maxRedirections = 5

/** A request on its way. */
export interface Sending {
  readonly request: SentRequest
  readonly headers: Headers
  readonly signal: AbortSignal
}

/**
 * Sends a request, and follows 307 and 308 within the origin; no other response may move a request with its credentials.
 *
 * @param connection What the client's calls share.
 * @param call The request.
 * @param sending Its headers, and the signal that ends it.
 * @returns The first response that is not a redirection, its body unread.
 * @throws {ScimTransportError} `network` when no response came, `invalid-response` for any other redirection.
 */
export async function followRedirects(connection: Connection, call: Call, sending: Sending): Promise<Response> {
  const { request, headers, signal } = sending
  const init: RequestInit = { method: call.method, headers, redirect: 'manual', signal }
  if (call.body !== undefined) init.body = call.text ?? JSON.stringify(call.body)
  let { url } = request
  for (let hops = 0; ; hops++) {
    const began = performance.now()
    const response = await fetchOnce(connection, call, { url, init, request })
    connection.hooks.onResponse?.({ request, status: response.status, duration: performance.now() - began })
    const redirect = findRedirect(response, url, hops)
    if (!redirect) return response
    void response.body?.cancel().catch(() => {})
    if ('fault' in redirect) throw redirectError(call, request, redirect)
    url = redirect.next
  }
}

/** Where a redirection leads, or why the client does not go there. */
export type Redirect = { readonly next: string } | { readonly fault: string; readonly status: number }

/**
 * Finds where a response leads, and whether the client may go there.
 *
 * @param response The response; its body is not touched.
 * @param url Address that was asked.
 * @param hops Number of redirections that were followed before.
 * @returns The next address or the fault; `undefined` for a response that is not a redirection.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.11
 */
export function findRedirect(
  response: Pick<Response, 'status' | 'type' | 'redirected' | 'headers'>,
  url: string,
  hops: number,
): Redirect | undefined {
  const { status, type, redirected, headers } = response
  if (redirected) return { fault: 'came from a redirection that fetch followed by itself', status: 303 }
  if (type !== 'opaqueredirect' && (status < 300 || status > 399)) return undefined
  const location = headers.get('location')
  if (location === null || (status !== 307 && status !== 308) || !URL.canParse(location, url)) {
    return { fault: 'is a redirection that cannot be followed', status }
  }
  const next = new URL(location, url)
  if (next.origin !== new URL(url).origin) return { fault: 'is a redirection to another origin', status }
  return hops >= maxRedirections ? { fault: 'is one redirection after another', status } : { next: next.href }
}

function redirectError(
  call: Call,
  request: SentRequest,
  { fault, status }: Extract<Redirect, { readonly fault: string }>,
): ScimTransportError {
  // 307 and 308 say that the request was not worked on; 303 says that it was.
  const mayBeApplied = !isRead(call) && status !== 307 && status !== 308
  const outcome = mayBeApplied ? 'unknown' : 'not-applied'
  return new ScimTransportError('invalid-response', `The response ${fault}`, { outcome, request, status })
}

async function fetchOnce(
  { fetch: given }: Connection,
  call: Call,
  { url, init, request }: { readonly url: string; readonly init: RequestInit; readonly request: SentRequest },
): Promise<Response> {
  // The global fetch makes a Request by itself; made twice, it would be what costs most of a call.
  const send = given ? given.bind(undefined, new Request(url, init)) : () => fetch(url, init)
  try {
    return await send()
  } catch (cause) {
    init.signal?.throwIfAborted()
    const outcome = isRead(call) || wasNeverSent(cause) ? 'not-applied' : 'unknown'
    const sentence = `No response came${codeOf(cause)}`
    throw new ScimTransportError('network', sentence, { outcome, cause, request, passing: true })
  }
}

/** The system's code, such as ECONNREFUSED, where the platform has one. */
function codeOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } | null } // any thrown value may be asked for a member
  const { code } = cause ?? {}
  return typeof code === 'string' && /^[A-Z\d_]+$/.test(code) ? ` (${code})` : ''
}

/**
 * Codes of failures before anything was sent: the host has no address, refuses connections or has a certificate that is
 * not trusted. Codes that an established connection may fail with, too, are not among them.
 */
const neverSent = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|UNABLE_TO_VERIFY_LEAF_SIGNATURE)$|CERT/

/**
 * Tells whether a failure of `fetch` came before anything was sent. Node puts the system's code into the cause, and a
 * socket that was closed too early; other platforms say nothing.
 *
 * @param error What `fetch` threw.
 * @returns Whether it is certain.
 */
export function wasNeverSent(error: unknown): boolean {
  const { cause } = error as { cause?: unknown } // any thrown value may be asked for a member
  if (typeof cause !== 'object' || cause === null) return false
  const { code, message, socket } = cause as { code?: unknown; message?: unknown; socket?: { bytesWritten?: unknown } } // looked at below
  if (neverSent.test(String(code)) || /before secure TLS connection was established/.test(String(message))) return true
  return socket?.bytesWritten === 0
}
