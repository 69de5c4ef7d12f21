/** A request as errors and hooks show it: credentials and passwords are replaced by `[redacted]`. */
export interface SentRequest {
  readonly method: string
  readonly url: string
  /** Path below the base URL, with its query. */
  readonly path?: string | undefined
  readonly headers: Readonly<Record<string, string>>
  /** JSON text of the body. */
  readonly body?: string | undefined
}

/** A response as errors and hooks show it: credentials that the server echoed are replaced by `[redacted]`. */
export interface ReceivedResponse {
  /** HTTP status. */
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Parsed JSON, or the text of anything else. */
  readonly body: unknown
}

/** What a request is named by. */
type Named = Pick<SentRequest, 'method' | 'path' | 'url'>

/**
 * Names a request in a sentence. The query is left out, since filters hold names of people, and so is an id that is
 * an e-mail address.
 *
 * @param request The request.
 * @param status Status of the response, where one came.
 * @param sentence What happened.
 * @returns A sentence such as `GET /Users/x: 404 User not found (scim.example.com)`.
 */
export function describeRequest(request: Named, status: number | undefined, sentence: string): string {
  const detail = status === undefined ? sentence : `${status} ${sentence}`
  return `${request.method} ${pathOf(request)}: ${detail}${hostOf(request.url)}`
}

/**
 * Finds the part of a request's path that may be shown.
 *
 * @param request The request.
 * @returns Its path below the base URL, without the query and without e-mail addresses.
 */
export function pathOf({ path, url }: Omit<Named, 'method'>): string {
  const [bare = ''] = (path ?? (URL.canParse(url) ? new URL(url).pathname : url)).split('?', 1)
  const segments = bare.split('/').map((segment) => (/@|%40/i.test(segment) ? '…' : segment))
  return segments.join('/')
}

function hostOf(url: string): string {
  return URL.canParse(url) ? ` (${new URL(url).host})` : ''
}
