import type { Attribute, ResourceDefinition } from '@scimkit/core'

/** What replaces a secret. */
export const redacted = '[redacted]'

/** Shows requests and responses without their passwords, tokens and other credentials. */
export interface Redactor {
  headers(headers: Headers): Readonly<Record<string, string>>
  query(parameters: URLSearchParams): Readonly<Record<string, string>>
  /** JSON of the body, text where it is none, `undefined` without one. */
  body(text: string | undefined): unknown
  /** A path of a URL or of an attribute, or text that speaks of one. */
  path(text: string): string
}

/** Makes the redactor of one request, which knows the credentials that the request itself was sent with. */
export type RedactorOf = (request: Request) => Redactor

type SecretNames = (name: string) => boolean

/**
 * Makes redactors that go by the served schemas: attributes that are writeOnly or returned never are secret. Names that
 * no served schema has are secret when they look like it, such as `apiKey`.
 *
 * @param definitions Served definitions.
 * @param token Bearer token of the server.
 * @returns Makes the redactor of a request.
 */
export function createRedactors(definitions: readonly ResourceDefinition[], token: string | undefined): RedactorOf {
  const isSecret = secretNamesOf(definitions)
  return (request) => {
    const [, credentials] = (request.headers.get('authorization') ?? '').split(' ', 2)
    const secrets = [token ?? '', credentials ?? ''].filter(({ length }) => length >= minMasked)
    const text = (given: string) => secrets.reduce((masked, secret) => masked.replaceAll(secret, redacted), given)
    const values = new RedactedValues(isSecret, text)
    return {
      path: (given) => values.filter(given),
      headers: (headers) => Object.fromEntries([...headers].map(([name, value]) => [name, values.header(name, value)])),
      query: (parameters) =>
        Object.fromEntries([...parameters].map(([name, value]) => [text(name), values.parameter(name, value)])),
      body: (given) => values.body(given),
    }
  }
}

/** A shorter token would be found in words that have nothing to do with it. */
const minMasked = 8

/** Deeper than any body that the handler takes. */
const maxDepth = 64

const secretHeader =
  /cookie|token|secret|passw|credential|signature|session|api-?key|client-cert|(?:^|-)(?:auth|authentication|authorization|key)(?:-|$)/
const plainHeaders: ReadonlySet<string> = new Set(['idempotency-key', 'sec-websocket-key'])

/** Members that say what the `value` beside them belongs to, as in a PATCH operation. */
const pointers: ReadonlySet<string> = new Set(['path', 'name', 'attribute', 'field', 'key'])

class RedactedValues {
  readonly #isSecret: SecretNames
  readonly #mask: (text: string) => string

  constructor(isSecret: SecretNames, mask: (text: string) => string) {
    this.#isSecret = isSecret
    this.#mask = mask
  }

  header(name: string, value: string): string {
    if (!secretHeader.test(name) || plainHeaders.has(name)) return this.#url(value)
    const scheme = /^(?:proxy-)?authorization$/.test(name) && /^[A-Za-z0-9-]+(?= )/.exec(value)?.[0]
    return scheme ? `${scheme} ${redacted}` : redacted
  }

  parameter(name: string, value: string): string {
    if (this.#isSecret(name) || isSecretParameter(name)) return redacted
    return name.toLowerCase() === 'filter' ? this.filter(value) : this.#url(value)
  }

  body(text: string | undefined): unknown {
    if (text === undefined || text === '') return undefined
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return this.#broken(text)
    }
    return this.#value(value, 0)
  }

  /** Where a secret begins and ends, only JSON would tell; an escape may hide its name. */
  #broken(text: string): string {
    const hides = text.includes('\\u') || text.split(/[^A-Za-z0-9_$-]+/).some((word) => this.#isSecret(word))
    return hides ? `${redacted}: ${text.length} characters that are not JSON` : this.#url(text)
  }

  #value(value: unknown, depth: number): unknown {
    if (depth > maxDepth) return redacted
    if (typeof value === 'string') return this.#string(value, depth)
    if (Array.isArray(value)) return value.map((element) => this.#value(element, depth + 1))
    return typeof value === 'object' && value !== null ? this.#object(value, depth) : value
  }

  #object(value: object, depth: number): object {
    const members = Object.entries(value)
    const pointed = members.some(
      ([name, target]) => pointers.has(name.toLowerCase()) && typeof target === 'string' && this.#isSecret(target),
    )
    return Object.fromEntries(
      members.map(([name, member]) => [this.#mask(name), this.#member(name, member, { pointed, depth })]),
    )
  }

  #member(name: string, member: unknown, { pointed, depth }: { readonly pointed: boolean; readonly depth: number }) {
    const folded = name.toLowerCase()
    if (member !== null && ((pointed && folded === 'value') || this.#isSecret(name))) return redacted
    if (typeof member === 'string' && (folded === 'filter' || folded === 'path')) return this.filter(member)
    return this.#value(member, depth + 1)
  }

  /** Some clients send JSON as a text. */
  #string(text: string, depth: number): string {
    if (!/^\s*[[{]/.test(text)) return this.#url(text)
    try {
      const inner: unknown = JSON.parse(text)
      const shown = JSON.stringify(this.#value(inner, depth + 1))
      return shown === JSON.stringify(inner) ? text : shown
    } catch {
      return this.#broken(text)
    }
  }

  filter(text: string): string {
    if (!this.#isSecret(text)) return this.#url(text)
    return text
      .replace(/"(?:[^"\\]|\\.)*"?/g, `"${redacted}"`)
      .replace(/(\s(?:eq|ne|co|sw|ew|gt|ge|lt|le)\s+)[^\s"()[\]]+/gi, `$1${redacted}`)
  }

  #url(text: string): string {
    const masked = this.#mask(text)
    if (!masked.includes('=')) return masked
    return masked.replace(/([?&;])([^=?&;#\s]{1,64})=[^&;#\s]*/g, (whole, mark: string, name: string) =>
      this.#isSecret(name) || isSecretParameter(name) ? `${mark}${name}=${redacted}` : whole,
    )
  }
}

/** Parameters of OAuth and of signed URLs, whose names are too short to be secret elsewhere. */
function isSecretParameter(name: string): boolean {
  return /^(?:code|key|sig|assertion|signature|auth)$/i.test(name)
}

function secretNamesOf(definitions: readonly ResourceDefinition[]): SecretNames {
  const schemas = definitions.flatMap(({ schema, extensions }) => [
    schema,
    ...extensions.map((one) => one.extension.schema),
  ])
  const attributes = schemas.flatMap((schema) => schema.attributes.flatMap(withSubAttributes))
  const hidden = ({ mutability, returned }: Attribute) => mutability === 'writeOnly' || returned === 'never'
  const secret = new Set(attributes.filter(hidden).map(({ name }) => plain(name)))
  const readable = new Set(['changepassword', ...attributes.map(({ name }) => plain(name))])
  const urns = schemas.map(({ id }) => id.toLowerCase())
  const isSecretWord = (word: string) => secret.has(word) || (looksSecret(word) && !readable.has(word))
  return (name) =>
    withoutUrn(name, urns)
      .split(/[\s.:/[\]()"',=]+/)
      .some((word) => isSecretWord(plain(word)))
}

function withSubAttributes(attribute: Attribute): readonly Attribute[] {
  return [attribute, ...(attribute.subAttributes ?? [])]
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_$]/g, '')
}

function looksSecret(word: string): boolean {
  return /(?:password|passwd|passphrase|secret|apikey|privatekey|accesskey|token|credentials?|pwd)$|^(?:otp|pass|pin|pw)$/.test(
    word,
  )
}

/** A schema's URN may hold any word; what counts is the attribute behind it. */
function withoutUrn(name: string, urns: readonly string[]): string {
  const folded = name.toLowerCase()
  if (!folded.startsWith('urn:')) return name
  const known = urns.find((urn) => folded.startsWith(urn) && /^(?:[:.]|$)/.test(folded.slice(urn.length)))
  return known === undefined ? name.slice(name.lastIndexOf(':') + 1) : name.slice(known.length)
}
