/** UTF-16 units of the longest body that is recorded, and bytes of the longest that is read for the record alone. */
export const maxRecorded = 4 * 1024 * 1024

/** A request whose body is noted down while it is read. */
export interface TappedRequest {
  /** The request for the handler; its body is read no earlier and no further than the handler reads it. */
  readonly request: Request
  /** Reads the body for the record, where no handler does; one that is announced or turns out too long is left alone. */
  read(): Promise<void>
  /** @returns The body; `undefined` where there is none, where it was not read to its end, or where it is too long. */
  text(): string | undefined
}

/**
 * Notes down the body of a request while a handler reads it, so that what the handler refuses by its head is never read.
 *
 * @param given Request whose body has not been read.
 * @returns The request to hand on, and what was read of it.
 */
export function tapBody(given: Request): TappedRequest {
  if (!given.body) return { request: given, read: async () => undefined, text: () => undefined }
  const reader = given.body.getReader()
  const recorded = recordText()
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read()
        recorded.add(value)
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
  const init: RequestInit & { duplex: 'half' } = { body, duplex: 'half' }
  const request = new Request(given, init)
  return {
    request,
    async read() {
      if (Number(request.headers.get('content-length')) <= maxRecorded) await readRecorded(body)
    },
    text: recorded.text,
  }
}

/**
 * Reads a copy of a response's body for the record.
 *
 * @param response Response; its own body stays to be read.
 * @returns The text; `undefined` without a body, for one that is too long, and for one that breaks off.
 */
export async function copyText(response: Response): Promise<string | undefined> {
  const body = response.clone().body
  return body ? readRecorded(body).catch(() => undefined) : undefined
}

async function readRecorded(body: ReadableStream<Uint8Array>): Promise<string | undefined> {
  const reader = body.getReader()
  const recorded = recordText()
  for (let size = 0; size <= maxRecorded; ) {
    const { done, value } = await reader.read()
    recorded.add(value)
    if (done) return recorded.text()
    size += value.byteLength
  }
  reader.cancel().catch(() => undefined) // of a copy, it settles only when the other copy has ended too
  return undefined
}

function recordText(): { add(bytes: Uint8Array | undefined): void; text(): string | undefined } {
  const decoder = new TextDecoder()
  let text = ''
  let complete = false
  let tooLong = false
  return {
    add(bytes) {
      complete ||= bytes === undefined
      if (!tooLong) text += decoder.decode(bytes, { stream: bytes !== undefined })
      if (text.length <= maxRecorded) return
      tooLong = true
      text = ''
    },
    text: () => (complete && !tooLong ? text : undefined),
  }
}
