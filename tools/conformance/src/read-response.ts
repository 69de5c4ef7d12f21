/** A response, read completely. */
export interface ReceivedResponse {
  readonly status: number
  readonly headers: Headers
  /** Text of the body; empty when there is none. */
  readonly text: string
  /** The body parsed as JSON; `undefined` when it is empty or not JSON. */
  readonly body: unknown
}

/**
 * Reads a response to its end.
 *
 * @param response The response as the service provider gave it.
 * @returns Status, headers and the parsed body.
 */
export async function readResponse(response: Response): Promise<ReceivedResponse> {
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: parse(text) }
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown)
  } catch {
    return undefined
  }
}
