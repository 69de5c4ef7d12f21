import type { ServiceProviderConfig } from '@scimkit/core/schema'
import type { Authenticate } from './authenticate.js'
import type { ClientHooks, ClientNote } from './hooks.js'
import type { ServerRules } from './server-rules.js'

/** What all calls of a client share. */
export interface Connection {
  /** Address of the service provider, without a slash at the end. */
  readonly baseUrl: string
  readonly fetch: ((request: Request) => Promise<Response>) | undefined
  readonly authenticate: Authenticate | undefined
  /** Number of requests that may be under way at once. */
  readonly concurrency: number
  /** Milliseconds of one attempt. */
  readonly timeout: number
  /** Milliseconds of a call with all its attempts. */
  readonly budget: number
  /** Attempts after the first. */
  readonly retries: number
  readonly maxBodyBytes: number
  readonly hooks: ClientHooks
  readonly learned: Learned
  /** What the server's profile asks for, loaded on first use; absent without a profile. */
  readonly rules: (() => Promise<ServerRules>) | undefined
}

/** What a client has learned about its server; it holds for all calls. */
export interface Learned {
  /** Whether the server has refused a listing for the cursor or page size that the client added. */
  plainListings: boolean
  /** The server's ServiceProviderConfig, once it has been read. */
  config?: ServiceProviderConfig | undefined
  /** Notes that the hook has been given. */
  readonly noted: Set<string>
}

/**
 * Passes a note to the client's hook, once in the life of the client.
 *
 * @param connection What the client's calls share.
 * @param note The note.
 * @param about Subject of the note, where one kind may concern several.
 */
export function takeNote({ hooks, learned }: Connection, note: ClientNote, about = ''): void {
  const key = `${note.kind} ${about}`
  if (learned.noted.has(key)) return
  learned.noted.add(key)
  hooks.onNote?.(note)
}
