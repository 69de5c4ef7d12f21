import { checkNames } from './check-names.js'
import type { Authenticate } from './service/handler-options.js'
import type { Principal } from './store/store-context.js'

/** A secret and who it stands for. */
export interface BearerCredential extends Principal {
  /** The secret: letters, digits and `-._~+/`, at the end `=`. */
  readonly token: string
}

/** Options of {@link bearerToken}. */
export interface BearerTokenOptions {
  /** Shortest accepted secret, characters. Default 16; a lower bound is for tests on loopback. */
  readonly minimumLength?: number | undefined
}

const tokenSyntax = /^[A-Za-z0-9\-._~+/]+=*$/
const headerSyntax = /^[Bb][Ee][Aa][Rr][Ee][Rr] +([A-Za-z0-9\-._~+/]+=*)$/

/**
 * Authenticates by bearer tokens that are known beforehand.
 *
 * Tokens are compared by digests under a key made at random, so that the time taken tells nothing about them; the
 * tokens themselves are not kept.
 *
 * @param credentials One secret, whose bearer is the subject `bearer`, or a list of secrets and principals.
 * @param options Shortest accepted secret.
 * @returns For `createScimHandler({ authenticate })`.
 * @throws {TypeError} For an empty list, a secret that is empty, short or no token, or one that is given twice.
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 * @example
 * createScimHandler({ authenticate: bearerToken(process.env.SCIM_TOKEN ?? ''), … })
 */
export function bearerToken(
  credentials: string | readonly BearerCredential[],
  options: BearerTokenOptions = {},
): Authenticate {
  const list = typeof credentials === 'string' ? [{ token: credentials, subject: 'bearer' }] : credentials
  checkNames('bearerToken: ', options, ['minimumLength'])
  checkCredentials(list, options.minimumLength ?? 16)
  const digest = createDigest()
  const principals = Promise.all(
    list.map(async ({ token, ...principal }) => [await digest(token), Object.freeze(principal)] as const),
  ).then((entries) => new Map<string, Principal>(entries))
  let ready: ReadonlyMap<string, Principal> | undefined
  const findLater = async (sum: string | Promise<string>): Promise<Principal | null> => {
    ready = await principals
    return ready.get(await sum) ?? null
  }
  return (request) => {
    const token = headerSyntax.exec(request.headers.get('authorization') ?? '')?.[1]
    if (token === undefined) return null
    const sum = digest(token)
    return ready && typeof sum === 'string' ? (ready.get(sum) ?? null) : findLater(sum)
  }
}

function checkCredentials(credentials: readonly BearerCredential[], minimumLength: number): void {
  if (!Array.isArray(credentials)) {
    throw new TypeError('bearerToken: the token is missing; give a text, or a list of tokens with their subjects')
  }
  if (credentials.length === 0) throw new TypeError('bearerToken: no token is given')
  const seen = new Set<string>()
  for (const { token, subject } of credentials) {
    if (typeof token !== 'string' || token.length < Math.max(1, minimumLength)) {
      throw new TypeError(`bearerToken: a token must have at least ${Math.max(1, minimumLength)} characters`)
    }
    if (!tokenSyntax.test(token))
      throw new TypeError('bearerToken: a token may hold A-Z a-z 0-9 - . _ ~ + / and end in =')
    if (typeof subject !== 'string' || subject === '') throw new TypeError('bearerToken: a credential needs a subject')
    if (seen.has(token)) throw new TypeError('bearerToken: a token is given twice')
    seen.add(token)
  }
}

/** The part of Node's crypto module that is used where the runtime has it; WebCrypto's digest costs 20 times as much. */
interface NodeCrypto {
  hash?(algorithm: string, data: string, encoding: 'hex'): string
  createHash(algorithm: string): { update(data: string): { digest(encoding: 'hex'): string } }
}

/** The random key makes digests unpredictable, so that looking one up in a map leaks nothing. */
function createDigest(): (token: string) => string | Promise<string> {
  const key = toHex(crypto.getRandomValues(new Uint8Array(32)))
  const runtime = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } } // absent off Node, Bun, Deno
  const node = runtime.process?.getBuiltinModule?.('node:crypto') as NodeCrypto | undefined // its documented shape
  if (node?.hash) return (token) => node.hash?.('sha256', key + token, 'hex') ?? ''
  if (node)
    return (token) =>
      node
        .createHash('sha256')
        .update(key + token)
        .digest('hex')
  return async (token) =>
    toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key + token))))
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
