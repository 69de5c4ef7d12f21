import { ScimError } from '@scimkit/core/schema'

/** Where a listing goes on, and until when. */
export interface CursorState {
  /** Position behind the last resource, as the store gave it. */
  readonly after: string
  /** Page size of the listing. */
  readonly count: number
  /** Milliseconds since 1970 after which the cursor is no longer taken. */
  readonly expires: number
}

/** Secrets for cursors: the first seals, all open. */
export type CursorSecrets = readonly (string | Uint8Array)[]

/** Makes and reads cursors. */
export interface Cursors {
  /**
   * @param state Where the listing goes on.
   * @param binding What the cursor belongs to: caller, tenant, type and query.
   * @returns The cursor: letters, digits, `-` and `_`.
   */
  seal(state: CursorState, binding: string): Promise<string>
  /**
   * @param cursor Cursor as a client sent it.
   * @param binding What it must belong to.
   * @param now Milliseconds since 1970.
   * @returns Where the listing goes on.
   * @throws {ScimError} 400 `invalidCursor` or `expiredCursor`.
   */
  open(cursor: string, binding: string, now: number): Promise<CursorState>
}

const nonceBytes = 12

/**
 * Makes the cursors of a service provider. A cursor is encrypted and bound to its caller and query, so that it can be
 * neither read nor forged nor used elsewhere: a position may hold the value that a list is sorted by.
 *
 * @param readSecrets Gives the secrets when the first cursor needs them; without any, one is made at random.
 * @returns The two directions.
 * @see https://www.rfc-editor.org/rfc/rfc9865#section-5
 */
export function createCursors(readSecrets: () => CursorSecrets | Promise<CursorSecrets>): Cursors {
  let keys: Promise<readonly CryptoKey[]> | undefined
  const findKeys = (): Promise<readonly CryptoKey[]> => {
    keys ??= importKeys(readSecrets).catch((error: unknown) => {
      keys = undefined // a store that was busy may answer the next time
      throw error
    })
    return keys
  }
  return {
    async seal(state, binding) {
      const [key] = await findKeys()
      if (!key) throw new TypeError('There is no key for cursors')
      const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes))
      const text = new TextEncoder().encode(JSON.stringify([state.after, state.count, state.expires]))
      const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithm(nonce, binding), key, text))
      return toBase64Url([...nonce, ...sealed])
    },
    async open(cursor, binding, now) {
      const bytes = fromBase64Url(cursor)
      for (const key of await findKeys()) {
        const state = bytes && (await tryOpen(bytes, binding, key))
        if (!state) continue
        if (state.expires > now) return state
        throw new ScimError(400, 'The cursor has expired; start the query again', { scimType: 'expiredCursor' })
      }
      throw new ScimError(400, 'The cursor belongs to no such query; start it again', { scimType: 'invalidCursor' })
    },
  }
}

async function tryOpen(
  bytes: Uint8Array<ArrayBuffer>,
  binding: string,
  key: CryptoKey,
): Promise<CursorState | undefined> {
  try {
    const nonce = bytes.slice(0, nonceBytes)
    const text = await crypto.subtle.decrypt(algorithm(nonce, binding), key, bytes.slice(nonceBytes))
    const [after, count, expires] = JSON.parse(new TextDecoder().decode(text)) as [string, number, number] // sealed above
    return { after, count, expires }
  } catch {
    return undefined // another key, another query, or no cursor at all
  }
}

function algorithm(iv: Uint8Array<ArrayBuffer>, binding: string): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(binding) }
}

async function importKeys(readSecrets: () => CursorSecrets | Promise<CursorSecrets>): Promise<readonly CryptoKey[]> {
  const secrets = await readSecrets()
  const given = secrets.length > 0 ? secrets : [crypto.getRandomValues(new Uint8Array(32))]
  return Promise.all(given.map(importKey))
}

async function importKey(secret: string | Uint8Array): Promise<CryptoKey> {
  const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : new Uint8Array(secret)
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return crypto.subtle.importKey('raw', digest, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

function toBase64Url(bytes: readonly number[]): string {
  const text = btoa(bytes.map((byte) => String.fromCharCode(byte)).join(''))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]{38,4096}$/.test(text)) return undefined
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (unit) => unit.charCodeAt(0))
  } catch {
    return undefined
  }
}
