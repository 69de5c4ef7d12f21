import { ScimError } from '@scimkit/core/schema'
import { joinSlashes } from './compatibility/read-message.js'
import { createRequestContext, type OpenRequest } from './request/create-request-context.js'
import { respondWithError } from './response/scim-response.js'
import { findRoute, type Route } from './routes.js'
import type { Authenticate } from './service/handler-options.js'
import { reportFailure } from './service/report-failure.js'
import type { IncomingRequest, ScimResponse } from './service/request-context.js'
import type { Service } from './service/service.js'
import type { Principal } from './store/store-context.js'

const openPrincipal: Principal = Object.freeze({ subject: 'anonymous' })

/**
 * Responds to a request: finds out who sends it and what it leads to, and turns every error into a SCIM Error.
 *
 * @param service Service provider.
 * @param incoming Request whose body has not been read.
 * @returns The response; the promise never rejects.
 */
export async function handleRequest(service: Service, incoming: IncomingRequest): Promise<ScimResponse> {
  const requestId = crypto.randomUUID()
  let principal: Principal | undefined
  try {
    checkHost(incoming)
    const found = findCaller(service, incoming, pathOf(incoming))
    const caller = checkCaller(found && 'then' in found ? await found : found)
    if (!caller) return finish(refuseCaller(service), incoming, requestId)
    principal = caller
    return finish(await answerCaller(service, incoming, caller, requestId), incoming, requestId)
  } catch (error) {
    return finish(answerFailure(service, incoming, error, { requestId, principal }), incoming, requestId)
  }
}

/** Responds to a caller who is known; it never rejects. The operations of a bulk request come here again, one by one. */
async function answerCaller(
  service: Service,
  incoming: IncomingRequest,
  principal: Principal,
  requestId: string,
): Promise<ScimResponse> {
  try {
    const respond = (within: IncomingRequest) => answerCaller(service, within, principal, requestId)
    const context = createRequestContext({ service, incoming, principal, requestId, respond })
    const route = findRoute(service, joinSlashes(pathOf(incoming), context.reading))
    checkReach(principal, route)
    return await answerRoute(route, context)
  } catch (error) {
    return answerFailure(service, incoming, error, { requestId, principal })
  }
}

/**
 * Of two hosts a proxy and the handler may each believe another one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2
 */
function checkHost(incoming: IncomingRequest): void {
  if (!incoming.header('host')?.includes(',')) return
  throw new ScimError(400, 'The request has more than one Host header', { scimType: 'invalidValue' })
}

function pathOf({ target }: IncomingRequest): string {
  const query = target.indexOf('?')
  return query < 0 ? target : target.slice(0, query)
}

/**
 * Credentials come before everything else of a request is looked at. A token check is mostly done at once, and then
 * it is not awaited.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-2
 */
function findCaller(service: Service, incoming: IncomingRequest, path: string): ReturnType<Authenticate> {
  if (path === service.openPath && (incoming.method === 'GET' || incoming.method === 'HEAD')) return openPrincipal
  return service.options.authenticate(incoming.request)
}

function checkCaller(principal: Principal | null): Principal | null {
  if (!principal) return null
  const { tenantId } = principal
  if (tenantId === undefined || (typeof tenantId === 'string' && tenantId !== '')) return principal
  throw new TypeError('authenticate returned a principal whose tenantId is not a string, or is empty')
}

function refuseCaller(service: Service): ScimResponse {
  const error = new ScimError(401, 'The request needs valid credentials in its Authorization header')
  return respondWithError(error, { 'www-authenticate': service.challenge })
}

/** A signed-in user is not an administrator, unless the application says so. */
function checkReach({ userId, scopes }: Principal, route: Route): void {
  if (userId === undefined || route.isOwn) return
  if (Array.isArray(scopes) && scopes.includes('scim')) return // a string would also contain `scim` within another word
  throw new ScimError(
    403,
    'A principal with userId reaches only /Me; to reach other resources, authenticate must give it the scope "scim"',
  )
}

function answerRoute(route: Route, context: OpenRequest): ScimResponse | Promise<ScimResponse> {
  const { method } = context.incoming
  if (method === 'OPTIONS') return { status: 204, headers: { allow: allowedMethods(route) } }
  const operation = route.find(method === 'HEAD' ? 'GET' : method)
  if (operation) {
    context.readParameters()
    return operation(context)
  }
  const error = new ScimError(405, 'The method is not allowed here; the Allow header lists those that are')
  return respondWithError(error, { allow: allowedMethods(route) })
}

function allowedMethods({ methods }: Route): string {
  return [...methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])), 'OPTIONS'].join(', ')
}

/** The size is that of the body that GET would have sent; it is unknown for one that is read while it is sent. */
function withoutBody({ status, headers, body }: ScimResponse): ScimResponse {
  if (body === undefined) return { status, headers }
  return { status, headers: { ...headers, 'content-length': String(new TextEncoder().encode(body).byteLength) } }
}

function answerFailure(
  service: Service,
  incoming: IncomingRequest,
  error: unknown,
  known: { readonly requestId: string; readonly principal: Principal | undefined },
): ScimResponse {
  if (ScimError.is(error) && error.status < 500) {
    return respondWithError(error, error.status === 401 ? { 'www-authenticate': service.challenge } : {})
  }
  const expected = ScimError.is(error) && error.status !== 500
  if (!expected) reportFailure(service, error, { ...known, method: incoming.method })
  return respondWithError(
    expected ? error : new ScimError(500, 'The service provider failed; the request id names the failure'),
  )
}

/** Personal data stays out of caches and is never taken for another media type. A response to HEAD has no body. */
function finish(answer: ScimResponse, { method }: IncomingRequest, requestId: string): ScimResponse {
  answer.headers['x-request-id'] = requestId
  answer.headers['cache-control'] = 'no-store'
  answer.headers['x-content-type-options'] = 'nosniff'
  return method === 'HEAD' ? withoutBody(answer) : answer
}
