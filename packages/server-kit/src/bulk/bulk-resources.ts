import { type BulkResponse, urns } from '@scimkit/core/schema'
import { allowsPathless } from '../patch/parse-patch-op.js'
import { respondWithJson } from '../response/scim-response.js'
import type { IncomingRequest, RequestContext, ScimResponse } from '../service/request-context.js'
import { readBulkRequest } from './read-bulk-request.js'
import { type BulkStep, runBulk } from './run-bulk.js'

/**
 * `POST /Bulk`
 *
 * @param context Request whose body is a BulkRequest.
 * @returns 200 with the outcome of each operation, even if all of them failed.
 * @throws {ScimError} 413 for more than the limits allow, 400 `invalidSyntax`; nothing is written then.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.7
 */
export async function bulkResources(context: RequestContext): Promise<ScimResponse> {
  const plan = await readBulkRequest(context)
  const { baseUrl } = context
  const outcomes = await runBulk(plan, {
    baseUrl,
    answer: (step) => context.respond(new BulkIncoming(context, step)),
    allowsPathless: allowsPathless(context.service.compatibility),
  })
  const message: BulkResponse = { schemas: [urns.bulkResponse], Operations: outcomes }
  return respondWithJson(200, message)
}

/** An operation in the form of a request. */
class BulkIncoming implements IncomingRequest {
  readonly method: string
  readonly target: string
  readonly origin: string
  readonly json: unknown
  readonly headersOnly = true
  readonly isUndo: boolean
  readonly #whole: IncomingRequest
  readonly #version: string | null

  constructor({ incoming, service }: RequestContext, { method, path, data, version, isUndo = false }: BulkStep) {
    this.method = method
    this.target = service.basePath + path
    this.origin = incoming.origin
    this.json = data
    this.isUndo = isUndo
    this.#whole = incoming
    this.#version = version ?? null
  }

  get request(): Request {
    return this.#whole.request
  }

  get signal(): AbortSignal {
    return this.#whole.signal
  }

  header(name: string): string | null {
    return name === 'if-match' ? this.#version : null
  }

  async readBytes(): Promise<Uint8Array> {
    return new Uint8Array(0)
  }
}
