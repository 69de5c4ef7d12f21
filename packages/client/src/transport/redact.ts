/** What replaces a secret. */
const redacted = '[redacted]'

/** Replaces secrets in what a server sends. */
export interface Redaction {
  /** Replaces them in text, however they are encoded; a short one only where it is the whole text. */
  text(text: string): string
  /** Replaces them in the values of parsed JSON. Keys, statuses, keywords and URNs of the protocol stay. */
  value(value: unknown): unknown
}

/** A shorter secret may occur in any text by chance. */
const minLengthInText = 8

/**
 * Creates a redaction.
 *
 * @param secretsOf Gives the secrets; it is called once, when something is redacted.
 * @returns The redaction.
 */
export function createRedaction(secretsOf: () => readonly string[]): Redaction {
  let known: Secrets | undefined
  const secrets = (): Secrets => {
    known ??= sortSecrets(secretsOf())
    return known
  }
  const text = (given: string): string => redactText(given, secrets())
  const key = (given: string): string => {
    // A key is a name. But what is as long as a token and has digits may be one that the server echoes.
    return secrets().long.some((secret) => isTokenLike(secret) && given.includes(secret)) ? redacted : given
  }
  const value = (given: unknown, name = ''): unknown => {
    if (typeof given === 'string') return isProtocol(name, given) ? given : text(given)
    if (typeof given === 'number') return isProtocol(name, String(given)) ? given : redactNumber(given, text)
    if (Array.isArray(given)) return given.map((element) => value(element, name))
    if (typeof given !== 'object' || given === null) return given
    return Object.fromEntries(Object.entries(given).map(([name, member]) => [key(name), value(member, name)]))
  }
  return { text, value: (given) => value(given) }
}

/**
 * Finds the secrets of a request: its credentials, with the parts of Basic and cookies, and the passwords in its body.
 *
 * @param headers Headers of the request.
 * @param body Body of the request.
 * @returns The secrets, as they are.
 */
export function findSecrets(headers: Headers, body: unknown): string[] {
  const secrets: string[] = []
  headers.forEach((value, name) => {
    if (name === 'authorization') secrets.push(...findCredentials(value))
    else if (name === 'cookie')
      secrets.push(value, ...value.split(/; */).map((pair) => pair.slice(pair.indexOf('=') + 1)))
    else if (secretHeader.test(name)) secrets.push(value)
  })
  if (body !== undefined) JSON.stringify(body, collectPasswords(secrets))
  return secrets
}

/** Names of headers that hold secrets; a challenge says how to authenticate and holds none. */
const secretHeader = /^(?!www-authenticate$).*(auth|cookie|token|secret|key)/

/**
 * Makes headers fit for errors and hooks.
 *
 * @param headers Headers of a request or response.
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
 * Creates a body fit for errors and hooks: passwords are replaced, in resources, in patches and in filters.
 *
 * @param body Body of a request.
 * @returns JSON text; `undefined` for no body.
 */
export function redactBody(body: unknown): string | undefined {
  return JSON.stringify(body, function (this: unknown, key, value) {
    return isPassword(this, key) || isPasswordFilter(key, value) ? redacted : value
  })
}

/** Values that the protocol itself writes; they are not secret, whatever the secret is. */
function isProtocol(name: string, value: string): boolean {
  switch (name) {
    case 'status':
    case 'code':
      return /^\d{3}$/.test(value)
    case 'scimType':
      return /^[A-Za-z_]{1,40}$/.test(value)
    case 'schemas':
      return value.startsWith('urn:ietf:params:scim:')
    default:
      return false
  }
}

function redactNumber(value: number, text: (given: string) => string): unknown {
  const shown = text(String(value))
  return shown === String(value) ? value : shown
}

interface Secrets {
  /** Secrets that are looked for anywhere, the longest first. */
  readonly long: readonly string[]
  /** The same in the encodings that a server may echo them in. */
  readonly forms: readonly string[]
  readonly short: ReadonlySet<string>
}

function sortSecrets(secrets: readonly string[]): Secrets {
  const all = [...new Set(secrets)].filter((secret) => secret !== '').sort((left, right) => right.length - left.length)
  const long = all.filter((secret) => secret.length >= minLengthInText)
  return {
    long,
    forms: [...new Set(long.flatMap(encodings))],
    short: new Set(all.filter((secret) => !long.includes(secret))),
  }
}

function isTokenLike(secret: string): boolean {
  return secret.length >= 2 * minLengthInText && /\d/.test(secret)
}

function redactText(text: string, { long, forms, short }: Secrets): string {
  const shown = forms.reduce((rest, form) => rest.replaceAll(form, redacted), text)
  const plain = decode(shown)
  // What only shows in another encoding cannot be cut out of it.
  return short.has(plain.trim()) || (plain !== shown && long.some((secret) => plain.includes(secret)))
    ? redacted
    : shown
}

/** As it is, in URLs and forms, and in Base64, where it may begin at any of three places. */
function encodings(secret: string): string[] {
  const url = encodeURIComponent(secret.replace(/\p{Surrogate}/gu, '\ufffd'))
  const base64 = [0, 1, 2].map((shift) => base64At(secret, shift))
  return [
    secret,
    url,
    url.replaceAll('%20', '+'),
    ...base64,
    ...base64.map((text) => text.replace(/\+/g, '-').replace(/\//g, '_')),
  ]
}

/** The characters of Base64 that the secret alone decides on, when it follows that many bytes. */
function base64At(secret: string, shift: number): string {
  const bytes = new TextEncoder().encode(secret)
  const text = btoa('\0'.repeat(shift) + String.fromCharCode(...bytes))
  return text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6))
}

/** Encodings on top of each other that are undone at most. */
const maxLayers = 3

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Takes off the encodings of URLs, JSON and HTML. */
function decode(text: string): string {
  let plain = text
  for (let layers = 0; layers < maxLayers && /[%\\&]/.test(plain); layers++) {
    plain = plain
      .replace(/%([0-9a-f]{2})|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|&#x([0-9a-f]{1,6});/gi, (_, ...codes: string[]) =>
        character(codes.slice(0, 4).find((code) => code !== undefined) ?? '', 16),
      )
      .replace(/&#(\d{1,7});/g, (_, code: string) => character(code, 10))
      .replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name] ?? '')
      .replace(/\\(["\\/])/g, '$1')
  }
  return plain
}

function character(code: string, base: number): string {
  const unit = Number.parseInt(code, base)
  return unit <= 0x10ffff ? String.fromCodePoint(unit) : ''
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

function decodeBasic(credentials: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(credentials), (unit) => unit.charCodeAt(0)))
  } catch {
    return ''
  }
}

/** A replacer for `JSON.stringify` that keeps the passwords it comes across. */
function collectPasswords(secrets: string[]) {
  return function (this: unknown, key: string, value: unknown): unknown {
    if (isPassword(this, key) && typeof value === 'string') secrets.push(value)
    return value
  }
}

/** An attribute called password, by its name or with its URN, or the value of an operation on it. */
function isPassword(holder: unknown, key: string): boolean {
  if (passwordPath.test(key)) return true
  if (key.toLowerCase() !== 'value') return false
  const { path, Path = path } = holder as { path?: unknown; Path?: unknown } // JSON.stringify calls with the holder
  return typeof Path === 'string' && passwordPath.test(Path)
}

const passwordPath = /(^|[:.])\w*password([[.]|$)/i

function isPasswordFilter(key: string, value: unknown): boolean {
  return /^(filter|path)$/i.test(key) && typeof value === 'string' && /password\s+\w+\s+"/i.test(value)
}
