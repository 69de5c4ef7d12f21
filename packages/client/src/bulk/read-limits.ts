import { readServiceProviderConfig } from '../discovery/discover.js'
import type { CallScope } from '../transport/call.js'
import type { Connection } from '../transport/connection.js'

/** How much a server accepts in one bulk request. */
export interface BulkLimits {
  readonly maxOperations: number
  /** Bytes. */
  readonly maxPayloadSize: number
}

/** Limits of a server that names none; they are the RFC's example. */
const defaultLimits: BulkLimits = { maxOperations: 1000, maxPayloadSize: 1_048_576 }

const known = new WeakMap<Connection, { readonly limits: BulkLimits | undefined }>()

/**
 * Reads the server's limits, once for a client, and not at all where the client has discovered the server.
 *
 * @param connection What the client's calls share.
 * @param scope Scope of the call.
 * @returns The limits; `undefined` when the server says that it does not support bulk.
 * @see https://www.rfc-editor.org/rfc/rfc7643#section-5
 */
export async function readBulkLimits(connection: Connection, scope: CallScope): Promise<BulkLimits | undefined> {
  const remembered = known.get(connection)
  if (remembered) return remembered.limits
  const config = connection.learned.config ?? (await readServiceProviderConfig(connection, scope))
  const { supported, maxOperations, maxPayloadSize } = config?.bulk ?? {}
  const limits = {
    maxOperations: limitOr(defaultLimits.maxOperations, maxOperations),
    maxPayloadSize: limitOr(defaultLimits.maxPayloadSize, maxPayloadSize),
  }
  const found = { limits: String(supported) === 'false' ? undefined : limits }
  known.set(connection, found)
  return found.limits
}

/** A limit of 0 or less would let nothing through, so it is ignored; some servers send `null` or text. */
function limitOr(fallback: number, said: unknown): number {
  const limit = Number(said)
  return limit > 0 ? limit : fallback
}
