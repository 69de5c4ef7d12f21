import type { Note } from '@scimkit/server-kit'

/** A request that the server has answered, as a test may look at it. */
export interface RecordedRequest {
  readonly method: string
  /** Path below the base path, such as `/Users`. */
  readonly path: string
  /** Parameters of the query; the last one of several with one name. */
  readonly query: Readonly<Record<string, string>>
  /** Headers by name in lower case; the credentials in `authorization` are left out. */
  readonly headers: Readonly<Record<string, string>>
  /** JSON of the body, text where it is none, `undefined` without one. */
  readonly body: unknown
  /** Status of the answer; 0 when the connection was broken. */
  readonly status: number
  readonly response: {
    readonly headers: Readonly<Record<string, string>>
    /** JSON of the body, text where it is none, `undefined` without one. */
    readonly body: unknown
  }
  /** Readings beyond the RFC's letter that the request needed. */
  readonly notes: readonly Note[]
  /** Whether `failNext` had its way with the request. */
  readonly failed: boolean
}

/** Keeps the requests of a server, the newest ones when there are too many. */
export interface RequestRecorder {
  readonly requests: readonly RecordedRequest[]
  /** Number of requests since the start or the last `clear`, those no longer kept included. */
  readonly recorded: number
  /** To be called for each note while a request is answered. */
  note(requestId: string, note: Note): void
  /** Adds a request with its answer; neither body may have been read. */
  record(
    request: { readonly request: Request; readonly path: string; readonly body: string | undefined },
    response: Response | undefined,
    failed: boolean,
  ): Promise<void>
  clear(): void
}

/**
 * @param kept Number of newest requests to keep.
 * @returns A recorder without requests.
 */
export function createRequestRecorder(kept: number): RequestRecorder {
  const requests: RecordedRequest[] = []
  const notes = new Map<string, Note[]>()
  let recorded = 0
  return {
    requests,
    get recorded() {
      return recorded
    },
    note(requestId, note) {
      const known = notes.get(requestId)
      if (known) known.push(note)
      else notes.set(requestId, [note])
    },
    async record({ request, path, body }, response, failed) {
      const requestId = response?.headers.get('x-request-id') ?? ''
      const answer = response?.body ? await response.clone().text() : undefined
      requests.push({
        method: request.method,
        path,
        query: Object.fromEntries(new URL(request.url).searchParams),
        headers: withoutCredentials(request.headers),
        body: readBody(body),
        status: response?.status ?? 0,
        response: { headers: Object.fromEntries(response?.headers ?? []), body: readBody(answer) },
        notes: notes.get(requestId) ?? [],
        failed,
      })
      notes.delete(requestId)
      recorded++
      if (requests.length > kept) requests.shift()
    },
    clear() {
      requests.length = 0
      recorded = 0
      notes.clear()
    },
  }
}

function withoutCredentials(headers: Headers): Readonly<Record<string, string>> {
  const plain = Object.fromEntries(headers)
  const { authorization, ...others } = plain
  if (authorization === undefined) return plain
  const [scheme = '', ...secret] = authorization.split(' ')
  return { ...others, authorization: secret.length > 0 ? `${scheme} [redacted]` : '[redacted]' }
}

function readBody(text: string | undefined): unknown {
  if (text === undefined || text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
