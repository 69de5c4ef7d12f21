import { ScimError } from '@scimkit/core/schema'

/** What went wrong in the database, as far as a caller can do something about it. */
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

/** A write that the system refuses, such as one beyond RLIMIT_FSIZE or a quota; for SQLite only ENOSPC is a full disk. */
const refusedWrites: ReadonlySet<number> = new Set([778, 4874])

/**
 * Tells what an error of the driver means.
 *
 * @param error What the driver threw: `errcode` is of `node:sqlite`, `rawCode` of `libsql`.
 * @returns The fault, or `undefined` for anything else.
 */
export function readFault(error: unknown): DatabaseFault | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { errcode, rawCode } = error as { errcode?: unknown; rawCode?: unknown } // any object may be asked
  const code = typeof errcode === 'number' ? errcode : rawCode
  if (typeof code !== 'number') return undefined
  return refusedWrites.has(code) ? 'full' : faults.get(code & 0xff)
}

/**
 * Turns a fault of the database into the protocol's error; everything else comes back as it is.
 *
 * @param error What was thrown.
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
      return new ScimError(409, 'The resource has a value that another resource has already', {
        scimType: 'uniqueness',
        cause: error,
      })
    case 'damaged':
      return new ScimError(503, 'The database is damaged; restore a backup', { cause: error })
    case 'full':
      return new ScimError(507, 'The database is full; nothing was changed', { cause: error })
    case 'readOnly':
      return new ScimError(503, 'The database takes no changes at present; nothing was changed', { cause: error })
    case 'unavailable':
      return new ScimError(503, 'The database cannot be reached at present', { cause: error })
    default:
      return fault satisfies never
  }
}

/**
 * The error of a write that had to wait too long.
 *
 * @param cause What the driver threw, when it was the driver.
 * @returns A `ScimError` 503; the request may be sent again.
 */
export function busyError(cause?: unknown): ScimError {
  return new ScimError(503, 'The database is busy; nothing was changed, try again shortly', { cause })
}
