/**
 * Middleware for Express 5: use this entry where an Express application is there already.
 */

import type { IncomingMessage, ServerResponse } from 'node:http'
import { toNodeListener } from './node/to-node-listener.js'
import type { ScimHandler } from './service/scim-handler.js'

/**
 * Turns a handler into middleware for Express 5. It answers every request that reaches it; a body that a parser in
 * front of it has already read is taken from `request.body`.
 *
 * @param handler Handler whose `basePath` is the path that the middleware is mounted at.
 * @returns For `app.use`.
 * @example
 * express().use('/scim/v2', toExpress(scim))
 */
export function toExpress(handler: ScimHandler): (request: IncomingMessage, response: ServerResponse) => void {
  return toNodeListener(handler)
}
