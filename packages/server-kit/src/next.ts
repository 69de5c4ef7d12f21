/**
 * Exports of a catch-all route of Next.js: use this entry in an application with the App Router.
 */

import type { ScimHandler } from './service/scim-handler.js'

/** A route handler of Next.js. */
export type NextRouteHandler = (request: Request) => Promise<Response>

/** The exports of a `route.ts`, one for each method that Next.js knows. */
export type NextRoute = Readonly<
  Record<'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS', NextRouteHandler>
>

/**
 * Turns a handler into the exports of a catch-all route of Next.js, such as `app/scim/v2/[[...path]]/route.ts`.
 *
 * @param handler Handler whose `basePath` is the path of the route.
 * @returns The exports by method.
 * @example
 * export const { GET, POST, PUT, PATCH, DELETE } = toNextRoute(scim)
 */
export function toNextRoute(handler: ScimHandler): NextRoute {
  const answer: NextRouteHandler = (request) => handler.fetch(request)
  return { GET: answer, HEAD: answer, POST: answer, PUT: answer, PATCH: answer, DELETE: answer, OPTIONS: answer }
}
