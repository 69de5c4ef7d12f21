/**
 * A plug-in for Fastify 5: use this entry where a Fastify application is there already.
 */

import type { IncomingMessage, ServerResponse } from 'node:http'
import { toNodeListener } from './node/to-node-listener.js'
import type { ScimHandler } from './service/scim-handler.js'

/** What the plug-in needs of a Fastify 5 instance. */
export interface FastifyHost {
  removeAllContentTypeParsers(): unknown
  addContentTypeParser(
    contentType: string,
    options: object,
    parser: (request: never, payload: never, done: (error: null) => void) => void,
  ): unknown
  all(path: string, handler: (request: FastifyCall, reply: FastifyAnswer) => void): unknown
}

interface FastifyCall {
  readonly raw: IncomingMessage
}

interface FastifyAnswer {
  readonly raw: ServerResponse
  hijack(): unknown
}

/**
 * Turns a handler into a plug-in for Fastify 5. Within its prefix the handler reads the bodies itself, so that its
 * limits hold and SCIM's media type needs no parser.
 *
 * @param handler Handler whose `basePath` is the prefix that the plug-in is registered with.
 * @returns For `app.register`.
 * @example
 * fastify().register(toFastify(scim), { prefix: '/scim/v2' })
 */
export function toFastify(handler: ScimHandler): (host: FastifyHost, options: object, done: () => void) => void {
  const listener = toNodeListener(handler)
  return (host, _options, done) => {
    host.removeAllContentTypeParsers()
    host.addContentTypeParser('*', {}, (_request, _payload, parsed) => parsed(null))
    const answer = (request: FastifyCall, reply: FastifyAnswer): void => {
      reply.hijack()
      listener(request.raw, reply.raw)
    }
    host.all('/', answer)
    host.all('/*', answer)
    done()
  }
}
