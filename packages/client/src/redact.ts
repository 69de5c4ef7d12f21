/** What stands in place of a secret. */
const redacted = '[redacted]'

/** Replaces secrets in any text or JSON value. */
export interface Redaction {
  text(text: string): string
  /** Parses JSON; strings in it, however escaped, lose the secrets. @throws {SyntaxError} When it is no JSON. */
  json(text: string): unknown
}

/** Names of headers that hold secrets; a challenge says how to authenticate and holds none. */
const secretHeader = /^(?!www-authenticate$).*(auth|cookie|token|secret|key)/

/** A shorter value of a header other than Authorization is no secret, and may stand in any text by chance. */
const shortestSecret = 8

/**
 * Makes the redaction of a request: its credentials, as they are, URL-encoded, and in the parts of Basic.
 *
 * @param headers Headers of the request.
 * @returns The redaction.
 */
export function createRedaction(headers: Headers): Redaction {
  let secrets: readonly string[] | undefined
  const text = (given: string): string => {
    secrets ??= encodings(findSecrets(headers))
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
    shown[name] = secretHeader.test(name) ? redacted : redaction.text(value)
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

function findSecrets(headers: Headers): string[] {
  const secrets: string[] = []
  headers.forEach((value, name) => {
    if (name === 'authorization') secrets.push(...findCredentials(value))
    else if (secretHeader.test(name) && value.length >= shortestSecret) secrets.push(value)
  })
  return secrets
}

function findCredentials(authorization: string): string[] {
  const [scheme = '', credentials = ''] = authorization.split(/ +(.*)/s)
  const secrets = [credentials || scheme]
  if (/^basic$/i.test(scheme)) {
    const pair = decodeBasic(credentials)
    secrets.push(pair, pair.slice(pair.indexOf(':') + 1))
  }
  return secrets
}

function encodings(secrets: readonly string[]): string[] {
  const all = new Set(secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]))
  return [...all].filter((secret) => secret !== '')
}

function decodeBasic(credentials: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(credentials), (unit) => unit.charCodeAt(0)))
  } catch {
    return ''
  }
}
