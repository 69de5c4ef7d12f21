import { ScimResponseError, ScimTransportError, type SentRequest } from './client-errors.js'
import { type ByteCollector, createByteCollector } from './collect-bytes.js'
import { type Redaction, redactHeaders } from './redact.js'

/** What {@link readResponse} must know of the request. */
export interface ResponseContext {
  readonly request: SentRequest
  readonly redaction: Redaction
  /** Most bytes of a body, after decompression. */
  readonly maxBodyBytes: number
  /** Whether the request only reads. */
  readonly reads: boolean
  readonly signal: AbortSignal
}

/**
 * Reads an answer.
 *
 * @param response Answer of `fetch`, with any status but a redirection.
 * @param context What is known of the request.
 * @returns The parsed JSON of a successful answer; `undefined` for an empty one.
 * @throws {ScimResponseError} For a status of 400 and above.
 * @throws {ScimTransportError} `invalid-response` for a body that is too large, no UTF-8 or no JSON.
 */
export async function readResponse(response: Response, context: ResponseContext): Promise<unknown> {
  const text = await readText(response, context)
  const { redaction, request } = context
  if (!response.ok) {
    const headers = redactHeaders(response.headers, redaction)
    throw new ScimResponseError(request, { status: response.status, headers, body: readErrorBody(text, redaction) })
  }
  if (text.trim() === '') return undefined
  const type = response.headers.get('content-type')
  // A login page or a proxy's greeting does not become true by its status.
  if (type !== null && !/[/+]json\b/i.test(type)) return refuse(context, 'is no JSON by its Content-Type')
  try {
    return JSON.parse(text)
  } catch (error) {
    // The parser's own message quotes the text, which may quote the token.
    const cause = new SyntaxError(redaction.text(error instanceof Error ? error.message : ''))
    return refuse(context, 'is cut off or no JSON', { cause, passing: true })
  }
}

async function readText(response: Response, context: ResponseContext): Promise<string> {
  const { maxBodyBytes, signal } = context
  const reader = response.body?.getReader()
  if (!reader) return response.text() // empty, or a platform whose fetch cannot stream
  const cancel = (): void => void reader.cancel().catch(() => {})
  if (announcedBytes(response) > maxBodyBytes) {
    cancel()
    return refuse(context, `is larger than ${maxBodyBytes} bytes`)
  }
  signal.addEventListener('abort', cancel)
  const bytes = createByteCollector()
  try {
    for (;;) {
      const { done, value } = await readChunk(reader, context)
      if (done) return decode(bytes, context)
      bytes.add(value)
      if (bytes.length > maxBodyBytes) {
        cancel()
        return refuse(context, `is larger than ${maxBodyBytes} bytes`)
      }
    }
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

/** Of a compressed body the header says nothing about the size that counts. */
function announcedBytes({ headers }: Response): number {
  return headers.has('content-encoding') ? 0 : Number(headers.get('content-length') ?? 0)
}

async function readChunk(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  { signal, request, reads }: ResponseContext,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  try {
    const chunk = await reader.read()
    signal.throwIfAborted()
    return chunk
  } catch (cause) {
    signal.throwIfAborted()
    throw new ScimTransportError('network', `The answer to ${request.method} broke off`, {
      outcome: reads ? 'not-applied' : 'unknown',
      passing: true,
      request,
      cause,
    })
  }
}

function decode(bytes: ByteCollector, context: ResponseContext): string {
  try {
    return bytes.read()
  } catch (cause) {
    return refuse(context, 'is no UTF-8', { cause })
  }
}

function readErrorBody(text: string, redaction: Redaction): unknown {
  try {
    return text === '' ? undefined : redaction.json(text)
  } catch {
    return redaction.text(text)
  }
}

function refuse(
  { request, reads }: ResponseContext,
  what: string,
  options: { readonly cause?: unknown; readonly passing?: boolean } = {},
): never {
  const outcome = reads ? 'not-applied' : 'unknown'
  throw new ScimTransportError('invalid-response', `The answer to ${request.method} ${what}`, {
    ...options,
    outcome,
    request,
  })
}
