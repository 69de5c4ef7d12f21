import type { RequestRecorder } from '../recorder/request-recorder.js'
import { explainRequest } from './explain-request.js'
import { css, html, script } from './inspector-page.gen.js'
import type { ShownRequests } from './shown-requests.js'

/** Path of the inspector's page. */
export const inspectorPath = '/inspector'

/** Most requests in one response; older ones are skipped. */
const maxRequests = 500

/** Nothing from elsewhere, nothing inline, no frame around it. */
const protections = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const

/**
 * Answers requests for the inspector: a page that lists what the server was asked, and what that means.
 *
 * @param request Any request; the listener has refused those of other origins.
 * @param recorder Requests to show.
 * @returns The response; `undefined` when the request is not for the inspector.
 */
export function serveInspector(request: Request, recorder: RequestRecorder): Response | undefined {
  const { pathname, searchParams } = new URL(request.url)
  if (pathname !== inspectorPath && !pathname.startsWith(`${inspectorPath}/`)) return undefined
  if (request.method !== 'GET') return respond(405, 'text/plain', 'The inspector is read-only\n', { allow: 'GET' })
  switch (pathname) {
    case inspectorPath:
      return respond(200, 'text/html', html)
    case `${inspectorPath}/page.css`:
      return respond(200, 'text/css', css)
    case `${inspectorPath}/page.js`:
      return respond(200, 'text/javascript', script)
    case `${inspectorPath}/requests`:
      return respond(200, 'application/json', JSON.stringify(newRequests(recorder, Number(searchParams.get('after')))))
    default:
      return respond(404, 'text/plain', 'The inspector has no such page\n')
  }
}

function newRequests({ requests, recorded }: RequestRecorder, after: number): ShownRequests {
  const missing = after >= 0 && after <= recorded ? recorded - after : recorded
  const shown = missing === 0 ? [] : requests.slice(-Math.min(missing, maxRequests))
  return { recorded, requests: shown.map((request) => ({ ...request, explanation: explainRequest(request) })) }
}

function respond(status: number, type: string, body: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(body, {
    status,
    headers: { ...protections, ...headers, 'content-type': `${type}; charset=utf-8` },
  })
}
