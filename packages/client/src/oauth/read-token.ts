import { isObject } from '@scimkit/core/internal'

/** A token as a token endpoint gave it. */
export interface ReceivedToken {
  readonly token: string
  /** Seconds; `undefined` where the server does not say. */
  readonly expiresIn: number | undefined
}

/**
 * Reads the body of a successful response of a token endpoint, as generously as servers write it: with any status of
 * success, with `null` for what is not there, with the type left out or as "bearertoken", with a number as text.
 *
 * @param text Body of the response.
 * @returns The token, or a sentence that says why there is none, with the OAuth error code where the body has one.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.1
 */
export function readToken(
  text: string,
): ReceivedToken | { readonly fault: string; readonly error?: string | undefined } {
  const body = parse(text)
  if (!isObject(body)) return { fault: 'responded with a body that is not a JSON object' }
  const { access_token: token, token_type: type, expires_in: seconds, error } = body
  if (typeof error === 'string' && error !== '') return { fault: 'refused it', error }
  if (typeof token !== 'string' || token === '') return { fault: 'responded without an access_token' }
  if (!isBearer(type)) return { fault: `issued a token of the type ${nameOf(type)}, not Bearer` }
  const life = typeof seconds === 'string' ? Number(seconds) : seconds
  return { token, expiresIn: typeof life === 'number' && life > 0 ? life : undefined }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isBearer(type: unknown): boolean {
  return type === undefined || type === null || type === '' || /^bearer[ _-]?(token)?$/i.test(String(type))
}

/** A word may be shown; anything else may be the token in the wrong place. */
function nameOf(type: unknown): string {
  return typeof type === 'string' && /^[\w-]{1,12}$/.test(type) ? type : typeof type
}
