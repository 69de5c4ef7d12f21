import type { Note } from '@scimkit/server-kit'
import type { Redactor, RedactorOf } from './redact-secrets.js'
import { copyText } from './tap-body.js'

/** A request that the server has answered, as a test may look at it. */
export interface RecordedRequest {
  readonly method: string
  /** Path below the base path, such as `/Users`. */
  readonly path: string
  /** Parameters of the query; the last one of several with one name. */
  readonly query: Readonly<Record<string, string>>
  /** Headers by name in lower case; credentials are replaced by `[redacted]`. */
  readonly headers: Readonly<Record<string, string>>
  /**
   * JSON of the body, text where it is none; passwords and the like are replaced by `[redacted]`. `undefined` without a
   * body, and for one that was not read to its end or is longer than 4 MiB.
   */
  readonly body: unknown
  /** Status of the response; 0 when the connection was broken. */
  readonly status: number
  readonly response: {
    readonly headers: Readonly<Record<string, string>>
    /** As the request's body. */
    readonly body: unknown
  }
  /** Readings beyond the RFC's letter that the request needed. */
  readonly notes: readonly Note[]
  /** Whether a rule of `failNext` applied to the request. */
  readonly failed: boolean
}

/** A request that has been answered. */
export interface HandledRequest {
  readonly request: Request
  readonly path: string
  /** Text of the body as far as it was read. */
  readonly body: string | undefined
  /** The response, whose body has not been read; absent when there was none. */
  readonly response: Response | undefined
  /** Whether the connection was broken before the response. */
  readonly lost: boolean
  readonly failed: boolean
}

/** Keeps the requests of a server without their secrets, the newest ones when there are too many. */
export interface RequestRecorder {
  readonly requests: readonly RecordedRequest[]
  /** Number of requests since the start or the last `clear`, those no longer kept included. */
  readonly recorded: number
  /** To be called for each note while a request is answered. */
  note(requestId: string, note: Note): void
  /** Adds a request with its response. */
  record(answered: HandledRequest): Promise<void>
  clear(): void
}

/** UTF-16 units of all the texts that are kept, whatever the number of requests. */
const maxKept = 32 * 1024 * 1024

/**
 * @param kept Number of newest requests to keep.
 * @param redactorOf Takes secrets out of what is kept.
 * @returns A recorder without requests.
 */
export function createRequestRecorder(kept: number, redactorOf: RedactorOf): RequestRecorder {
  const requests: RecordedRequest[] = []
  const sizes: number[] = []
  const notes = new Map<string, Note[]>()
  let recorded = 0
  let size = 0
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
    async record(answered) {
      const requestId = answered.response?.headers.get('x-request-id') ?? ''
      const shown = answered.response && !answered.lost ? answered.response : undefined
      const answer = shown && (await copyText(shown))
      const request = describe(answered, { shown, answer, notes: notes.get(requestId) ?? [] }, redactorOf)
      notes.delete(requestId)
      recorded++
      requests.push(request)
      sizes.push(sizeOf(request, answered.body, answer))
      size += sizes.at(-1) ?? 0
      while (requests.length > kept || (size > maxKept && requests.length > 1)) {
        requests.shift()
        size -= sizes.shift() ?? 0
      }
    },
    clear() {
      requests.length = 0
      sizes.length = 0
      recorded = 0
      size = 0
      notes.clear()
    },
  }
}

interface Shown {
  readonly shown: Response | undefined
  readonly answer: string | undefined
  readonly notes: readonly Note[]
}

function describe(answered: HandledRequest, { shown, answer, notes }: Shown, redactorOf: RedactorOf): RecordedRequest {
  const { request, path, body, failed } = answered
  const redactor = redactorOf(request)
  return {
    method: request.method,
    path: redactor.path(path),
    query: redactor.query(new URL(request.url).searchParams),
    headers: redactor.headers(request.headers),
    body: redactor.body(body),
    status: shown?.status ?? 0,
    response: { headers: redactor.headers(shown?.headers ?? new Headers()), body: redactor.body(answer) },
    notes: notes.map((note) => showNote(note, redactor)),
    failed,
  }
}

function showNote(note: Note, { path }: Redactor): Note {
  return { ...note, detail: path(note.detail), ...(note.path !== undefined && { path: path(note.path) }) }
}

function sizeOf({ path, query, headers, response, notes }: RecordedRequest, body = '', answer = ''): number {
  return body.length + answer.length + JSON.stringify([path, query, headers, response.headers, notes]).length
}
