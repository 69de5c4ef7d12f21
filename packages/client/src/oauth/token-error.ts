import * as oauth from 'oauth4webapi'
import { createRedaction } from '../transport/redact.js'
import type { ClientCredentialsOptions } from './options.js'

/** OAuth error codes, and those of the library. */
const word = /^[\w.-]{1,64}$/

/** No token could be obtained. The message says so first, then why; neither it nor its cause holds a secret or a token. */
export class TokenError extends Error {
  /** OAuth error code of the authorization server, such as `invalid_client`. */
  readonly error: string | undefined

  /**
   * @param message Sentence for people.
   * @param options OAuth error code and cause.
   */
  constructor(message: string, options: { readonly error?: string | undefined; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    // A code is a word; a server that writes a sentence in its place may quote the secret.
    this.error = options.error !== undefined && word.test(options.error) ? options.error : undefined
  }

  override get name(): string {
    return 'TokenError'
  }
}

/**
 * Makes the error of a request to an authorization server that failed.
 *
 * @param cause What the library or `fetch` threw.
 * @param options Options of the client, whose secret must not be shown.
 * @param describe Makes a sentence of what went wrong, such as "could not be reached".
 * @returns The error; its cause holds no secret.
 */
export function toTokenError(
  cause: unknown,
  options: ClientCredentialsOptions,
  describe: (fault: string) => string,
): TokenError {
  if (cause instanceof TokenError) return cause
  const message = describe(findFault(cause, options))
  return new TokenError(`${noToken}: ${message}`, { error: errorCodeOf(cause), cause: withoutSecrets(cause, options) })
}

/**
 * Makes the error of a response that has no token.
 *
 * @param host Host of the token endpoint.
 * @param response Fault of the response, and the OAuth error code where it has one.
 * @returns The error.
 */
export function missingToken(
  host: string,
  { fault, error }: { readonly fault: string; readonly error?: string | undefined },
): TokenError {
  return new TokenError(`${noToken}: ${host} ${fault}${inBrackets(error)}`, { error })
}

const noToken = 'No token could be obtained'

/** The OAuth error code, the status of the response, or that no response came. */
function findFault(cause: unknown, { timeout = 30_000 }: ClientCredentialsOptions): string {
  const error = errorCodeOf(cause)
  if (error !== undefined) return `refused it${inBrackets(error)}`
  const status = statusOf(cause)
  if (status !== undefined) return `responded with status ${status}`
  if (cause instanceof oauth.OperationProcessingError) return `sent an unusable response${inBrackets(cause.code)}`
  if (cause instanceof Error && cause.name === 'TimeoutError') return `did not respond within ${timeout} ms`
  return 'could not be reached'
}

function inBrackets(code: string | undefined): string {
  return code !== undefined && word.test(code) ? ` (${code})` : ''
}

function statusOf(cause: unknown): number | undefined {
  const { response, cause: inner } = (cause ?? {}) as { response?: unknown; cause?: unknown } // any thrown value
  const failed = [response, inner].find((value) => value instanceof Response)
  return failed instanceof Response && !failed.ok ? failed.status : undefined
}

/** The library's errors hold the response, which may quote the secret; errors of `fetch` are kept as they are. */
function withoutSecrets(cause: unknown, { clientId, clientSecret }: ClientCredentialsOptions): unknown {
  if (!(cause instanceof Error)) return undefined
  const isOfResponse = errorCodeOf(cause) !== undefined || cause instanceof oauth.OperationProcessingError
  if (!isOfResponse) return cause
  const secrets = clientSecret === undefined ? [] : [clientSecret, `${clientId}:${clientSecret}`]
  const described = cause instanceof oauth.ResponseBodyError ? cause.error_description : undefined
  return new Error(createRedaction(() => secrets).text(described ?? cause.message))
}

/** The OAuth error code is in the body, or in the challenge of a 401. */
function errorCodeOf(cause: unknown): string | undefined {
  if (cause instanceof oauth.ResponseBodyError) return cause.error
  if (!(cause instanceof oauth.WWWAuthenticateChallengeError)) return undefined
  return cause.cause.map(({ parameters }) => parameters.error).find((error) => error !== undefined) ?? 'invalid_client'
}
