import { type ByteCollector, createByteCollector } from './collect-bytes.js'
import { findErrorDetail } from './error-body.js'
import { ScimResponseError, ScimTransportError } from './errors.js'
import { type Redaction, redactHeaders } from './redact.js'
import { pathOf, type SentRequest } from './sent-request.js'

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
 * Reads a response.
 *
 * @param response CallResponse of `fetch`, with any status but a redirection.
 * @param context What is known of the request.
 * @returns The parsed JSON of a successful response; `undefined` for an empty one.
 * @throws {ScimResponseError} For a status of 400 and above.
 * @throws {ScimTransportError} `invalid-response` for a body that is too large, no UTF-8 or no JSON.
 */
export async function readResponse(response: Response, context: ResponseContext): Promise<unknown> {
  const { redaction, request } = context
  const text = await readText(response, context)
  if (!response.ok) {
    const headers = redactHeaders(response.headers, redaction)
    const { status } = response
    const body = readErrorBody(text, redaction)
    const { detail, scimType = impliedType(request, status) } = findErrorDetail(body)
    throw new ScimResponseError(request, { status, headers, body }, { detail, scimType })
  }
  if (text.trim() === '') return undefined
  const type = response.headers.get('content-type')
  // A login page or a proxy's greeting does not become true by its status.
  if (type !== null && !/[/+]json\b/i.test(type))
    return refuse(context, 'is not JSON by its Content-Type', { status: response.status })
  try {
    return JSON.parse(text)
  } catch (error) {
    // The parser's own message quotes the text, which may hold a part of the token.
    const [place = ''] = /at position \d+/.exec(String(error)) ?? []
    const cause = new SyntaxError(`The text is not JSON ${place}`.trim())
    return refuse(context, 'is cut off, or is not JSON', { cause, passing: true, status: response.status })
  }
}

/** Without a version nothing but another resource can be in the way (RFC 7644 §3.3, §3.12). */
function impliedType(request: SentRequest, status: number): 'uniqueness' | undefined {
  if (status !== 409 || request.headers['if-match'] !== undefined) return undefined
  const creates = request.method === 'POST' && !/\/(\.search|Bulk)$/.test(pathOf(request))
  return creates || request.method === 'PUT' || request.method === 'PATCH' ? 'uniqueness' : undefined
}

async function readText(response: Response, context: ResponseContext): Promise<string> {
  const { maxBodyBytes, signal } = context
  const reader = response.body?.getReader()
  if (!reader) return response.text() // empty, or a platform whose fetch cannot stream
  const cancel = (): void => void reader.cancel().catch(() => {})
  if (announcedBytes(response) > maxBodyBytes) {
    cancel()
    return refuse(context, `is larger than ${maxBodyBytes} bytes`, { status: response.status })
  }
  signal.addEventListener('abort', cancel)
  const bytes = createByteCollector()
  try {
    for (;;) {
      const { done, value } = await readChunk(reader, context)
      if (done) return decode(bytes, context, response.status)
      bytes.add(value)
      if (bytes.length > maxBodyBytes) {
        cancel()
        return refuse(context, `is larger than ${maxBodyBytes} bytes`, { status: response.status })
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
    throw new ScimTransportError('network', 'The response was cut off', {
      outcome: reads ? 'not-applied' : 'unknown',
      passing: true,
      request,
      cause,
    })
  }
}

function decode(bytes: ByteCollector, context: ResponseContext, status: number): string {
  try {
    return bytes.read()
  } catch (cause) {
    return refuse(context, 'is not UTF-8', { cause, status })
  }
}

function readErrorBody(text: string, redaction: Redaction): unknown {
  try {
    // Read first: in the text a secret could be a part of any name.
    return text === '' ? undefined : redaction.value(JSON.parse(text))
  } catch {
    return redaction.text(text)
  }
}

function refuse(
  { request, reads }: ResponseContext,
  what: string,
  options: { readonly cause?: unknown; readonly passing?: boolean; readonly status: number },
): never {
  const outcome = reads ? 'not-applied' : 'unknown'
  throw new ScimTransportError('invalid-response', `The response ${what}`, {
    ...options,
    outcome,
    request,
  })
}
