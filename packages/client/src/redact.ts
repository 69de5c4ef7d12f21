/** What stands in place of a secret. */
const redacted = '[redacted]'

/** Replaces secrets in any text or JSON value. */
export interface Redaction {
  text(text: string): string
  /** Parses JSON; strings in it, however escaped, lose the secrets. @throws {SyntaxError} When it is no JSON. */
  json(text: string): unknown
}

/**
 * Makes the redaction of a request: its credentials, as they are, URL-encoded, and in the parts of Basic.
 *
 * @param authorization Value of the Authorization header; `null` when there is none.
 * @returns The redaction.
 */
export function createRedaction(authorization: string | null): Redaction {
  let secrets: readonly string[] | undefined
  const text = (given: string): string => {
    secrets ??= authorization === null ? [] : findSecrets(authorization)
    return secrets.reduce((rest, secret) => rest.replaceAll(secret, redacted), given)
  }
  return {
    text,
    json: (given) => JSON.parse(text(given), (_key, value) => (typeof value === 'string' ? text(value) : value)),
  }
}

/**
 * Makes headers fit for errors and hooks.
 *
 * @param headers Headers of a request or answer.
 * @param redaction Redaction of the request.
 * @returns Names in lower case; values without secrets.
 */
export function redactHeaders(headers: Headers, redaction: Redaction): Readonly<Record<string, string>> {
  const shown: Record<string, string> = {}
  headers.forEach((value, name) => {
    shown[name] =
      /auth|cookie|token|secret|key/.test(name) && name !== 'www-authenticate' ? redacted : redaction.text(value)
  })
  return shown
}

/**
 * Makes a body fit for errors and hooks: passwords are replaced, in resources and in patches.
 *
 * @param body Body of a request.
 * @returns JSON text; `undefined` for no body.
 */
export function redactBody(body: unknown): string | undefined {
  return JSON.stringify(body, function (this: unknown, key, value) {
    const { path } = this as { path?: unknown } // JSON.stringify calls with the holder
    const secret = /^password$/i.test(key) || (key === 'value' && typeof path === 'string' && /\bpassword$/i.test(path))
    return secret ? redacted : value
  })
}

function findSecrets(authorization: string): string[] {
  const [scheme = '', credentials = ''] = authorization.split(/ +(.*)/s)
  const secrets = [credentials || scheme]
  if (/^basic$/i.test(scheme)) {
    const pair = decodeBasic(credentials)
    secrets.push(pair, pair.slice(pair.indexOf(':') + 1))
  }
  return [...new Set(secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]))].filter(
    (secret) => secret !== '',
  )
}

function decodeBasic(credentials: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(credentials), (unit) => unit.charCodeAt(0)))
  } catch {
    return ''
  }
}
