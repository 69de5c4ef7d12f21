import { type Call, type CallResponse, isRead } from './call.js'
import type { Connection } from './connection.js'
import { ScimResponseError, ScimTransportError } from './errors.js'
import { followRedirects } from './follow-redirects.js'
import { readResponse } from './read-response.js'
import { createRedaction, findSecrets, type Redaction, redactBody, redactHeaders } from './redact.js'
import { OutOfTime, runWithin } from './run-within.js'
import type { SentRequest } from './sent-request.js'

/**
 * Makes one attempt: sends a request and reads its response.
 *
 * @param connection What the client's calls share.
 * @param call The request.
 * @param authorization Value of the Authorization header.
 * @returns The response, its status 2xx and without fault.
 * @throws {ScimResponseError} For a status of 400 and above.
 * @throws {ScimTransportError} When no usable response came.
 */
export async function exchange(
  connection: Connection,
  call: Call,
  authorization: string | undefined,
): Promise<CallResponse> {
  const headers = buildHeaders(call, authorization)
  const redaction = createRedaction(() => findSecrets(headers, call.body))
  const request = showRequest(connection.baseUrl + call.path, call, headers, redaction)
  connection.hooks.onRequest?.({ request })
  const began = performance.now()
  const report = (status: number | undefined, error: unknown): void =>
    connection.hooks.onAttempt?.({ request, status, duration: performance.now() - began, error })
  const response = await attempt(connection, call, { request, headers, redaction }).catch((error: unknown) => {
    report(error instanceof ScimResponseError ? error.status : undefined, error)
    throw error
  })
  report(response.status, undefined)
  return response
}

interface Attempt {
  readonly request: SentRequest
  readonly headers: Headers
  readonly redaction: Redaction
}

async function attempt(connection: Connection, call: Call, given: Attempt): Promise<CallResponse> {
  const { request, headers, redaction } = given
  const { maxBodyBytes } = connection
  const reads = isRead(call)
  const { signal, timeout } = call.scope
  const milliseconds = Math.min(timeout, call.scope.remaining())
  try {
    return await runWithin({ signal, milliseconds }, async (ended) => {
      const response = await followRedirects(connection, call, { request, headers, signal: ended })
      const body = await readResponse(response, { request, redaction, maxBodyBytes, reads, signal: ended })
      return checkResponse(call, { status: response.status, headers: response.headers, body, request })
    })
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error
    const outcome = reads ? 'not-applied' : 'unknown'
    const sentence = `No response came within ${Math.round(milliseconds)} ms`
    throw new ScimTransportError('timeout', sentence, { outcome, request, passing: true })
  }
}

function checkResponse(call: Call, response: CallResponse): CallResponse {
  const fault = call.findFault?.(response)
  if (fault === undefined) return response
  const outcome = isRead(call) ? 'not-applied' : 'unknown'
  const { request, status } = response
  throw new ScimTransportError('invalid-response', `The response ${fault}`, { outcome, request, status })
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

function buildHeaders(call: Call, authorization: string | undefined): Headers {
  const headers = new Headers(call.scope.headers)
  for (const [name, value] of Object.entries(call.headers ?? {})) headers.set(name, value)
  if (!headers.has('accept')) headers.set('accept', 'application/scim+json, application/json')
  if (call.body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/scim+json')
  if (authorization !== undefined) headers.set('authorization', authorization)
  return headers
}
