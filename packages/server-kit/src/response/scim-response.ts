import { ScimError } from '@scimkit/core/schema'
import type { ScimResponse } from '../service/request-context.js'

/** Media type of every body. @see https://www.rfc-editor.org/rfc/rfc7644#section-3.8 */
export const mediaType = 'application/scim+json'

/**
 * Makes a response with a body.
 *
 * @param status HTTP status.
 * @param body Value for JSON.
 * @param headers Further headers, names in lower case.
 * @returns The response in SCIM's media type.
 */
export function respondWithJson(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): ScimResponse {
  return respondWithText(status, JSON.stringify(body), headers)
}

/**
 * Makes a response whose body is written already.
 *
 * @param status HTTP status.
 * @param body JSON text.
 * @param headers Further headers, names in lower case.
 * @returns The response in SCIM's media type.
 */
export function respondWithText(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): ScimResponse {
  return { status, headers: { 'content-type': mediaType, ...headers }, body }
}

/**
 * Makes the response of an error.
 *
 * @param error Error for the wire.
 * @param headers Further headers, names in lower case.
 * @returns The response with the Error message.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.12
 */
export function respondWithError(error: ScimError, headers: Readonly<Record<string, string>> = {}): ScimResponse {
  const retry = error.status === 503 ? { 'retry-after': '1' } : undefined
  return respondWithJson(error.status, ScimError.prototype.toJSON.call(error), { ...retry, ...headers })
}

/**
 * Turns a response into a web-standard response.
 *
 * @param answer Response of the handler.
 * @returns The response.
 */
export function toResponse(answer: ScimResponse): Response {
  const { status, headers, body, pieces } = answer
  return new Response(pieces ? toStream(pieces) : (body ?? null), { status, headers })
}

/** Nothing is read before the consumer asks for it, and no more than it asks for. */
function toStream(pieces: AsyncGenerator<string, void, undefined>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      },
      async cancel() {
        await pieces.return()
      },
    },
    { highWaterMark: 0 },
  )
}
