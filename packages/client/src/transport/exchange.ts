import { type Answer, type Call, isRead } from './call.js'
import type { Connection } from './connection.js'
import { ScimResponseError, ScimTransportError, type SentRequest } from './errors.js'
import { readResponse } from './read-response.js'
import { createRedaction, findSecrets, type Redaction, redactBody, redactHeaders } from './redact.js'
import { OutOfTime, runWithin } from './run-within.js'

/** Most redirections of one try. */
const longestRedirection = 5

/**
 * Codes of failures before anything was sent: no such host, nobody listens, no trust in the certificate. Codes that an
 * established connection may fail with, too, are not among them.
 */
const neverSent = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|UNABLE_TO_VERIFY_LEAF_SIGNATURE)$|CERT/

/**
 * Sends a request once and reads its answer.
 *
 * @param connection What the client's calls share.
 * @param call The request.
 * @param authorization Value of the Authorization header.
 * @returns The answer, its status 2xx and without fault.
 * @throws {ScimResponseError} For a status of 400 and above.
 * @throws {ScimTransportError} When no usable answer came.
 */
export async function exchange(connection: Connection, call: Call, authorization: string | undefined): Promise<Answer> {
  const headers = buildHeaders(call, authorization)
  const redaction = createRedaction(() => findSecrets(headers, call.body))
  const request = showRequest(connection.baseUrl + call.path, call, headers, redaction)
  connection.hooks.onRequest?.({ request })
  const began = performance.now()
  const result = await attempt(connection, call, { request, headers, redaction }).then(
    (answer) => ({ answer, status: answer.status, error: undefined }),
    (error: unknown) => ({ status: error instanceof ScimResponseError ? error.status : undefined, error }),
  )
  const { status, error } = result
  connection.hooks.onAttempt?.({ request, status, duration: performance.now() - began, error })
  if ('answer' in result) return result.answer
  throw error
}

async function attempt(
  connection: Connection,
  call: Call,
  sending: Pick<Sending, 'request' | 'headers' | 'redaction'>,
): Promise<Answer> {
  const { request, redaction } = sending
  const reads = isRead(call)
  const { signal, timeout } = call.scope
  const milliseconds = Math.min(timeout, call.scope.remaining())
  try {
    return await runWithin({ signal, milliseconds }, async (ended) => {
      const response = await follow(connection, call, { ...sending, signal: ended })
      const { maxBodyBytes } = connection
      const body = await readResponse(response, { request, redaction, maxBodyBytes, reads, signal: ended })
      return checkAnswer(call, { status: response.status, headers: response.headers, body, request })
    })
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error
    const message = `No answer came within ${Math.round(milliseconds)} ms`
    throw new ScimTransportError('timeout', message, {
      outcome: reads ? 'not-applied' : 'unknown',
      request,
      passing: true,
    })
  }
}

function checkAnswer(call: Call, answer: Answer): Answer {
  const fault = call.findFault?.(answer)
  if (fault === undefined) return answer
  const outcome = isRead(call) ? 'not-applied' : 'unknown'
  const { request, status } = answer
  throw new ScimTransportError('invalid-response', `The answer ${fault}`, { outcome, request, status })
}

/** The request as others may see it; it costs something only when it is looked at. */
function showRequest(url: string, call: Call, headers: Headers, redaction: Redaction): SentRequest {
  return {
    method: call.method,
    url,
    path: call.path,
    get headers() {
      return redactHeaders(headers, redaction)
    },
    get body() {
      return redactBody(call.body)
    },
  }
}

interface Sending {
  readonly request: SentRequest
  readonly headers: Headers
  readonly redaction: Redaction
  readonly signal: AbortSignal
}

/** Sends, and follows 307 and 308 within the origin; nothing else may move a request with its credentials. */
async function follow(connection: Connection, call: Call, sending: Sending): Promise<Response> {
  const { request, headers, signal } = sending
  const init: RequestInit = { method: call.method, headers, redirect: 'manual', signal }
  if (call.body !== undefined) init.body = call.text ?? JSON.stringify(call.body)
  let { url } = request
  for (let hops = 0; ; hops++) {
    const began = performance.now()
    const response = await fetchOnce(connection, url, init, { call, request })
    const { status } = response
    connection.hooks.onResponse?.({ request, status, duration: performance.now() - began })
    if (response.redirected) return refuse(call, request, 'came from a redirection that fetch followed by itself', 303)
    if (response.type !== 'opaqueredirect' && (status < 300 || status > 399)) return response
    void response.body?.cancel().catch(() => {})
    const next = nextUrl(response, url)
    if (next === undefined) return refuse(call, request, 'is a redirection that cannot be followed', status)
    if (next.origin !== new URL(url).origin) return refuse(call, request, 'is a redirection to another origin', status)
    if (hops >= longestRedirection) return refuse(call, request, 'is one redirection after another', status)
    url = next.href
  }
}

async function fetchOnce(
  connection: Connection,
  url: string,
  init: RequestInit,
  { call, request }: { readonly call: Call; readonly request: SentRequest },
): Promise<Response> {
  const { fetch: given } = connection
  // The global fetch makes a Request by itself; made twice, it would be what costs most of a call.
  const send = given ? given.bind(undefined, new Request(url, init)) : () => fetch(url, init)
  try {
    return await send()
  } catch (cause) {
    init.signal?.throwIfAborted()
    const outcome = isRead(call) || wasNeverSent(cause) ? 'not-applied' : 'unknown'
    throw new ScimTransportError('network', `No answer came${codeOf(cause)}`, {
      outcome,
      cause,
      request,
      passing: true,
    })
  }
}

/** The system's code, such as ECONNREFUSED, where the platform gives one. */
function codeOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } | null } // any thrown value may be asked for a member
  const { code } = cause ?? {}
  return typeof code === 'string' && /^[A-Z\d_]+$/.test(code) ? ` (${code})` : ''
}

/** Node puts the system's code into the cause, and a socket that was closed too early; other platforms nothing. */
function wasNeverSent(error: unknown): boolean {
  const { cause } = error as { cause?: unknown } // any thrown value may be asked for a member
  if (typeof cause !== 'object' || cause === null) return false
  const { code, message, socket } = cause as { code?: unknown; message?: unknown; socket?: { bytesWritten?: unknown } } // looked at below
  if (neverSent.test(String(code)) || /before secure TLS connection was established/.test(String(message))) return true
  return socket?.bytesWritten === 0
}

function nextUrl(response: Response, url: string): URL | undefined {
  const location = response.headers.get('location')
  if (location === null || (response.status !== 307 && response.status !== 308)) return undefined
  return URL.canParse(location, url) ? new URL(location, url) : undefined
}

function refuse(call: Call, request: SentRequest, what: string, status: number): never {
  // 307 and 308 say that the request was not worked on; 303 says that it was.
  const applied = !isRead(call) && status !== 307 && status !== 308
  const outcome = applied ? 'unknown' : 'not-applied'
  throw new ScimTransportError('invalid-response', `The answer ${what}`, { outcome, request, status })
}

function buildHeaders(call: Call, authorization: string | undefined): Headers {
  const headers = new Headers(call.scope.headers)
  for (const [name, value] of Object.entries(call.headers ?? {})) headers.set(name, value)
  if (!headers.has('accept')) headers.set('accept', 'application/scim+json, application/json')
  if (call.body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/scim+json')
  if (authorization !== undefined) headers.set('authorization', authorization)
  return headers
}
