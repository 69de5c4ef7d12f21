import { ScimError } from '@scimkit/core/schema'

/** What went wrong in the database, as far as a caller can react to it. */
export type DatabaseFault = 'busy' | 'constraint' | 'damaged' | 'full' | 'readOnly' | 'unavailable'

/** SQLite's primary result codes. @see https://www.sqlite.org/rescode.html */
const faults: ReadonlyMap<number, DatabaseFault> = new Map([
  [5, 'busy'],
  [6, 'busy'],
  [8, 'readOnly'],
  [10, 'unavailable'],
  [11, 'damaged'],
  [13, 'full'],
  [14, 'unavailable'],
  [19, 'constraint'],
  [26, 'damaged'],
])

/** Writes that the system refuses, beyond RLIMIT_FSIZE or a quota for example; SQLite reports only ENOSPC as a full disk. */
const refusedWrites: ReadonlySet<number> = new Set([778, 4874])

/**
 * Reads what an error of the driver means.
 *
 * @param error Anything thrown; `node:sqlite` sets `errcode`, `libsql` sets `rawCode`.
 * @returns The fault; `undefined` for any other error.
 */
export function readFault(error: unknown): DatabaseFault | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { errcode, rawCode } = error as { errcode?: unknown; rawCode?: unknown } // any object can be asked
  const code = typeof errcode === 'number' ? errcode : rawCode
  if (typeof code !== 'number') return undefined
  return refusedWrites.has(code) ? 'full' : faults.get(code & 0xff)
}

/**
 * Turns a fault of the database into the protocol's error; any other error comes back as it is.
 *
 * @param error Anything thrown.
 * @returns A `ScimError` with the driver's error as its cause: 409, 503 or 507.
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.12
 */
export function toScimError(error: unknown): unknown {
  const fault = readFault(error)
  switch (fault) {
    case undefined:
      return error
    case 'busy':
      return busyError(error)
    case 'constraint':
      return new ScimError(409, 'The resource has a value that another resource already has', {
        scimType: 'uniqueness',
        cause: error,
      })
    case 'damaged':
      return new ScimError(503, 'The database is damaged; restore a backup', { cause: error })
    case 'full':
      return new ScimError(507, 'The database is full; nothing was changed', { cause: error })
    case 'readOnly':
      return new ScimError(503, 'The database is read-only at the moment; nothing was changed', { cause: error })
    case 'unavailable':
      return new ScimError(503, 'The database cannot be reached at the moment', { cause: error })
    default:
      return fault satisfies never
  }
}

/**
 * Builds the error of a write that had to wait too long.
 *
 * @param cause Error of the driver, if there was one.
 * @returns A `ScimError` 503; the request can be sent again.
 */
export function busyError(cause?: unknown): ScimError {
  return new ScimError(503, 'The database is busy; nothing was changed, try again shortly', { cause })
}
