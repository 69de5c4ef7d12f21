import type { ServiceProviderConfig } from '@scimkit/core/schema'
import type { ServerRules } from '../profiles/create-server-rules.js'
import type { Authenticate } from './authenticate.js'
import type { SentRequest } from './errors.js'
import type { Pause } from './pause.js'

/** What all calls of a client share. */
export interface Connection {
  /** Without a slash at the end. */
  readonly baseUrl: string
  readonly fetch: ((request: Request) => Promise<Response>) | undefined
  readonly authenticate: Authenticate | undefined
  /** Exchanges at once. */
  readonly concurrency: number
  readonly pause: Pause
  /** Milliseconds of one try. */
  readonly timeout: number
  /** Milliseconds of a call with all its tries. */
  readonly budget: number
  /** Tries after the first. */
  readonly retries: number
  readonly maxBodyBytes: number
  readonly hooks: ClientHooks
  readonly learned: Learned
  /** What the server's profile asks for, loaded on first use; absent without a profile. */
  readonly rules: (() => Promise<ServerRules>) | undefined
}

/** What a client has learned of its server; it holds for all calls. */
export interface Learned {
  /** Whether the server has refused a listing for the cursor or page size that nobody asked for. */
  plainListings: boolean
  /** What the server says of itself, once it has been read. */
  config?: ServiceProviderConfig | undefined
  /** What has been noted. */
  readonly noted: Set<string>
}

/**
 * Makes something that all calls of a client share with the first call that asks for it, since the first screen of an app
 * needs none of it.
 *
 * @param create Makes it.
 * @returns A function that gives it, the same for all calls of a client.
 */
export function shareOf<T>(create: (connection: Connection) => T): (connection: Connection) => T {
  const shares = new WeakMap<Connection, { readonly share: T }>()
  return (connection) => {
    const known = shares.get(connection)
    if (known) return known.share
    const share = create(connection)
    shares.set(connection, { share })
    return share
  }
}

/** Something that the client reads or does otherwise than the server's or the caller's words say. */
export interface ClientNote {
  /** An id that is a number; listings by index since the server refuses a cursor; a bulk sent as single requests. */
  readonly kind: 'number-id' | 'index-paging' | 'single-requests'
  /** Sentence for people, without values and tokens. */
  readonly detail: string
}

/**
 * Tells a note, once for a client.
 *
 * @param connection What the client's calls share.
 * @param note The note.
 * @param about What it is about, where the same kind may be told of several things.
 */
export function takeNote({ hooks, learned }: Connection, note: ClientNote, about = ''): void {
  const key = `${note.kind} ${about}`
  if (learned.noted.has(key)) return
  learned.noted.add(key)
  hooks.onNote?.(note)
}

/** Functions told what a client does; none of them sees a credential. What they throw ends the call. */
export interface ClientHooks {
  /** Before each try. */
  readonly onRequest?: ((event: RequestEvent) => void) | undefined
  /** When the head of an answer, whatever its status, has come. */
  readonly onResponse?: ((event: ResponseEvent) => void) | undefined
  /** When a try is over: its answer was read and is one to the request, or it failed. */
  readonly onAttempt?: ((event: AttemptEvent) => void) | undefined
  /** Before the wait that another try needs. */
  readonly onRetry?: ((event: RetryEvent) => void) | undefined
  /** When a server answers 429; `delay` is how long the client then sends nothing, where the server says so. */
  readonly onRateLimit?: ((event: RetryEvent) => void) | undefined
  /** What the client reads or does otherwise than it was said, once of each kind. */
  readonly onNote?: ((note: ClientNote) => void) | undefined
}

/** A try begins. */
export interface RequestEvent {
  readonly request: SentRequest
}

/** An answer has come. */
export interface ResponseEvent extends RequestEvent {
  readonly status: number
  /** Milliseconds since the request was sent. */
  readonly duration: number
}

/** A try is over. */
export interface AttemptEvent extends RequestEvent {
  /** Of the answer; `undefined` where none came, or what came could not be read. */
  readonly status: number | undefined
  /** Milliseconds since the try began. */
  readonly duration: number
  /** Why it failed; `undefined` when it did not. */
  readonly error: unknown
}

/** A try has failed. */
export interface RetryEvent {
  /** Number of tries so far, 1 or more. */
  readonly tries: number
  /** Milliseconds until the next one. */
  readonly delay: number
  readonly error: unknown
}
