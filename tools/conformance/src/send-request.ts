import { type Captured, fillPlaceholders } from './fill-placeholders.js'
import { type ReceivedResponse, readResponse } from './read-response.js'
import type { SampleRequest } from './sample.js'

/** The service provider that samples are replayed against. */
export interface Target {
  /** Absolute URL of the service root, without a slash at its end. */
  readonly baseUrl: string
  /** Bearer token that is sent where a sample states no `Authorization`. */
  readonly token: string
  /** Answers a request: a handler's `fetch`, or the global one. */
  readonly fetch: (request: Request) => Promise<Response>
}

/**
 * Sends one request of a sample.
 *
 * @param target The service provider.
 * @param request Request as the sample states it.
 * @param captured Values of placeholders so far.
 * @returns The response, read completely.
 */
export async function sendRequest(
  target: Target,
  request: SampleRequest,
  captured: Captured,
): Promise<ReceivedResponse> {
  const { method, path, query, headers, body } = fillPlaceholders(request, captured)
  const url = `${target.baseUrl}${path}${query ? `?${encodeQuery(query)}` : ''}`
  const init: RequestInit = {
    method,
    headers: requestHeaders(target, headers, body !== undefined),
    redirect: 'manual',
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }
  return readResponse(await target.fetch(new Request(url, init)))
}

function requestHeaders(target: Target, given: SampleRequest['headers'], hasBody: boolean): Headers {
  const headers = new Headers({ Accept: 'application/scim+json', Authorization: `Bearer ${target.token}` })
  if (hasBody) headers.set('Content-Type', 'application/scim+json')
  for (const [name, value] of Object.entries(given ?? {})) {
    if (value === '{{none}}') headers.delete(name)
    else headers.set(name, value)
  }
  return headers
}

function encodeQuery(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&')
}
