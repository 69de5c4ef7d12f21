import type { ServerProfile, ServerProfileName } from '@scimkit/core/profiles'
import type { InvalidResource } from '../resource/inspect-resource.js'
import type { Authenticate } from '../transport/authenticate.js'
import { checkNumbers, refuseUnknown, refuseValue } from '../transport/check-options.js'
import type { Connection } from '../transport/connection.js'
import type { ScimPagingError } from '../transport/errors.js'
import type { ClientHooks } from '../transport/hooks.js'
import { loadOnce } from '../transport/once.js'
import { readBaseUrl } from './read-base-url.js'

/** Options of {@link createScimClient}. */
export interface ScimClientOptions<R> extends ClientHooks {
  /** Address of the service provider, such as `https://idp.example.com/scim/v2`. */
  readonly baseUrl: string
  /** Credentials: `bearer`, `basic`, or a function that returns the Authorization header. */
  readonly authenticate?: Authenticate | undefined
  /** Definitions by the names that the client gives them. */
  readonly resources: R
  /** Sends requests in place of the global `fetch`: for proxies, certificates, tests. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined
  /**
   * What the server requires and limits beyond what it says itself: the name of a known server, or a profile. The client
   * keeps to its page size, members per PATCH, rates and headers, and does not send what the server does not do.
   */
  readonly profile?: ServerProfileName | ServerProfile | undefined
  /** Whether resources in responses are checked by their definitions' validators; `off` unless given. */
  readonly validate?: 'off' | 'warn' | 'strict' | undefined
  /** Milliseconds until an attempt is aborted; 30,000 unless given. */
  readonly timeout?: number | undefined
  /** Milliseconds for a call with all its attempts and waits, for a listing per page; 120,000 unless given. */
  readonly budget?: number | undefined
  /** Attempts after the first; 4 unless given. */
  readonly retries?: number | undefined
  /** Requests at once; 10 unless given. */
  readonly concurrency?: number | undefined
  /** Most bytes of a response's body, after decompression; 64 MiB unless given. */
  readonly maxBodyBytes?: number | undefined
  /** Lets `http:` go to other machines, where anyone on the way can read the credentials. */
  readonly allowInsecure?: boolean | undefined
  /** Called with what is wrong with a listing, which then does not throw for it. */
  readonly onPagingFault?: ((error: ScimPagingError) => void) | undefined
  /** Called with resources that `validate: 'warn'` finds invalid; without it they go to the console. */
  readonly onInvalidResource?: ((invalid: InvalidResource) => void) | undefined
}

const modes = ['off', 'warn', 'strict']

const functions = [
  'fetch',
  'authenticate',
  'onRequest',
  'onResponse',
  'onAttempt',
  'onRetry',
  'onRateLimit',
  'onNote',
  'onPagingFault',
  'onInvalidResource',
]

const optionNames = [
  'baseUrl',
  'resources',
  'profile',
  'validate',
  'timeout',
  'budget',
  'retries',
  'concurrency',
  'maxBodyBytes',
  'allowInsecure',
  ...functions,
]

/**
 * Checks the options of a client, so that a wrong one is found when the client is created.
 *
 * @param options Options as they were given.
 * @throws {TypeError} For an option that does not exist, or has a value that it cannot have.
 */
export function checkClientOptions(options: ScimClientOptions<unknown>): void {
  refuseUnknown('createScimClient', options, optionNames)
  const { resources, validate } = options
  if (Object(resources) !== resources) {
    refuseValue('resources', resources, 'definitions by name, as { users: userResource }')
  }
  for (const name of functions) {
    const value: unknown = options[name as keyof typeof options] // a name of the list
    // What was given may be the token itself, so it is not shown.
    if (value !== undefined && typeof value !== 'function')
      throw new TypeError(`${name} is not a function${name === 'authenticate' ? ', such as bearer(token) gives' : ''}`)
  }
  if (validate !== undefined && !modes.includes(validate)) refuseValue('validate', validate, modes.join(', '))
}

/**
 * Creates what the calls of a client share.
 *
 * @param options Options that were checked.
 * @returns The connection; nothing has been sent.
 * @throws {TypeError} For an address or a number that the client cannot use.
 */
export function createConnection(options: ScimClientOptions<unknown>): Connection {
  const { timeout = 30_000, budget = 120_000, retries = 4, concurrency = 10, maxBodyBytes = 64 * 1024 * 1024 } = options
  checkNumbers({ timeout, budget, concurrency, maxBodyBytes }, 1)
  checkNumbers({ retries }, 0)
  return {
    baseUrl: readBaseUrl(options.baseUrl, options.allowInsecure ?? false),
    fetch: options.fetch,
    authenticate: options.authenticate,
    concurrency,
    timeout,
    budget,
    retries,
    maxBodyBytes,
    hooks: options,
    learned: { plainListings: false, noted: new Set() },
    rules: options.profile && rulesOf(options.profile),
  }
}

/** The profiles themselves are loaded with the first request; a record, so that the compiler misses no name. */
const profileNames: Readonly<Record<ServerProfileName, 1>> = {
  aws: 1,
  databricks: 1,
  'github-emu': 1,
  salesforce: 1,
  slack: 1,
  snowflake: 1,
  zscaler: 1,
}

function rulesOf(profile: ServerProfileName | ServerProfile): Connection['rules'] {
  if (typeof profile === 'string' && !Object.hasOwn(profileNames, profile)) {
    refuseValue('profile', profile, `${Object.keys(profileNames).join(', ')}, or an object`)
  }
  return loadOnce(async () => (await import('../profiles/create-server-rules.js')).createServerRules(profile))
}
