import type { SentRequest } from './errors.js'

/** What a request is named by. */
type Named = Pick<SentRequest, 'method' | 'path' | 'url'>

/**
 * Names a request for people. The query stays out, since filters hold names of people, and so does an id that is an
 * address of one.
 *
 * @param request The request.
 * @param status Status that it was answered with.
 * @param sentence What there is to say of it.
 * @returns Such as `GET /Users/x: 404 There is no such user (scim.example.com)`.
 */
export function describeRequest(request: Named, status: number | undefined, sentence: string): string {
  const said = status === undefined ? sentence : `${status} ${sentence}`
  return `${request.method} ${pathOf(request)}: ${said}${hostOf(request.url)}`
}

/**
 * @param request Request.
 * @returns Its path below the base URL, without query and addresses of people.
 */
export function pathOf({ path, url }: Omit<Named, 'method'>): string {
  const [bare = ''] = (path ?? (URL.canParse(url) ? new URL(url).pathname : url)).split('?', 1)
  const segments = bare.split('/').map((segment) => (/@|%40/i.test(segment) ? '…' : segment))
  return segments.join('/')
}

function hostOf(url: string): string {
  return URL.canParse(url) ? ` (${new URL(url).host})` : ''
}
